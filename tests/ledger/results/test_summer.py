"""What the summer mends: subjects assessed again, conduct after training, and who goes up then."""

from datetime import UTC, datetime

import pytest

from ledger.circulars.outcomes import Outcome, Shortfall
from ledger.refusal import NotForYourRole
from ledger.results import facts, refusals
from ledger.results.promoting import NextClassList, next_class_list
from ledger.results.terms import Term
from ledger.vocabulary import Mark, SubjectKind
from tests.ledger.results.scenario import (
    AUGUST,
    GRADE_9_OF_2023,
    Book,
    Frame,
    all_marks,
    complete,
)
from tests.ledger.results.summers import (
    ART,
    CIVICS,
    CLASS,
    MATHS,
    TERMS,
    WEAK,
    after_tests,
    approval,
    approved,
    outcome,
    reassesses,
    trained,
    untrained_year,
    weak_year,
)
from tests.school import AN, BAO, CHI, DUC, HOA, KHOA, LAN, NGOC, QUYEN, corrected

LAST_MOMENT = datetime(2027, 8, 30, 16, 59, tzinfo=UTC)
TOO_LATE = datetime(2027, 8, 30, 17, 0, tzinfo=UTC)  # midnight in Việt Nam


# Subjects.


@pytest.mark.parametrize(("subject", "text"), [(MATHS, "0.0"), (CIVICS, "6.5"), (ART, "passed")])
def test_an_open_subject_is_assessed_again(subject: str, text: str) -> None:
    book = weak_year()
    fact = facts.SubjectReassessed(**CLASS, pupil=AN, subject=subject, result=Mark.of(text))
    book.when(reassesses(book, subject, text)).then(fact)
    book.wrote(HOA.wrote(fact)).when(reassesses(book, subject, text)).then_nothing_happens()


def test_other_subjects_are_not_open() -> None:
    book = weak_year()
    book.when(reassesses(book, "ngu-van", "9.0")).then_refused(
        refusals.NotOpenToReassessment, subject="ngu-van", subjects=[MATHS, CIVICS, ART]
    )


def test_before_the_year_is_approved_nothing_is_open() -> None:
    book = complete(marks=WEAK)
    for ask in (reassesses(book, MATHS, "5.0"), trained(book, "Đạt"), approval(book)):
        book.when(ask).then_refused(refusals.YearIsNotApproved)


@pytest.mark.parametrize(
    ("subject", "text", "kind"),
    [
        (MATHS, "passed", SubjectKind.SCORED),
        (MATHS, "exempt", SubjectKind.SCORED),
        (MATHS, "", SubjectKind.SCORED),
        (ART, "8.0", SubjectKind.COMMENT),
    ],
)
def test_a_result_is_one_of_its_subject(subject: str, text: str, kind: SubjectKind) -> None:
    book = weak_year()
    book.when(reassesses(book, subject, text)).then_refused(
        refusals.ResultDoesNotFitSubject, kind=kind
    )


def test_the_summer_is_complete_before_31_august() -> None:
    book = weak_year()
    assert book.when(reassesses(book, MATHS, "5.0", HOA.at(LAST_MOMENT))).decided()
    book.when(reassesses(book, MATHS, "5.0", HOA.at(TOO_LATE))).then_refused(refusals.SummerIsOver)


def test_who_leads_the_class_writes_the_summer_down() -> None:
    book = weak_year()
    assert book.when(reassesses(book, MATHS, "5.0", DUC.at(AUGUST))).decided()
    book.when(reassesses(book, MATHS, "5.0", LAN.at(AUGUST))).then_refused(NotForYourRole)
    book.when(reassesses(book, MATHS, "5.0", QUYEN.at(AUGUST))).then_refused(
        refusals.NotHomeroomOfThisClass
    )
    book.when(reassesses(book, MATHS, "5.0", pupil=BAO)).then_refused(refusals.PupilNotOnClassList)


# Conduct.


def test_conduct_is_assessed_again_after_training() -> None:
    book = untrained_year()
    fact = facts.ConductReassessed(**CLASS, pupil=AN, level="Đạt")
    book.when(trained(book, "Đạt")).then(fact)
    book.wrote(HOA.wrote(fact)).when(trained(book, "Đạt")).then_nothing_happens()
    book.when(trained(book, "Yếu")).then_refused(refusals.LevelNotOfCircular)
    book.when(trained(book, "Đạt", HOA.at(TOO_LATE))).then_refused(refusals.SummerIsOver)


def test_only_who_was_trained_is_assessed_in_conduct_again() -> None:
    book = weak_year()
    book.when(trained(book, "Khá")).then_refused(refusals.NotInConductTraining, pupils=[AN])


def test_who_was_trained_well_goes_up() -> None:
    book = untrained_year().wrote(
        HOA.wrote(facts.ConductReassessed(**CLASS, pupil=AN, level="Đạt"))
    )
    of_pupil = outcome(approved(book))
    assert (of_pupil.conduct, of_pupil.study) == ("Đạt", "Tốt")
    assert of_pupil.promotion.outcome is Outcome.PROMOTED_AFTER_SUMMER


# Who goes up.


def test_better_results_let_a_pupil_go_up_and_leave_the_year_as_it_was() -> None:
    book = approved(after_tests(weak_year(), toan="5.0", gdcd="5.0", nghe_thuat="passed"))
    of_pupil = outcome(book)
    assert of_pupil.promotion.outcome is Outcome.PROMOTED_AFTER_SUMMER
    assert {each.subject: each.result.text for each in of_pupil.subjects} == {
        MATHS: "5.0",
        CIVICS: "5.0",
        ART: "passed",
    }
    of_year = book.class_results("2026-2027", "6A1").approved_of(Term.YEAR, AN)
    assert of_year is not None
    assert of_year.study == facts.StudyResult(level="Chưa đạt", base="Chưa đạt")
    assert Mark.of("3.4") in {each.result for each in of_year.subjects}


def test_low_results_again_do_not() -> None:
    book = approved(after_tests(weak_year(), toan="0.0", gdcd="5.0", nghe_thuat="passed"))
    of_pupil = outcome(book)
    assert of_pupil.promotion == facts.PromotionResult(
        outcome=Outcome.NOT_PROMOTED,
        reasons=(Shortfall.STUDY, Shortfall.STUDY_AFTER_SUMMER),
    )


def test_the_summer_is_approved_when_everybody_is_settled() -> None:
    book = weak_year()
    book.when(approval(book)).then_refused(refusals.SummerIsNotComplete, pupils=[AN])
    assert outcome(approved(book, leaving_absent=True)).promotion.outcome is Outcome.NOT_PROMOTED


def test_only_the_principal_approves_the_summer() -> None:
    book = weak_year()
    book.when(approval(book, HOA.at(AUGUST), leaving_absent=True)).then_refused(NotForYourRole)


def test_an_approved_summer_is_closed_and_stays_quiet() -> None:
    book = approved(weak_year(), leaving_absent=True)
    book.when(approval(book, leaving_absent=True)).then_nothing_happens()
    book.when(reassesses(book, MATHS, "5.0")).then_refused(
        refusals.SummerIsApproved, by=NGOC.person, at=AUGUST
    )


def test_under_tt58_a_pupil_chooses_some_subjects_and_the_average_is_made_anew() -> None:
    frame = GRADE_9_OF_2023
    weak = all_marks(frame, "5.0", toan="3.0", vat_li="4.0")  # 47 / 10 = 4.7: Yếu
    book = complete(frame, weak).approved(*TERMS)
    may = datetime(2024, 8, 1, 1, 0, tzinfo=UTC)
    for pupil in frame.pupils:
        ask = reassesses(book, MATHS, "7.0", HOA.at(may), pupil=pupil)
        (fact,) = book.when(ask).decided()
        book = book.wrote(HOA.wrote(fact))
    (fact,) = book.when(approval(book, NGOC.at(may))).decided()
    assert isinstance(fact, facts.PromotionAfterSummerApproved)
    # 51 / 10 = 5.1, maths 7.0, physics 4.0 is no less than 3.5: Trung bình.
    assert [each.study for each in fact.pupils] == ["Trung bình"] * 3
    outcomes = {each.promotion.outcome for each in fact.pupils}
    assert outcomes == {Outcome.PROMOTED_AFTER_SUMMER}


# The next school year.


def test_the_next_class_list_tells_who_goes_up_who_stays_and_who_waits() -> None:
    frame = Frame(pupils=(AN, BAO, CHI))
    book = complete(frame)
    for semester in (1, 2):
        book = book.marks(semester, BAO, WEAK)
    absences = facts.PupilAbsences(pupil=CHI, with_leave=24, without_leave=0)
    for month in ("2026-10", "2026-11"):
        missed = facts.AttendanceRecorded(**CLASS, month=month, absences=(absences,))
        book = book.wrote(HOA.wrote(missed))
    assert next_class_list(book.class_results("2026-2027", "6A1")) == NextClassList()
    book = book.approved(*TERMS)
    results = book.class_results("2026-2027", "6A1")
    assert next_class_list(results) == NextClassList((AN,), (CHI,), (BAO,))
    passed = after_tests_of(book, BAO)
    results = approved(passed).class_results("2026-2027", "6A1")
    assert next_class_list(results) == NextClassList((AN, BAO), (CHI,))


def after_tests_of(book: Book, pupil: object) -> Book:
    for subject, text in {MATHS: "6.0", CIVICS: "6.0", ART: "passed"}.items():
        (fact,) = book.when(reassesses(book, subject, text, pupil=pupil)).decided()
        book = book.wrote(HOA.wrote(fact))
    return book


def test_a_year_that_is_approved_anew_opens_the_summer_again() -> None:
    book = approved(weak_year(), leaving_absent=True)
    fix = corrected(AN, "final", "3.4", "3.0")
    book = book.later(2, MATHS, KHOA.wrote(fix)).approved(Term.SEMESTER_2, Term.YEAR)
    results = book.class_results("2026-2027", "6A1")
    assert next_class_list(results) == NextClassList(undecided=(AN,))
    assert book.when(reassesses(book, MATHS, "5.0")).decided()
