"""A column that slipped by one row: every mark from some row on belongs to the next or the last."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from ledger.vocabulary import BLANK, Mark


class Direction(StrEnum):
    """Where the marks go."""

    DOWN = "down"
    UP = "up"


class Shifted(NamedTuple):
    """The marks after the shift, and the one that no row is left for (blank if none was there).

    `dropped_from` is the row that it stood in, `vacated` the row whose mark nobody knows now.
    """

    marks: tuple[Mark, ...]
    dropped: Mark
    dropped_from: int
    vacated: int


def shifted(marks: Sequence[Mark], first: int, direction: Direction) -> Shifted:
    """The marks with those from row `first` (from 0) on moved by one row.

    Down, the first row is left without a mark and the last mark has no row any more; up, the
    first mark goes and the last row is left without one.
    """
    before, slipped = tuple(marks[:first]), tuple(marks[first:])
    last = len(marks) - 1
    if direction is Direction.DOWN:
        return Shifted((*before, BLANK, *slipped[:-1]), slipped[-1], last, first)
    return Shifted((*before, *slipped[1:], BLANK), slipped[0], first, last)
