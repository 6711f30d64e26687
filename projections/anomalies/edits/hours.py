"""Edits at hours and days at which the same person enters far fewer marks than they change."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from ledger.school.calendar import LOCAL_TIME
from ledger.signals.finding import SignalKind
from projections.anomalies.edits.shares import Share, compared, own_share, pooled
from projections.anomalies.edits.units import Unit, positions_of
from projections.anomalies.material import Change
from projections.anomalies.signal import Candidate

# From ten in the evening to five in the morning (local time) few people enter marks.
_ODD_FROM: Final = 22
_ODD_UNTIL: Final = 5
# The last day before a column is due: when most people work, and when others look no more.
_LAST_DAY: Final = timedelta(hours=24)
_LEAST_EDITS: Final = 5
_WORTH_FOUND: Final = 5
_WORTH_TIMES: Final = 2.0


def at_odd_hours(family: Sequence[Unit]) -> Iterator[Candidate]:
    """The share of edits from 22:00 to 5:00 against that of the first marks entered then."""
    school = pooled(sum(u.at_odd_hours for u in family), sum(u.entered for u in family))
    odd = [[one for one in unit.edits if _is_odd(one)] for unit in family]
    shares = [
        Share(unit, len(some), len(unit.edits), own_share(unit.at_odd_hours, unit.entered, school))
        for unit, some in zip(family, odd, strict=True)
    ]
    some_of = {unit.place: some for unit, some in zip(family, odd, strict=True)}
    for share in compared(shares, least=_LEAST_EDITS):
        yield _candidate(
            SignalKind.CHANGED_AT_ODD_HOURS,
            share,
            some_of[share.unit.place],
            entered=share.unit.at_odd_hours,
        )


def before_deadline(family: Sequence[Unit]) -> Iterator[Candidate]:
    """The share of edits in the last day before the deadline against that of first marks."""
    school = pooled(sum(u.before_deadline for u in family), sum(u.entered for u in family))
    late = [[one for one in unit.edits if _on_last_day(one)] for unit in family]
    shares = [
        Share(
            unit,
            len(some),
            sum(one.deadline is not None for one in unit.edits),
            own_share(unit.before_deadline, unit.entered, school),
        )
        for unit, some in zip(family, late, strict=True)
    ]
    some_of = {unit.place: some for unit, some in zip(family, late, strict=True)}
    for share in compared(shares, least=_LEAST_EDITS):
        yield _candidate(
            SignalKind.CHANGED_BEFORE_DEADLINE,
            share,
            some_of[share.unit.place],
            entered=share.unit.before_deadline,
        )


def _candidate(
    kind: SignalKind, share: Share, some: Sequence[Change], *, entered: int
) -> Candidate:
    rate = share.found / share.of
    own = entered / share.unit.entered if share.unit.entered else 0.0
    # Whoever enters at such hours may change at such hours.
    expected = max(own, share.usual, share.base)
    return Candidate(
        kind,
        share.unit.place,
        p=share.p,
        effect=rate / expected,
        figures={
            "found": share.found,
            "edits": share.of,
            "rate": rate,
            "entries-rate": own,
            "school-rate": share.usual,
        },
        positions=positions_of(some),
        worth_telling=share.found >= _WORTH_FOUND and rate >= _WORTH_TIMES * expected,
    )


def _is_odd(change: Change) -> bool:
    hour = change.at.astimezone(LOCAL_TIME).hour
    return hour >= _ODD_FROM or hour < _ODD_UNTIL


def _on_last_day(change: Change) -> bool:
    return change.deadline is not None and timedelta(0) <= change.deadline - change.at < _LAST_DAY
