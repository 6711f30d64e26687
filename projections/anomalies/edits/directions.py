"""Edits that nearly all go one way: slips go up as often as down."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ledger.signals.finding import SignalKind
from projections.anomalies.edits.counting import net_of
from projections.anomalies.edits.shares import Share, compared
from projections.anomalies.edits.units import Unit
from projections.anomalies.signal import Candidate

_LEAST_EDITS: Final = 6
# Less than three tenths of a point on average is rounding.
_WORTH_POINTS: Final = 0.3


def one_direction(family: Sequence[Unit]) -> Iterator[Candidate]:
    """Marks that went up against marks that went down; the effect is the mean change in points."""
    moves = [[after - before for before, after in net_of(unit.edits).values()] for unit in family]
    ups = [
        Share(unit, sum(move > 0 for move in some), len(some))
        for unit, some in zip(family, moves, strict=True)
    ]
    downs = [replace(share, found=share.of - share.found) for share in ups]
    mean_of = {
        unit.place: sum(some) / len(some) / 10
        for unit, some in zip(family, moves, strict=True)
        if some
    }
    raised = compared(ups, least=_LEAST_EDITS)
    lowered = compared(downs, least=_LEAST_EDITS)
    for up, down in zip(raised, lowered, strict=True):
        yield _candidate(up, down, mean_of[up.unit.place])


def _candidate(up: Share, down: Share, mean: float) -> Candidate:
    # Either way would have been told, so either is paid for.
    way = up if up.p <= down.p else down
    return Candidate(
        SignalKind.ONE_DIRECTION,
        way.unit.place,
        p=min(1.0, 2 * way.p),
        effect=mean if way is up else -mean,
        figures={
            "up": up.found,
            "down": down.found,
            "rate": way.found / way.of,
            "school-rate": way.usual,
            "mean-change": mean,
        },
        positions=way.unit.positions,
        worth_telling=(mean if way is up else -mean) >= _WORTH_POINTS,
    )
