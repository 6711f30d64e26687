"""When things happen at the school: days of assessments, deadlines, and the hours people type at.

The year is 2025-2026. A regular column is to be entered by a day that the school has set, a
midterm test within ten working days and a final test within fourteen.
"""

from datetime import datetime, timedelta
from typing import Final

from numpy.random import Generator

from ledger.school.calendar import LOCAL_TIME
from tests.believable_schools.staffing import Teacher

SCHOOL_YEAR: Final = "2025-2026"
_BEGINS: Final = {
    1: datetime(2025, 9, 8, tzinfo=LOCAL_TIME),
    2: datetime(2026, 1, 19, tzinfo=LOCAL_TIME),
}
# Days of the semester at which columns are due; with two regular columns, those of the middle.
_DUE: Final = {
    2: {"regular-1": 45, "regular-2": 95},
    3: {"regular-1": 35, "regular-2": 65, "regular-3": 98},
    4: {"regular-1": 32, "regular-2": 53, "regular-3": 84, "regular-4": 101},
}
_TESTS: Final = {"midterm": (56, 14), "final": (106, 18)}


def due(semester: int, column: str, *, regular: int) -> datetime:
    """The last moment to enter a column."""
    day = sum(_TESTS[column]) if column in _TESTS else _DUE[regular][column]
    return _BEGINS[semester] + timedelta(days=day, hours=23, minutes=59)


def given(semester: int, column: str, *, regular: int) -> datetime:
    """The day on which a column's assessment was held: marks cannot be entered before it."""
    days = _TESTS[column][1] - 2 if column in _TESTS else 14
    return due(semester, column, regular=regular).replace(hour=7) - timedelta(days=days)


def hour_of(rng: Generator, teacher: Teacher) -> timedelta:
    """A time of day: lessons, afternoons, most often evenings, seldom after eleven at night."""
    if rng.random() < teacher.owl:
        return timedelta(hours=(22.9 + 2.6 * rng.beta(1.5, 2.0)))
    if rng.random() < 0.45:
        return timedelta(hours=7.25 + 9.5 * rng.random())
    return timedelta(hours=18.75 + 3.9 * rng.beta(1.6, 2.4))


def entering_time(rng: Generator, teacher: Teacher, first: datetime, last: datetime) -> datetime:
    """When a column is entered: a few days before its deadline, by many on the last evening."""
    days_left = min(int(rng.exponential(teacher.lateness)), (last - first).days)
    day = last.replace(hour=0, minute=0) - timedelta(days=days_left)
    at = day + hour_of(rng, teacher)
    return min(at, last - timedelta(minutes=20)) if at > last else at
