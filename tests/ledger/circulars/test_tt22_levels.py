"""TT22: levels of study with the adjustment of Điều 9.3, and conduct."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.circulars.outcomes import StudyLevel
from ledger.circulars.single_subject import SingleSubject
from ledger.circulars.tt22 import Level, conduct_year, study_level
from tests.ledger.circulars.pupils import (
    COMMENT,
    SCORED,
    comment,
    near_thresholds,
    results,
    scored,
    scores,
)


def level_of(
    averages: Mapping[str, Decimal | None],
    passed: Mapping[str, bool | None],
    policy: SingleSubject = SingleSubject.OTHER_SUBJECTS,
) -> StudyLevel[Level]:
    level = study_level(averages, passed, policy=policy)
    assert level is not None
    return level


@pytest.mark.parametrize(
    ("averages", "not_passed", "level"),
    [
        ("8*10.0", 0, "Tốt"),
        ("6*8.0 2*6.5", 0, "Tốt"),
        ("5*8.0 3*7.9", 0, "Khá"),
        ("7*8.0 6.4", 0, "Khá"),
        ("6*6.5 2*5.0", 0, "Khá"),
        ("5*6.5 3*6.4", 0, "Đạt"),
        ("6*5.0 2*3.5", 0, "Đạt"),
        ("6*5.0 2*3.5", 1, "Đạt"),
        ("6*5.0 2*3.5", 2, "Chưa đạt"),
        ("5*5.0 3*4.9", 0, "Chưa đạt"),
        ("7*5.0 3.4", 0, "Chưa đạt"),
        ("8*0.0", 0, "Chưa đạt"),
    ],
)
def test_a_level_of_study(averages: str, not_passed: int, level: str) -> None:
    found = level_of(scored(averages), comment(not_passed))
    assert str(found.level) == level
    assert (found.base, found.adjusted_for) == (found.level, None)


@pytest.mark.parametrize(
    ("averages", "not_passed", "base", "level", "subject"),
    [
        ("7*8.0 5.0", 0, "Khá", "Khá", None),
        ("7*8.0 4.9", 0, "Đạt", "Khá", SCORED[7]),
        ("7*8.0 3.4", 0, "Chưa đạt", "Đạt", SCORED[7]),
        ("8*8.0", 1, "Đạt", "Khá", COMMENT[0]),
        ("8*6.5", 1, "Đạt", "Đạt", None),
        ("7*6.5 3.4", 0, "Chưa đạt", "Đạt", SCORED[7]),
        ("7*6.5 4.9", 0, "Đạt", "Đạt", None),
        ("6*8.0 2*4.9", 0, "Đạt", "Đạt", None),
        ("6*8.0 6.5 3.4", 1, "Chưa đạt", "Chưa đạt", None),
        ("7*8.0 0.0", 0, "Chưa đạt", "Đạt", SCORED[7]),
        ("8*8.0", 2, "Chưa đạt", "Chưa đạt", None),
        ("7*5.0 3.4", 0, "Chưa đạt", "Chưa đạt", None),  # Đạt was missed, not Tốt or Khá
    ],
)
def test_one_subject_alone_costs_one_level_at_most(
    averages: str, not_passed: int, base: str, level: str, subject: str | None
) -> None:
    found = level_of(scored(averages), comment(not_passed))
    assert (str(found.base), str(found.level), found.adjusted_for) == (base, level, subject)
    assert level_of(scored(averages), comment(not_passed), SingleSubject.IMAGINED_GOOD) == found


@pytest.mark.parametrize(
    ("policy", "level", "subject"),
    [
        (SingleSubject.OTHER_SUBJECTS, Level.PASSED, None),
        (SingleSubject.IMAGINED_GOOD, Level.FAIR, SCORED[7]),
    ],
)
def test_where_the_six_good_subjects_come_from_is_a_policy(
    policy: SingleSubject, level: Level, subject: str | None
) -> None:
    found = level_of(scored("5*8.0 2*7.0 4.9"), comment(), policy)
    assert (found.base, found.level, found.adjusted_for) == (Level.PASSED, level, subject)


def test_a_comment_subject_cannot_be_imagined_as_a_good_average() -> None:
    found = level_of(scored("5*8.0 3*7.0"), comment(1), SingleSubject.IMAGINED_GOOD)
    assert found == StudyLevel(Level.PASSED, Level.PASSED)


def test_the_other_subjects_decide_by_default() -> None:
    assert study_level(scored("5*8.0 2*7.0 4.9"), comment()) == StudyLevel(
        Level.PASSED, Level.PASSED
    )


def test_the_names_of_the_policy_are_permanent() -> None:
    assert [*SingleSubject] == ["other-subjects.1", "imagined-good.1"]


def test_six_subjects_stay_six_when_one_is_exempt() -> None:
    seven = scored("6*8.0 2*6.5")
    del seven[SCORED[7]]
    assert level_of(seven, comment()).level is Level.GOOD
    del seven[SCORED[0]]
    assert level_of(seven, comment()).level is Level.FAIR
    del seven[SCORED[1]]
    assert level_of(seven, comment()).level is Level.NOT_PASSED


def test_an_exempt_comment_subject_is_no_obstacle() -> None:
    three = comment()
    del three[COMMENT[0]]
    assert level_of(scored("8*8.0"), three).level is Level.GOOD
    assert level_of(scored("8*8.0"), {}).level is Level.GOOD


def test_there_is_no_level_while_a_result_is_missing() -> None:
    assert study_level(scored("8*8.0") | {SCORED[0]: None}, comment()) is None
    assert study_level(scored("8*8.0"), comment() | {COMMENT[0]: None}) is None
    assert study_level({}, comment()) is None


@given(near_thresholds, results, st.sampled_from(SingleSubject))
def test_an_adjustment_lifts_exactly_one_level(
    averages: Mapping[str, Decimal], passed: Mapping[str, bool], policy: SingleSubject
) -> None:
    found = level_of(averages, passed, policy)
    assert found.level.rank - found.base.rank == (found.adjusted_for is not None)
    assert found.level is not Level.GOOD or found.adjusted_for is None


@given(near_thresholds, results, st.sampled_from(SCORED), scores, st.sampled_from(SingleSubject))
def test_raising_one_average_never_lowers_a_level(
    averages: Mapping[str, Decimal],
    passed: Mapping[str, bool],
    subject: str,
    other: Decimal,
    policy: SingleSubject,
) -> None:
    raised = {**averages, subject: max(other, averages[subject])}
    before, after = level_of(averages, passed, policy), level_of(raised, passed, policy)
    assert before.level.rank <= after.level.rank


@given(near_thresholds, results, st.sampled_from(COMMENT), st.sampled_from(SingleSubject))
def test_passing_a_comment_subject_never_lowers_a_level(
    averages: Mapping[str, Decimal],
    passed: Mapping[str, bool],
    subject: str,
    policy: SingleSubject,
) -> None:
    before = level_of(averages, passed, policy)
    assert before.level.rank <= level_of(averages, {**passed, subject: True}, policy).level.rank


@given(near_thresholds, results)
def test_imagining_the_subject_good_is_the_milder_reading(
    averages: Mapping[str, Decimal], passed: Mapping[str, bool]
) -> None:
    strict = level_of(averages, passed, SingleSubject.OTHER_SUBJECTS)
    assert strict.level.rank <= level_of(averages, passed, SingleSubject.IMAGINED_GOOD).level.rank


@pytest.mark.parametrize(
    ("semester_2", "years"),
    [  # by semester I: Tốt, Khá, Đạt, Chưa đạt
        ("Tốt", ("Tốt", "Tốt", "Khá", "Khá")),
        ("Khá", ("Khá", "Khá", "Khá", "Đạt")),
        ("Đạt", ("Khá", "Đạt", "Đạt", "Đạt")),
        ("Chưa đạt", ("Chưa đạt", "Chưa đạt", "Chưa đạt", "Chưa đạt")),
    ],
)
def test_conduct_of_a_year_is_a_table(semester_2: str, years: tuple[str, ...]) -> None:
    levels = ("Tốt", "Khá", "Đạt", "Chưa đạt")
    assert tuple(str(conduct_year(semester_1, semester_2)) for semester_1 in levels) == years
    assert conduct_year(Level.GOOD, Level(semester_2)) is Level(years[0])


def test_conduct_of_a_year_needs_both_semesters() -> None:
    assert conduct_year(None, Level.GOOD) is None
    assert conduct_year(Level.GOOD, None) is None


def test_conduct_has_no_other_levels() -> None:
    with pytest.raises(ValueError, match="Trung bình"):
        conduct_year("Tốt", "Trung bình")
