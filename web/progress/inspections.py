"""The monthly inspection of the books: which are inspected, and what changed in one since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from ledger.line import Fact, Line
from ledger.school import facts
from ledger.school.calendar import local_day
from ledger.school.commands import year_stream
from ledger.school.year import Year
from ledger.sheet.facts import MarkChanged, MarkCleared, MarkCorrected
from ledger.supervision.rules import months_of
from ledger.supervision.state import Said, Supervision
from ledger.vocabulary import PupilId
from projections.history import HistoryCounts, HistoryFilter
from projections.progress import ColumnProgress, Standing
from web.desk import Desk

_MARK_MOVED: Final = (MarkChanged.NAME, MarkCleared.NAME, MarkCorrected.NAME)


@dataclass(frozen=True, slots=True)
class MonthOfClass:
    """One place of the matrix: the remarks of a class in a month, and whether one is due."""

    month: str
    remarks: tuple[Said, ...]
    begun: bool
    is_now: bool

    @property
    def is_due(self) -> bool:
        """Whether this month still wants its inspection."""
        return self.is_now and not self.remarks


@dataclass(frozen=True, slots=True)
class ClassRow:
    """The months of one class."""

    class_group: str
    months: tuple[MonthOfClass, ...]


def month_of(moment: datetime) -> str:
    """The month in Việt Nam: "2026-10"."""
    return f"{local_day(moment):%Y-%m}"


def matrix(year: Year, supervision: Supervision, moment: datetime) -> list[ClassRow]:
    """Every class with every month of the year, by grade and name."""
    months, now = months_of(year), month_of(moment)
    return [
        ClassRow(
            name,
            tuple(
                MonthOfClass(
                    month, supervision.remarks.get((name, month), ()), month <= now, month == now
                )
                for month in months
            ),
        )
        for name in class_names(year)
    ]


def class_names(year: Year) -> list[str]:
    return sorted(year.classes, key=lambda name: (year.classes[name].grade, len(name), name))


def classes_due(year: Year, supervision: Supervision, moment: datetime) -> list[str]:
    """The classes whose book wants its inspection this month; none outside the year."""
    now = month_of(moment)
    if year.planned is None or now not in months_of(year):
        return []
    return [name for name in class_names(year) if (name, now) not in supervision.remarks]


@dataclass(frozen=True, slots=True)
class PupilMoved:
    """A pupil who came to the class or left it, by what fact, from which day, written when."""

    pupil: PupilId
    came: bool
    kind: str
    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class SinceInspection:
    """What changed in a class since the last remark in its book, or since the year was planned.

    Marks are counted from the day of that remark on, since the history is asked by days.
    """

    last: Said | None
    pupils: tuple[PupilMoved, ...]
    closed: tuple[ColumnProgress, ...]
    late: tuple[ColumnProgress, ...]
    marks: HistoryCounts

    @property
    def since_day(self) -> date | None:
        return local_day(self.last.at) if self.last else None


def since_inspection(
    desk: Desk, year: Year, class_group: str, last: Said | None
) -> SinceInspection:
    """Look at the roster, the columns and the marks of a class from the last remark on."""
    moment, school_year = desk.clock(), year.school_year
    columns = [
        one
        for semester in sorted(year.opened)
        for one in desk.progress.columns(school_year, semester, class_group=class_group)
    ]
    asked = HistoryFilter(
        school_year=school_year,
        class_group=class_group,
        kinds=_MARK_MOVED,
        day_from=local_day(last.at) if last else None,
    )
    lines = desk.ledger.lines(year_stream(school_year))
    return SinceInspection(
        last=last,
        pupils=tuple(_moved(lines, class_group, last.at if last else None)),
        closed=tuple(one for one in columns if _was_closed_after(one, last)),
        late=tuple(one for one in columns if one.standing(moment) is Standing.LATE),
        marks=desk.history.counts(asked),
    )


def _was_closed_after(one: ColumnProgress, last: Said | None) -> bool:
    at = one.view.closed_at
    return at is not None and (last is None or at > last.at)


def _moved(lines: Sequence[Line], class_group: str, since: datetime | None) -> Iterator[PupilMoved]:
    """By when it was written, not by its day: what was noted late must not slip through."""
    for line in lines:
        if since is None or line.at > since:
            for pupil, came, day in _coming_and_going(line.fact, class_group):
                yield PupilMoved(pupil, came, line.fact.NAME, day, line.at)


def _coming_and_going(fact: Fact, class_group: str) -> Iterator[tuple[PupilId, bool, date]]:
    if reads := _ROSTER.get(type(fact)):
        yield from reads(fact, class_group)


def _enrolled(fact: facts.PupilsEnrolled, name: str) -> Iterator[tuple[PupilId, bool, date]]:
    if fact.class_group == name:
        yield from ((entry.pupil, True, fact.since) for entry in fact.pupils)


def _came(fact: facts.PupilTransferredIn, name: str) -> Iterator[tuple[PupilId, bool, date]]:
    if fact.class_group == name:
        yield fact.pupil, True, fact.since


def _changed(fact: facts.PupilChangedClass, name: str) -> Iterator[tuple[PupilId, bool, date]]:
    if fact.to_class == name:
        yield fact.pupil, True, fact.since
    if fact.from_class == name:
        yield fact.pupil, False, fact.since


def _left(fact: facts.PupilLeftSchool, name: str) -> Iterator[tuple[PupilId, bool, date]]:
    if fact.class_group == name:
        yield fact.pupil, False, fact.until


_ROSTER: Final[Mapping[type[Fact], Any]] = MappingProxyType(
    {
        facts.PupilsEnrolled: _enrolled,
        facts.PupilTransferredIn: _came,
        facts.PupilChangedClass: _changed,
        facts.PupilLeftSchool: _left,
    }
)
