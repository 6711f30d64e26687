"""Edits at hours and days at which the same person enters far fewer marks than they change."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from ledger.signals.finding import SignalKind
from projections.anomalies.edits.rates import Sort, more_than_entered
from projections.anomalies.edits.units import LEAST_ENTERED, Unit
from projections.anomalies.hours import at_odd_hour, in_last_day
from projections.anomalies.material import Change
from projections.anomalies.signal import Candidate

# A mark that was entered the same night is mended in the same sitting.
_SAME_NIGHT: Final = timedelta(hours=8)
# What a person's own entries say of their hours is weighed with so many marks of the school's:
# marks come by whole columns, so three hundred of them are only eight evenings.
_SCHOOL_COUNTS_FOR: Final = 300
# Nobody is believed never to be up late.
_HARDLY_EVER: Final = 0.005


def at_odd_hours(family: Sequence[Unit]) -> Iterator[Candidate]:
    """Edits from 22:00 to 5:00 of earlier marks, against first marks entered at such hours."""
    school = sum(u.at_odd_hours for u in family) / max(sum(u.entered for u in family), 1)
    sorts = []
    for unit in family:
        own = _own_share(unit, school)
        edits = list(filter(_is_odd, unit.edits))
        exposure = own * max(unit.entered, 1)
        sorts.append(Sort(unit, edits, len(unit.edits), exposure, unit.at_odd_hours, own))
    return more_than_entered(SignalKind.CHANGED_AT_ODD_HOURS, sorts)


def before_deadline(family: Sequence[Unit]) -> Iterator[Candidate]:
    """Edits in the last day before the deadline, of marks that stood before that day.

    What is entered on the last day is mended on it; so only earlier marks count, on either side.
    Who works on last days looks over other marks then as well, which is ordinary.
    """
    sorts = [
        Sort(
            unit,
            list(filter(_on_last_day, unit.edits)),
            sum(one.deadline is not None for one in unit.edits),
            max(unit.entered - unit.before_deadline, 1),
            unit.before_deadline,
            unit.before_deadline / max(unit.entered, LEAST_ENTERED),
        )
        for unit in family
    ]
    return more_than_entered(SignalKind.CHANGED_BEFORE_DEADLINE, sorts)


def _own_share(unit: Unit, school: float) -> float:
    """The share of first marks entered at odd hours, drawn towards the school's."""
    share = (unit.at_odd_hours + _SCHOOL_COUNTS_FOR * school) / (unit.entered + _SCHOOL_COUNTS_FOR)
    return max(share, _HARDLY_EVER)


def _is_odd(change: Change) -> bool:
    return change.age >= _SAME_NIGHT and at_odd_hour(change.at)


def _on_last_day(change: Change) -> bool:
    entered_on_it = in_last_day(change.at - change.age, change.deadline)
    return in_last_day(change.at, change.deadline) and not entered_on_it
