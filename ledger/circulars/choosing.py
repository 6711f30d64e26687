"""Which circular a school year and a grade fall under; today's date has no say in it."""

from dataclasses import dataclass
from re import fullmatch
from types import MappingProxyType
from typing import Final

from ledger.circulars.circular import Circular
from ledger.circulars.tt22 import TT22
from ledger.circulars.tt58 import (
    CORE_2011,
    CORE_2020,
    REGULAR_STEPS_2011,
    REGULAR_STEPS_2020,
    TT58,
)

_TT58: Final = TT58("tt58", CORE_2011, REGULAR_STEPS_2011)
_TT58_TT26: Final = TT58("tt58-tt26", CORE_2020, REGULAR_STEPS_2020)
_TT22: Final = TT22()

CIRCULARS: Final = MappingProxyType[str, Circular](
    {circular.code: circular for circular in (_TT58, _TT58_TT26, _TT22)}
)


@dataclass(frozen=True, slots=True)
class _Start:
    """From the school year that begins in `year`, these grades fall under the circular."""

    year: int
    grades: frozenset[int]
    circular: Circular


GRADES: Final = frozenset(range(6, 13))

# In order of time: the last row that fits decides. An amendment is a new circular with a code of
# its own and rows below these; a row that has been in force is never changed, so that no past
# result moves. In 2023-2024 a school ran two circulars at once: TT22 in grades 6 to 8, TT58 in 9.
# The roll-out of TT22 (2021, Điều 21) was not checked against the printed text.
_STARTS: Final = (
    _Start(2011, GRADES, _TT58),
    _Start(2020, GRADES, _TT58_TT26),
    _Start(2021, frozenset({6}), _TT22),
    _Start(2022, frozenset({7, 10}), _TT22),
    _Start(2023, frozenset({8, 11}), _TT22),
    _Start(2024, frozenset({9, 12}), _TT22),
)


def circular_for(school_year: str, grade: int) -> Circular:
    """Return the circular of a school year such as "2026-2027" and a grade from 6 to 12.

    ValueError for another spelling or grade, and for years before 2011-2012, whose rules are not
    known here.
    """
    if grade not in GRADES:
        message = f"no such grade: {grade}"
        raise ValueError(message)
    year = _first_year(school_year)
    fitting = [start for start in _STARTS if start.year <= year and grade in start.grades]
    if not fitting:
        message = f"no circular is known for {school_year}"
        raise ValueError(message)
    return fitting[-1].circular


def _first_year(school_year: str) -> int:
    years = fullmatch(r"([0-9]{4})-([0-9]{4})", school_year)
    if years is None or int(years[2]) != int(years[1]) + 1:
        message = f"no school year: {school_year!r}"
        raise ValueError(message)
    return int(years[1])
