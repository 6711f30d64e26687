"""Which sheets a scope covers, how their columns stand, and which of them a decision moves.

The rules, what they carry to the sheets, and the preview all ask here, so that what was shown
before a decision is what the decision does.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from ledger.school.scope import Scope
from ledger.school.year import Year
from ledger.sheet.state import Sheet
from ledger.vocabulary import SheetId


class ColumnStanding(StrEnum):
    """How a column stands at a moment; the first that holds, from the bottom up."""

    OPEN = "open"
    CLOSED = "closed"
    PAST_DEADLINE = "past-deadline"
    UNLOCKED = "unlocked"
    LOCKED = "locked"


class Covered(NamedTuple):
    """A sheet in a scope, and those of its columns that are in it."""

    sheet_id: SheetId
    class_group: str
    subject: str
    sheet: Sheet
    columns: tuple[str, ...]

    def lockable(self, moment: datetime) -> tuple[str, ...]:
        """The columns that no decision locks at `moment`, also those past their deadline."""
        return tuple(
            column
            for column in self.columns
            if column not in self.sheet.locks or not self.sheet.is_locked(column, moment)
        )

    def locked(self, moment: datetime) -> tuple[str, ...]:
        """The columns that are locked, or unlocked for a time only."""
        return tuple(
            column
            for column in self.columns
            if column in self.sheet.locks or self.sheet.is_locked(column, moment)
        )

    def unlockable(self, moment: datetime, until: datetime) -> tuple[str, ...]:
        """Of the locked columns, those that are not unlocked until this very moment already."""
        locks = self.sheet.locks
        return tuple(
            column
            for column in self.locked(moment)
            if column not in locks or locks[column].until != until
        )

    def movable(self, deadline: datetime) -> tuple[str, ...]:
        """The columns that have another deadline, or none."""
        return tuple(
            column for column in self.columns if self.sheet.deadline_of(column) != deadline
        )


def standing_of(sheet: Sheet, column: str, moment: datetime) -> ColumnStanding:
    """How a column stands at `moment`."""
    if sheet.is_past_deadline(column, moment):
        return ColumnStanding.PAST_DEADLINE
    if column in sheet.locks:
        locked = sheet.is_locked(column, moment)
        return ColumnStanding.LOCKED if locked else ColumnStanding.UNLOCKED
    return ColumnStanding.CLOSED if column in sheet.closed else ColumnStanding.OPEN


def ids_covered(scope: Scope, year: Year) -> list[SheetId]:
    """The ids of the open sheets in a scope, whatever columns they have."""
    return [sheet_id for sheet_id, _, _ in _places(scope, year)]


def covered(scope: Scope, year: Year, sheets: Mapping[SheetId, Sheet]) -> list[Covered]:
    """The open sheets that have a column in the scope, by grade, class and subject."""
    found = []
    for sheet_id, class_group, subject in _places(scope, year):
        sheet = sheets[sheet_id]
        if columns := scope.columns_of(sheet.columns):
            found.append(Covered(sheet_id, class_group, subject, sheet, columns))
    return found


def unknown_classes(scope: Scope, year: Year) -> Collection[str]:
    """The classes that the scope names and the year does not have."""
    return [name for name in scope.classes if name not in year.classes]


def _places(scope: Scope, year: Year) -> Iterator[tuple[SheetId, str, str]]:
    opened = year.sheets.get(scope.semester, frozenset())
    grades = {name: group.grade for name, group in year.classes.items()}
    for name, subject in sorted(opened, key=lambda place: (grades[place[0]], *place)):
        if scope.covers(grade=grades[name], class_group=name, subject=subject):
            yield year.sheet_id(scope.semester, name, subject), name, subject
