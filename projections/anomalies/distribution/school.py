"""What is measured of one cohort, of its sheets alone, and the cohorts of a school side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ledger.signals.finding import Place
from ledger.vocabulary import SheetId
from projections.anomalies.distribution.cohort import Cohort, Floats, Layout, cohort_of
from projections.anomalies.distribution.copies import Copies, copies_of
from projections.anomalies.distribution.measures import (
    Measure,
    column_levels,
    gaps,
    sheet_errors,
    sheet_levels,
    spreads,
    stacked,
)
from projections.anomalies.distribution.predictors import of_other_subjects
from projections.anomalies.distribution.standardised import standardised
from projections.anomalies.distribution.surprises import Surprises, surprises_of
from projections.anomalies.distribution.thresholds import Counts, counts_of
from projections.anomalies.material import SheetMarks
from projections.screening.robust import mean, middle

# The periodic columns are the last two of every cohort.
MIDTERM: Final = -2
FINAL: Final = -1


@dataclass(frozen=True, slots=True)
class Summary:
    """What was measured of one cohort; it moves only when one of its sheets does."""

    cohort: Cohort
    scale: Floats
    average: Floats
    spread: Floats
    columns: Measure
    sheets: Measure
    errors: Floats
    gaps: tuple[Measure, Measure]
    spreads: Measure
    surprises: Surprises
    counts: Counts
    copies: Copies


def summary_of(sheets: Sequence[SheetMarks], layout: Layout) -> Summary:
    """Measure the sheets of one grade and semester."""
    cohort = cohort_of(sheets, layout)
    marks = standardised(cohort)
    return Summary(
        cohort=cohort,
        scale=marks.scale,
        average=mean(cohort.points, axis=1),
        spread=np.sqrt(np.pi / 2) * mean(np.abs(marks.within), axis=1) * marks.scale,
        columns=column_levels(marks),
        sheets=sheet_levels(marks),
        errors=sheet_errors(marks),
        gaps=(gaps(cohort, marks, MIDTERM), gaps(cohort, marks, FINAL)),
        spreads=spreads(marks),
        surprises=surprises_of(marks, cohort.points),
        counts=counts_of(cohort),
        copies=copies_of(cohort),
    )


@dataclass(frozen=True, slots=True)
class Unit:
    """A sheet and where it stands in the arrays of the school."""

    cohort: int
    row: int
    subject: int
    sheet: SheetMarks

    @property
    def at(self) -> tuple[int, int, int]:
        return self.cohort, self.row, self.subject

    def place(
        self,
        column: str | None = None,
        *,
        other_column: str | None = None,
        other_sheet: SheetId | None = None,
    ) -> Place:
        sheet = self.sheet
        return Place(
            semester=sheet.semester,
            grade=sheet.grade,
            class_group=sheet.class_group,
            subject=sheet.subject,
            sheet=sheet.sheet_id,
            column=column,
            other_column=other_column,
            other_sheet=other_sheet,
        )


class School:
    """The cohorts of a school as one: arrays [cohort, class, subject, …], NaN where nothing is."""

    def __init__(self, summaries: Sequence[Summary], layout: Layout) -> None:
        self.summaries = summaries
        self.layout = layout

    @property
    def units(self) -> Iterator[Unit]:
        for cohort, summary in enumerate(self.summaries):
            for row, sheets in enumerate(summary.cohort.sheets):
                for subject, sheet in enumerate(sheets):
                    if sheet is not None:
                        yield Unit(cohort, row, subject, sheet)

    def column(self, place: int | None) -> str | None:
        return None if place is None else self.layout.columns[place]

    @cached_property
    def scale(self) -> Floats:
        """[cohort, subject, column] in points."""
        return np.stack([summary.scale for summary in self.summaries])

    @cached_property
    def average(self) -> Floats:
        """The mean of each column in points."""
        return stacked([summary.average for summary in self.summaries])

    @cached_property
    def spread(self) -> Floats:
        """The spread of the marks within each column, in points."""
        return stacked([summary.spread for summary in self.summaries])

    @cached_property
    def levels(self) -> Floats:
        """How high each sheet is, in spreads of its cohort."""
        return stacked([summary.sheets.value for summary in self.summaries])

    @cached_property
    def elsewhere(self) -> Floats:
        """How high the class is in its other subjects."""
        return of_other_subjects(self.levels)

    @cached_property
    def pupils(self) -> Floats:
        """How many pupils have marks on each sheet."""
        return stacked([summary.sheets.count for summary in self.summaries])

    @cached_property
    def taught(self) -> NDArray[np.intp]:
        """By whom [cohort, class, subject]: the same number for the same teachers of a subject."""
        numbers: dict[tuple[object, ...], int] = {}
        found = np.full(self.levels.shape, -1)
        for unit in self.units:
            if unit.sheet.teachers:
                who = (unit.sheet.subject, *sorted(unit.sheet.teachers))
                found[unit.at] = numbers.setdefault(who, len(numbers))
        return found

    @cached_property
    def other_terms(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Where each class (cohort, row) stands in the year's other semester."""
        at = {
            (summary.cohort.semester, summary.cohort.grade, name): (cohort, row)
            for cohort, summary in enumerate(self.summaries)
            for row, name in enumerate(summary.cohort.classes)
        }
        return {
            here: at[3 - semester, grade, name]
            for (semester, grade, name), here in at.items()
            if (3 - semester, grade, name) in at
        }

    def of_other_term(self, values: Floats) -> Floats:
        """The values [cohort, class, subject] of the same classes in the other semester, or 0."""
        centred = values - middle(values, axis=1)[:, None]
        found = np.zeros_like(values)
        for here, there in self.other_terms.items():
            found[here] = np.nan_to_num(centred[there])
        return found
