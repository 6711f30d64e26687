"""Marks or averages that lie just above a threshold, where others lie on both sides of it."""

from typing import Final

import numpy as np

from ledger.signals.finding import SignalKind
from projections.anomalies.distribution.measures import stacked
from projections.anomalies.distribution.school import School
from projections.anomalies.distribution.thresholds import THRESHOLDS, chance_above
from projections.anomalies.signal import Candidate

# Marks above the threshold beyond those expected.
WORTH_TELLING: Final = 3.0


def bunched_above_threshold(school: School) -> list[Candidate]:
    """One candidate per sheet: the clearest of the thresholds, of its marks or its averages."""
    above, below, slope = (
        np.nan_to_num(stacked([getattr(summary.counts, name) for summary in school.summaries]))
        for name in ("above", "below", "slope")
    )
    chance, expected = np.ones_like(above), np.zeros_like(above)
    for at in np.ndindex(above.shape[3:]):
        here = (..., *at)
        p, share = chance_above(
            above[here].ravel(), below[here].ravel(), slope[here].ravel(), school.taught.ravel()
        )
        chance[here] = p.reshape(above.shape[:3])
        expected[here] = share.reshape(above.shape[:3]) * (above + below)[here]
    candidates = []
    for unit in school.units:
        own = chance[unit.at]
        tested = np.count_nonzero((above + below)[unit.at])
        if not tested:
            continue
        best = np.unravel_index(int(np.argmin(own)), own.shape)
        here = (*unit.at, *best)
        surplus = float(above[here] - expected[here])
        candidates.append(
            Candidate(
                kind=SignalKind.BUNCHED_ABOVE_THRESHOLD,
                place=unit.place(),
                p=min(1.0, float(own[best]) * int(tested)),
                effect=round(surplus, 2),
                figures={
                    "threshold": THRESHOLDS[best[0]] / 10,
                    "averages": float(best[1]),
                    "above": float(above[here]),
                    "below": float(below[here]),
                    "expected": round(float(expected[here]), 1),
                },
                worth_telling=surplus >= WORTH_TELLING,
            )
        )
    return candidates
