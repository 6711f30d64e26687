"""What a lock over a scope would close, and which marks are still missing there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from ledger.school.covering import ColumnStanding, Covered, covered, standing_of
from ledger.school.scope import Scope
from ledger.school.year import Year
from ledger.sheet.state import DeadlineDecision, LockDecision, Sheet
from ledger.vocabulary import PersonId, PupilId, SheetId


class WhyMissing(StrEnum):
    """Why a cell still waits: nothing entered, a make-up test to come, or not confirmed."""

    BLANK = "blank"
    AWAITING_MAKE_UP = "awaiting-make-up"
    UNCONFIRMED = "unconfirmed"


class MissingMark(NamedTuple):
    """A cell that still waits for its mark, or for the teacher to confirm it."""

    pupil: PupilId
    column: str
    why: WhyMissing


class Extent(NamedTuple):
    """How far a decision would reach."""

    sheets: int
    columns: int


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """A column in the scope: how it stands, by which decisions, and who still lacks a mark."""

    column: str
    standing: ColumnStanding
    lock: LockDecision | None
    deadline: DeadlineDecision | None
    missing: tuple[MissingMark, ...]


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """A sheet in the scope, with its columns there in book order."""

    sheet_id: SheetId
    grade: int
    class_group: str
    subject: str
    teachers: tuple[PersonId, ...]
    pupil_count: int
    columns: tuple[ColumnPreview, ...]

    @property
    def missing(self) -> tuple[MissingMark, ...]:
        return tuple(mark for column in self.columns for mark in column.missing)


@dataclass(frozen=True, slots=True)
class Preview:
    """A scope as it stands at one moment: its sheets by grade, class and subject."""

    sheets: tuple[SheetPreview, ...]
    found: tuple[Covered, ...]
    moment: datetime

    @property
    def missing_count(self) -> int:
        return sum(len(sheet.missing) for sheet in self.sheets)

    @property
    def sheets_with_missing(self) -> int:
        return sum(bool(sheet.missing) for sheet in self.sheets)

    def standing(self, way: str) -> int:
        """How many columns of the scope stand so."""
        return sum(column.standing == way for sheet in self.sheets for column in sheet.columns)

    def would_lock(self) -> Extent:
        return self._extent(lambda one: one.lockable(self.moment))

    def would_unlock(self, until: datetime) -> Extent:
        return self._extent(lambda one: one.unlockable(self.moment, until))

    def would_move(self, deadline: datetime) -> Extent:
        return self._extent(lambda one: one.movable(deadline))

    def _extent(self, moved: Callable[[Covered], tuple[str, ...]]) -> Extent:
        counts = [len(moved(one)) for one in self.found]
        return Extent(sum(map(bool, counts)), sum(counts))


def preview(scope: Scope, year: Year, sheets: Mapping[SheetId, Sheet], moment: datetime) -> Preview:
    """How the scope stands at `moment`; `sheets` holds every open sheet that it covers."""
    found = tuple(covered(scope, year, sheets))
    return Preview(tuple(_sheet(one, year, moment) for one in found), found, moment)


def _sheet(one: Covered, year: Year, moment: datetime) -> SheetPreview:
    sheet = one.sheet
    return SheetPreview(
        sheet_id=one.sheet_id,
        grade=year.classes[one.class_group].grade,
        class_group=one.class_group,
        subject=one.subject,
        teachers=tuple(sorted(sheet.teachers)),
        pupil_count=len(sheet.pupils),
        columns=tuple(
            ColumnPreview(
                column=column,
                standing=standing_of(sheet, column, moment),
                lock=sheet.locks.get(column),
                deadline=sheet.deadlines.get(column),
                missing=tuple(_missing(sheet, column)),
            )
            for column in one.columns
        ),
    )


def _missing(sheet: Sheet, column: str) -> Iterator[MissingMark]:
    for pupil in sheet.pupils:
        cell = sheet.cell((pupil, column))
        if cell.mark.is_blank:
            yield MissingMark(pupil, column, WhyMissing.BLANK)
        elif cell.mark.awaits_a_mark:
            yield MissingMark(pupil, column, WhyMissing.AWAITING_MAKE_UP)
        elif cell.unconfirmed_for in sheet.teachers:
            # Who has left the sheet confirms nothing any more, as where a column is closed.
            yield MissingMark(pupil, column, WhyMissing.UNCONFIRMED)
