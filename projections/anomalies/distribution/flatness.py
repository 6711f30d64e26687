"""Marks that hardly differ, where those of other classes do."""

from typing import Final

import numpy as np

from ledger.signals.finding import SignalKind
from projections.anomalies.distribution.measures import stacked
from projections.anomalies.distribution.school import School, elsewhere
from projections.anomalies.distribution.standing import standing
from projections.anomalies.signal import Candidate
from projections.screening.robust import mean

# A smaller class may be alike by chance.
FEWEST_PUPILS: Final = 15
# The spread that is told is at most this share of the one expected.
WORTH_TELLING: Final = 0.7


def spread_collapsed(school: School) -> list[Candidate]:
    """One candidate per sheet: of all its columns, by the mean of the logarithms of their spreads.

    How wide the class's marks are in other subjects is allowed for, and how near the ceiling they
    are: marks around 9,5 cannot lie far apart.
    """
    value = stacked([summary.spreads.value for summary in school.summaries])
    variance = stacked([summary.spreads.variance for summary in school.summaries])
    value = np.where(school.pupils[..., None] >= FEWEST_PUPILS, value, np.nan)
    logs = mean(value, axis=3)
    room = mean(np.log(np.maximum(10.5 - school.average, 0.5)), axis=3)
    columns = np.maximum(np.count_nonzero(~np.isnan(value), axis=3), 1)
    found = standing(logs, mean(variance, axis=3) / columns, (elsewhere(logs), room))
    usual = mean(np.where(np.isnan(value), np.nan, school.scale[:, None] * np.exp(value)), axis=3)
    return [
        Candidate(
            kind=SignalKind.SPREAD_COLLAPSED,
            place=unit.place(),
            p=float(found.low[unit.at]),
            effect=round(float(np.exp(-found.deviation[unit.at])), 2),
            figures={
                "spread": round(float(usual[unit.at]), 2),
                "expected": round(float(usual[unit.at] / np.exp(found.deviation[unit.at])), 2),
                "mean": round(float(mean(school.average[unit.at])), 2),
                "pupils": float(school.pupils[unit.at]),
            },
            worth_telling=bool(np.exp(found.deviation[unit.at]) <= WORTH_TELLING),
        )
        for unit in school.units
        if not np.isnan(found.low[unit.at])
    ]
