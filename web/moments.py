"""Moments: stored in UTC, shown and typed in the time of Việt Nam."""

from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator

from ledger.school.calendar import LOCAL_TIME

VIETNAM: Final = LOCAL_TIME
# From the birth of the oldest pupil in the oldest book that is still kept.
_OUR_TIME: Final = range(1980, 2100)


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment in a column; SQLite forgets the zone, so it is always UTC there."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def shown_moment(moment: datetime) -> str:
    """A moment as people read it: "09:14 ngày 12/10/2026"."""
    return f"{moment.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"


def shown_day(moment: date) -> str:
    """A day, or the day of a moment in Việt Nam: "12/10/2026"."""
    day = moment.astimezone(VIETNAM) if isinstance(moment, datetime) else moment
    return f"{day:%d/%m/%Y}"


def typed_moment(text: str) -> datetime:
    """The moment of a `datetime-local` field, which means Vietnamese time; else ValueError."""
    moment = datetime.fromisoformat(text)
    _of_our_time(moment)
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def typed_day(text: str) -> date:
    """The day of a `date` field; else ValueError."""
    day = date.fromisoformat(text.strip())
    _of_our_time(day)
    return day


def _of_our_time(day: date) -> None:
    """Refuse the year 1, of which no day before can be counted, and what else is a slip."""
    if day.year not in _OUR_TIME:
        raise ValueError(day)


def field_moment(moment: datetime) -> str:
    """The text that a `datetime-local` field holds for a moment: "2026-10-12T09:14"."""
    return f"{moment.astimezone(VIETNAM):%Y-%m-%dT%H:%M}"
