"""The days off and the make-up days of a school year: the nation's list and the school's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from holidays import country_holidays

from ledger.school.calendar import NATIONAL_CALENDAR, DayException, is_working_day
from ledger.school.commands import AmendCalendar
from ledger.school.year import Year
from web.forms import Typed
from web.year.sent import SentForm

_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)
# So many lines of the form are empty, for what is still to come.
SPARE_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class NationalDay:
    """A weekday off or a weekend day worked, as the national list has it; the name if known."""

    day: date
    works: bool
    name: str


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """One line of the school's additions as the form shows it."""

    day: str = ""
    works: bool = False
    why: str = ""


def national_days(year: Year) -> list[NationalDay]:
    """What differs from an ordinary week in the months of the school year."""
    assert year.planned is not None, "asked of a planned year only"
    starts = year.planned.semesters[0].first.year
    first, last = date(starts, 8, 1), date(starts + 1, 7, 31)
    names = country_holidays("VN", years=(starts, starts + 1), language="vi")
    return [
        NationalDay(day, works, names.get(day, ""))
        for day in _days(first, last)
        if (works := is_working_day(day, NATIONAL_CALENDAR)) != (day.weekday() < _SATURDAY)
    ]


def calendar_lines(year: Year) -> list[CalendarLine]:
    """The school's additions in the order of the days."""
    listed = sorted(year.calendar.exceptions, key=lambda entry: entry.day)
    return [CalendarLine(entry.day.isoformat(), entry.works, entry.why) for entry in listed]


def typed_lines(sent: SentForm) -> list[CalendarLine]:
    """The lines of the form as typed; a line without a day and a reason is empty."""
    columns = zip(sent.texts("day"), sent.texts("works"), sent.texts("why"), strict=False)
    lines = [CalendarLine(day.strip(), works == "1", why.strip()) for day, works, why in columns]
    return [line for line in lines if line.day or line.why]


def amending(sent: SentForm, asked: Mapping[str, Any]) -> AmendCalendar:
    """The command that the form means; raises FormIncomplete."""
    typed = Typed()
    exceptions = []
    for number, line in enumerate(typed_lines(sent), 1):
        day = typed.day(line.day, name=f"day-{number}")
        why = typed.reason(line.why, name=f"why-{number}")
        exceptions.append((day, line.works, why))
    typed.check()
    return AmendCalendar(
        **asked,
        exceptions=tuple(
            DayException(day=day, works=works, why=why) for day, works, why in exceptions if day
        ),
        saturdays_work=sent.text("saturdays_work") == "true",
    )


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += _DAY
