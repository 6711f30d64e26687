"""What the progress answers: how far each column of a semester is, alone and in groups."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ledger.vocabulary import PersonId, PupilId, SheetId, SubjectKind
from projections.columns import ColumnView

SOON: Final = timedelta(days=7)


class Standing(StrEnum):
    """How a column stands, or the worst that any column of a group does."""

    LATE = "late"  # past its deadline, and marks are missing
    COMING_DUE = "coming-due"  # marks are missing, and the deadline is at most seven days away
    OPEN = "open"
    DONE = "done"  # every pupil of the class has a mark


@dataclass(frozen=True, slots=True)
class Counts:
    """Cells of pupils who are in the class: all of them, and how many are how far.

    Exempt and not assessed count as entered, and so does the 0 of who was absent for good;
    `awaiting` is absent with a make-up test to come. What is left is `missing`.
    """

    expected: int = 0
    entered: int = 0
    awaiting: int = 0

    @property
    def missing(self) -> int:
        return self.expected - self.entered - self.awaiting

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.expected + other.expected,
            self.entered + other.entered,
            self.awaiting + other.awaiting,
        )


@dataclass(frozen=True, slots=True)
class ColumnProgress:
    """One column of one sheet, with the present teachers of the sheet."""

    sheet_id: SheetId
    grade: int
    class_group: str
    subject: str
    kind: SubjectKind
    teachers: tuple[PersonId, ...]
    view: ColumnView
    counts: Counts

    @property
    def column(self) -> str:
        return self.view.column

    @property
    def deadline(self) -> datetime | None:
        return self.view.deadline

    def standing(self, moment: datetime) -> Standing:
        if self.counts.missing and self.deadline is not None:
            if moment > self.deadline:
                return Standing.LATE
            if self.deadline - moment <= SOON:
                return Standing.COMING_DUE
        is_done = self.counts.entered == self.counts.expected
        return Standing.DONE if is_done else Standing.OPEN


@dataclass(frozen=True, slots=True)
class MissingCell:
    """A pupil of the class who lacks a mark; `awaiting` where a make-up test is to come."""

    pupil: PupilId
    number: int
    awaiting: bool


class Grouping(StrEnum):
    """What the rows of the overview stand for."""

    TEACHER = "teacher"
    CLASS = "class"
    SUBJECT = "subject"
    COLUMN = "column"


GroupKey = PersonId | str


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one teacher, class, subject or kind of column, counted together.

    `deadline` is the first one of those columns that still lack marks.
    """

    key: GroupKey
    columns: tuple[ColumnProgress, ...]
    counts: Counts
    standings: Mapping[Standing, int]
    deadline: datetime | None

    @property
    def standing(self) -> Standing:
        """The worst that any of its columns does."""
        return next((one for one in Standing if self.standings.get(one)), Standing.DONE)


_KEYS: Final[Mapping[Grouping, Callable[[ColumnProgress], tuple[GroupKey, ...]]]] = (
    MappingProxyType(
        {
            # A column of two teachers is the work of both.
            Grouping.TEACHER: lambda one: one.teachers,
            Grouping.CLASS: lambda one: (one.class_group,),
            Grouping.SUBJECT: lambda one: (one.subject,),
            Grouping.COLUMN: lambda one: (one.column,),
        }
    )
)


def total(columns: Iterable[ColumnProgress]) -> Counts:
    """The cells of all these columns, each counted once."""
    return sum((one.counts for one in columns), Counts())


def grouped(columns: Iterable[ColumnProgress], by: Grouping, moment: datetime) -> list[Group]:
    """One group per teacher, class, subject or kind of column, in the order they come in."""
    members: dict[GroupKey, list[ColumnProgress]] = {}
    for one in columns:
        for key in _KEYS[by](one):
            members.setdefault(key, []).append(one)
    return [_group(key, tuple(of_key), moment) for key, of_key in members.items()]


def _group(key: GroupKey, columns: tuple[ColumnProgress, ...], moment: datetime) -> Group:
    standings: dict[Standing, int] = dict.fromkeys(Standing, 0)
    for one in columns:
        standings[one.standing(moment)] += 1
    due = [one.deadline for one in columns if one.deadline and one.counts.missing]
    return Group(key, columns, total(columns), standings, min(due, default=None))
