"""Edits that nearly all go one way: slips go up as often as down."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ledger.signals.finding import SignalKind
from ledger.vocabulary import SheetId
from projections.anomalies.edits.counting import points_of
from projections.anomalies.edits.shares import Share, compared
from projections.anomalies.edits.units import Unit
from projections.anomalies.signal import Candidate

# Of fewer nobody would speak of a direction.
_WORTH_EDITS: Final = 6
# Less than three tenths of a point on average is rounding.
_WORTH_POINTS: Final = 0.3
# Many edits are no series in one direction unless their direction alone stands off.
_STANDS_OFF: Final = 0.1
_MOST: Final = 0.8


def one_direction(family: Sequence[Unit], scored: Collection[SheetId]) -> Iterator[Candidate]:
    """Marks that went up against marks that went down; the effect is the mean change in points.

    `p` is that of so many one way for the marks that were entered, and pays for either way; that
    they are so large a share of the edits is asked of what is told.
    """
    moves = [points_of(unit.net, scored) for unit in family]
    ups = [
        Share(unit, sum(move > 0 for move in some), len(some))
        for unit, some in zip(family, moves, strict=True)
    ]
    downs = [replace(share, found=share.of - share.found) for share in ups]
    mean_of = {
        unit.place: sum(some) / len(some) for unit, some in zip(family, moves, strict=True) if some
    }
    raised = compared(ups)
    lowered = compared(downs)
    for up, down in zip(raised, lowered, strict=True):
        yield _candidate(up, down, mean_of[up.unit.place])


def _candidate(up: Share, down: Share, mean: float) -> Candidate:
    way = up if up.p <= down.p else down
    points = mean if way is up else -mean
    return Candidate(
        SignalKind.ONE_DIRECTION,
        way.unit.place,
        p=min(1.0, 2 * way.many),
        effect=points,
        figures={
            "up": up.found,
            "down": down.found,
            "rate": way.found / way.of,
            "school-rate": way.usual,
            "mean-change": mean,
        },
        positions=way.unit.positions,
        worth_telling=way.of >= _WORTH_EDITS
        and points >= _WORTH_POINTS
        and 2 * way.p <= _STANDS_OFF
        and way.found >= _MOST * way.of,
    )
