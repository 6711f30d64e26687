"""Working days in Việt Nam, and the deadlines that are counted in them.

National days come from the `holidays` package, corrected by `AMENDMENTS`; a school adds its own.
All three change over the years, so a deadline is kept with the version it was counted with, and
what was counted once is never counted again.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Self
from zoneinfo import ZoneInfo

from holidays import country_holidays
from holidays.version import __version__ as package_version
from pydantic import Field, model_validator

from ledger.vocabulary import Moment, Reason, Value

LOCAL_TIME: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_SATURDAY: Final = 5
_SUNDAY: Final = 6
_DAY: Final = timedelta(days=1)


class DayException(Value):
    """A day that is not what its weekday or the national list says, and the reason."""

    day: date
    works: bool  # False is a day off, True a make-up working day
    why: Reason


class WorkCalendar(Value):
    """A school's additions to the national calendar; version 0 stands for none.

    A school's addition wins over the national list. `saturdays_work` makes every Saturday that is
    no holiday a working day: "ngày làm việc" is a word of offices, and some schools teach then.
    """

    version: int = Field(ge=0)
    exceptions: tuple[DayException, ...]
    saturdays_work: bool = False

    @model_validator(mode="after")
    def _one_exception_a_day(self) -> Self:
        twice = [day for day, times in Counter(e.day for e in self.exceptions).items() if times > 1]
        if twice:
            raise ValueError(f"more than one exception on {', '.join(map(str, sorted(twice)))}")
        return self

    @property
    def version_text(self) -> str:
        """The permanent name of the days counted with: "holidays-0.109/national-1/school-3"."""
        return f"holidays-{package_version}/national-{NATIONAL_VERSION}/school-{self.version}"


NATIONAL_CALENDAR: Final = WorkCalendar(version=0, exceptions=())


class ComputedDeadline(Value):
    """The last moment in time, and the version of the calendar it was counted with."""

    at: Moment
    calendar: str


# What `holidays` 0.109 lacks. Raise the version with every change: it is kept with deadlines.
# For 2027 the days are as the package computes them. The government has not announced Tết (mùng 1
# is Saturday 6/2/2027, and sources disagree), the second day of 2/9, nor make-up Saturdays.
NATIONAL_VERSION: Final = 1
AMENDMENTS: Final = (
    DayException(day=date(2026, 1, 2), works=False, why="12729/VPCP-KGVX, 25/12/2025"),
    DayException(day=date(2026, 1, 10), works=True, why="12729/VPCP-KGVX, 25/12/2025"),
)


def is_working_day(day: date, calendar: WorkCalendar) -> bool:
    """Whether offices work: Monday to Friday, no holiday, and Saturdays that make up for one."""
    for exception in calendar.exceptions:
        if exception.day == day:
            return exception.works
    days_off, make_up_days = _national(day.year)
    if day in make_up_days:
        return True
    if day in days_off or day.weekday() == _SUNDAY:
        return False
    return calendar.saturdays_work or day.weekday() != _SATURDAY


def working_days_after(start: date, count: int, calendar: WorkCalendar) -> date:
    """The day on which a period of `count` working days ends; ValueError if it has none.

    The first day is not counted (Bộ luật Dân sự 2015, Điều 147.2). The last is a working day by
    the way of counting, so that it need not be moved (Điều 148.5).
    """
    if count < 1:
        raise ValueError(f"a period has at least one working day, not {count}")
    day = start
    while count:
        day += _DAY
        count -= is_working_day(day, calendar)
    return day


def local_day(moment: datetime) -> date:
    """The day that it is at a moment in Việt Nam: until seven in the morning, UTC is behind."""
    return moment.astimezone(LOCAL_TIME).date()


def end_of_local_day(day: date) -> datetime:
    """The last moment of a day in Việt Nam: a deadline holds until then."""
    return datetime.combine(day, time.max, tzinfo=LOCAL_TIME)


def deadline_after(test_day: date, working_days: int, calendar: WorkCalendar) -> ComputedDeadline:
    """The last moment to enter the marks of a test, `working_days` after it; at least one."""
    last_day = working_days_after(test_day, working_days, calendar)
    return ComputedDeadline(at=end_of_local_day(last_day), calendar=calendar.version_text)


def week_before(test_day: date) -> datetime:
    """The last moment that is in time "01 tuần trước khi kiểm tra": the same weekday, a week ago.

    A week is seven days of any kind (Bộ luật Dân sự 2015, Điều 146), so no calendar is asked.
    """
    return end_of_local_day(test_day - timedelta(weeks=1))


@lru_cache(maxsize=64)
def _national(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return the days off of a year, weekends apart, and the weekend days worked for others.

    Kept per year: computing one takes milliseconds, and opening a semester asks for thirty
    deadlines of up to three weeks each.
    """
    listed = country_holidays("VN", years=year, expand=False)
    off = {day for day in listed if day.year == year}
    worked = {day for day in listed.weekend_workdays if day.year == year}
    for amendment in AMENDMENTS:
        gains, loses = (worked, off) if amendment.works else (off, worked)
        gains.add(amendment.day)
        loses.discard(amendment.day)
    return frozenset(off), frozenset(worked)
