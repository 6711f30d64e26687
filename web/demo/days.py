"""The calendar of the story: the semester under way, its tests, its deadlines, its last day."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from ledger.school.facts import SemesterFrame
from web.moments import VIETNAM

SCHOOL_YEAR: Final = "2026-2027"
SEMESTER: Final = 1
FIRST_DAY: Final = date(2026, 9, 7)
LAST_DAY: Final = date(2026, 11, 20)
MIDTERM_WEEK: Final = date(2026, 10, 26)
FINAL_WEEK: Final = date(2026, 12, 21)
LOCKING_DAY: Final = date(2026, 11, 16)
SEMESTERS: Final = (
    SemesterFrame(first=FIRST_DAY, last=date(2027, 1, 15)),
    SemesterFrame(first=date(2027, 1, 18), last=date(2027, 5, 28)),
)


def moment(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of the school's own time."""
    return datetime.combine(day, time(hour, minute, second), VIETNAM)


def november(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the month in which most of the story happens."""
    return moment(date(2026, 11, day), hour, minute)


def at_work(chance: Random, first: date, last: date) -> datetime:
    """A moment at which a teacher would sit at the computer, between two days, both included."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    day = chance.choice([day for day in days if day.weekday() < 6])
    hour = chance.choice((7, 8, 9, 9, 10, 10, 13, 14, 14, 15, 16, 19, 20, 20, 21))
    return moment(day, hour, chance.randrange(60), chance.randrange(60))
