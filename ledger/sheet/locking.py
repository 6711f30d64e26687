"""Closing and reopening a column; locking and unlocking a column or the whole sheet."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ledger.authority import only_for
from ledger.sheet import commands, facts, refusals
from ledger.sheet.guards import known_column, not_locked, only_a_teacher_of
from ledger.sheet.state import Sheet
from ledger.vocabulary import Role

# The principal decides when the book is locked and opened (regulation, Điều 3.2). Others may carry
# out a lock, which only ever protects; an unlock is the principal's alone, since unlocking for
# everybody to mend one mark is how other products lose their history.
LOCKS = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR, Role.SYSTEM)


def close_column(command: commands.CloseColumn, sheet: Sheet) -> list[facts.AnyFact]:
    only_a_teacher_of(sheet, command.by)
    known_column(sheet, command.column)
    if command.column in sheet.closed:
        return []
    not_locked(sheet, command.column, command.at)
    # A teacher who has left the sheet can confirm nothing any more: who closes answers for it.
    waiting = [
        pupil
        for pupil in sheet.pupils
        if sheet.cell((pupil, command.column)).unconfirmed_for in sheet.teachers
    ]
    if waiting:
        raise refusals.EntriesAwaitConfirmation(column=command.column, pupils=waiting)
    blanks = [pupil for pupil in sheet.pupils if sheet.cell((pupil, command.column)).mark.is_blank]
    if blanks and not command.leaving_blanks:
        raise refusals.ColumnHasBlanks(column=command.column, pupils=blanks)
    return [facts.ColumnClosed(column=command.column)]


def reopen_column(command: commands.ReopenColumn, sheet: Sheet) -> list[facts.AnyFact]:
    """The teacher may undo a slip for a short while; later the principal's side decides."""
    only_for(command.by, Role.SUBJECT_TEACHER, Role.PRINCIPAL, Role.VICE_PRINCIPAL)
    if command.by.role is Role.SUBJECT_TEACHER:
        only_a_teacher_of(sheet, command.by)
    known_column(sheet, command.column)
    not_locked(sheet, command.column, command.at)
    if command.column not in sheet.closed:
        raise refusals.ColumnIsOpen(column=command.column)
    _, closed_at = sheet.closed[command.column]
    assert sheet.opened is not None, "a column belongs to an open sheet"
    grace_end = closed_at + timedelta(minutes=sheet.opened.reopening_grace_minutes)
    if command.by.role is Role.SUBJECT_TEACHER and command.at > grace_end:
        raise refusals.GraceIsOver(column=command.column, closed_at=closed_at, until=grace_end)
    return [facts.ColumnReopened(column=command.column, reason=command.reason)]


def lock_sheet(command: commands.LockSheet, sheet: Sheet) -> list[facts.AnyFact]:
    only_for(command.by, *LOCKS)
    if all(column in sheet.locks for column in sheet.columns) and all(
        sheet.is_locked(column, command.at) for column in sheet.columns
    ):
        return []
    return [facts.SheetLocked(reason=command.reason)]


def unlock_sheet(command: commands.UnlockSheet, sheet: Sheet) -> list[facts.AnyFact]:
    """Unlock what is locked, and leave alone what is not.

    An unlock ends in a lock: laid over a column that nobody had locked, it would lock that too.
    """
    only_for(command.by, Role.PRINCIPAL)
    locked = _locked_columns(sheet, sheet.columns, command)
    until, reason = command.until, command.reason
    opening = [column for column in locked if not _open_until(sheet, column, until)]
    if opening and len(locked) == len(sheet.columns):
        return [facts.SheetUnlocked(until=until, reason=reason)]
    return [facts.ColumnUnlocked(column=column, until=until, reason=reason) for column in opening]


def lock_column(command: commands.LockColumn, sheet: Sheet) -> list[facts.AnyFact]:
    only_for(command.by, *LOCKS)
    known_column(sheet, command.column)
    if command.column in sheet.locks and sheet.is_locked(command.column, command.at):
        return []
    return [facts.ColumnLocked(column=command.column, reason=command.reason)]


def unlock_column(command: commands.UnlockColumn, sheet: Sheet) -> list[facts.AnyFact]:
    only_for(command.by, Role.PRINCIPAL)
    known_column(sheet, command.column)
    _locked_columns(sheet, [command.column], command)
    if _open_until(sheet, command.column, command.until):
        return []
    fact = facts.ColumnUnlocked(column=command.column, until=command.until, reason=command.reason)
    return [fact]


def _locked_columns(
    sheet: Sheet, columns: Iterable[str], command: commands.UnlockSheet | commands.UnlockColumn
) -> list[str]:
    """The columns that are locked, or unlocked for a time only; refuses where there are none."""
    locked = [c for c in columns if c in sheet.locks or sheet.is_locked(c, command.at)]
    if not locked:
        raise refusals.NothingIsLocked
    if command.until <= command.at:
        raise refusals.UnlockMustEndLater(until=command.until)
    return locked


def _open_until(sheet: Sheet, column: str, until: datetime) -> bool:
    """Whether the column is unlocked until this very moment already."""
    decision = sheet.locks.get(column)
    return decision is not None and decision.until == until
