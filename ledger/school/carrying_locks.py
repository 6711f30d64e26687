"""What a decision on locks means to the sheets in its scope; where it is so already, nothing."""

from collections.abc import Iterator

from ledger.command import Command
from ledger.school import facts
from ledger.school.covering import Covered, covered, ids_covered
from ledger.school.scope import Scope
from ledger.school.touched import Touched
from ledger.sheet import commands as sheet_commands
from ledger.sheet.facts import Deadline


def lock_decided(fact: facts.LockDecided, touched: Touched) -> Iterator[Command]:
    """One lock for a sheet that is locked as a whole, else one for each column."""
    reason = fact.reason
    for one in _sheets(fact.scope, touched):
        asked = touched.asked(one.sheet_id)
        columns = one.lockable(touched.command.at)
        if columns == one.sheet.columns:
            yield sheet_commands.LockSheet(**asked, reason=reason)
            continue
        for column in columns:
            yield sheet_commands.LockColumn(**asked, column=column, reason=reason)


def unlock_decided(fact: facts.UnlockDecided, touched: Touched) -> Iterator[Command]:
    """The same for an unlock."""
    until, reason = fact.until, fact.reason
    for one in _sheets(fact.scope, touched):
        asked = touched.asked(one.sheet_id)
        columns = one.unlockable(touched.command.at, until)
        if columns == one.sheet.columns:
            yield sheet_commands.UnlockSheet(**asked, until=until, reason=reason)
            continue
        for column in columns:
            yield sheet_commands.UnlockColumn(**asked, column=column, until=until, reason=reason)


def deadline_decided(fact: facts.DeadlineDecided, touched: Touched) -> Iterator[Command]:
    """A deadline belongs to a column, so a whole sheet has as many as it has columns."""
    for one in _sheets(fact.scope, touched):
        asked = touched.asked(one.sheet_id)
        for column in one.movable(fact.deadline):
            deadline = Deadline(column=column, at=fact.deadline)
            yield sheet_commands.MoveDeadline(**asked, deadline=deadline, reason=fact.reason)


def _sheets(scope: Scope, touched: Touched) -> list[Covered]:
    sheets = touched.reader.sheets(ids_covered(scope, touched.year))
    return covered(scope, touched.year, sheets)
