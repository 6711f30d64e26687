"""Whether a group as a whole lies above or below the others, more than groups do."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from projections.screening.robust import bounded_weights, middle
from projections.screening.shrinkage import between_variance

Floats = NDArray[np.float64]
Column = NDArray[np.float32]
Groups = NDArray[np.int32]

_LEAST_PUPILS: Final = 5
_LEAST_GROUPS: Final = 3
_LEAST_FOR_A_LINE: Final = 8
_MOST_FREEDOM: Final = 20.0
_CERTAIN: Final = 1e6
# Groups differ by at least so much (in standard deviations of a pupil): below it nobody should be
# bothered, however many pupils make it certain.
_LEAST_DIFFERENCE: Final = 0.04
_ROUNDS: Final = 6


@dataclass(frozen=True, slots=True)
class Level:
    """For each group its mean, the one that a group like it would have, and p on both sides."""

    means: Floats
    centres: Floats
    p: Floats


def level(values: Column, groups: Groups, count: int, beside: Floats | None = None) -> Level:
    """The means of `count` groups against all others; p = 1 for a group of fewer than five.

    `beside` is something that is known of each group and foretells its mean: among the groups
    themselves, it is seen how far. How far groups ordinarily lie off is seen in them too, without
    letting those that stand off widen it; with few groups the tails of Student's t are heavy, so
    little is told.
    """
    known = ~np.isnan(values)
    own, of = values[known].astype(np.float64), groups[known]
    sizes = np.bincount(of, minlength=count).astype(np.float64)
    n = np.maximum(sizes, 1)
    means = np.bincount(of, own, count) / n
    # Where all have the same score there is no noise, and still nothing to divide by.
    within = max(float(((own - means[of]) ** 2).sum() / max(len(own) - count, 1)), 1e-9)
    counted = sizes >= _LEAST_PUPILS
    enough = int(np.count_nonzero(counted))
    if enough < _LEAST_GROUPS:
        return Level(means, means, np.ones(count))
    noise = within / n
    if beside is None or enough < _LEAST_FOR_A_LINE:
        design = np.ones((count, 1))
    else:
        design = np.stack([np.ones(count), beside], axis=1)
    centres, variance = _line(means, noise, design, counted)
    seen = min(float(enough - design.shape[1]), _MOST_FREEDOM)
    # What groups differ by is seen in few groups, what chance does is known (Satterthwaite).
    freedom = np.minimum(seen * ((variance + noise) / variance) ** 2, _CERTAIN)
    t = (means - centres) / np.sqrt((variance + noise) * (1 + design.shape[1] / enough))
    p = 2 * stdtr(freedom, -np.abs(t))
    return Level(means, centres, np.where(counted, np.clip(p, 1e-300, 1), 1.0))


def _line(
    means: Floats, noise: Floats, design: Floats, counted: NDArray[np.bool_]
) -> tuple[Floats, float]:
    """The means that groups would have by the line through most of them, and the variance of it."""
    x, y, own = design[counted], means[counted], noise[counted]
    line = np.zeros(x.shape[1])
    line[0] = float(middle(y))
    variance = 0.0
    for _ in range(_ROUNDS):
        off = y - x @ line
        seen = between_variance(off, own, np.ones_like(off))
        variance = max(seen * len(y) / (len(y) - x.shape[1]), _LEAST_DIFFERENCE**2)
        weights = 1 / (variance + own)
        weights *= bounded_weights(off * np.sqrt(weights))
        weighed = x * weights[:, None]
        line = np.linalg.solve(weighed.T @ x + 1e-9 * np.eye(x.shape[1]), weighed.T @ y)
    return design @ line, variance
