"""Marks that are too high or too low for the class that has them: each sheet, and its columns."""

from typing import Final

import numpy as np

from ledger.signals.finding import SignalKind
from projections.anomalies.distribution.clearest import clearest, columns_stand, sheets_stand
from projections.anomalies.distribution.measures import stacked
from projections.anomalies.distribution.school import School
from projections.anomalies.signal import Candidate
from projections.screening.robust import mean

# Half a point on average is what anybody would ask about.
WORTH_TELLING: Final = 0.5


def marks_high_or_low(school: School) -> list[Candidate]:
    """One candidate per sheet: of whichever is clearer, all its columns or one of them."""
    summaries = school.summaries
    sheets = sheets_stand(
        school, school.levels, stacked([one.sheets.variance for one in summaries])
    )
    columns = columns_stand(
        school,
        stacked([one.columns.value for one in summaries]),
        stacked([one.columns.variance for one in summaries]),
    )
    chances = [np.minimum(one.high, one.low) for one in columns]
    whole = np.minimum(sheets.high, sheets.low)
    candidates = []
    for unit in school.units:
        found = clearest(unit.at, whole, chances)
        if found is None:
            continue
        standing = sheets if found.column is None else columns[found.column]
        scale = float(school.scale[unit.cohort, unit.subject, found.columns].mean())
        difference = float(standing.deviation[unit.at]) * scale
        average = float(mean(school.average[unit.at][found.columns]))
        candidates.append(
            Candidate(
                kind=SignalKind.MARKS_HIGH if difference > 0 else SignalKind.MARKS_LOW,
                place=unit.place(school.column(found.column)),
                p=min(1.0, 2 * found.p),
                effect=round(abs(difference), 2),
                figures={
                    "mean": round(average, 2),
                    "expected": round(average - difference, 2),
                    "pupils": float(school.pupils[unit.at]),
                },
                worth_telling=abs(difference) >= WORTH_TELLING,
            )
        )
    return candidates
