"""Columns of one sheet that lie apart, and sheets that lie apart from those of the term before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ledger.signals.finding import SignalKind
from projections.anomalies.distribution.clearest import sheets_stand
from projections.anomalies.distribution.cohort import Floats
from projections.anomalies.distribution.measures import stacked
from projections.anomalies.distribution.school import FINAL, MIDTERM, School, Unit
from projections.anomalies.distribution.standing import NO_TAILS, Standing
from projections.anomalies.signal import Candidate
from projections.screening.robust import mean

WORTH_TELLING: Final = 0.6


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at the gap to a periodic column: by the class's other term too, or not."""

    column: int
    values: Floats
    standing: Standing

    def chance(self, at: tuple[int, int, int]) -> float:
        return 2 * float(min(self.standing.high[at], self.standing.low[at]))


def columns_apart(school: School) -> list[Candidate]:
    """One candidate per sheet: its regular marks against the midterm or against the final.

    Each is looked at twice. By the gap of the same class in the other semester, what is a teacher's
    way is best known; but a gap that is there all year must not explain itself.
    """
    looks = [
        Look(column, values, sheets_stand(school, values, variances, school.elsewhere, *more))
        for column, values, variances in _gaps(school)
        for more in ((), (school.of_other_term(values),))
    ]
    return [one for unit in school.units if (one := _apart(school, unit, looks))]


def _gaps(school: School) -> Iterator[tuple[int, Floats, Floats]]:
    for at, column in enumerate((MIDTERM, FINAL)):
        measures = [summary.gaps[at] for summary in school.summaries]
        values = stacked([one.value for one in measures])
        yield column, values, stacked([one.variance for one in measures])


def _apart(school: School, unit: Unit, looks: Sequence[Look]) -> Candidate | None:
    tested = [look for look in looks if not np.isnan(look.chance(unit.at))]
    if not tested:
        return None
    best = min(tested, key=lambda look: look.chance(unit.at))
    gap = float(best.values[unit.at])
    off = float(best.standing.deviation[unit.at])
    means = school.average[unit.at]
    return Candidate(
        kind=SignalKind.COLUMNS_APART,
        place=unit.place(school.layout.columns[best.column]),
        p=min(1.0, best.chance(unit.at) * len(tested)),
        effect=round(abs(off), 2),
        figures={
            "regular": round(float(mean(means[: school.layout.regular])), 2),
            "periodic": round(float(means[best.column]), 2),
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
    found = sheets_stand(school, moved, unsure, tails=NO_TAILS)
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
