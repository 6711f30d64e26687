"""A year in which every decision on locks happens at least once."""

from ledger.school import facts
from ledger.school.scope import Scope
from tests.scenario import Past
from tests.school import KHOA, NEXT_WEEK, NGOC, REASON, TOMORROW

LOCKS: tuple[Past, ...] = (
    KHOA.wrote(
        facts.LockDecided(
            scope=Scope(semester=1, grades=(6, 7), subjects=("toan",), columns=("midterm",)),
            reason=REASON,
            sheet_count=8,
        )
    ),
    NGOC.wrote(
        facts.UnlockDecided(
            scope=Scope(semester=1, classes=("6A1",)),
            until=TOMORROW,
            reason=REASON,
            sheet_count=12,
        )
    ),
    NGOC.wrote(
        facts.DeadlineDecided(
            scope=Scope(semester=2), deadline=NEXT_WEEK, reason=REASON, sheet_count=48
        )
    ),
)
