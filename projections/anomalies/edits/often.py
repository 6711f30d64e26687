"""Who changed many of the marks that had been entered, and in which sheets many were changed."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from ledger.signals.finding import SignalKind
from projections.anomalies.edits.counting import net_of
from projections.anomalies.edits.habits import rate_tails
from projections.anomalies.edits.units import Unit
from projections.anomalies.signal import Candidate

# Of fewer first marks no share is worth a word.
_LEAST_ENTERED: Final = 20
# Under six edits, or under two and a half times the usual, nobody would ask.
_WORTH_EDITS: Final = 6
_WORTH_TIMES: Final = 2.5


def changed_often(family: Sequence[Unit]) -> Iterator[Candidate]:
    """Edits per first mark of each unit against all others; the effect is times the usual."""
    units = [unit for unit in family if unit.entered >= _LEAST_ENTERED]
    if not units:
        return
    found = np.array([unit.acts for unit in units])
    entered = np.array([unit.entered for unit in units], dtype=np.float64)
    others = (found.sum() - found + 0.5) / (entered.sum() - entered + 0.5 / 0.01)
    tails = rate_tails(found, entered)
    for unit, usual, p in zip(units, others.tolist(), tails.tolist(), strict=True):
        rate = unit.acts / unit.entered
        ends = net_of(unit.edits).values()
        yield Candidate(
            SignalKind.CHANGED_OFTEN,
            unit.place,
            p=p,
            effect=rate / usual,
            figures={
                "edits": unit.acts,
                "entries": unit.entered,
                "rate": rate,
                "school-rate": usual,
                "up": sum(after > before for before, after in ends),
                "down": sum(after < before for before, after in ends),
            },
            positions=unit.positions,
            worth_telling=unit.acts >= _WORTH_EDITS and rate >= _WORTH_TIMES * usual,
        )
