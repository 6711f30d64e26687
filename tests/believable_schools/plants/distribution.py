"""Plants in the marks themselves; `strength` is what `tests.believable_schools.plants` says."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.random import Generator

from ledger.signals.finding import SignalKind
from ledger.vocabulary import FINAL, MIDTERM
from projections.anomalies.material import NO_MARK
from tests.believable_schools.plants.places import free_sheets, pick
from tests.believable_schools.school import School, Sheet
from tests.believable_schools.truth import Planted

SHIFT: Final = {"faint": 0.5, "hesitate": 1.0, "obvious": 1.5}
RAISED_PUPILS: Final = {"faint": 2, "hesitate": 4, "obvious": 8}
SPREAD: Final = {"faint": 0.6, "hesitate": 0.4, "obvious": 0.2}
APART: Final = {"faint": 1.0, "hesitate": 1.75, "obvious": 2.5}
COPIED: Final = {"faint": 0.5, "hesitate": 0.8, "obvious": 1.0}
BUNCHED_COLUMNS: Final = {"faint": 1, "hesitate": 2, "obvious": 6}
TERM_SHIFT: Final = {"faint": 0.6, "hesitate": 1.1, "obvious": 1.6}


def _told(kind: SignalKind, strength: str, columns: frozenset[str], *sheets: Sheet) -> Planted:
    return Planted(kind, strength, frozenset(sheet.sheet_id for sheet in sheets), columns)


def _column(rng: Generator, sheet: Sheet) -> str:
    """A periodic test in two cases of three, else a regular column."""
    if rng.random() < 2 / 3:
        return str(rng.choice([MIDTERM, FINAL]))
    return f"regular-{rng.integers(1, sheet.regular + 1)}"


def high(school: School, strength: str, rng: Generator) -> Planted:
    """One column of a class is half a point, a point, or one and a half too high."""
    return _shifted(school, SignalKind.MARKS_HIGH, strength, rng, by=SHIFT[strength])


def low(school: School, strength: str, rng: Generator) -> Planted:
    """One column of a class is half a point, a point, or one and a half too low."""
    return _shifted(school, SignalKind.MARKS_LOW, strength, rng, by=-SHIFT[strength])


def _shifted(
    school: School, kind: SignalKind, strength: str, rng: Generator, *, by: float
) -> Planted:
    sheet = pick(rng, free_sheets(school))
    column = _column(rng, sheet)
    sheet.columns[column].latent += by
    school.rewrite(sheet, column)
    return _told(kind, strength, frozenset({column}), sheet)


def upper_tail(school: School, strength: str, rng: Generator) -> Planted:
    """Two, four or eight pupils who were below 7 have 9 to 10 in a column."""
    count = RAISED_PUPILS[strength]
    sheet = pick(rng, [one for one in free_sheets(school) if len(one.pupils) >= 3 * count])
    column = _column(rng, sheet)
    marks = sheet.marks[column]
    # Below 7, and where a class has too few of those, its weakest.
    order = np.lexsort((rng.random(len(marks)), marks >= 70))
    rows = [row for row in order if marks[row] != NO_MARK][:count]
    sheet.columns[column].latent[rows] = rng.uniform(9.0, 10.0, len(rows))
    school.rewrite(sheet, column)
    return _told(SignalKind.UPPER_TAIL, strength, frozenset({column}), sheet)


def collapsed(school: School, strength: str, rng: Generator) -> Planted:
    """A column's marks lie around its mean with 60, 40 or 20 percent of their spread."""
    sheet = pick(rng, free_sheets(school))
    column = _column(rng, sheet)
    latent = sheet.columns[column].latent
    sheet.columns[column].latent = latent.mean() + SPREAD[strength] * (latent - latent.mean())
    school.rewrite(sheet, column)
    return _told(SignalKind.SPREAD_COLLAPSED, strength, frozenset({column}), sheet)


def bunched(school: School, strength: str, rng: Generator) -> Planted:
    """Marks of 3,5 to below 5 became 5 to 5,3: half of a column's, two columns', all columns'."""
    weak = [sheet for sheet in free_sheets(school) if _failing(sheet, FINAL) >= 5]
    sheet = pick(rng, weak or free_sheets(school))
    columns = [MIDTERM, FINAL, *(f"regular-{place}" for place in range(1, sheet.regular + 1))]
    columns = sorted(columns, key=lambda column: -_failing(sheet, column))
    share = 0.5 if strength == "faint" else 1.0
    for column in columns[: BUNCHED_COLUMNS[strength]]:
        latent = sheet.columns[column].latent
        lifted = (latent >= 3.45) & (latent < 4.95) & (rng.random(len(latent)) < share)
        sheet.columns[column].latent = np.where(
            lifted, 5.0 + 0.3 * rng.beta(1, 3, len(latent)), latent
        )
        school.rewrite(sheet, column)
    changed = frozenset(columns[: BUNCHED_COLUMNS[strength]])
    return _told(SignalKind.BUNCHED_ABOVE_THRESHOLD, strength, changed, sheet)


def _failing(sheet: Sheet, column: str) -> int:
    latent = sheet.columns[column].latent
    return int(((latent >= 3.45) & (latent < 4.95)).sum())


def apart(school: School, strength: str, rng: Generator) -> Planted:
    """All regular marks are 1, 1.75 or 2.5 points higher than such pupils' tests would say."""
    sheet = pick(rng, free_sheets(school))
    columns = frozenset(f"regular-{place}" for place in range(1, sheet.regular + 1))
    for column in sorted(columns):
        sheet.columns[column].latent += APART[strength]
        school.rewrite(sheet, column)
    return _told(SignalKind.COLUMNS_APART, strength, columns, sheet)


def copied(school: School, strength: str, rng: Generator) -> Planted:
    """Half, four fifths or all rows of a column are those of another: of the sheet, or of a class.

    From another class the marks come row by row down the list, as if pasted in the wrong place.
    """
    sheet = pick(rng, free_sheets(school))
    source, origin, column = sheet, "regular-1", "regular-2"
    others = [
        one
        for one in free_sheets(school)
        if (one.subject, one.semester, one.plan.grade)
        == (sheet.subject, sheet.semester, sheet.plan.grade)
        and one is not sheet
    ]
    if others and rng.random() < 0.4:
        source = pick(rng, others)
        origin = column = str(rng.choice([MIDTERM, FINAL, "regular-1"]))
    count = min(len(sheet.pupils), len(source.pupils))
    given, taken = sheet.columns[column], source.columns[origin]
    rows = np.flatnonzero(rng.random(count) < COPIED[strength])
    given.latent[rows] = taken.latent[rows]
    given.steps[rows] = taken.steps[rows]
    given.scored[rows] = taken.scored[rows]
    given.passes[rows] = taken.passes[rows]
    school.rewrite(sheet, column)
    return _told(SignalKind.COLUMN_COPIED, strength, frozenset({column, origin}), sheet, source)


def jumped(school: School, strength: str, rng: Generator) -> Planted:
    """A class's whole second semester in a subject is 0.6, 1.1 or 1.6 points up (or down)."""
    sheet = pick(rng, [one for one in free_sheets(school) if one.semester == 2])
    by = TERM_SHIFT[strength] * (1 if rng.random() < 0.75 else -1)
    for column in sheet.columns:
        sheet.columns[column].latent += by
        school.rewrite(sheet, column)
    return _told(SignalKind.APART_FROM_EARLIER_TERM, strength, frozenset(sheet.columns), sheet)


PLANTS: Final[Mapping[SignalKind, Callable[[School, str, Generator], Planted]]] = {
    SignalKind.MARKS_HIGH: high,
    SignalKind.MARKS_LOW: low,
    SignalKind.UPPER_TAIL: upper_tail,
    SignalKind.SPREAD_COLLAPSED: collapsed,
    SignalKind.BUNCHED_ABOVE_THRESHOLD: bunched,
    SignalKind.COLUMNS_APART: apart,
    SignalKind.COLUMN_COPIED: copied,
    SignalKind.APART_FROM_EARLIER_TERM: jumped,
}
