"""Too many marks far above what the same pupils reach elsewhere, in a class like any other."""

from typing import Final

import numpy as np

from ledger.signals.finding import SignalKind
from projections.anomalies.distribution.measures import stacked
from projections.anomalies.distribution.school import School
from projections.anomalies.distribution.surprises import RARE, chance_of, rarity, tail_of
from projections.anomalies.signal import Candidate

# Fewer pupils than this are talents, or had a good day.
WORTH_TELLING: Final = 3


def upper_tail(school: School) -> list[Candidate]:
    """One candidate per sheet: of its pupils' means, or of one of its columns."""
    rare = rarity(np.sum([summary.surprises.histogram for summary in school.summaries], axis=0))
    tails = [tail_of(summary.surprises, rare) for summary in school.summaries]
    pupils = stacked([tail.pupils for tail in tails])
    found = stacked([tail.found for tail in tails])
    weight = stacked([tail.weight for tail in tails])
    chance = np.stack(
        [
            chance_of(*(np.nan_to_num(part[..., at]) for part in (pupils, found, weight)))
            for at in range(pupils.shape[-1])
        ],
        axis=-1,
    )
    names = (*school.layout.columns, None)
    candidates = []
    for unit in school.units:
        tested = np.flatnonzero(pupils[unit.at] > 0)
        if not len(tested):
            continue
        best = int(tested[np.argmin(chance[unit.at][tested])])
        expected = RARE * pupils[unit.at][best]
        candidates.append(
            Candidate(
                kind=SignalKind.UPPER_TAIL,
                place=unit.place(names[best]),
                p=min(1.0, float(chance[unit.at][best]) * len(tested)),
                effect=round(float(found[unit.at][best] / expected), 2),
                figures={
                    "found": float(found[unit.at][best]),
                    "expected": round(float(expected), 2),
                    "pupils": float(pupils[unit.at][best]),
                },
                worth_telling=bool(found[unit.at][best] >= WORTH_TELLING),
            )
        )
    return candidates
