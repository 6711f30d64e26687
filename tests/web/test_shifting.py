"""A column that slipped by one row: what a shift moves, drops and leaves empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.vocabulary import BLANK, MARKS, Mark
from web.corrections.shifting import Direction, shifted

COLUMN = tuple(map(Mark.of, ("7.0", "8.0", "9.0", "")))
columns = st.lists(st.sampled_from(list(MARKS.values())), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("first", "direction", "marks", "dropped"),
    [
        (1, Direction.DOWN, ("7.0", "", "8.0", "9.0"), ""),
        (0, Direction.DOWN, ("", "7.0", "8.0", "9.0"), ""),
        (3, Direction.DOWN, ("7.0", "8.0", "9.0", ""), ""),
        (1, Direction.UP, ("7.0", "9.0", "", ""), "8.0"),
        (0, Direction.UP, ("8.0", "9.0", "", ""), "7.0"),
    ],
)
def test_marks_go_one_row_on_from_the_chosen_row(
    first: int, direction: Direction, marks: tuple[str, ...], dropped: str
) -> None:
    done = shifted(COLUMN, first, direction)
    assert tuple(mark.text for mark in done.marks) == marks
    assert done.dropped.text == dropped


@given(marks=columns, data=st.data())
def test_shifting_back_gives_all_but_the_dropped_mark(
    marks: list[Mark], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(marks) - 1))
    for there, back in ((Direction.DOWN, Direction.UP), (Direction.UP, Direction.DOWN)):
        done = shifted(marks, first, there)
        again = list(shifted(done.marks, first, back).marks)
        assert again[done.dropped_from] is BLANK
        again[done.dropped_from] = done.dropped
        assert again == marks


@given(marks=columns, data=st.data())
def test_no_mark_comes_or_goes_but_the_one_that_is_told(
    marks: list[Mark], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(marks) - 1))
    for direction in Direction:
        done = shifted(marks, first, direction)
        assert done.marks[done.vacated] is BLANK
        before = sorted(mark.text for mark in [*marks, BLANK])
        assert sorted(mark.text for mark in [*done.marks, done.dropped]) == before
