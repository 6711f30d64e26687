"""The principal's approval: complete or refused, never changed, and always to be recomputed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as always
from hypothesis import settings
from hypothesis import strategies as st

from ledger.refusal import NotForYourRole
from ledger.results import commands, facts, refusals
from ledger.results.comparing import Difference, Part, differences
from ledger.results.completeness import MissingMark, OpenColumn, UnconfirmedEntries
from ledger.results.computing import class_results
from ledger.results.records import circular_named
from ledger.results.terms import Term
from ledger.school.facts import PolicyAdopted, PupilChangedClass, PupilLeftSchool, SubjectPlanned
from ledger.school.policy import SEED_REGULATION
from ledger.sheet.facts import MarkCorrected
from ledger.sheet.state import replay
from ledger.vocabulary import MarkState, PupilId, SubjectKind
from tests.ledger.results.scenario import (
    JANUARY,
    JUNE,
    Book,
    Frame,
    all_marks,
    complete,
)
from tests.school import (
    AN,
    BAO,
    DUC,
    HOA,
    KHOA,
    LAN,
    MAI,
    NGOC,
    Voice,
    corrected,
    entered,
    numbered_id,
)

FRAME = Frame()
WHY = "Sửa điểm theo biên bản số 3"
BOTH = (Term.SEMESTER_1, Term.SEMESTER_2)


def approval(
    book: Book, term: Term = Term.SEMESTER_1, voice: Voice = NGOC, reason: str | None = None
) -> commands.ApproveResults:
    return book.asks(voice.at(JANUARY), commands.ApproveResults, term=term, reason=reason)


def test_a_large_class_is_approved_on_several_lines() -> None:
    pupils = tuple(PupilId(numbered_id(3000 + number)) for number in range(90))
    book = complete(frame=replace(FRAME, pupils=pupils))
    approved, *continued = book.when(approval(book)).decided()
    assert isinstance(approved, facts.TermResultsApproved)
    assert [len(part.results) for part in (approved, *continued)] == [30, 30, 30]  # type: ignore[attr-defined]
    whole = book.approved(Term.SEMESTER_1).class_results("2026-2027", "6A1")
    (held,) = whole.approvals[Term.SEMESTER_1]
    assert tuple(each.pupil for each in held.fact.results) == pupils
    assert held.fact.basis == approved.basis
    # The next approval begins anew and leaves the first one whole.
    again = book.approved(Term.SEMESTER_1)
    assert not differences(again.records(), Term.SEMESTER_1)


def fact_of(book: Book, term: Term, reason: str | None = None) -> facts.TermResultsApproved:
    (fact,) = book.when(approval(book, term, reason=reason)).decided()
    assert isinstance(fact, facts.TermResultsApproved)
    return fact


def correct(book: Book, before: str, after: str, semester: int = 1) -> Book:
    """A correction of the final mark in maths was carried out."""
    fix: MarkCorrected = corrected(AN, "final", before, after)
    return book.later(semester, "toan", KHOA.wrote(fix))


def test_an_approval_holds_the_results_and_names_what_they_rest_on() -> None:
    book = complete(absent=2)
    approved = fact_of(book, Term.SEMESTER_1)
    assert approved.results == class_results(book.records(), Term.SEMESTER_1)
    assert (approved.revision, approved.reason) == (1, None)
    assert (approved.circular, approved.policy) == ("tt22", "other-subjects.1")
    sheets = [book.sheet_id(1, "6A1", subject) for subject in FRAME.subjects]
    assert [each.sheet for each in approved.basis] == sheets
    # One line opens a sheet, four enter marks, four close columns.
    assert {each.version for each in approved.basis} == {9}


def test_a_year_rests_on_the_sheets_of_both_semesters() -> None:
    book = complete().approved(*BOTH)
    assert len(fact_of(book, Term.YEAR).basis) == 2 * len(FRAME.subjects)


@pytest.mark.parametrize("voice", [HOA, DUC, KHOA, LAN])
def test_only_the_principal_approves(voice: Voice) -> None:
    book = complete()
    book.when(approval(book, voice=voice)).then_refused(NotForYourRole)


def test_who_acts_for_the_principal_approves_too() -> None:
    book, deputy = complete(), DUC.acting_as(NGOC.author.role).on_behalf_of(NGOC)
    assert len(book.when(approval(book, voice=deputy)).decided()) == 1


def test_what_is_approved_already_stays_quiet() -> None:
    book = complete().approved(Term.SEMESTER_1)
    book.when(approval(book, reason=WHY)).then_nothing_happens()


# The gate.


def test_everything_that_is_missing_is_told_at_once() -> None:
    by_secretary = MAI.on_behalf_of(LAN).wrote(entered(AN, "regular-1", "7.0"))
    bare = Book(FRAME)
    book = (
        bare.marks(1, AN, all_marks(FRAME))
        .column_marks(1, AN, "toan", {"midterm": "", "final": "awaiting-make-up"})
        .leaving_open(1, "ngu-van", "regular-2")
        .later(1, "gdcd", by_secretary)
    )
    months = ["2026-09", "2026-10", "2026-11", "2026-12"]
    book.when(approval(book)).then_refused(
        refusals.ResultsAreNotComplete,
        term=Term.SEMESTER_1,
        columns=(OpenColumn("6A1", 1, "ngu-van", "regular-2"),),
        marks=(
            MissingMark(AN, 1, "toan", "midterm", MarkState.BLANK),
            MissingMark(AN, 1, "toan", "final", MarkState.AWAITING_MAKE_UP),
        ),
        entries=(UnconfirmedEntries("6A1", 1, "gdcd", "regular-1", LAN.person),),
        conduct=((AN, Term.SEMESTER_1),),
        attendance=tuple((month, AN) for month in months),
        results=None,
        sheets=None,
        terms=None,
    )


def test_a_year_asks_for_both_semesters_first() -> None:
    book = complete()
    book.when(approval(book, Term.YEAR)).then_refused(
        refusals.ResultsAreNotComplete,
        terms=(("6A1", Term.SEMESTER_1), ("6A1", Term.SEMESTER_2)),
    )
    half = book.approved(Term.SEMESTER_1)
    half.when(approval(half, Term.YEAR)).then_refused(
        refusals.ResultsAreNotComplete, terms=(("6A1", Term.SEMESTER_2),)
    )


def test_a_year_asks_for_a_semester_anew_that_was_corrected_since() -> None:
    book = correct(complete().approved(*BOTH), "8.0", "9.0")
    book.when(approval(book, Term.YEAR)).then_refused(
        refusals.ResultsAreNotComplete, terms=(("6A1", Term.SEMESTER_1),)
    )
    again = book.approved(Term.SEMESTER_1)
    assert len(again.when(approval(again, Term.YEAR)).decided()) == 1


def test_a_result_that_no_mark_can_make_is_missing() -> None:
    book = complete().column_marks(1, AN, "toan", {"midterm": "exempt"})
    book.when(approval(book)).then_refused(
        refusals.ResultsAreNotComplete, results=((AN, "toan"),), marks=None
    )


def test_a_planned_subject_without_a_sheet_is_missing() -> None:
    late = SubjectPlanned(
        grade=6,
        subject="ngoai-ngu-2",
        kind=SubjectKind.SCORED,
        lessons_per_year=35,
        regular_count=2,
        semesters=(1,),
    )
    book = complete().year_went_on(KHOA.wrote(late))
    book.when(approval(book)).then_refused(
        refusals.ResultsAreNotComplete, sheets=(("6A1", 1, "ngoai-ngu-2"),), results=None
    )


def test_a_class_without_pupils_has_nothing_to_approve() -> None:
    book = complete()
    empty = book.asks(NGOC, commands.ApproveResults, term=Term.SEMESTER_1, class_group="6A2")
    book.when(empty).then_refused(refusals.ResultsAreNotComplete, nobody=True)


def test_who_has_left_keeps_nothing_back() -> None:
    frame = Frame(pupils=(AN, BAO))
    left = PupilLeftSchool(
        pupil=BAO, class_group="6A1", until=date(2026, 10, 5), reason="Chuyển trường"
    )
    book = complete(frame).marks(1, BAO, dict.fromkeys(frame.subjects, ""))
    book = book.year_went_on(KHOA.wrote(left))
    assert [each.pupil for each in fact_of(book, Term.SEMESTER_1).results] == [AN]


def test_the_former_class_approves_its_own_semester() -> None:
    moved = PupilChangedClass(
        pupil=AN,
        from_class="6A1",
        to_class="6A2",
        number=1,
        since=date(2027, 2, 1),
        reason="Theo đơn",
    )
    book = (
        complete()
        .marks(2, AN, all_marks(FRAME), "6A2")
        .conduct(Term.SEMESTER_2, "Tốt", "6A2")
        .attended(Term.SEMESTER_2, class_group="6A2")
        .year_went_on(KHOA.wrote(moved))
    )
    ask = book.asks(NGOC.at(JUNE), commands.ApproveResults, term=Term.YEAR, class_group="6A2")
    with_both = (("6A1", Term.SEMESTER_1), ("6A2", Term.SEMESTER_1), ("6A2", Term.SEMESTER_2))
    book.when(ask).then_refused(refusals.ResultsAreNotComplete, terms=with_both)


# Revisions.


def test_approved_results_stand_as_they_were_when_marks_are_corrected() -> None:
    book = complete().approved(Term.SEMESTER_1)
    later = correct(book, "8.0", "5.0")
    approved = later.class_results("2026-2027", "6A1").approved(Term.SEMESTER_1)
    assert approved is not None
    assert approved.fact.results == class_results(book.records(), Term.SEMESTER_1)
    # (8 + 8 + 16 + 15) / 7 = 6.71
    assert [each[2:4] for each in differences(later.records(), Term.SEMESTER_1)] == [
        (Part.SUBJECT, "toan")
    ]
    (difference,) = differences(later.records(), Term.SEMESTER_1)
    assert (str(difference.before), str(difference.after)) == ("8.0", "6.7")
    assert differences(book.records(), Term.SEMESTER_1) == []
    assert differences(later.records(), Term.SEMESTER_2) == []


def test_a_revision_stands_beside_the_first_and_has_a_reason() -> None:
    book = correct(complete().approved(Term.SEMESTER_1), "8.0", "5.0")
    book.when(approval(book)).then_refused(refusals.RevisionNeedsAReason, by=NGOC.person, at=JUNE)
    revised = fact_of(book, Term.SEMESTER_1, WHY)
    assert (revised.revision, revised.reason) == (2, WHY)
    again = book.approved(Term.SEMESTER_1)
    held = again.class_results("2026-2027", "6A1").approvals[Term.SEMESTER_1]
    assert [each.fact.revision for each in held] == [1, 2]


def test_a_pupil_who_left_after_the_approval_is_still_in_it() -> None:
    left = PupilLeftSchool(
        pupil=AN, class_group="6A1", until=date(2026, 12, 1), reason="Chuyển trường"
    )
    book = complete().approved(Term.SEMESTER_1).year_went_on(KHOA.wrote(left))
    assert differences(book.records(), Term.SEMESTER_1) == [
        Difference(AN, Term.SEMESTER_1, Part.LISTED, None, 1, 0)
    ]


# Approved results and their basis.

_marks = st.sampled_from(["0.0", "3.4", "4.9", "5.0", "6.5", "7.9", "8.0", "9.5", "exempt"])
_passed = st.sampled_from(["passed", "not-passed", "zero-by-rule", "exempt"])
_subjects = st.fixed_dictionaries(
    {
        code: _marks if kind is SubjectKind.SCORED else _passed
        for code, kind in FRAME.subjects.items()
    }
)


# Each example replays some fifty sheets several times.
@settings(max_examples=30)
@always(_subjects, _subjects, st.sampled_from(["0.0", "6.0", "10.0"]))
def test_approved_results_are_those_of_their_sheets_at_their_versions(
    first: dict[str, str], second: dict[str, str], later: str
) -> None:
    frame = Frame()
    book = complete(frame).marks(1, AN, {**first, "toan": "7.0"}).marks(2, AN, second)
    terms = [*BOTH, Term.YEAR]
    book = book.approved(*terms)
    moved = correct(book, "7.0", later).year_went_on(
        NGOC.wrote(
            PolicyAdopted(
                policy=SEED_REGULATION.model_copy(
                    update={"single_subject_policy": "imagined-good.1"}
                ),
                reason=WHY,
            )
        )
    )
    results = moved.class_results("2026-2027", "6A1")
    for term in terms:
        approved = results.approved(term)
        assert approved is not None
        fact, records = approved.fact, moved.records()
        sheets = {
            each.sheet: replay(moved.sheet_lines(each.sheet)[: each.version]) for each in fact.basis
        }
        policy = records.year.policy.model_copy(update={"single_subject_policy": fact.policy})
        then = replace(records, sheets=sheets, year=replace(records.year, policy=policy))
        assert then.circular == circular_named(fact.circular, fact.policy)
        assert class_results(then, term) == fact.results
