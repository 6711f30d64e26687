"""The calendar of the story: the semester under way, its tests, its deadlines, its last day."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from web.moments import VIETNAM

SCHOOL_YEAR: Final = "2026-2027"
SEMESTER: Final = 1
FIRST_DAY: Final = date(2026, 9, 7)
LAST_DAY: Final = date(2026, 11, 20)
MIDTERM_WEEK: Final = date(2026, 10, 26)
FINAL_WEEK: Final = date(2026, 12, 21)
LOCKING_DAY: Final = date(2026, 11, 16)

# 24/11 is a day off by Nghị quyết 28/2026/QH16, 1/1 by the Labour Code. More of the year is not
# needed: no deadline of the story lies further away.
_DAYS_OFF: Final = frozenset({date(2026, 11, 24), date(2027, 1, 1)})
MIDTERM_WORKING_DAYS: Final = 10
FINAL_WORKING_DAYS: Final = 14


def moment(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of the school's own time."""
    return datetime.combine(day, time(hour, minute, second), VIETNAM)


def november(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the month in which most of the story happens."""
    return moment(date(2026, 11, day), hour, minute)


def working_days_after(day: date, count: int) -> date:
    """The last day of a period of working days; the day it starts from does not count.

    Bộ luật Dân sự 2015, Điều 147.2.
    """
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in _DAYS_OFF
    return day


def end_of(day: date) -> datetime:
    """The last second of a day, at which deadlines fall."""
    return moment(day, 23, 59, 59)


def at_work(chance: Random, first: date, last: date) -> datetime:
    """A moment at which a teacher would sit at the computer, between two days, both included."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    day = chance.choice([day for day in days if day.weekday() < 6])
    hour = chance.choice((7, 8, 9, 9, 10, 10, 13, 14, 14, 15, 16, 19, 20, 20, 21))
    return moment(day, hour, chance.randrange(60), chance.randrange(60))
