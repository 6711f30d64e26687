"""Marks just above a threshold and just below it, in each sheet; and averages likewise."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr

from projections.anomalies.distribution.cohort import Cohort, Floats
from projections.screening.robust import mean
from projections.screening.shrinkage import at_least, overdispersion

# What the levels ask for (TT22 Điều 9), in tenths. What an award asks for, 9,0, lies too near the
# best mark there is: the marks that pile up there are no bell.
THRESHOLDS: Final = (50, 65, 80)
# How many tenths on each side. Of single marks a whole point: whichever grid a teacher marks on,
# halves or quarters or wholes, it has as many places in each point. Averages lie on no grid.
_WIDTHS: Final = (10, 5)
_ROUNDS: Final = 8
_PRIOR: Final = 1.0
# A unit teaches the model as if it had at most so many marks; a teacher's habit is drawn to none
# as if by so much variance without a surplus.
_MOST: Final = 20.0
_PRIOR_MARKS: Final = 5.0
_LEAST_SHARE: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lie just above and just below [class, subject, threshold, marks or averages].

    `slope` is what a smooth bell with the class's centre and spread says of the logarithm of above
    over below: more above where the centre is higher than the threshold.
    """

    above: Floats
    below: Floats
    slope: Floats


def averages(cohort: Cohort) -> Floats:
    """Each pupil's average of the subject in tenths, NaN until all marks are there (TT22 Đ9.1)."""
    tenths = cohort.tenths.astype(np.int64)
    given = np.any(tenths >= 0, axis=1, keepdims=True)
    complete = np.all((tenths >= 0) | ~given, axis=3) & np.all(given[..., -2:], axis=3)
    weights = np.array([*[1] * cohort.layout.regular, 2, 3])
    total = (np.maximum(tenths, 0) * weights).sum(axis=3)
    share = (given * weights).sum(axis=3)
    rounded = (2 * total + share) // np.maximum(2 * share, 1)
    return np.where(complete, rounded, np.nan)


def counts_of(cohort: Cohort) -> Counts:
    average = averages(cohort)[..., None]
    marks = np.where(cohort.tenths >= 0, cohort.tenths, np.nan)
    found = [_around(marks, _WIDTHS[0]), _around(average, _WIDTHS[1])]
    above, below, slope = (np.stack(parts, axis=-1) for parts in zip(*found, strict=True))
    return Counts(above, below, slope)


def _around(tenths: Floats, width: int) -> tuple[Floats, Floats, Floats]:
    """Counts [class, subject, threshold] of what lies within a width on each side."""
    at = np.array(THRESHOLDS)
    off = tenths[..., None] - at
    above = ((off >= 0) & (off < width)).sum(axis=(1, 3)).astype(np.float64)
    below = ((off < 0) & (off >= -width)).sum(axis=(1, 3)).astype(np.float64)
    centre = mean(tenths, axis=(1, 3))
    spread = np.sqrt(mean((tenths - centre[:, None, :, None]) ** 2, axis=(1, 3)))
    edges = at[:, None] + np.array([-width, 0, width]) - 0.5  # 5,0 begins where 4,95 does
    away = (edges - centre[..., None, None]) / np.maximum(spread, width / 2)[..., None, None]
    share = np.maximum(np.diff(ndtr(np.nan_to_num(away)), axis=-1), _LEAST_SHARE)
    return above, below, np.log(share[..., 1] / share[..., 0])


def chance_above(
    above: Floats, below: Floats, slope: Floats, taught: NDArray[np.intp]
) -> tuple[Floats, Floats]:
    """The probability of so many above, and how many were expected, for the units of a school.

    A logistic model: an intercept for the heaping of the whole school, the slope of the bell, and
    what the same teachers do on their other sheets (many let a 4,8 pass); each unit counts at most
    as much as twenty marks. The counts are as overdispersed as those of the school are.
    """
    trials = above + below
    if not trials.any():
        return np.ones_like(above), np.zeros_like(above)
    rows = np.stack([np.ones_like(slope), slope], axis=1)
    share = _fitted(rows, above, trials)
    habit = _of_same_teachers(above - trials * share, trials * share * (1 - share), taught)
    habit = np.maximum(habit, 0.0)  # that nobody is let pass elsewhere makes nobody suspect here
    share = _fitted(np.column_stack([rows, habit]), above, trials)
    rho = overdispersion(above, trials, share)
    return at_least(above, trials, share, rho), share


def _of_same_teachers(surplus: Floats, variance: Floats, taught: NDArray[np.intp]) -> Floats:
    """The surplus of the teachers' other sheets, as a change of the logarithm of above to below."""
    group = np.where(taught >= 0, taught, taught.max(initial=0) + 1)
    sums = np.bincount(group, surplus)[group] - surplus
    weight = np.bincount(group, variance)[group] - variance
    return np.where(taught >= 0, sums / (weight + _PRIOR_MARKS), 0.0)


def _fitted(rows: Floats, above: Floats, trials: Floats) -> Floats:
    """The share above of each unit, by Newton's steps of a logistic model drawn to slopes of 1."""
    usual = np.array([0.0, 1.0, 1.0])[: rows.shape[1]]
    weight = np.minimum(trials, _MOST) / np.maximum(trials, 1.0)
    beta = usual
    for _ in range(_ROUNDS):
        share = expit(rows @ beta)
        surplus = rows.T @ (weight * (above - trials * share)) - _PRIOR * (beta - usual)
        bend = (rows * (weight * trials * share * (1 - share))[:, None]).T @ rows
        beta = beta + np.linalg.solve(bend + _PRIOR * np.eye(len(usual)), surplus)
    fitted: Floats = expit(rows @ beta)
    return fitted
