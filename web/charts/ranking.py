"""Rows in rank order, each with a bar as long as its value."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_WIDTH: Final = 100


@dataclass(frozen=True, slots=True)
class RankedRow:
    """What is ranked, a value of 0 or more that its bar shows, and the same as people read it.

    `href` leads to more about it. `stands_out` hatches the bar and says so in words.
    """

    label: str
    value: float
    shown: str
    href: str = ""
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class RankedBar:
    """A row with its rank, and its bar in a drawing 100 wide."""

    row: RankedRow
    rank: int
    width: float


def ranked_bars(rows: Sequence[RankedRow]) -> tuple[RankedBar, ...]:
    """The rows as they come, each with its rank and its bar's length of at most 100."""
    most = max((row.value for row in rows), default=0) or 1
    return tuple(
        RankedBar(row, rank, round(_WIDTH * row.value / most, 1))
        for rank, row in enumerate(rows, 1)
    )
