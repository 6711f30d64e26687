"""Averages in whole tenths are those of the circular."""

from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ledger.circulars.tt22 import semester_average
from projections.anomalies.edits.averages import Averages, lifted
from projections.anomalies.material import NO_MARK, SheetMarks
from tests.projections.anomalies.edits.invented import pupil, sheet, teacher

MARKS = st.integers(0, 100)


def _sheet(regular: list[int], midterm: int, final: int) -> SheetMarks:
    marks = {f"regular-{number}": mark for number, mark in enumerate(regular, 1)}
    columns = {**marks, "midterm": midterm, "final": final}
    return SheetMarks(
        sheet_id=sheet(0),
        semester=1,
        grade=6,
        class_group="6A1",
        subject="toan",
        teachers=(teacher(0),),
        pupils=(pupil(0, 0),),
        columns={name: np.array([mark], dtype=np.int16) for name, mark in columns.items()},
    )


@given(regular=st.lists(MARKS, min_size=2, max_size=5), midterm=MARKS, final=MARKS)
def test_an_average_is_that_of_the_circular(regular: list[int], midterm: int, final: int) -> None:
    points = [Decimal(mark).scaleb(-1) for mark in (*regular, midterm, final)]
    expected = semester_average(points[:-2], points[-2], points[-1])
    averages = Averages(_sheet(regular, midterm, final))
    assert Decimal(averages.average(pupil(0, 0))).scaleb(-1) == expected


def test_without_an_edit_the_average_is_that_of_the_mark_before() -> None:
    averages = Averages(_sheet([50, 50], 50, 60))
    before = Averages(_sheet([50, 50], 50, 40))
    assert averages.average(pupil(0, 0), without=3 * 20) == before.average(pupil(0, 0))


def test_a_pupil_without_all_marks_has_no_average() -> None:
    assert not Averages(_sheet([50, NO_MARK], 50, 60)).has(pupil(0, 0))


def test_a_threshold_is_reached_from_below_only() -> None:
    assert lifted(49, 50)
    assert lifted(60, 80)
    assert not lifted(50, 64)
    assert not lifted(65, 50)
