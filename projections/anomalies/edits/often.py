"""Who changed many of the marks that had been entered, and in which sheets many were changed."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from ledger.signals.finding import SignalKind
from projections.anomalies.edits.habits import rate_tails
from projections.anomalies.edits.units import LEAST_ENTERED, Unit
from projections.anomalies.signal import Candidate

# Under eight edits, or under two and a half times the usual, nobody would ask.
_WORTH_EDITS: Final = 8
_WORTH_TIMES: Final = 2.5


def changed_often(family: Sequence[Unit]) -> Iterator[Candidate]:
    """Edits per first mark of each unit against all others; the effect is times the usual."""
    units = [unit for unit in family if unit.entered >= LEAST_ENTERED]
    if not units:
        return
    found = np.array([unit.acts for unit in units])
    marks = np.array([unit.entered for unit in units], dtype=np.float64)
    acts, entered = int(found.sum()), int(marks.sum())
    for unit, p in zip(units, rate_tails(found, marks).tolist(), strict=True):
        # All others' share, with half an edit in a hundred marks where there are few.
        usual = (acts - unit.acts + 0.5) / (entered - unit.entered + 50)
        rate = unit.acts / unit.entered
        ends = unit.net.values()
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
