"""What the rules of a score sheet need to remember, and how each line changes it."""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple, Self

from ledger.line import Fact, Line
from ledger.sheet import facts
from ledger.vocabulary import (
    BLANK,
    Author,
    CorrectionId,
    Mark,
    PersonId,
    PupilId,
    Role,
    SubjectKind,
)

Place = tuple[PupilId, str]  # a cell: pupil and column


class Cell(NamedTuple):
    """What stands in one cell, and the line that put it there.

    `unconfirmed_for` is the teacher on whose behalf it was entered, until that teacher confirms.
    """

    mark: Mark = BLANK
    version: int = 0
    by: PersonId | None = None
    at: datetime | None = None
    unconfirmed_for: PersonId | None = None


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


class CorrectionStatus(StrEnum):
    """Where a correction stands."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    APPROVED = "approved"
    EXECUTED = "executed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    VOID = "void"

    @property
    def is_open(self) -> bool:
        return self in {self.REQUESTED, self.CONFIRMED, self.APPROVED}


@dataclass(frozen=True, slots=True)
class Correction:
    """One biên bản: its lines and who took which step."""

    correction_id: CorrectionId
    lines: tuple[facts.CorrectionLine, ...]
    requested_by: PersonId
    reason: str
    status: CorrectionStatus = CorrectionStatus.REQUESTED
    approved_by: PersonId | None = None
    teacher: PersonId | None = None
    administrator: PersonId | None = None
    evidence: tuple[facts.Evidence, ...] = ()


@dataclass(slots=True)
class Sheet:
    """A sheet after `version` lines. Treat it as frozen: `evolve` makes a new one."""

    version: int = 0
    opened: facts.SheetOpened | None = None
    moved_rules: facts.CorrectionRules | None = None
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
    def rules(self) -> facts.CorrectionRules:
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
    sheet.cells[(fact.pupil, fact.column)] = Cell(
        fact.after, line.version, line.by.person, line.at, line.by.on_behalf_of
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
    reason = sheet.corrections[fact.correction_id].reason
    sheet.locks[fact.column] = LockDecision(line.by, line.at, reason)


@_on(facts.CorrectionRequested)
def _correction_requested(fact: facts.CorrectionRequested, sheet: Sheet, line: Line) -> None:
    sheet.corrections[fact.correction_id] = Correction(
        fact.correction_id, fact.lines, line.by.person, fact.reason, evidence=fact.evidence
    )
    for entry in fact.lines:
        sheet.in_correction[(entry.pupil, entry.column)] = fact.correction_id


@_on(facts.CorrectionConfirmed)
def _correction_confirmed(fact: facts.CorrectionConfirmed, sheet: Sheet, _line: Line) -> None:
    correction = sheet.corrections[fact.correction_id]
    _keep(sheet, replace(correction, status=CorrectionStatus.CONFIRMED))


@_on(facts.CorrectionApproved)
def _correction_approved(fact: facts.CorrectionApproved, sheet: Sheet, line: Line) -> None:
    correction = sheet.corrections[fact.correction_id]
    status = CorrectionStatus.APPROVED
    _keep(sheet, replace(correction, status=status, approved_by=line.by.person))


@_on(facts.CorrectionRefused)
def _correction_refused(fact: facts.CorrectionRefused, sheet: Sheet, _line: Line) -> None:
    _settle(sheet, fact.correction_id, CorrectionStatus.REFUSED)


@_on(facts.CorrectionWithdrawn)
def _correction_withdrawn(fact: facts.CorrectionWithdrawn, sheet: Sheet, _line: Line) -> None:
    _settle(sheet, fact.correction_id, CorrectionStatus.WITHDRAWN)


@_on(facts.CorrectionVoided)
def _correction_voided(fact: facts.CorrectionVoided, sheet: Sheet, _line: Line) -> None:
    _settle(sheet, fact.correction_id, CorrectionStatus.VOID)


@_on(facts.CorrectionExecutionAgreed)
def _correction_execution_agreed(
    fact: facts.CorrectionExecutionAgreed, sheet: Sheet, line: Line
) -> None:
    correction = sheet.corrections[fact.correction_id]
    if line.by.role is Role.ADMINISTRATOR:
        _keep(sheet, replace(correction, administrator=line.by.person))
    else:
        _keep(sheet, replace(correction, teacher=line.by.person))


@_on(facts.CorrectionExecuted)
def _correction_executed(fact: facts.CorrectionExecuted, sheet: Sheet, _line: Line) -> None:
    _settle(sheet, fact.correction_id, CorrectionStatus.EXECUTED)


def _keep(sheet: Sheet, correction: Correction) -> None:
    sheet.corrections[correction.correction_id] = correction


def _settle(sheet: Sheet, correction_id: CorrectionId, status: CorrectionStatus) -> None:
    correction = sheet.corrections[correction_id]
    _keep(sheet, replace(correction, status=status))
    for entry in correction.lines:
        sheet.in_correction.pop((entry.pupil, entry.column), None)
