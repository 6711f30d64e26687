"""Which days are working days, and when a period of them ends."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ledger.school.calendar import (
    DayException,
    WorkCalendar,
    deadline_after,
    end_of_local_day,
    is_working_day,
    local_day,
    week_before,
    working_days_after,
)

NATIONAL: Final = WorkCalendar(version=0, exceptions=())

# Monday to Friday, and off: as "day/month" and ranges of days in one month.
DAYS_OFF: Final = {
    2023: "2/1 20/1 23-26/1 1-3/5 1/9 4/9",
    2024: "1/1 8-9/2 12-14/2 18/4 29-30/4 1/5 2-3/9",
    2025: "1/1 27-31/1 7/4 30/4 1-2/5 1-2/9",
    2026: "1-2/1 16-20/2 27/4 30/4 1/5 31/8 1-2/9 24/11",
}
MAKE_UP_SATURDAYS: Final = {
    2023: set[date](),
    2024: {date(2024, 5, 4)},
    2025: {date(2025, 4, 26)},
    2026: {date(2026, 1, 10), date(2026, 8, 22)},
}


def days_of(year: int, text: str) -> set[date]:
    days: set[date] = set()
    for part in text.split():
        span, _, month = part.partition("/")
        first, _, last = span.partition("-")
        days |= {
            date(year, int(month), number) for number in range(int(first), int(last or first) + 1)
        }
    return days


def every_day(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=number) for number in range(365 + (year % 4 == 0))]


@pytest.mark.parametrize("year", DAYS_OFF)
def test_just_the_announced_weekdays_are_off(year: int) -> None:
    weekdays = [day for day in every_day(year) if day.weekday() < 5]
    off = {day for day in weekdays if not is_working_day(day, NATIONAL)}
    assert off == days_of(year, DAYS_OFF[year])


@pytest.mark.parametrize("year", MAKE_UP_SATURDAYS)
def test_of_all_weekend_days_just_the_make_up_saturdays_work(year: int) -> None:
    weekend = [day for day in every_day(year) if day.weekday() >= 5]
    worked = {day for day in weekend if is_working_day(day, NATIONAL)}
    assert worked == MAKE_UP_SATURDAYS[year]


def test_culture_day_is_a_holiday_from_2026() -> None:
    assert is_working_day(date(2025, 11, 24), NATIONAL)
    assert not is_working_day(date(2026, 11, 24), NATIONAL)


@pytest.mark.parametrize(
    ("test_day", "count", "last_day"),
    [
        (date(2023, 11, 6), 10, date(2023, 11, 20)),
        (date(2023, 12, 27), 14, date(2024, 1, 17)),
        (date(2024, 4, 25), 10, date(2024, 5, 13)),
        (date(2024, 4, 22), 14, date(2024, 5, 14)),
        (date(2025, 4, 21), 10, date(2025, 5, 7)),
        (date(2025, 12, 24), 14, date(2026, 1, 14)),
        (date(2026, 4, 20), 14, date(2026, 5, 13)),
        (date(2026, 11, 16), 10, date(2026, 12, 1)),
    ],
)
def test_periods_end_where_a_school_office_counts_them(
    test_day: date, count: int, last_day: date
) -> None:
    assert working_days_after(test_day, count, NATIONAL) == last_day


@pytest.mark.parametrize("count", [0, -3])
def test_a_period_without_days_is_none(count: int) -> None:
    with pytest.raises(ValueError, match="at least one working day"):
        working_days_after(date(2026, 10, 5), count, NATIONAL)


def with_exception(day: date, *, works: bool) -> WorkCalendar:
    why = "Nghỉ bão số 3" if not works else "Dạy bù"
    return WorkCalendar(version=3, exceptions=(DayException(day=day, works=works, why=why),))


def test_what_the_school_adds_wins_over_the_national_list() -> None:
    tuesday, make_up = date(2026, 10, 6), date(2026, 8, 22)
    sunday, national_day = date(2026, 10, 11), date(2026, 9, 2)
    assert not is_working_day(tuesday, with_exception(tuesday, works=False))
    assert not is_working_day(make_up, with_exception(make_up, works=False))
    assert is_working_day(sunday, with_exception(sunday, works=True))
    assert is_working_day(national_day, with_exception(national_day, works=True))


def test_where_saturdays_work_holidays_and_sundays_still_do_not() -> None:
    calendar = WorkCalendar(version=1, exceptions=(), saturdays_work=True)
    assert is_working_day(date(2026, 10, 10), calendar)
    assert not is_working_day(date(2026, 10, 11), calendar)
    assert not is_working_day(date(2023, 1, 21), calendar)  # Tết Eve


def test_a_day_cannot_be_two_things() -> None:
    day = DayException(day=date(2026, 10, 6), works=False, why="Nghỉ bão")
    other = day.model_copy(update={"works": True})
    with pytest.raises(ValidationError, match="more than one exception on 2026-10-06"):
        WorkCalendar(version=1, exceptions=(day, other))


def test_a_local_day_ends_at_seventeen_utc() -> None:
    end = end_of_local_day(date(2026, 10, 5))
    midnight = datetime(2026, 10, 5, 17, tzinfo=UTC)
    assert end == midnight - timedelta(microseconds=1)


def test_a_deadline_is_kept_with_the_calendar_it_was_counted_with() -> None:
    calendar = with_exception(date(2026, 12, 1), works=False)
    deadline = deadline_after(date(2026, 11, 16), 10, calendar)
    assert deadline.at == end_of_local_day(date(2026, 12, 2))
    # A newer package is a new row of days: look at the tables above before changing this text.
    assert deadline.calendar == "holidays-0.109/national-1/school-3"


def test_a_week_before_a_test_is_the_end_of_the_same_weekday() -> None:
    assert week_before(date(2026, 12, 28)) == end_of_local_day(date(2026, 12, 21))


days = st.dates(date(2022, 12, 1), date(2027, 6, 30))
counts = st.integers(1, 40)
exceptions = st.builds(DayException, day=days, works=st.booleans(), why=st.just("Theo kế hoạch"))
calendars = st.builds(
    WorkCalendar,
    version=st.integers(0, 9),
    exceptions=st.lists(exceptions, max_size=8, unique_by=lambda each: each.day).map(tuple),
    saturdays_work=st.booleans(),
)


@given(days, counts, calendars)
def test_a_period_holds_just_its_working_days_and_ends_on_one(
    start: date, count: int, calendar: WorkCalendar
) -> None:
    end = working_days_after(start, count, calendar)
    inside = [start + timedelta(days=number) for number in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day, calendar) for day in inside) == count
    assert is_working_day(end, calendar)


@given(days, days, counts, calendars)
def test_what_starts_later_never_ends_earlier(
    one: date, other: date, count: int, calendar: WorkCalendar
) -> None:
    first, second = sorted((one, other))
    assert working_days_after(first, count, calendar) <= working_days_after(second, count, calendar)


@given(days, counts, calendars)
def test_a_longer_period_ends_later(start: date, count: int, calendar: WorkCalendar) -> None:
    longer = working_days_after(start, count + 1, calendar)
    assert working_days_after(start, count, calendar) < longer


@given(days, counts, calendars, st.integers(1, 60))
def test_one_more_day_off_never_makes_a_deadline_earlier(
    start: date, count: int, calendar: WorkCalendar, ahead: int
) -> None:
    off = DayException(day=start + timedelta(days=ahead), works=False, why="Nghỉ bão")
    others = tuple(each for each in calendar.exceptions if each.day != off.day)
    later = calendar.model_copy(update={"exceptions": (*others, off)})
    assert deadline_after(start, count, calendar).at <= deadline_after(start, count, later).at


def test_early_in_the_morning_it_is_already_the_next_day_in_viet_nam() -> None:
    half_past_six = datetime(2026, 9, 6, 23, 30, tzinfo=UTC)
    assert local_day(half_past_six) == date(2026, 9, 7)
