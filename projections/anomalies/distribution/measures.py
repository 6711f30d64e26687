"""What is measured of each sheet and column of a cohort: levels, gaps and spreads, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtr

from projections.anomalies.distribution.cohort import Cohort, Floats
from projections.anomalies.distribution.standardised import FEWEST, Standardised, without_slope
from projections.screening.robust import mean

# The logarithm of a spread is less sure by this than that of a bell: marks heap, and are few.
_ROUGHNESS: Final = 1.2
_LEAST_SPREAD: Final = 0.1


@dataclass(frozen=True, slots=True)
class Measure:
    """A value of each unit with the variance of its measuring, and what it was measured on.

    Shapes: [class, subject] or [class, subject, column]; in spreads of the cohort unless said.
    """

    value: Floats
    variance: Floats
    count: Floats


def column_levels(marks: Standardised) -> Measure:
    """How high each column is, by what the same pupils do in other subjects and columns."""
    left = without_slope(marks.within, (marks.ability, marks.beside))
    return Measure(marks.level, _noise(left) / np.maximum(marks.count, 1), marks.count)


def sheet_levels(marks: Standardised) -> Measure:
    """How high each sheet is over its columns, each as weighty as the other."""
    of_pupil = mean(marks.within, axis=3)
    left = without_slope(of_pupil, (marks.ability,))
    count = np.count_nonzero(~np.isnan(of_pupil), axis=1).astype(np.float64)
    return Measure(mean(marks.level, axis=2), _noise(left) / np.maximum(count, 1), count)


def sheet_errors(marks: Standardised) -> Floats:
    """The variance of a sheet's level that other columns of the same pupils would not share."""
    of_pupil = mean(marks.within, axis=3)
    apart = marks.within - of_pupil[..., None]
    columns = np.maximum(np.count_nonzero(~np.isnan(marks.level), axis=2), 1)
    pupils = np.maximum(np.count_nonzero(~np.isnan(of_pupil), axis=1), 1)
    errors: Floats = _noise(apart).mean(axis=-1) / columns / pupils
    return errors


def gaps(cohort: Cohort, marks: Standardised, column: int) -> Measure:
    """Regular marks above a periodic column, in points, over the pupils who have both."""
    points = cohort.points
    apart = mean(points[..., : cohort.layout.regular], axis=3) - points[..., column]
    count = np.count_nonzero(~np.isnan(apart), axis=1).astype(np.float64)
    within = apart - mean(apart, axis=1)[:, None]
    left = without_slope(within, (marks.ability,))
    value = np.where(count >= FEWEST, mean(apart, axis=1), np.nan)
    return Measure(value, _noise(left) / np.maximum(count, 1), count)


def spreads(marks: Standardised) -> Measure:
    """The logarithm of the spread within each column, by the mean size of the deviations.

    What the ceiling of the scale leaves of the spread at that level is allowed for.
    """
    found = np.sqrt(np.pi / 2) * mean(np.abs(marks.within), axis=1)
    value = np.log(np.maximum(np.where(marks.count >= FEWEST, found, np.nan), _LEAST_SPREAD))
    value = value - np.log(_left_by_ceiling(marks.room))
    variance = _ROUGHNESS / (2 * np.maximum(marks.count - 1, 1))
    return Measure(value, np.where(np.isnan(value), np.nan, variance), marks.count)


def _left_by_ceiling(room: Floats) -> Floats:
    """How much of its spread a bell keeps that is cut at the ceiling, by the room of its mean.

    `room` is how far the mean of the cut marks lies below the ceiling, in spreads. A bell whose
    centre lies a below the ceiling has a mean of aΦ(a)+φ(a) below it when cut, and a mean square
    of (a²+1)Φ(a)+aφ(a).
    """
    a = np.linspace(-3.0, 5.0, 161)
    density, below = np.exp(-(a**2) / 2) / np.sqrt(2 * np.pi), ndtr(a)
    rooms = a * below + density
    kept = np.sqrt((a**2 + 1) * below + a * density - rooms**2)
    left: Floats = np.interp(np.nan_to_num(room, nan=a[-1]), rooms, kept)
    return left


def _noise(left: Floats) -> Floats:
    """The variance of what is left of the marks, per subject and column of the whole cohort."""
    return np.nan_to_num(mean(left**2, axis=(0, 1)))[None]


def stacked(arrays: Sequence[Floats]) -> Floats:
    """Arrays of cohorts as one, with NaN where a cohort has fewer classes than the largest."""
    most = max(len(array) for array in arrays)
    whole = np.full((len(arrays), most, *arrays[0].shape[1:]), np.nan)
    for row, array in zip(whole, arrays, strict=True):
        row[: len(array)] = array
    return whole
