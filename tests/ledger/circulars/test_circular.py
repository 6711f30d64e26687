"""What is asked of a circular without knowing which one it is."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ledger.circulars.choosing import CIRCULARS
from ledger.circulars.circular import (
    Circular,
    SummerResults,
    Taught,
    YearResults,
    promotion_of,
    year_result,
)
from ledger.circulars.outcomes import Outcome, Shortfall
from ledger.circulars.single_subject import SingleSubject
from ledger.circulars.tt22 import TT22, Level
from tests.ledger.circulars.pupils import COMMENT, SCORED, comment, scored

D = Decimal
TT22_NOW, TT58_TT26, TT58 = (CIRCULARS[code] for code in ("tt22", "tt58-tt26", "tt58"))


@pytest.mark.parametrize(
    ("circular", "overall", "titles_each_semester", "judges_conduct"),
    [(TT22_NOW, False, False, False), (TT58_TT26, True, True, True), (TT58, True, True, True)],
    ids=["tt22", "tt58-tt26", "tt58"],
)
def test_what_a_circular_has(
    *, circular: Circular, overall: bool, titles_each_semester: bool, judges_conduct: bool
) -> None:
    best_conduct, best_study = circular.conduct_levels[0], circular.study_levels[0]
    assert circular.has_overall_average == overall
    assert (circular.overall_average(scored("8*9.0")) is not None) == overall
    assert circular.has_semester_awards == titles_each_semester
    semester_award = circular.semester_award(best_conduct, best_study)
    assert (semester_award is not None) == titles_each_semester
    assert circular.judges_conduct_year == judges_conduct
    assert (circular.conduct_year(best_conduct, best_conduct) is None) == judges_conduct
    assert circular.year_award(best_conduct, best_study, scored("8*9.0")) is not None


def test_levels_are_the_words_of_the_law() -> None:
    assert [*TT22_NOW.study_levels] == ["Tốt", "Khá", "Đạt", "Chưa đạt"]
    assert [*TT22_NOW.conduct_levels] == ["Tốt", "Khá", "Đạt", "Chưa đạt"]
    assert [*TT58.study_levels] == ["Giỏi", "Khá", "Trung bình", "Yếu", "Kém"]
    assert [*TT58.conduct_levels] == ["Tốt", "Khá", "Trung bình", "Yếu"]


@pytest.mark.parametrize("circular", CIRCULARS.values(), ids=CIRCULARS)
def test_every_circular_computes_a_subject(circular: Circular) -> None:
    eights = [D(8)] * circular.regular_assessments(35)
    assert len(eights) == 2
    assert circular.semester_average(eights, D(8), D(8)) == D("8.0")
    assert circular.year_average(D("7.0"), D("8.0")) == D("7.7")
    assert circular.comment_semester([True, True, True, True]) is True


def test_a_circular_keeps_its_own_core_subjects() -> None:
    averages = scored("2*7.9 9.0 5*8.5")
    levels = [circular.study_level(averages, comment()) for circular in (TT58, TT58_TT26)]
    assert [level and str(level.level) for level in levels] == ["Khá", "Giỏi"]


def test_a_circular_keeps_its_own_policy() -> None:
    mild = replace(TT22(), policy=SingleSubject.IMAGINED_GOOD)
    averages = scored("5*8.0 2*7.0 4.9")
    levels = [circular.study_level(averages, comment()) for circular in (TT22_NOW, mild)]
    assert [level and level.level for level in levels] == [Level.PASSED, Level.FAIR]


@pytest.mark.parametrize(
    ("taught", "average", "passed"),
    [
        (Taught.BOTH, D("7.7"), False),
        (Taught.FIRST_ONLY, D("7.0"), True),
        (Taught.SECOND_ONLY, D("8.0"), False),
    ],
)
def test_a_subject_of_one_semester_has_its_result_for_the_year(
    *, taught: Taught, average: Decimal, passed: bool
) -> None:
    found = year_result(taught, D("7.0"), D("8.0"), TT22_NOW.year_average)
    assert found == average
    first, second = True, False
    assert year_result(taught, first, second, TT22_NOW.comment_year) is passed


def test_a_semester_not_taught_is_not_missing() -> None:
    assert year_result(Taught.FIRST_ONLY, D("0.0"), None, TT22_NOW.year_average) == D("0.0")
    assert year_result(Taught.SECOND_ONLY, None, D("7.0"), TT22_NOW.year_average) == D("7.0")
    assert year_result(Taught.BOTH, D("7.0"), None, TT22_NOW.year_average) is None


# Study Chưa đạt: three averages under 5.0.
WEAK = YearResults(scored("5*6.0 4.9 4.0 3.0"), comment(), "Khá", 10)
OPEN = SCORED[5:]


def outcome_of(
    year: YearResults, summer: SummerResults | None = None, circular: Circular = TT22_NOW
) -> tuple[Outcome, tuple[str, ...]]:
    found = promotion_of(circular, year, summer)
    assert found is not None
    return found.outcome, found.subjects


def test_who_may_be_assessed_again_is_told_in_which_subjects() -> None:
    assert outcome_of(WEAK) == (Outcome.REASSESSMENT_IN_SUMMER, OPEN)
    assert outcome_of(WEAK, SummerResults()) == (Outcome.REASSESSMENT_IN_SUMMER, OPEN)


def test_a_re_assessed_result_stands_in_for_the_years() -> None:
    summer = SummerResults(scored={OPEN[2]: D("5.0")})
    assert outcome_of(WEAK, summer) == (Outcome.PROMOTED_AFTER_SUMMER, ())


def test_it_stands_in_when_it_is_worse_too() -> None:
    worse = SummerResults(scored={OPEN[2]: D("5.0"), OPEN[1]: D("0.0")})
    assert outcome_of(WEAK, worse) == (Outcome.REASSESSMENT_IN_SUMMER, OPEN[:1])
    assert outcome_of(WEAK, replace(worse, over=True)) == (Outcome.NOT_PROMOTED, ())


def test_the_year_itself_keeps_its_results() -> None:
    before = dict(WEAK.scored)
    promotion_of(TT22_NOW, WEAK, SummerResults(scored=dict.fromkeys(OPEN, D("9.0"))))
    assert WEAK.scored == before
    study = TT22_NOW.study_level(WEAK.scored, WEAK.comment)
    assert study is not None
    assert study.level is Level.NOT_PASSED


def test_a_comment_subject_is_re_assessed_as_well() -> None:
    year = YearResults(scored("8*6.0"), comment(not_passed=2), "Tốt", 0)
    assert outcome_of(year) == (Outcome.REASSESSMENT_IN_SUMMER, COMMENT[:2])
    summer = SummerResults(comment={COMMENT[1]: True})
    assert outcome_of(year, summer) == (Outcome.PROMOTED_AFTER_SUMMER, ())


def test_whoever_does_not_turn_up_stays_where_the_year_left_them() -> None:
    assert outcome_of(WEAK, SummerResults(over=True)) == (Outcome.NOT_PROMOTED, ())
    badly_behaved = YearResults(scored("8*6.0"), comment(), "Chưa đạt", 0)
    assert outcome_of(badly_behaved)[0] is Outcome.CONDUCT_TRAINING_IN_SUMMER
    assert outcome_of(badly_behaved, SummerResults(over=True))[0] is Outcome.NOT_PROMOTED
    trained = SummerResults(conduct="Đạt", over=True)
    assert outcome_of(badly_behaved, trained)[0] is Outcome.PROMOTED_AFTER_SUMMER


def test_a_result_in_a_subject_that_was_not_open_changes_nothing() -> None:
    summer = SummerResults(scored={SCORED[0]: D("0.0")})
    assert outcome_of(WEAK, summer) == (Outcome.REASSESSMENT_IN_SUMMER, OPEN)
    beside = replace(summer, scored={**summer.scored, OPEN[2]: D("5.0")})
    assert outcome_of(WEAK, beside) == (Outcome.PROMOTED_AFTER_SUMMER, ())
    passed = YearResults(scored("8*6.0"), comment(), "Tốt", 0)
    assert outcome_of(passed, summer) == (Outcome.PROMOTED, ())


def test_with_nothing_to_re_assess_the_summer_can_mend_nothing() -> None:
    # Five subjects are assessed: six from 5.0 up cannot be reached.
    few = YearResults(dict.fromkeys(SCORED[:5], D("9.0")), comment(), "Tốt", 0)
    assert outcome_of(few) == (Outcome.NOT_PROMOTED, ())


def test_both_failed_leaves_nothing_to_re_assess() -> None:
    both = replace(WEAK, conduct="Chưa đạt")
    found = promotion_of(TT22_NOW, both, SummerResults(dict.fromkeys(OPEN, D(9)), conduct="Tốt"))
    assert found is not None
    assert found.outcome is Outcome.NOT_PROMOTED
    assert found.reasons == (Shortfall.CONDUCT, Shortfall.STUDY)


def test_nothing_is_decided_while_a_result_is_missing() -> None:
    assert promotion_of(TT22_NOW, replace(WEAK, conduct=None)) is None
    missing = {**WEAK.scored, SCORED[0]: None}
    assert promotion_of(TT22_NOW, replace(WEAK, scored=missing)) is None


def test_under_tt58_a_re_test_moves_the_overall_average() -> None:
    # Overall 4.9, which is Yếu; with 5.5 in one chosen subject it is 5.0, and no floor is missed.
    year = YearResults(scored("2*5.0 3*5.1 3*4.6"), comment(), "Trung bình", 0)
    assert outcome_of(year, circular=TT58) == (Outcome.REASSESSMENT_IN_SUMMER, SCORED[5:])
    summer = SummerResults(scored={SCORED[7]: D("5.5")})
    assert outcome_of(year, summer, TT58) == (Outcome.PROMOTED_AFTER_SUMMER, ())
    too_little = SummerResults(scored={SCORED[7]: D("4.7")})
    assert outcome_of(year, too_little, TT58) == (Outcome.REASSESSMENT_IN_SUMMER, SCORED[5:7])
    assert outcome_of(year, replace(too_little, over=True), TT58)[0] is Outcome.NOT_PROMOTED


def test_under_tt58_the_poor_repeat_the_grade() -> None:
    poor = YearResults(scored("8*3.0"), comment(), "Tốt", 0)
    summer = SummerResults(scored=dict.fromkeys(SCORED, D("9.0")))
    assert outcome_of(poor, summer, TT58) == (Outcome.NOT_PROMOTED, ())
