"""The marks of a cohort on one scale, and what a pupil's other subjects say of each."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from projections.anomalies.distribution.cohort import Cohort, Floats
from projections.screening.robust import mean, middle

# Fewer marks than this are no distribution: of a column, and of a cohort's column.
FEWEST: Final = 8
_FEWEST_OF_COHORT: Final = 10
_BEST: Final = 10.0
# Nobody marks finer than this: points below which a spread is taken for it.
_LEAST_SCALE: Final = 0.5
# A pupil's other subjects, and other marks in the subject, are weighed against so many usual ones.
_PRIOR: Final = 2.0
_TINY: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Standardised:
    """Marks in spreads from the centre of their cohort's column, as deviations within the class.

    `scale` [subject, column] is in points. [class, subject, column]: `room` is how many of them lie
    between the mean and the best mark there is, `count` how many marks there are and `level` their
    mean. `within` [class, number, subject, column] is what is left of each mark. `ability`
    [class, number, subject] is what a pupil's other subjects say, and `beside` [class, number,
    subject, column] what the other marks in the subject say, both drawn to 0.
    """

    scale: Floats
    room: Floats
    count: Floats
    level: Floats
    within: Floats
    ability: Floats
    beside: Floats


def standardised(cohort: Cohort) -> Standardised:
    points = cohort.points
    everybody = points.reshape(-1, *points.shape[2:])
    centre = middle(everybody, axis=0)
    enough = np.count_nonzero(~np.isnan(everybody), axis=0) >= _FEWEST_OF_COHORT
    inside = points - mean(points, axis=1)[:, None]
    scale = np.maximum(_spread_within(inside), _LEAST_SCALE)
    known = np.where(enough, points, np.nan)
    count = np.count_nonzero(~np.isnan(known), axis=1).astype(np.float64)
    level = np.where(count >= FEWEST, mean((known - centre) / scale, axis=1), np.nan)
    within = np.where(enough, inside / scale, np.nan)
    ability, beside = _others(mean(within, axis=3), axis=2), _others(within, axis=3)
    room = (_BEST - mean(points, axis=1)) / scale
    return Standardised(scale, room, count, level, within, ability, beside)


def _spread_within(inside: Floats) -> Floats:
    """The spread of the marks of a class around its mean, over the classes of a cohort."""
    flat = np.abs(inside.reshape(-1, *inside.shape[2:]))
    # By the mean of the sizes, which halves and wholes do not make jump as they do the median.
    found: Floats = np.sqrt(np.pi / 2) * np.nan_to_num(mean(flat, axis=0))
    return found


def _others(values: Floats, axis: int) -> Floats:
    """The mean of a pupil's others along an axis, drawn to 0 where they are few."""
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)
    total = filled.sum(axis=axis, keepdims=True) - filled
    others = known.sum(axis=axis, keepdims=True) - known
    drawn: Floats = total / (others + _PRIOR)
    return drawn


def without_slope(values: Floats, predictors: tuple[Floats, ...]) -> Floats:
    """What is left of values [class, number, subject, …] after a slope on each predictor.

    The slopes are those of least squares within the classes, one of each kind for every subject
    and column of the cohort.
    """
    shape = values.shape
    known = ~np.isnan(values)
    x = np.stack(
        [
            np.broadcast_to(one if one.ndim == values.ndim else one[..., None], shape)
            for one in predictors
        ],
        axis=-1,
    )
    x = np.where(known[..., None], x, 0.0)
    squares = np.einsum("gp...q,gp...r->...qr", x, x) + _TINY * np.eye(len(predictors))
    crossed = np.einsum("gp...q,gp...->...q", x, np.where(known, values, 0.0))
    slopes = np.linalg.solve(squares, crossed[..., None])[..., 0]
    left: Floats = values - np.einsum("gp...q,...q->gp...", x, slopes)
    return left
