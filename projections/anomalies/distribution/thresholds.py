"""Marks just above a threshold and just below it, in each sheet; and averages likewise."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from projections.anomalies.distribution.cohort import Cohort, Floats
from projections.screening.robust import mean
from projections.screening.shrinkage import at_least, overdispersion

# What a level or an award asks for (TT22 Điều 9, Điều 15), in tenths.
THRESHOLDS: Final = (50, 65, 80, 90)
# How many tenths on each side: of single marks, which heap at halves, and of averages.
_WIDTHS: Final = (5, 3)
_ROUNDS: Final = 8
_PRIOR: Final = 1.0


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
    given = (tenths >= 0).any(axis=1)[:, None]
    complete = ((tenths >= 0) | ~given).all(axis=3) & given[..., -2:].all(axis=3)
    weights = np.array([1] * cohort.layout.regular + [2, 3])
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
    slope = width * (centre[..., None] - at) / np.maximum(spread, width)[..., None] ** 2
    return above, below, np.nan_to_num(np.clip(slope, -3.0, 3.0))


def chance_above(above: Floats, below: Floats, slope: Floats) -> tuple[Floats, Floats]:
    """The probability of so many above, and how many were expected, for the units of a school.

    A logistic model whose intercept is the school's own heaping and whose slope follows the bell,
    fitted over all units, each of which counts at most as much as twenty marks; overdispersed as
    the school's units are.
    """
    trials = above + below
    if not trials.any():
        return np.ones_like(above), np.zeros_like(above)
    weight = np.minimum(trials, 20.0) / np.maximum(trials, 1.0)
    rows = np.stack([np.ones_like(slope), slope], axis=1)
    beta = np.array([0.0, 1.0])
    for _ in range(_ROUNDS):
        expected = 1 / (1 + np.exp(-rows @ beta))
        surplus = rows.T @ (weight * (above - trials * expected)) - _PRIOR * (beta - [0.0, 1.0])
        bend = (rows * (weight * trials * expected * (1 - expected))[:, None]).T @ rows
        beta = beta + np.linalg.solve(bend + _PRIOR * np.eye(2), surplus)
    expected = 1 / (1 + np.exp(-rows @ beta))
    rho = overdispersion(above, trials, expected)
    return at_least(above, trials, expected, rho), expected
