"""Comment subjects: Đạt or Chưa đạt, and no result while an assessment is missing."""

import pytest

from ledger.circulars import tt22, tt58
from ledger.circulars.outcomes import Passed


@pytest.mark.parametrize(
    ("assessments", "result"),
    [
        ([True, True, True, True], True),
        ([True, True, True, False], False),
        ([False, True, True, True], False),
        ([True, None, True, True], None),
        ([False, None], None),
        ([], None),
    ],
)
def test_every_assessment_has_to_be_passed(
    assessments: list[Passed],
    result: Passed,
) -> None:
    assert tt22.comment_semester(assessments) is result


@pytest.mark.parametrize(
    ("assessments", "result"),
    [
        ([True, True, True, True], True),
        ([False, True, True], True),  # exactly two thirds, with the term test
        ([False, True, True, True], True),
        ([False, False, True, True], False),
        ([True, True, True, False], False),  # the term test itself
        ([True, True, None], None),
        ([], None),
    ],
)
def test_before_tt22_two_thirds_and_the_term_test_sufficed(
    assessments: list[Passed],
    result: Passed,
) -> None:
    assert tt58.comment_semester(assessments) is result


@pytest.mark.parametrize(
    ("semesters", "year"),
    [((False, True), True), ((True, False), False), ((None, True), True), ((True, None), None)],
)
def test_a_year_is_semester_two(semesters: tuple[Passed, Passed], year: Passed) -> None:
    assert tt22.comment_year(*semesters) is year
    assert tt58.comment_year(*semesters) is year
