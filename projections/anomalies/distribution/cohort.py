"""The sheets of one grade and semester as one array: classes, numbers, subjects, columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ledger.vocabulary import PupilId
from projections.anomalies.material import NO_MARK, SheetMarks

Floats = NDArray[np.float64]
Tenths = NDArray[np.int16]

PERIODIC: Final = ("midterm", "final")


@dataclass(frozen=True, slots=True)
class Layout:
    """The subjects and columns of the whole school, so that its cohorts have one shape."""

    subjects: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def regular(self) -> int:
        """How many columns are regular ones; they come first."""
        return len(self.columns) - len(PERIODIC)

    @property
    def kinds(self) -> NDArray[np.intp]:
        """Of each column 0 for a regular one, 1 for the midterm, 2 for the final."""
        return np.array([0] * self.regular + [1, 2])


@dataclass(frozen=True, slots=True)
class Cohort:
    """The marks of one grade in one semester, in tenths: classes × numbers × subjects × columns.

    `sheets` has the sheet of each class and subject, None where there is none. In `tenths` a
    pupil's place is the same in all subjects of the class; in `listed` it is the row of the sheet,
    by which columns are pasted.
    """

    semester: int
    grade: int
    layout: Layout
    classes: tuple[str, ...]
    sheets: tuple[tuple[SheetMarks | None, ...], ...]
    tenths: Tenths
    listed: Tenths

    @property
    def points(self) -> Floats:
        """The marks as points, NaN where there is none."""
        return np.where(self.tenths == NO_MARK, np.nan, self.tenths / 10)


def layout_of(sheets: Sequence[SheetMarks]) -> Layout:
    """Whatever subjects and columns the sheets of a school have, in a fixed order."""
    columns = {column for sheet in sheets for column in sheet.columns}
    regular = sorted(columns.difference(PERIODIC), key=lambda name: (len(name), name))
    return Layout(tuple(sorted({sheet.subject for sheet in sheets})), (*regular, *PERIODIC))


def by_cohort(sheets: Sequence[SheetMarks]) -> list[tuple[SheetMarks, ...]]:
    """The sheets of each grade and semester, in a fixed order whatever order they come in."""

    def cohort(sheet: SheetMarks) -> tuple[int, int]:
        return sheet.grade, sheet.semester

    def place(sheet: SheetMarks) -> tuple[str, str, int]:
        return sheet.class_group, sheet.subject, sheet.sheet_id.int

    ordered = sorted(sheets, key=lambda sheet: (cohort(sheet), place(sheet)))
    return [tuple(of_one) for _, of_one in groupby(ordered, cohort)]


def cohort_of(sheets: Sequence[SheetMarks], layout: Layout) -> Cohort:
    """The array of sheets that are all of one grade and semester."""
    by_class = [list(of_one) for _, of_one in groupby(sheets, lambda sheet: sheet.class_group)]
    rosters = [_roster(of_one) for of_one in by_class]
    most = max(map(len, rosters))
    shape = (len(by_class), most, len(layout.subjects), len(layout.columns))
    tenths: Tenths = np.full(shape, NO_MARK, dtype=np.int16)
    listed = tenths.copy()
    subject_at = {subject: at for at, subject in enumerate(layout.subjects)}
    found: list[list[SheetMarks | None]] = [[None] * len(layout.subjects) for _ in by_class]
    for row, (of_one, roster) in enumerate(zip(by_class, rosters, strict=True)):
        for sheet in of_one:
            subject = subject_at[sheet.subject]
            found[row][subject] = sheet
            at = _places(sheet.pupils, roster)
            for column, name in enumerate(layout.columns):
                if name in sheet.columns:
                    tenths[row, at, subject, column] = sheet.columns[name]
                    listed[row, : len(sheet.pupils), subject, column] = sheet.columns[name]
    return Cohort(
        semester=sheets[0].semester,
        grade=sheets[0].grade,
        layout=layout,
        classes=tuple(of_one[0].class_group for of_one in by_class),
        sheets=tuple(map(tuple, found)),
        tenths=tenths,
        listed=listed,
    )


def _roster(sheets: Sequence[SheetMarks]) -> tuple[PupilId, ...]:
    """The pupils of a class: those of its fullest sheet, then whoever is only on another."""
    fullest = max(sheets, key=lambda sheet: len(sheet.pupils)).pupils
    if all(sheet.pupils is fullest or sheet.pupils == fullest for sheet in sheets):
        return fullest
    known = set(fullest)
    others = {pupil for sheet in sheets for pupil in sheet.pupils} - known
    return (*fullest, *sorted(others))


def _places(pupils: tuple[PupilId, ...], roster: tuple[PupilId, ...]) -> slice | NDArray[np.intp]:
    if pupils is roster or pupils == roster:
        return slice(len(pupils))
    at = {pupil: place for place, pupil in enumerate(roster)}
    return np.array([at[pupil] for pupil in pupils], dtype=np.intp)
