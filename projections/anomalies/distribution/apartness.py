"""Columns of one sheet that lie apart, and sheets that lie apart from those of the term before."""

from typing import Final

import numpy as np

from ledger.signals.finding import SignalKind
from projections.anomalies.distribution.clearest import sheets_stand
from projections.anomalies.distribution.cohort import Floats
from projections.anomalies.distribution.measures import stacked
from projections.anomalies.distribution.school import School, Unit
from projections.anomalies.distribution.standing import TAME, Standing
from projections.anomalies.signal import Candidate
from projections.screening.robust import mean

WORTH_TELLING: Final = 0.6


def columns_apart(school: School) -> list[Candidate]:
    """One candidate per sheet: its regular marks against the midterm or against the final."""
    found = []
    values = []
    for at in range(2):
        value = stacked([summary.gaps[at].value for summary in school.summaries])
        variance = stacked([summary.gaps[at].variance for summary in school.summaries])
        values.append(value)
        found.append(sheets_stand(school, value, variance, school.elsewhere))
    return [one for unit in school.units if (one := _apart(school, unit, values, found))]


def _apart(
    school: School, unit: Unit, values: list[Floats], found: list[Standing]
) -> Candidate | None:
    chances = [2 * min(one.high[unit.at], one.low[unit.at]) for one in found]
    tested = [at for at, p in enumerate(chances) if not np.isnan(p)]
    if not tested:
        return None
    best = min(tested, key=chances.__getitem__)
    gap, off = float(values[best][unit.at]), float(found[best].deviation[unit.at])
    means = school.average[unit.at]
    return Candidate(
        kind=SignalKind.COLUMNS_APART,
        place=unit.place(school.layout.columns[best - 2]),
        p=min(1.0, chances[best] * len(tested)),
        effect=round(abs(off), 2),
        figures={
            "regular": round(float(mean(means[: school.layout.regular])), 2),
            "periodic": round(float(means[best - 2]), 2),
            "gap": round(gap, 2),
            "expected": round(gap - off, 2),
        },
        worth_telling=abs(off) >= WORTH_TELLING,
    )


def apart_from_earlier_term(school: School) -> list[Candidate]:
    """One candidate per sheet of the second semester whose class and subject had one in the first.

    What moved is the sheet's level in its cohort, less what the class moved in its other subjects.
    """
    before = {
        here: there
        for here, there in school.other_terms.items()
        if school.summaries[here[0]].cohort.semester > 1
    }
    errors = stacked([summary.errors for summary in school.summaries])
    moved, unsure = np.full_like(errors, np.nan), np.full_like(errors, np.nan)
    for here, there in before.items():
        moved[here] = school.levels[here] - school.levels[there]
        unsure[here] = errors[here] + errors[there]
    found = sheets_stand(school, moved, unsure, tails=TAME)
    return [
        _moved(school, unit, before[unit.cohort, unit.row], found)
        for unit in school.units
        if not np.isnan(found.t[unit.at])
    ]


def _moved(school: School, unit: Unit, there: tuple[int, int], found: Standing) -> Candidate:
    scale = float(school.scale[unit.cohort, unit.subject].mean())
    off = float(found.deviation[unit.at]) * scale
    cohort, row = there
    earlier = school.summaries[cohort].cohort.sheets[row][unit.subject]
    return Candidate(
        kind=SignalKind.APART_FROM_EARLIER_TERM,
        place=unit.place(other_sheet=earlier.sheet_id if earlier else None),
        p=min(1.0, 2 * float(min(found.high[unit.at], found.low[unit.at]))),
        effect=round(abs(off), 2),
        figures={
            "mean": round(float(mean(school.average[unit.at])), 2),
            "earlier": round(float(mean(school.average[cohort, row, unit.subject])), 2),
            "moved": round(off, 2),
        },
        worth_telling=abs(off) >= WORTH_TELLING,
    )
