"""Averages of both circulars: their formulas, rounding, and when there is none."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.circulars import tt22, tt58
from ledger.circulars.rounding import rounded_quotient
from tests.ledger.circulars.pupils import scores

D = Decimal
marks = st.lists(scores, min_size=1, max_size=5)


def decimals(texts: str) -> list[Decimal]:
    return [D(text) for text in texts.split()]


@pytest.mark.parametrize(
    ("regular", "midterm", "final", "average"),
    [
        ("8.0 9.0 7.0 8.0", "7.5", "8.5", "8.1"),  # 72.5 / 9
        ("7.0 8.0", "6.0", "9.0", "7.7"),  # 54.0 / 7
        ("10.0 10.0 10.0 10.0", "10.0", "10.0", "10.0"),
        ("0.0 0.0", "0.0", "0.0", "0.0"),
        ("0.0 8.0", "8.0", "8.0", "6.9"),  # 48.0 / 7: a 0 counts, in the sum and in the number
        ("8.0 8.0 8.0 8.0", "8.0", "0.0", "5.3"),  # 48.0 / 9
        ("5.0 5.0 5.0 5.0 10.0", "5.0", "5.0", "5.5"),  # five columns, as some files have: 55 / 10
        # Ties: only three regular marks (or five) can make them.
        ("3.0 4.0 3.6", "4.0", "3.0", "3.5"),  # 27.6 / 8 = 3.45
        ("5.0 5.0 4.6", "5.0", "5.0", "5.0"),  # 39.6 / 8 = 4.95
        ("6.0 7.0 6.6", "7.0", "6.0", "6.5"),  # 51.6 / 8 = 6.45
        ("8.0 8.0 7.6", "8.0", "8.0", "8.0"),  # 63.6 / 8 = 7.95
        ("9.0 9.0 8.6", "9.0", "9.0", "9.0"),  # 71.6 / 8 = 8.95
    ],
)
def test_a_semester_average_is_a_weighted_sum_over_the_number_of_marks(
    regular: str, midterm: str, final: str, average: str
) -> None:
    given_marks = (decimals(regular), D(midterm), D(final))
    assert str(tt22.semester_average(*given_marks)) == average
    assert str(tt58.semester_average(*given_marks)) == average


@pytest.mark.parametrize(
    ("total", "average"),
    [("27.6", "3.5"), ("39.6", "5.0"), ("51.6", "6.5"), ("63.6", "8.0"), ("71.6", "9.0")],
)
def test_a_tie_goes_up(total: str, average: str) -> None:
    assert str(rounded_quotient(D(total), 8)) == average


def test_what_is_set_elsewhere_changes_no_average() -> None:
    with localcontext() as context:
        context.prec = 6
        context.rounding = "ROUND_FLOOR"
        assert rounded_quotient(D("27.6"), 8) == D("3.5")
        assert rounded_quotient(D("20"), 3) == D("6.7")


@pytest.mark.parametrize(
    ("regular", "midterm", "final"),
    [
        ([], D("8.0"), D("8.0")),
        ([D("8.0"), None], D("8.0"), D("8.0")),
        ([D("8.0")], None, D("8.0")),
        ([D("8.0")], D("8.0"), None),
        ([None, None], None, None),
    ],
)
def test_there_is_no_average_while_a_mark_is_missing(
    regular: list[Decimal | None], midterm: Decimal | None, final: Decimal | None
) -> None:
    assert tt22.semester_average(regular, midterm, final) is None
    assert tt58.semester_average(regular, midterm, final) is None


@pytest.mark.parametrize(
    ("semester_1", "semester_2", "year"),
    [
        ("8.0", "8.0", "8.0"),
        ("7.0", "8.0", "7.7"),
        ("8.0", "7.0", "7.3"),
        ("0.0", "10.0", "6.7"),
        ("10.0", "0.0", "3.3"),
        ("4.9", "5.0", "5.0"),
        ("5.0", "4.9", "4.9"),
    ],
)
def test_semester_two_counts_twice(semester_1: str, semester_2: str, year: str) -> None:
    assert str(tt22.year_average(D(semester_1), D(semester_2))) == year
    assert str(tt58.year_average(D(semester_1), D(semester_2))) == year


def test_a_year_is_counted_from_rounded_semesters() -> None:
    semester_1 = tt22.semester_average(decimals("8 8 8 8"), D("8.0"), D("6.0"))  # 66 / 9 = 7.33
    semester_2 = tt22.semester_average(decimals("7 8"), D("6.8"), D("8.0"))  # 52.6 / 7 = 7.51
    assert (semester_1, semester_2) == (D("7.3"), D("7.5"))
    # Rounded only at the end, (7.333 + 2 x 7.514) / 3 = 7.454 would be 7.5.
    assert tt22.year_average(semester_1, semester_2) == D("7.4")


def test_a_year_lacks_what_a_semester_lacks() -> None:
    assert tt22.year_average(None, D("8.0")) is None
    assert tt22.year_average(D("8.0"), None) is None
    assert tt22.year_average(D("0.0"), D("0.0")) == D("0.0")


@pytest.mark.parametrize(
    ("tests_1", "tests_2", "term_test", "average"),
    [
        ("8 7", "6.5 7.0", "8.0", "7.3"),  # (15 + 27 + 24) / 9
        ("8 7 9", "6.5 7.0 8.0", "8.0", "7.6"),  # (24 + 43 + 24) / 12
        ("6 6", "6.0", "0.0", "3.4"),  # 24 / 7
    ],
)
def test_before_2020_there_were_any_number_of_tests_of_a_lesson(
    tests_1: str, tests_2: str, term_test: str, average: str
) -> None:
    found = tt58.semester_average_2011(decimals(tests_1), decimals(tests_2), D(term_test))
    assert str(found) == average


def test_before_2020_too_every_test_was_needed() -> None:
    assert tt58.semester_average_2011([D(8)], [], D(8)) is None
    assert tt58.semester_average_2011([D(8)], [D(8), None], D(8)) is None
    assert tt58.semester_average_2011([D(8)], [D(8)], None) is None


def test_an_overall_average_is_the_plain_mean_of_scored_subjects() -> None:
    assert tt58.overall_average({"toan": D("8.0"), "ngu-van": D("7.5")}) == D("7.8")  # 7.75
    assert tt58.overall_average({"toan": D("0.0"), "ngu-van": D("7.0")}) == D("3.5")
    assert tt58.overall_average({"toan": D("8.0"), "ngu-van": None}) is None
    assert tt58.overall_average({}) is None


@given(marks, scores, scores)
def test_an_average_is_half_up_of_the_exact_fraction(
    regular: list[Decimal], midterm: Decimal, final: Decimal
) -> None:
    exact = Fraction(sum(regular) + 2 * midterm + 3 * final) / (len(regular) + 5)
    tenths = int(exact * 10 + Fraction(1, 2))
    average = tt22.semester_average(regular, midterm, final)
    assert average == Decimal(tenths).scaleb(-1)
    assert average.as_tuple().exponent == -1


@given(st.lists(scores, min_size=3, max_size=7), st.integers(0, 6), scores)
def test_raising_one_mark_never_lowers_an_average(
    given_marks: list[Decimal], place: int, other: Decimal
) -> None:
    place %= len(given_marks)
    raised = [*given_marks]
    raised[place] = max(other, given_marks[place])
    *regular, midterm, final = given_marks
    *more_regular, more_midterm, more_final = raised
    before = tt22.semester_average(regular, midterm, final)
    after = tt22.semester_average(more_regular, more_midterm, more_final)
    assert before is not None
    assert after is not None
    assert before <= after


@given(st.lists(scores | st.none(), max_size=5), scores | st.none(), scores | st.none())
def test_an_average_exists_exactly_when_no_mark_is_missing(
    regular: list[Decimal | None], midterm: Decimal | None, final: Decimal | None
) -> None:
    complete = bool(regular) and None not in {*regular, midterm, final}
    assert (tt22.semester_average(regular, midterm, final) is not None) == complete


@given(scores, scores)
def test_a_year_lies_between_its_semesters(semester_1: Decimal, semester_2: Decimal) -> None:
    year = tt22.year_average(semester_1, semester_2)
    assert year is not None
    assert min(semester_1, semester_2) <= year <= max(semester_1, semester_2)


@pytest.mark.parametrize(
    ("lessons", "since_2020", "before"),
    [
        *[(1, 2, 2), (35, 2, 2), (36, 3, 3), (52, 3, 3), (70, 3, 3)],
        *[(71, 4, 3), (104, 4, 3), (105, 4, 4), (140, 4, 4)],
    ],
)
def test_lessons_a_year_decide_how_many_regular_marks(
    lessons: int, since_2020: int, before: int
) -> None:
    assert tt22.regular_assessments(lessons) == since_2020
    assert tt58.regular_assessments(lessons) == since_2020
    assert (
        tt58.TT58("x", tt58.CORE_2011, tt58.REGULAR_STEPS_2011).regular_assessments(lessons)
        == before
    )


def test_a_subject_has_lessons() -> None:
    with pytest.raises(ValueError, match="lessons"):
        tt22.regular_assessments(0)
