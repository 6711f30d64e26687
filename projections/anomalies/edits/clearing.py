"""Who changes marks by deleting them and entering them again."""

from collections.abc import Iterator, Sequence

from ledger.signals.finding import SignalKind
from projections.anomalies.edits.rates import Sort, more_than_entered
from projections.anomalies.edits.units import Unit
from projections.anomalies.signal import Candidate


def cleared_and_reentered(family: Sequence[Unit]) -> Iterator[Candidate]:
    """Edits by way of an empty cell; a mark that came back unchanged is one too."""
    return more_than_entered(
        SignalKind.CLEARED_AND_REENTERED,
        [
            Sort(
                unit,
                unit.reentered,
                len(unit.edits) + sum(one.before == one.after for one in unit.reentered),
                max(unit.entered, 1),
            )
            for unit in family
        ],
    )
