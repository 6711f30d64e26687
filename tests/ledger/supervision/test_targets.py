"""The shares of marks that a department aims at."""

from decimal import Decimal

import pytest

from ledger.refusal import NotForYourRole
from ledger.school.facts import SubjectPlanned
from ledger.school.refusals import SubjectNotPlanned
from ledger.school.year import NO_YEAR_YET, evolve_year
from ledger.sheet.refusals import NoSuchColumn
from ledger.supervision import bands, facts, refusals
from ledger.supervision.commands import SetScoreTarget
from ledger.supervision.state import NOTHING_SUPERVISED, Supervision, evolve_supervision
from ledger.vocabulary import MARKS, Mark, SubjectKind
from tests.every_school_fact import YEAR, YEAR_NAME
from tests.ledger.supervision.story import Known, asks, given
from tests.scenario import lines_of
from tests.school import DUC, LAN, TUAN, VINH, Voice

Shares = tuple[tuple[str, int], ...]
USUAL: Shares = (("5.0", 90), ("8.0", 30))


def shares(*told: tuple[str, int]) -> tuple[facts.MinimumShare, ...]:
    return tuple(facts.MinimumShare(at_least=Mark.of(text), percent=part) for text, part in told)


def sets(
    voice: Voice, told: Shares = USUAL, *, subject: str = "toan", column: str | None = None
) -> SetScoreTarget:
    asked = {"grade": 6, "subject": subject, "column": column, "shares": shares(*told)}
    return asks(voice, SetScoreTarget, **asked)


def target(told: Shares = USUAL, column: str | None = None) -> facts.ScoreTargetSet:
    return facts.ScoreTargetSet(
        department="toan-tin", grade=6, subject="toan", column=column, shares=shares(*told)
    )


def test_the_head_sets_a_target_for_all_columns_or_for_one() -> None:
    given().when(sets(TUAN)).then(target())
    given().when(sets(TUAN, column="midterm")).then(target(column="midterm"))


def test_the_same_target_again_is_nothing_new() -> None:
    given(target()).when(sets(TUAN)).then()


def test_an_empty_target_drops_the_one_before() -> None:
    given(target()).when(sets(TUAN, ())).then(target(()))
    given().when(sets(TUAN, ())).then()


@pytest.mark.parametrize("voice", [LAN, DUC])
def test_only_heads_set_targets(voice: Voice) -> None:
    given().when(sets(voice)).then_refused(NotForYourRole)


def test_the_head_of_another_department_may_not() -> None:
    other = VINH.acting_as(TUAN.author.role)
    given().when(sets(other)).then_refused(refusals.NotYourDepartment, subject="toan")
    given().when(sets(TUAN, subject="ngu-van")).then_refused(refusals.NotYourDepartment)


def test_a_target_is_for_a_subject_and_column_that_exist() -> None:
    given().when(sets(TUAN, subject="tin-hoc")).then_refused(SubjectNotPlanned)
    given().when(sets(TUAN, column="regular-5")).then_refused(NoSuchColumn, column="regular-5")


@pytest.mark.parametrize("text", ["4.0", "0.0", "passed", "exempt", ""])
def test_a_share_begins_at_a_bound_of_the_bands(text: str) -> None:
    given().when(sets(TUAN, ((text, 50),))).then_refused(refusals.TargetDoesNotFitSubject)


@pytest.mark.parametrize("told", [(("5.0", 50), ("5.0", 60)), (("5.0", 50), ("8.0", 51))])
def test_shares_that_no_marks_can_reach_are_refused(told: Shares) -> None:
    given().when(sets(TUAN, told)).then_refused(refusals.TargetsContradict)


def test_a_share_of_nought_or_all_and_equal_shares_are_fine() -> None:
    told = (("8.0", 0), ("5.0", 0), ("3.5", 100))
    given().when(sets(TUAN, told)).then(target(told))


def test_a_subject_with_comments_has_a_share_of_passed_alone() -> None:
    comments = SubjectPlanned(
        grade=6,
        subject="toan",
        kind=SubjectKind.COMMENT,
        lessons_per_year=35,
        regular_count=2,
        semesters=(1,),
    )
    year = evolve_year(NO_YEAR_YET, lines_of([*YEAR, comments]))
    story = given(known=Known({YEAR_NAME: year}, {}))
    story.when(sets(TUAN, (("passed", 95),))).then(target((("passed", 95),)))
    story.when(sets(TUAN)).then_refused(refusals.TargetDoesNotFitSubject, kind=SubjectKind.COMMENT)


def supervised(*past: facts.AnySupervisionFact) -> Supervision:
    return evolve_supervision(NOTHING_SUPERVISED, lines_of(past))


def test_a_column_has_its_own_target_or_that_of_all_columns() -> None:
    own, common = target((("5.0", 80),), "midterm"), target()
    state = supervised(common, own)
    assert state.target(6, "toan", "midterm") == own
    assert state.target(6, "toan", "final") == common
    assert state.target(7, "toan", "final") is None
    dropped = supervised(common, own, target((), "midterm"))
    assert dropped.target(6, "toan", "midterm") == common


@pytest.mark.parametrize(
    ("scores", "band"),
    [
        (("0", "1.9"), 0),
        (("2", "3.4"), 1),
        (("3.5", "4.9"), 2),
        (("5", "6.4"), 3),
        (("6.5", "7.9"), 4),
        (("8", "10"), 5),
    ],
)
def test_a_score_falls_into_one_band(scores: tuple[str, ...], band: int) -> None:
    assert {bands.band_of(Decimal(score)) for score in scores} == {band}


def test_only_marks_as_good_as_a_share_begins_at_reach_it() -> None:
    five, passed = shares(("5.0", 90), ("passed", 90))
    assert [text for text in ("4.9", "5.0", "10.0") if bands.reaches(MARKS[text], five)] == [
        *("5.0", "10.0"),
    ]
    assert bands.reaches(MARKS["passed"], passed)
    assert not any(
        bands.reaches(MARKS[text], share)
        for text in ("zero-by-rule", "exempt", "not-passed", "")
        for share in (five, passed)
    )
