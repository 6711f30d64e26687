"""Each sheet as a whole, and each of its columns by what the others lead one to expect."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from projections.anomalies.distribution.cohort import Floats
from projections.anomalies.distribution.predictors import (
    of_other_columns,
    of_other_subjects,
    of_same_teachers,
)
from projections.anomalies.distribution.school import School
from projections.anomalies.distribution.standing import TAME, WAYS, Standing, standing
from projections.screening.robust import mean

# A column is named only if it says so much more than the whole sheet.
_CLEARER: Final = 0.1


def sheets_stand(
    school: School, values: Floats, variances: Floats, *more: Floats, tails: float = WAYS
) -> Standing:
    """How each sheet stands, given its class in other subjects and its teachers' other sheets."""
    given = (of_other_subjects(values), of_same_teachers(values, school.taught), *more)
    return standing(values, variances, given, tails=tails)


def columns_stand(
    school: School, values: Floats, variances: Floats, *, tails: float = TAME
) -> list[Standing]:
    """How each column stands [cohort, class, subject, column], by the rest of its sheet as well.

    Columns of one kind are compared each with its own, and teach one variance together: classes
    differ less in the tests that they have in common than in those of their teachers.
    """
    elsewhere = of_other_subjects(mean(values))
    alike, unlike = of_other_columns(values, school.layout.regular)
    found: list[Standing] = []
    for kind in range(3):
        slots = np.flatnonzero(school.layout.kinds == kind)
        if len(slots):
            given = (elsewhere, school.of_other_term(mean(values[..., slots])))
            repeated = [np.concatenate([one] * len(slots)) for one in given]
            parts = (values, variances, alike, unlike)
            long = (_long(one[..., slots]) for one in parts)
            found.extend(_of_kind(school, *long, *repeated, tails=tails))
    return found


def _long(values: Floats) -> Floats:
    """Columns one after the other, as if each were more cohorts."""
    return np.concatenate(list(np.moveaxis(values, -1, 0)))


def _of_kind(
    school: School, values: Floats, variances: Floats, *given: Floats, tails: float
) -> Iterator[Standing]:
    each = len(school.summaries)
    count = len(values) // each
    # Teachers who share a subject take turns in its columns, so each column has ways of its own.
    teachers = int(school.taught.max()) + 1
    by_column = [
        np.where(school.taught < 0, -1, school.taught + at * teachers) for at in range(count)
    ]
    same = of_same_teachers(values, np.concatenate(by_column))
    found = standing(values, variances, (*given, same), tails=tails)
    for at in range(count):
        rows = slice(at * each, (at + 1) * each)
        yield Standing(found.deviation[rows], found.t[rows], found.high[rows], found.low[rows])


@dataclass(frozen=True, slots=True)
class Clearest:
    """The clearest of a sheet and its columns: which (None is the whole), and all that have marks.

    `p` is that of the clearest, after having looked at all of them.
    """

    column: int | None
    p: float
    tested: tuple[int, ...]

    @property
    def columns(self) -> list[int]:
        """The columns it is about."""
        return list(self.tested) if self.column is None else [self.column]


def clearest(at: tuple[int, int, int], whole: Floats, columns: Sequence[Floats]) -> Clearest | None:
    """Look at a sheet and its columns, None where there is nothing to compare it with."""
    of_columns = [float(column[at]) for column in columns]
    tested = tuple(place for place, p in enumerate(of_columns) if not np.isnan(p))
    if not tested or np.isnan(whole[at]):
        return None
    best = min(tested, key=of_columns.__getitem__)
    of_whole = float(whole[at])
    column = best if of_columns[best] < of_whole * _CLEARER else None
    return Clearest(column, min(of_whole, of_columns[best]) * (1 + len(tested)), tested)
