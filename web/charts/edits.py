"""How much was edited on which day: a row of dots for each month, larger where there was more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Final

_LABELS: Final = 46
_DAY: Final = 11.2
_ROW: Final = 22
_HEAD: Final = 18
_SMALLEST: Final = 1.6
_LARGEST: Final = 7.0


@dataclass(frozen=True, slots=True)
class EditDay:
    """A day with as many edits; a `note` rings its dot and is told beside it ("mở khóa")."""

    day: date
    count: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class DayDot:
    """A day on which something was edited or noted."""

    x: float
    y: float
    radius: float
    day: date
    count: int
    note: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """The days of one month, at their places across."""

    label: str
    y: float
    dots: tuple[DayDot, ...]


@dataclass(frozen=True, slots=True)
class EditTimeline:
    """A dot for each day, in rows of months; the area of a dot is as its edits are."""

    height: int
    heads: tuple[tuple[float, str], ...]
    months: tuple[MonthRow, ...]
    days: tuple[EditDay, ...]
    total: int

    @property
    def busiest(self) -> EditDay:
        return max(self.days, key=lambda day: day.count)


def edit_timeline(days: Sequence[EditDay]) -> EditTimeline:
    """Lay out the days that are given, in their order of time; others stay empty."""
    ordered = tuple(sorted(days, key=lambda one: one.day))
    most = max((one.count for one in ordered), default=0)
    months: dict[tuple[int, int], list[EditDay]] = {}
    for one in ordered:
        months.setdefault((one.day.year, one.day.month), []).append(one)
    rows = tuple(
        _row(key, of_month, place, most) for place, (key, of_month) in enumerate(months.items())
    )
    heads = tuple((_across(number), str(number)) for number in (1, 5, 10, 15, 20, 25, 30))
    total = sum(one.count for one in ordered)
    return EditTimeline(_HEAD + _ROW * len(rows) + 4, heads, rows, ordered, total)


def _row(key: tuple[int, int], days: Sequence[EditDay], place: int, most: int) -> MonthRow:
    y = _HEAD + _ROW * place + _ROW / 2
    dots = tuple(
        DayDot(_across(one.day.day), y, _radius(one.count, most), one.day, one.count, one.note)
        for one in days
        if one.count or one.note
    )
    return MonthRow(f"{key[1]}/{key[0]}", y, dots)


def _across(day: int) -> float:
    return round(_LABELS + _DAY * (day - 0.5), 1)


def _radius(count: int, most: int) -> float:
    return round(max(_SMALLEST, _LARGEST * sqrt(count / most)) if most else _SMALLEST, 1)
