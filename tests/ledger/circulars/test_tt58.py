"""TT58 and TT26: levels and their adjustments, titles, promotion and re-tests."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.circulars.outcomes import Outcome, StudyLevel
from ledger.circulars.single_subject import SingleSubject
from ledger.circulars.tt58 import (
    CORE_2011,
    CORE_2020,
    Level,
    award,
    promotion,
    reassessable,
    study_level,
)
from tests.ledger.circulars.pupils import (
    COMMENT,
    SCORED,
    comment,
    near_thresholds,
    results,
    scored,
    scores,
)

BEST_FIRST = tuple(Level)


def level_of(
    averages: Mapping[str, Decimal | None],
    passed: Mapping[str, bool | None],
    policy: SingleSubject = SingleSubject.OTHER_SUBJECTS,
) -> StudyLevel[Level]:
    level = study_level(averages, passed, core=CORE_2011, policy=policy)
    assert level is not None
    return level


# The first average is Ngữ văn, the second Toán, the third Ngoại ngữ 1.
@pytest.mark.parametrize(
    ("averages", "not_passed", "level"),
    [
        ("8*8.0", 0, "Giỏi"),
        ("8.0 7.0 6*8.5", 0, "Giỏi"),
        ("7.0 8.0 6*8.5", 0, "Giỏi"),
        ("2*7.9 6*8.5", 0, "Khá"),  # no core subject from 8.0 up
        ("8.0 7*7.9", 0, "Khá"),  # 7.9125 is 7.9
        ("6.5 7*9.0", 0, "Giỏi"),
        ("8*6.5", 0, "Khá"),
        ("2*6.4 6*7.0", 0, "Trung bình"),
        ("2*9.0 6.4 5*9.0", 0, "Khá"),
        ("8*5.0", 0, "Trung bình"),
        ("2*4.9 6*6.0", 0, "Yếu"),
        ("8*5.0", 1, "Yếu"),
        ("8*3.5", 0, "Yếu"),
        ("8*3.5", 4, "Yếu"),
        ("8*3.4", 0, "Kém"),
        ("7*5.0 1.9", 0, "Kém"),
        ("8*0.0", 0, "Kém"),
    ],
)
def test_a_level_of_study(averages: str, not_passed: int, level: str) -> None:
    found = level_of(scored(averages), comment(not_passed))
    assert (str(found.level), found.base, found.adjusted_for) == (level, found.level, None)


@pytest.mark.parametrize(
    ("averages", "not_passed", "base", "level", "subject"),
    [
        ("7*9.0 4.9", 0, "Trung bình", "Khá", SCORED[7]),
        ("7*9.0 3.4", 0, "Yếu", "Trung bình", SCORED[7]),
        ("8*8.0", 1, "Yếu", "Trung bình", COMMENT[0]),
        ("7*8.0 3.4", 0, "Yếu", "Trung bình", SCORED[7]),  # an average of Khá: 7.4
        ("8*6.5", 1, "Yếu", "Trung bình", COMMENT[0]),
        ("7*8.0 1.9", 0, "Kém", "Yếu", SCORED[7]),
        ("7*8.0 0.0", 0, "Kém", "Yếu", SCORED[7]),
        ("7*9.9 1.9", 0, "Kém", "Yếu", SCORED[7]),  # an average of Giỏi is one of Khá too
        ("7*7.0 4.9", 0, "Trung bình", "Trung bình", None),  # one level lower only
        ("6*9.0 2*4.9", 0, "Trung bình", "Trung bình", None),  # two subjects
        ("7*9.0 3.4", 1, "Yếu", "Yếu", None),  # two subjects
        ("7*5.0 3.4", 0, "Yếu", "Yếu", None),  # Trung bình was missed, not Giỏi or Khá
        ("7*6.5 0.0", 0, "Kém", "Kém", None),  # the average itself is 5.7
    ],
)
def test_one_subject_alone_is_adjusted_for(
    averages: str, not_passed: int, base: str, level: str, subject: str | None
) -> None:
    found = level_of(scored(averages), comment(not_passed))
    assert (str(found.base), str(found.level), found.adjusted_for) == (base, level, subject)


def test_where_the_good_core_subject_comes_from_is_a_policy() -> None:
    averages = scored("7.9 4.9 6*9.0")
    strict = level_of(averages, comment())
    assert strict == StudyLevel(Level.AVERAGE, Level.AVERAGE)
    mild = level_of(averages, comment(), SingleSubject.IMAGINED_GOOD)
    assert mild == StudyLevel(Level.FAIR, Level.AVERAGE, "toan")


def test_a_foreign_language_is_a_core_subject_since_2020() -> None:
    averages = scored("2*7.9 9.0 5*8.5")
    before = study_level(averages, comment(), core=CORE_2011)
    since = study_level(averages, comment(), core=CORE_2020)
    assert (before, since) == (
        StudyLevel(Level.FAIR, Level.FAIR),
        StudyLevel(Level.EXCELLENT, Level.EXCELLENT),
    )


def test_there_is_no_level_while_a_result_is_missing() -> None:
    assert study_level(scored("8*8.0") | {SCORED[0]: None}, comment()) is None
    assert study_level(scored("8*8.0"), comment() | {COMMENT[0]: None}) is None
    assert study_level({}, comment()) is None


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
    assert BEST_FIRST.index(after.level) <= BEST_FIRST.index(before.level)


@given(near_thresholds, results, st.sampled_from(SingleSubject))
def test_an_adjustment_lifts_exactly_one_level(
    averages: Mapping[str, Decimal], passed: Mapping[str, bool], policy: SingleSubject
) -> None:
    found = level_of(averages, passed, policy)
    lifted = BEST_FIRST.index(found.base) - BEST_FIRST.index(found.level)
    assert lifted == (found.adjusted_for is not None)


@pytest.mark.parametrize(
    ("conduct", "study", "title"),
    [
        ("Tốt", "Giỏi", "Học sinh giỏi"),
        ("Khá", "Giỏi", "Học sinh tiên tiến"),
        ("Tốt", "Khá", "Học sinh tiên tiến"),
        ("Khá", "Khá", "Học sinh tiên tiến"),
        ("Trung bình", "Giỏi", None),
        ("Tốt", "Trung bình", None),
        (None, "Giỏi", None),
        ("Tốt", None, None),
    ],
)
def test_the_titles(conduct: str | None, study: str | None, title: str | None) -> None:
    found = award(conduct, study)
    assert (None if found is None else str(found)) == title


@pytest.mark.parametrize(
    ("conduct", "study", "days_absent", "outcome"),
    [
        ("Trung bình", "Trung bình", 45, Outcome.PROMOTED),
        ("Tốt", "Giỏi", 46, Outcome.NOT_PROMOTED),
        ("Trung bình", "Yếu", 0, Outcome.REASSESSMENT_IN_SUMMER),
        ("Yếu", "Trung bình", 0, Outcome.CONDUCT_TRAINING_IN_SUMMER),
        ("Yếu", "Yếu", 0, Outcome.NOT_PROMOTED),
        ("Tốt", "Kém", 0, Outcome.NOT_PROMOTED),  # Kém is never tested again
    ],
)
def test_promotion(conduct: str, study: str, days_absent: int, outcome: Outcome) -> None:
    found = promotion(conduct, study, days_absent=days_absent)
    assert found is not None
    assert found.outcome is outcome


@pytest.mark.parametrize(
    ("after", "outcome"),
    [("Trung bình", Outcome.PROMOTED_AFTER_SUMMER), ("Yếu", Outcome.NOT_PROMOTED)],
)
def test_after_summer(after: str, outcome: Outcome) -> None:
    study = promotion("Tốt", "Yếu", days_absent=0, study_after_summer=after)
    conduct = promotion("Yếu", "Giỏi", days_absent=0, conduct_after_summer=after)
    assert study is not None
    assert conduct is not None
    assert (study.outcome, conduct.outcome) == (outcome, outcome)


def test_nothing_is_decided_without_a_level_of_the_year() -> None:
    assert promotion(None, "Giỏi", days_absent=0) is None
    assert promotion("Tốt", None, days_absent=0) is None


def test_the_weak_choose_among_subjects_under_five_or_not_passed() -> None:
    averages = scored("2*4.9 6*5.0")
    open_subjects = ("ngu-van", "toan", COMMENT[0])
    assert reassessable(averages, comment(1), conduct="Trung bình") == open_subjects
    assert reassessable(averages, comment(1), conduct="Yếu") == ()
    assert reassessable(scored("8*3.0"), comment(), conduct="Tốt") == ()  # Kém
    assert reassessable(scored("7*6.0 4.0"), comment(), conduct="Tốt") == ()  # Trung bình
