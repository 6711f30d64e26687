"""Marks that hardly differ, where those of other classes do."""

from typing import Final

import numpy as np

from ledger.signals.finding import SignalKind
from projections.anomalies.distribution.clearest import clearest, columns_stand, sheets_stand
from projections.anomalies.distribution.measures import stacked
from projections.anomalies.distribution.school import School
from projections.anomalies.distribution.standing import WAYS
from projections.anomalies.signal import Candidate
from projections.screening.robust import mean

# A smaller class may be alike by chance.
FEWEST_PUPILS: Final = 15
# The spread that is told is at most this share of the one expected.
WORTH_TELLING: Final = 0.7
# Where marks are expected to lie closer than this (points), as under the ceiling, nobody asks why.
LEAST_EXPECTED: Final = 0.5


def spread_collapsed(school: School) -> list[Candidate]:
    """One candidate per sheet: all its columns or one of them, by the logarithm of the spread.

    How wide the class's marks are in other subjects is allowed for, and how near the ceiling they
    are: marks around 9,5 cannot lie far apart.
    """
    logs = stacked([summary.spreads.value for summary in school.summaries])
    logs = np.where(school.pupils[..., None] >= FEWEST_PUPILS, logs, np.nan)
    variance = stacked([summary.spreads.variance for summary in school.summaries])
    count = np.maximum(np.count_nonzero(~np.isnan(logs), axis=3), 1)
    sheets = sheets_stand(school, mean(logs), mean(variance) / count)
    columns = columns_stand(school, logs, variance, tails=WAYS)
    candidates = []
    for unit in school.units:
        found = clearest(unit.at, sheets.low, [one.low for one in columns])
        if found is None:
            continue
        standing = sheets if found.column is None else columns[found.column]
        ratio = float(np.exp(standing.deviation[unit.at]))
        own = float(mean(school.spread[unit.at][found.columns]))
        candidates.append(
            Candidate(
                kind=SignalKind.SPREAD_COLLAPSED,
                place=unit.place(school.column(found.column)),
                p=min(1.0, found.p),
                effect=round(1 / ratio, 2),
                figures={
                    "spread": round(own, 2),
                    "expected": round(own / ratio, 2),
                    "mean": round(float(mean(school.average[unit.at][found.columns])), 2),
                    "pupils": float(school.pupils[unit.at]),
                },
                worth_telling=ratio <= WORTH_TELLING and own / ratio >= LEAST_EXPECTED,
            )
        )
    return candidates
