"""What the rules of a score sheet need to remember, and how each line changes it."""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, NamedTuple, Self, get_args

from ledger.line import Fact, Line
from ledger.sheet import facts
from ledger.sheet.correction import Correction, StepTaken, moved_on, requested
from ledger.sheet.grounds import CorrectionRules
from ledger.vocabulary import (
    BLANK,
    Author,
    CorrectionId,
    Mark,
    PersonId,
    PupilId,
    SubjectKind,
)

Place = tuple[PupilId, str]  # a cell: pupil and column


class Cell(NamedTuple):
    """What stands in one cell, and the line that put it there.

    `unconfirmed_for` is the teacher on whose behalf it was entered, until that teacher confirms;
    `since` is when the cell got its first mark, which later ones only replaced.
    """

    mark: Mark = BLANK
    version: int = 0
    by: PersonId | None = None
    at: datetime | None = None
    unconfirmed_for: PersonId | None = None
    since: datetime | None = None


EMPTY_CELL = Cell()


@dataclass(frozen=True, slots=True)
class LockDecision:
    """The last word on whether a column is locked. An unlock has an end, a lock has none."""

    by: Author
    at: datetime
    reason: str
    until: datetime | None = None
    whole_sheet: bool = False

    def locks_at(self, moment: datetime) -> bool:
        """Whether the column counts as locked at `moment`; an unlock that ended does."""
        return self.until is None or moment >= self.until


@dataclass(frozen=True, slots=True)
class DeadlineDecision:
    """The last moment to enter a column, and who set it; opening a sheet gives no reason."""

    deadline: datetime
    by: Author
    at: datetime
    reason: str = ""


@dataclass(slots=True)
class Sheet:
    """A sheet after `version` lines. Treat it as frozen: `evolve` makes a new one."""

    version: int = 0
    opened: facts.SheetOpened | None = None
    moved_rules: CorrectionRules | None = None
    homeroom_teacher: PersonId | None = None
    teachers: set[PersonId] = field(default_factory=set)
    numbers: dict[PupilId, int] = field(default_factory=dict)
    left: set[PupilId] = field(default_factory=set)
    deadlines: dict[str, DeadlineDecision] = field(default_factory=dict)
    cells: dict[Place, Cell] = field(default_factory=dict)
    closed: dict[str, tuple[PersonId, datetime]] = field(default_factory=dict)
    locks: dict[str, LockDecision] = field(default_factory=dict)
    corrections: dict[CorrectionId, Correction] = field(default_factory=dict)
    in_correction: dict[Place, CorrectionId] = field(default_factory=dict)

    @property
    def kind(self) -> SubjectKind:
        assert self.opened is not None, "rules look at the kind of an open sheet only"
        return self.opened.kind

    @property
    def columns(self) -> tuple[str, ...]:
        return self.opened.columns if self.opened else ()

    @property
    def rules(self) -> CorrectionRules:
        assert self.opened is not None, "rules are asked of an open sheet only"
        rules = self.opened.correction_rules
        return rules if self.moved_rules is None else self.moved_rules

    @property
    def pupils(self) -> list[PupilId]:
        """The pupils still in the class, in the order of their numbers."""
        present = (pupil for pupil in self.numbers if pupil not in self.left)
        return sorted(present, key=self.numbers.__getitem__)

    def cell(self, place: Place) -> Cell:
        return self.cells.get(place, EMPTY_CELL)

    def is_past_deadline(self, column: str, moment: datetime) -> bool:
        """Whether the deadline alone locks the column: no lock or unlock was ever decided."""
        deadline = self.deadline_of(column)
        return column not in self.locks and deadline is not None and moment > deadline

    def deadline_of(self, column: str) -> datetime | None:
        """The last moment to enter the column, if it has one."""
        decision = self.deadlines.get(column)
        return None if decision is None else decision.deadline

    def is_locked(self, column: str, moment: datetime) -> bool:
        decision = self.locks.get(column)
        if decision is None:
            return self.is_past_deadline(column, moment)
        return decision.locks_at(moment)

    def is_book_closed(self, moment: datetime) -> bool:
        """Whether every column has been locked, be it that some are open again for a time."""
        return all(c in self.locks or self.is_locked(c, moment) for c in self.columns)

    def is_official(self, column: str, moment: datetime) -> bool:
        """Whether marks of the column change only by an approved correction."""
        return column in self.closed or self.is_locked(column, moment)

    def draft(self) -> Self:
        """A copy whose collections may be changed without touching this state."""
        draft = copy(self)
        for name in _COLLECTIONS:
            setattr(draft, name, getattr(self, name).copy())
        return draft


_COLLECTIONS = (
    "teachers",
    "numbers",
    "left",
    "deadlines",
    "cells",
    "closed",
    "locks",
    "corrections",
    "in_correction",
)


_Handler = Callable[[Any, Sheet, Line], None]
_HANDLERS: Final[dict[type[Fact], _Handler]] = {}


def evolve(sheet: Sheet, lines: Iterable[Line]) -> Sheet:
    """The state after `lines`; never refuses, since what was recorded has happened."""
    draft = sheet.draft()
    for line in lines:
        _HANDLERS[type(line.fact)](line.fact, draft, line)
        draft.version = line.version
    return draft


def replay(lines: Iterable[Line]) -> Sheet:
    """The state of a sheet from all of its lines, or from its first n for a state in the past."""
    return evolve(Sheet(), lines)


def _on(*kinds: type[Fact]) -> Callable[[_Handler], _Handler]:
    """The function below says what facts of these kinds change."""

    def keep(handler: _Handler) -> _Handler:
        _HANDLERS.update(dict.fromkeys(kinds, handler))
        return handler

    return keep


@_on(facts.SheetOpened)
def _sheet_opened(fact: facts.SheetOpened, sheet: Sheet, line: Line) -> None:
    sheet.opened = fact
    sheet.homeroom_teacher = fact.homeroom_teacher
    sheet.teachers.update(fact.teachers)
    sheet.numbers.update((entry.pupil, entry.number) for entry in fact.pupils)
    for deadline in fact.deadlines:
        sheet.deadlines[deadline.column] = DeadlineDecision(deadline.at, line.by, line.at)


@_on(facts.TeacherJoinedSheet)
def _teacher_joined_sheet(fact: facts.TeacherJoinedSheet, sheet: Sheet, _line: Line) -> None:
    sheet.teachers.add(fact.teacher)


@_on(facts.TeacherLeftSheet)
def _teacher_left_sheet(fact: facts.TeacherLeftSheet, sheet: Sheet, _line: Line) -> None:
    sheet.teachers.discard(fact.teacher)


@_on(facts.HomeroomTeacherChanged)
def _homeroom_teacher_changed(
    fact: facts.HomeroomTeacherChanged, sheet: Sheet, _line: Line
) -> None:
    sheet.homeroom_teacher = fact.teacher


@_on(facts.PupilJoinedSheet)
def _pupil_joined_sheet(fact: facts.PupilJoinedSheet, sheet: Sheet, _line: Line) -> None:
    sheet.numbers[fact.pupil] = fact.number
    sheet.left.discard(fact.pupil)


@_on(facts.PupilLeftSheet)
def _pupil_left_sheet(fact: facts.PupilLeftSheet, sheet: Sheet, _line: Line) -> None:
    sheet.left.add(fact.pupil)


@_on(facts.DeadlineMoved)
def _deadline_moved(fact: facts.DeadlineMoved, sheet: Sheet, line: Line) -> None:
    decision = DeadlineDecision(fact.deadline.at, line.by, line.at, fact.reason)
    sheet.deadlines[fact.deadline.column] = decision


@_on(facts.CorrectionDayMoved)
def _correction_day_moved(fact: facts.CorrectionDayMoved, sheet: Sheet, _line: Line) -> None:
    sheet.moved_rules = sheet.rules.model_copy(update={"last_day": fact.last_day})


@_on(facts.MarkEntered, facts.MarkChanged, facts.MarkCorrected, facts.MarkBrought)
def _mark_placed(
    fact: facts.MarkEntered | facts.MarkChanged | facts.MarkCorrected | facts.MarkBrought,
    sheet: Sheet,
    line: Line,
) -> None:
    place = (fact.pupil, fact.column)
    before = sheet.cells.get(place, EMPTY_CELL)
    since = line.at if before.mark.awaits_a_mark else before.since
    sheet.cells[place] = Cell(
        fact.after, line.version, line.by.person, line.at, line.by.on_behalf_of, since
    )


@_on(facts.MarkCleared)
def _mark_cleared(fact: facts.MarkCleared, sheet: Sheet, line: Line) -> None:
    # A cleared cell keeps its version, so that whoever read the old mark meets a conflict.
    sheet.cells[(fact.pupil, fact.column)] = Cell(BLANK, line.version, line.by.person, line.at)


@_on(facts.EntriesConfirmed)
def _entries_confirmed(fact: facts.EntriesConfirmed, sheet: Sheet, line: Line) -> None:
    for place, cell in sheet.cells.items():
        if place[1] == fact.column and cell.unconfirmed_for == line.by.person:
            sheet.cells[place] = cell._replace(unconfirmed_for=None)


@_on(facts.ColumnClosed)
def _column_closed(fact: facts.ColumnClosed, sheet: Sheet, line: Line) -> None:
    sheet.closed[fact.column] = (line.by.person, line.at)


@_on(facts.ColumnReopened)
def _column_reopened(fact: facts.ColumnReopened, sheet: Sheet, _line: Line) -> None:
    sheet.closed.pop(fact.column, None)


@_on(facts.SheetLocked)
def _sheet_locked(fact: facts.SheetLocked, sheet: Sheet, line: Line) -> None:
    decision = LockDecision(line.by, line.at, fact.reason, whole_sheet=True)
    sheet.locks = dict.fromkeys(sheet.columns, decision)


@_on(facts.SheetUnlocked)
def _sheet_unlocked(fact: facts.SheetUnlocked, sheet: Sheet, line: Line) -> None:
    decision = LockDecision(line.by, line.at, fact.reason, fact.until, whole_sheet=True)
    sheet.locks = dict.fromkeys(sheet.columns, decision)


@_on(facts.ColumnLocked)
def _column_locked(fact: facts.ColumnLocked, sheet: Sheet, line: Line) -> None:
    sheet.locks[fact.column] = LockDecision(line.by, line.at, fact.reason)


@_on(facts.ColumnUnlocked)
def _column_unlocked(fact: facts.ColumnUnlocked, sheet: Sheet, line: Line) -> None:
    sheet.locks[fact.column] = LockDecision(line.by, line.at, fact.reason, fact.until)


@_on(facts.ColumnRelocked)
def _column_relocked(fact: facts.ColumnRelocked, sheet: Sheet, line: Line) -> None:
    correction = sheet.corrections[fact.correction_id]
    sheet.locks[fact.column] = LockDecision(line.by, line.at, correction.reason)
    sheet.corrections[fact.correction_id] = replace(correction, relocked_at=line.at)


@_on(facts.CorrectionRequested)
def _correction_requested(fact: facts.CorrectionRequested, sheet: Sheet, line: Line) -> None:
    sheet.corrections[fact.correction_id] = requested(fact, line)
    for entry in fact.lines:
        sheet.in_correction[(entry.pupil, entry.column)] = fact.correction_id


@_on(*get_args(StepTaken))
def _correction_moved_on(fact: StepTaken, sheet: Sheet, line: Line) -> None:
    correction = moved_on(sheet.corrections[fact.correction_id], fact, line)
    sheet.corrections[fact.correction_id] = correction
    if not correction.status.is_open:
        for entry in correction.lines:
            sheet.in_correction.pop((entry.pupil, entry.column), None)
