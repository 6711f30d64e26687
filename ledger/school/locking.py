"""Locks, unlocks and deadlines over many sheets: the principal decides (regulation, Điều 3.2)."""

from ledger.authority import only_for
from ledger.reader import Reader
from ledger.school import commands, facts, refusals
from ledger.school.covering import Covered, covered, ids_covered, unknown_classes
from ledger.school.scope import Scope
from ledger.school.year import Year
from ledger.sheet.locking import LOCKS
from ledger.sheet.refusals import NothingIsLocked, UnlockMustEndLater
from ledger.vocabulary import Role


def decide_lock(
    command: commands.DecideLock, year: Year, reader: Reader
) -> list[facts.AnyYearFact]:
    """Whoever may lock one sheet may lock many: a lock only ever protects."""
    only_for(command.by, *LOCKS)
    touched = [one for one in _in_scope(command.scope, year, reader) if one.lockable(command.at)]
    if not touched:
        return []
    fact = facts.LockDecided(scope=command.scope, reason=command.reason, sheet_count=len(touched))
    return [fact]


def decide_unlock(
    command: commands.DecideUnlock, year: Year, reader: Reader
) -> list[facts.AnyYearFact]:
    only_for(command.by, Role.PRINCIPAL)
    found = _in_scope(command.scope, year, reader)
    if not any(one.locked(command.at) for one in found):
        raise NothingIsLocked
    if command.until <= command.at:
        raise UnlockMustEndLater(until=command.until)
    touched = [one for one in found if one.unlockable(command.at, command.until)]
    if not touched:
        return []
    fact = facts.UnlockDecided(
        scope=command.scope,
        until=command.until,
        reason=command.reason,
        sheet_count=len(touched),
    )
    return [fact]


def decide_deadline(
    command: commands.DecideDeadline, year: Year, reader: Reader
) -> list[facts.AnyYearFact]:
    """A deadline is a lock on schedule: it lies ahead, since closing at once is a lock."""
    only_for(command.by, Role.PRINCIPAL)
    found = _in_scope(command.scope, year, reader)
    if command.deadline <= command.at:
        raise refusals.DeadlineMustLieAhead(deadline=command.deadline)
    touched = [one for one in found if one.movable(command.deadline)]
    if not touched:
        return []
    fact = facts.DeadlineDecided(
        scope=command.scope,
        deadline=command.deadline,
        reason=command.reason,
        sheet_count=len(touched),
    )
    return [fact]


def _in_scope(scope: Scope, year: Year, reader: Reader) -> list[Covered]:
    """The sheets of the scope, read in one question; refuses a scope that covers none."""
    for name in unknown_classes(scope, year):
        raise refusals.NoSuchClass(class_group=name)
    found = covered(scope, year, reader.sheets(ids_covered(scope, year)))
    if not found:
        raise refusals.ScopeCoversNoSheet
    return found
