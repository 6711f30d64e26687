"""Columns that are equal, or equal up to a constant, for more pupils than chance makes them."""

from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from projections.anomalies.distribution.cohort import Cohort, Floats, Tenths

# A constant by which a copy may be moved is at most so many tenths.
FARTHEST: Final = 20
# Marks from 0 to 100 tenths.
_MARKS: Final = 101
FEWEST_PAIRS: Final = 8


@dataclass(frozen=True, slots=True)
class Copies:
    """Of pairs of columns: pupils with both marks, how many are equal, and after which constant.

    One row per pair; `first` and `second` are (class, subject, column) of the columns, `chance`
    how likely one pupil's marks are to be equal if they had nothing to do with each other.
    """

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    both: Floats
    equal: Floats
    shift: Floats
    chance: Floats


def copies_of(cohort: Cohort) -> Copies:
    """Within each sheet every two columns, and each column with the same of another class."""
    inside, across = _inside(cohort), _across(cohort)
    return joined([inside, across])


def joined(parts: list[Copies]) -> Copies:
    return Copies(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("first", "second", "both", "equal", "shift", "chance")
        )
    )


def _inside(cohort: Cohort) -> Copies:
    classes, _, subjects, columns = cohort.tenths.shape
    pairs = np.array(list(combinations(range(columns), 2)), dtype=np.intp)
    grid = np.indices((classes, subjects, len(pairs))).reshape(3, -1)
    first = np.stack([grid[0], grid[1], pairs[grid[2], 0]], axis=1)
    second = np.stack([grid[0], grid[1], pairs[grid[2], 1]], axis=1)
    return compared(cohort.listed, first, second)


def _across(cohort: Cohort) -> Copies:
    classes, _, subjects, columns = cohort.tenths.shape
    pairs = np.array(list(combinations(range(classes), 2)), dtype=np.intp).reshape(-1, 2)
    grid = np.indices((len(pairs), subjects, columns)).reshape(3, -1)
    first = np.stack([pairs[grid[0], 0], grid[1], grid[2]], axis=1)
    second = np.stack([pairs[grid[0], 1], grid[1], grid[2]], axis=1)
    return compared(cohort.listed, first, second)


def compared(listed: Tenths, first: NDArray[np.intp], second: NDArray[np.intp]) -> Copies:
    """Compare columns row by row; pairs with too few marks in common are left out."""
    a = listed[first[:, 0], :, first[:, 1], first[:, 2]].astype(np.int32)
    b = listed[second[:, 0], :, second[:, 1], second[:, 2]].astype(np.int32)
    known = (a >= 0) & (b >= 0)
    enough = known.sum(axis=1) >= FEWEST_PAIRS
    a, b, known = a[enough], b[enough], known[enough]
    steps = _tallied(b - a + _MARKS, known, 2 * _MARKS + 1)
    near = steps[:, _MARKS - FARTHEST : _MARKS + FARTHEST + 1]
    best = near.argmax(axis=1)
    # Equal as they stand comes before equal after a constant.
    best = np.where(near[:, FARTHEST] == near.max(axis=1), FARTHEST, best)
    shift = best - FARTHEST
    both = known.sum(axis=1).astype(np.float64)
    return Copies(
        first=first[enough],
        second=second[enough],
        both=both,
        equal=near[np.arange(len(near)), best].astype(np.float64),
        shift=shift.astype(np.float64),
        chance=_by_chance(_tallied(a, known, _MARKS), _tallied(b, known, _MARKS), shift, both),
    )


def _tallied(values: NDArray[np.int32], known: NDArray[np.bool_], size: int) -> NDArray[np.int64]:
    """How often each value occurs in each row."""
    rows = np.broadcast_to(np.arange(len(values))[:, None], values.shape)
    flat = rows[known] * size + values[known]
    return np.bincount(flat, minlength=len(values) * size).reshape(len(values), size)


def _by_chance(
    a: NDArray[np.int64], b: NDArray[np.int64], shift: NDArray[np.intp], both: Floats
) -> Floats:
    """The share that would be equal, were the marks of each column dealt out anew."""
    mark = np.arange(_MARKS)[None, :] + shift[:, None]
    moved = np.where(
        (mark >= 0) & (mark < _MARKS),
        np.take_along_axis(b, np.clip(mark, 0, _MARKS - 1), axis=1),
        0,
    )
    share: Floats = (a * moved).sum(axis=1) / np.maximum(both, 1) ** 2
    return share
