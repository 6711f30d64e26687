"""Edits of one sort, counted against the first marks that each unit entered in the same way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ledger.signals.finding import SignalKind
from projections.anomalies.edits.habits import Belief, rate_tails
from projections.anomalies.edits.units import LEAST_ENTERED, Unit, positions_of
from projections.anomalies.material import Change
from projections.anomalies.signal import Candidate

# Hours and ways of working are habits: one person in ten does always what others never do.
_HABITS: Final = Belief(differing=6.0)
# Where nobody else does it at all.
_HARDLY_EVER: Final = 0.05
_WORTH_FOUND: Final = 5
_WORTH_TIMES: Final = 2.0
# One edit in ten at such an hour is nobody's business, however seldom others are up.
_WORTH_RATE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Sort:
    """Of a unit: edits of the sort in question, and `of` how many they are.

    `exposure` is how many first marks would lead to such edits, above 0. `ordinary` is the share
    of such edits that is ordinary in this unit, where that is known.
    """

    unit: Unit
    edits: Sequence[Change]
    of: int
    exposure: float
    entered_so: int = 0
    ordinary: float = 0.0


def more_than_entered(kind: SignalKind, sorts: Sequence[Sort]) -> Iterator[Candidate]:
    """Edits of a sort for each first mark that leads to such, against all other units.

    It is told only where the sort is also a larger share of the unit's edits than of the others'
    and than is ordinary in the unit: who changes many marks changes some of them at any hour. The
    effect is how many times larger. Units without any edits are not told, and the `p` of the
    others pays for them.
    """
    sorts = [sort for sort in sorts if sort.of or sort.unit.entered >= LEAST_ENTERED]
    if not any(sort.of for sort in sorts):
        return
    found = np.array([len(sort.edits) for sort in sorts])
    of = np.array([sort.of for sort in sorts])
    exposure = np.array([sort.exposure for sort in sorts])
    others = (found.sum() - found + _HARDLY_EVER) / (of.sum() - of + 1)
    tails = rate_tails(found, exposure, _HABITS)
    paid = len(sorts) / np.count_nonzero(of)
    for sort, p, usual in zip(sorts, tails.tolist(), others.tolist(), strict=True):
        if sort.of:
            yield _candidate(kind, sort, min(1.0, p * paid), usual)


def _candidate(kind: SignalKind, sort: Sort, p: float, others: float) -> Candidate:
    found, entered = len(sort.edits), sort.unit.entered
    rate, expected = found / sort.of, max(sort.ordinary, others)
    return Candidate(
        kind,
        sort.unit.place,
        p=p,
        effect=rate / expected,
        figures={
            "found": found,
            "edits": sort.of,
            "rate": rate,
            "entries-rate": sort.entered_so / entered if entered else 0.0,
            "school-rate": others,
        },
        positions=positions_of(sort.edits),
        worth_telling=found >= _WORTH_FOUND and rate >= max(_WORTH_RATE, _WORTH_TIMES * expected),
    )
