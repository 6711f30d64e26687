"""The body of a group as a line: the probits of its shares above cuts, on the scale of all."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from projections.screening.robust import middle
from projections.screening.shrinkage import between_variance

Floats = NDArray[np.float64]

# A group of fewer values has no body that could be told.
LEAST_VALUES: Final = 8
# Slopes are between these whatever few groups show, and never alike to less than the spread.
_SLOPES: Final = (0.4, 2.5)
_LEAST_SPREAD: Final = 0.05


@dataclass(frozen=True, slots=True)
class Bodies:
    """The line of each group in probits: `level` − `slope`·z, and how unsure it is at a z."""

    level: Floats
    slope: Floats
    covariance: Floats  # (groups, 2, 2)

    def at(self, z: float) -> tuple[Floats, Floats]:
        towards = np.array([1.0, -z])
        variance: Floats = np.einsum("i,gij,j->g", towards, self.covariance, towards)
        return self.level - self.slope * z, variance


def fit_bodies(above: Floats, sizes: Floats, cuts: Floats) -> Bodies:
    """Lines through the probits of the shares above the cuts, their slopes drawn to the usual.

    `above` (groups × cuts) counts the values at or above each cut, `sizes` all values of a group.
    """
    n = np.maximum(sizes, 1.0)[:, None]
    shares = (above + 0.5) / (n + 1)
    probits = ndtri(shares)
    # Shares above two cuts move together: who is above the higher one is above the lower too.
    both = np.minimum(shares[:, :, None], shares[:, None, :])
    covariance = (both - shares[:, :, None] * shares[:, None, :]) / n[:, :, None]
    density = np.exp(-(probits**2) / 2) / np.sqrt(2 * np.pi)
    covariance /= density[:, :, None] * density[:, None, :]
    weights = np.linalg.inv(covariance + 1e-9 * np.eye(len(cuts)))
    design = np.stack([np.ones(len(cuts)), -cuts], axis=1)
    information = np.einsum("ki,gkl,lj->gij", design, weights, design)
    gathered = np.einsum("ki,gkl,gl->gi", design, weights, probits)
    alone = np.linalg.inv(information)
    slopes = np.einsum("gij,gj->gi", alone, gathered)[:, 1]
    usual, spread = _usual_slope(slopes, alone[:, 1, 1], sizes)
    information[:, 1, 1] += 1 / spread
    gathered[:, 1] += usual / spread
    together = np.linalg.inv(information)
    level, slope = np.einsum("gij,gj->ig", together, gathered)
    return Bodies(level, slope, together)


def _usual_slope(slopes: Floats, variances: Floats, sizes: Floats) -> tuple[float, float]:
    """What slopes usually are, and the variance of those of ordinary groups around it."""
    known = sizes >= LEAST_VALUES
    usual = float(np.clip(middle(slopes[known]), *_SLOPES))
    off = slopes[known] - usual
    return usual, between_variance(off, variances[known], np.ones_like(off)) + _LEAST_SPREAD**2
