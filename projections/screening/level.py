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
_MOST_FREEDOM: Final = 20.0
# Groups differ by at least so much (in standard deviations of a pupil): below it nobody should be
# bothered, however many pupils make it certain.
_LEAST_DIFFERENCE: Final = 0.04
_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Level:
    """For each group its size and mean, the centre of all groups, and p on both sides."""

    sizes: Floats
    means: Floats
    centre: float
    p: Floats


def level(values: Column, groups: Groups, count: int) -> Level:
    """The means of `count` groups against all others; p = 1 for a group of fewer than five.

    How far groups ordinarily lie apart is seen in the groups themselves, without letting those that
    stand off widen it; with few groups the tails of Student's t are heavy, so little is told.
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
        return Level(sizes, means, float(means[counted].mean()) if enough else 0.0, np.ones(count))
    noise = within / n
    centre, variance = float(middle(means[counted])), 0.0
    for _ in range(_ROUNDS):
        off = means[counted] - centre
        seen = between_variance(off, noise[counted], np.ones(enough))
        variance = max(seen, _LEAST_DIFFERENCE**2)
        weights = 1 / (variance + noise[counted])
        weights *= bounded_weights(off * np.sqrt(weights))
        centre = float((weights @ means[counted]) / weights.sum())
    freedom = min(enough - 1.0, _MOST_FREEDOM)
    t = (means - centre) / np.sqrt((variance + noise) * (1 + 1 / enough))
    p = 2 * stdtr(freedom, -np.abs(t))
    return Level(sizes, means, centre, np.where(counted, np.clip(p, 1e-300, 1), 1.0))
