"""A cohort is measured anew when one of its sheets moved, and only then."""

from dataclasses import replace

import pytest

from projections.anomalies.distribution.cohort import by_cohort, layout_of
from projections.anomalies.material import Material, SheetMarks
from projections.anomalies.rescreening import KeptScreen, KeptSummaries
from projections.anomalies.screen import screen
from tests.believable_schools import believable_school


@pytest.fixture(scope="module")
def material() -> Material:
    return believable_school(3, classes=8).material()


def moved(sheet: SheetMarks) -> SheetMarks:
    """The sheet with another mark in one cell."""
    marks = sheet.columns["midterm"].copy()
    marks[0] = 100 - marks[0]
    return replace(sheet, columns={**sheet.columns, "midterm": marks})


def test_only_the_cohort_of_a_sheet_that_moved_is_measured_anew(material: Material) -> None:
    kept, layout = KeptSummaries(), layout_of(material.sheets)
    before = [kept(sheets, layout) for sheets in by_cohort(material.sheets)]
    first, *others = material.sheets
    after = [kept(sheets, layout) for sheets in by_cohort([moved(first), *others])]
    cohort = (first.semester, first.grade)
    for old, new in zip(before, after, strict=True):
        stays = (old.cohort.semester, old.cohort.grade) != cohort
        assert (old is new) is stays


def test_a_sheet_less_or_another_layout_is_measured_anew(material: Material) -> None:
    kept, layout = KeptSummaries(), layout_of(material.sheets)
    sheets = by_cohort(material.sheets)[0]
    whole = kept(sheets, layout)
    assert kept(sheets, layout) is whole
    assert kept(sheets[:-1], layout) is not whole
    wider = replace(layout, subjects=(*layout.subjects, "zoology"))
    assert kept(sheets, wider) is not kept(sheets, layout)


def test_a_screen_that_keeps_what_did_not_move_is_that_of_one_made_anew(material: Material) -> None:
    kept = KeptScreen()
    kept.of(material, 1)
    first, *others = material.sheets
    later = replace(material, sheets=(moved(first), *others), position=material.position + 1)
    made_anew = screen(later)
    assert kept.of(later, 2) == made_anew
    # Lines that moved nothing of the year.
    last = replace(later, position=later.position + 5)
    assert kept.of(last, 2) == replace(made_anew, position=last.position)
