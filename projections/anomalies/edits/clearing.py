"""Who changes marks by deleting them and entering them again."""

from collections.abc import Iterator, Sequence
from typing import Final

from ledger.signals.finding import SignalKind
from projections.anomalies.edits.habits import Belief
from projections.anomalies.edits.shares import Share, compared
from projections.anomalies.edits.units import Unit, positions_of
from projections.anomalies.signal import Candidate

_LEAST_EDITS: Final = 5
_WORTH_FOUND: Final = 5
_WORTH_TIMES: Final = 2.0
# One edit in twenty, until the school's own are known.
_USUAL: Final = 0.05


def cleared_and_reentered(family: Sequence[Unit]) -> Iterator[Candidate]:
    """The share of edits by way of an empty cell; a mark that came back unchanged is one too."""
    shares = [
        Share(
            unit,
            len(unit.reentered),
            len(unit.edits) + sum(one.before == one.after for one in unit.reentered),
            _USUAL,
        )
        for unit in family
    ]
    for share in compared(shares, least=_LEAST_EDITS, belief=Belief(0.0, 1.5)):
        rate = share.found / share.of
        again = share.unit.reentered
        yield Candidate(
            SignalKind.CLEARED_AND_REENTERED,
            share.unit.place,
            p=share.p,
            effect=rate / share.usual,
            figures={
                "found": share.found,
                "edits": share.of,
                "rate": rate,
                "school-rate": share.usual,
                "unchanged": sum(one.before == one.after for one in again),
            },
            positions=positions_of(again),
            worth_telling=share.found >= _WORTH_FOUND and rate >= _WORTH_TIMES * share.usual,
        )
