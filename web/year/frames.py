"""The days that a school year usually has, as a proposal for whoever plans it."""

from datetime import date, timedelta
from typing import Final

from ledger.school.facts import SemesterFrame
from ledger.school.school_years import EARLIEST, school_year_from

# 35 weeks of lessons: 18 and 17, with the two weeks that schools close around Tết in the second.
_FIRST: Final = timedelta(weeks=18)
_SECOND: Final = timedelta(weeks=17)
_NEW_YEAR: Final = timedelta(weeks=2)
_SATURDAY_BEFORE: Final = timedelta(days=2)


def school_year_on(day: date) -> str:
    """The school year that people work on: from June on, the one that begins that summer."""
    first = day.year if day.month >= 6 else day.year - 1
    return school_year_from(first)


def first_calendar_year(school_year: str) -> int | None:
    """The year in which "2026-2027" begins; None if that is no school year a school can plan."""
    first, dash, second = school_year.partition("-")
    if not (dash and first.isascii() and first.isdecimal() and len(first) == 4):
        return None
    starts = int(first)
    return starts if second == str(starts + 1) and starts >= EARLIEST else None


def usual_frames(starts: int) -> tuple[SemesterFrame, SemesterFrame]:
    """Semesters from the first Monday after 5/9, the day all schools open, to Saturdays."""
    opening = date(starts, 9, 6)
    monday = opening + timedelta(days=-opening.weekday() % 7)
    second = monday + _FIRST
    end = second + _SECOND + _NEW_YEAR
    return (
        SemesterFrame(first=monday, last=second - _SATURDAY_BEFORE),
        SemesterFrame(first=second, last=end - _SATURDAY_BEFORE),
    )
