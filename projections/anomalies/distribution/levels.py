"""Marks that are too high or too low for the class that has them: each sheet, and its columns."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from ledger.signals.finding import SignalKind
from projections.anomalies.distribution.cohort import Floats
from projections.anomalies.distribution.measures import stacked
from projections.anomalies.distribution.school import School, Unit
from projections.anomalies.distribution.standing import Standing, standing
from projections.anomalies.signal import Candidate
from projections.screening.robust import mean

# Half a point on average is what anybody would ask about.
WORTH_TELLING: Final = 0.5
# A column is named only if it says so much more than the whole sheet.
_CLEARER: Final = 0.1


def marks_high_or_low(school: School) -> list[Candidate]:
    """One candidate per sheet: of whichever is clearer, all its columns or one of them."""
    sheets = _sheets(school)
    columns = _columns(school)
    return [found for unit in school.units if (found := _candidate(school, unit, sheets, columns))]


def _sheets(school: School) -> Standing:
    variances = stacked(
        [np.broadcast_to(s.sheets.variance, s.sheets.value.shape) for s in school.summaries]
    )
    return standing(school.levels, variances, (school.elsewhere,))


def _columns(school: School) -> list[Standing]:
    """Each kind of column on its own: classes differ less in common tests than in their own."""
    values = stacked([summary.columns.value for summary in school.summaries])
    variances = stacked([summary.columns.variance for summary in school.summaries])
    kinds = school.layout.kinds
    found: list[Standing] = []
    for kind in range(3):
        slots = np.flatnonzero(kinds == kind)
        if len(slots):
            found.extend(_of_kind(school, values[..., slots], variances[..., slots]))
    return found


def _of_kind(school: School, values: Floats, variances: Floats) -> Iterator[Standing]:
    """Columns of one kind are compared each with its own, and teach one variance together."""
    count = values.shape[-1]
    long = np.concatenate([values[..., at] for at in range(count)])
    own = np.concatenate([variances[..., at] for at in range(count)])
    found = standing(long, own, (np.concatenate([school.elsewhere] * count),))
    each = len(values)
    for at in range(count):
        rows = slice(at * each, (at + 1) * each)
        yield Standing(found.deviation[rows], found.t[rows], found.high[rows], found.low[rows])


def _candidate(
    school: School, unit: Unit, sheets: Standing, columns: list[Standing]
) -> Candidate | None:
    of_columns = [min(one.high[unit.at], one.low[unit.at]) for one in columns]
    tested = [at for at, p in enumerate(of_columns) if not np.isnan(p)]
    whole = min(sheets.high[unit.at], sheets.low[unit.at])
    if not tested or np.isnan(whole):
        return None
    best = min(tested, key=of_columns.__getitem__)
    clearer = of_columns[best] < whole * _CLEARER
    found = columns[best] if clearer else sheets
    slots = [best] if clearer else tested
    scale = float(np.mean(school.scale[unit.cohort, unit.subject, slots]))
    difference = float(found.deviation[unit.at]) * scale
    average = float(mean(school.average[unit.at][slots]))
    p = 2 * min(min(whole, of_columns[best]) * (1 + len(tested)), 0.5)
    return Candidate(
        kind=SignalKind.MARKS_HIGH if difference > 0 else SignalKind.MARKS_LOW,
        place=unit.place(school.layout.columns[best] if clearer else None),
        p=p,
        effect=round(abs(difference), 2),
        figures={
            "mean": round(average, 2),
            "expected": round(average - difference, 2),
            "pupils": float(school.pupils[unit.at]),
        },
        worth_telling=abs(difference) >= WORTH_TELLING,
    )
