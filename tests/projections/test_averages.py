"""A semester's result computed from a state of the sheet: there, or not there yet."""

from decimal import Decimal

import pytest

from ledger.line import Fact
from ledger.sheet.facts import SheetOpened
from ledger.sheet.state import replay
from projections.averages import semester_result
from tests.scenario import lines_of
from tests.school import AN, OPENED_FOR_COMMENTS, entered, opened_with

TWO_REGULAR = opened_with(columns=("regular-1", "regular-2", "midterm", "final"))


def result(opened: SheetOpened, *marks: str) -> Decimal | bool | None:
    """The result of a pupil who has these marks, in the order of the columns."""
    written: list[Fact] = [opened]
    written += [
        entered(AN, column, mark)
        for column, mark in zip(opened.columns, marks, strict=False)
        if mark
    ]
    return semester_result(replay(lines_of(written)), AN)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (("8.0", "7.0", "6.0", "9.0"), Decimal("7.7")),  # (15 + 12 + 27) / 7
        (("0.0", "0.0", "0.0", "0.0"), Decimal("0.0")),
        (("8.0", "7.0", "zero-by-rule", "9.0"), Decimal("6.0")),
        (("8.0", "7.0", "6.0"), None),
        (("8.0", "7.0", "awaiting-make-up", "9.0"), None),
        (("8.0", "", "6.0", "9.0"), None),
        (("8.0", "exempt", "6.0", "9.0"), None),
        (("not-assessed", "7.0", "6.0", "9.0"), None),
    ],
)
def test_an_average_needs_every_column(marks: tuple[str, ...], expected: Decimal | None) -> None:
    assert result(TWO_REGULAR, *marks) == expected


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (("passed",) * 4, True),
        (("passed", "passed", "passed", "not-passed"), False),
        (("passed", "passed", "zero-by-rule", "passed"), False),
        (("passed",) * 3, None),
        (("exempt",) * 4, None),
    ],
)
def test_a_comment_subject_is_passed_or_not(
    marks: tuple[str, ...],
    expected: bool | None,  # noqa: FBT001  (a row of the table)
) -> None:
    assert result(OPENED_FOR_COMMENTS, *marks) is expected


def test_a_year_whose_circular_nobody_knows_has_no_result() -> None:
    old = TWO_REGULAR.model_copy(update={"school_year": "2009-2010"})
    assert result(old, "8.0", "7.0", "6.0", "9.0") is None
