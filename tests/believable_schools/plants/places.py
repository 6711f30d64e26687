"""Where something may be planted: never twice in a sheet, nor twice with the same person."""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

from projections.anomalies.material import NO_MARK
from tests.believable_schools.school import School, Sheet

# A column with fewer marks than this is no place for a plant: nobody could tell it from chance.
FEWEST = 20


class NoPlaceLeft(Exception):
    """There is nowhere left in the school where the plant could be."""


def free_sheets(school: School) -> list[Sheet]:
    """Sheets with nothing planted in them, nor with their teachers, and enough marks to tell."""
    taken = {sheet for one in school.planted for sheet in one.sheets}
    people = {one.person for one in school.planted}
    return [
        sheet
        for sheet in school.sheets
        if sheet.sheet_id not in taken
        and not people & {teacher.person for teacher in sheet.team}
        and all((marks != NO_MARK).sum() >= FEWEST for marks in sheet.marks.values())
    ]


def pick(rng: Generator, sheets: Sequence[Sheet]) -> Sheet:
    """One of the sheets; NoPlaceLeft if there is none."""
    if not sheets:
        raise NoPlaceLeft
    return sheets[int(rng.integers(len(sheets)))]


def own_sheets(school: School, sheet: Sheet) -> list[Sheet]:
    """The free sheets of a sheet's teacher in its semester, itself first."""
    return [
        sheet,
        *(
            one
            for one in free_sheets(school)
            if one is not sheet
            and one.teacher.person == sheet.teacher.person
            and one.semester == sheet.semester
        ),
    ]


def fresh_cells(rng: Generator, school: School, sheet: Sheet, column: str) -> list[int]:
    """Rows of a column with a mark that nobody has changed, in an order of chance."""
    touched = school.touched(sheet)
    rows = np.flatnonzero(sheet.marks[column] != NO_MARK)
    return [
        row for row in rng.permutation(rows).tolist() if (sheet.pupils[row], column) not in touched
    ]
