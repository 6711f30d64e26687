"""Who changed many of the marks that had been entered, and in which sheets many were changed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from ledger.signals.finding import Place, SignalKind
from projections.anomalies.edits.habits import rate_tails
from projections.anomalies.edits.units import LEAST_ENTERED, Unit
from projections.anomalies.signal import Candidate

# Under eight edits, or under two and a half times the usual, nobody would ask.
_WORTH_EDITS: Final = 8
_WORTH_TIMES: Final = 2.5


def amounts(family: Sequence[Unit]) -> dict[Place, float]:
    """For each unit with marks enough, how likely so many edits or more are."""
    units = [unit for unit in family if unit.entered >= LEAST_ENTERED]
    if not units:
        return {}
    found = np.array([unit.acts for unit in units])
    entered = np.array([unit.entered for unit in units], dtype=np.float64)
    tails = rate_tails(found, entered).tolist()
    return {unit.place: tail for unit, tail in zip(units, tails, strict=True)}


def given_any(family: Sequence[Unit], many: Mapping[Place, float]) -> dict[Place, float]:
    """The same for the units that have edits at all, whose sorts of edits can be asked about.

    That there are any is no chance any more, so each pays for the units that have none.
    """
    with_edits = [unit for unit in family if unit.acts and unit.place in many]
    paid = len(many) / max(len(with_edits), 1)
    return {unit.place: min(1.0, many[unit.place] * paid) for unit in with_edits}


def changed_often(family: Sequence[Unit], many: Mapping[Place, float]) -> Iterator[Candidate]:
    """Edits per first mark of each unit against all others; the effect is times the usual."""
    acts, entered = sum(u.acts for u in family), sum(u.entered for u in family)
    for unit in family:
        if unit.place not in many:
            continue
        # All others' share, with half an edit in a hundred marks where there are few.
        usual = (acts - unit.acts + 0.5) / (entered - unit.entered + 50)
        rate = unit.acts / unit.entered
        ends = unit.net.values()
        yield Candidate(
            SignalKind.CHANGED_OFTEN,
            unit.place,
            p=many[unit.place],
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
