"""Attendance, conduct and comments: who writes them down, of whom, and until when."""

from datetime import date

import pytest
from pydantic import ValidationError

from ledger.refusal import NotForYourRole
from ledger.results import commands, facts, refusals
from ledger.results.terms import Term, months_of
from ledger.school.facts import PupilLeftSchool
from ledger.school.refusals import NoSuchClass, YearNotPlanned
from tests.ledger.results.scenario import GRADE_9_OF_2023, JANUARY, Book, complete
from tests.school import AN, BAO, CHI, DUC, HOA, KHOA, LAN, NGOC, QUYEN, Voice

CLASS = {"school_year": "2026-2027", "class_group": "6A1"}
WHY = "Ghi nhầm buổi nghỉ"
A_DIGEST, ANOTHER = "a" * 64, "b" * 64


def absent(with_leave: int, without_leave: int = 0) -> facts.PupilAbsences:
    return facts.PupilAbsences(pupil=AN, with_leave=with_leave, without_leave=without_leave)


def attendance(
    book: Book, voice: Voice, *absences: facts.PupilAbsences, **changed: object
) -> commands.RecordAttendance:
    asked = {"month": "2026-10", "absences": absences, **changed}
    return book.asks(voice, commands.RecordAttendance, **asked)


def recorded(*absences: facts.PupilAbsences, reason: str | None = None) -> facts.AttendanceRecorded:
    return facts.AttendanceRecorded(**CLASS, month="2026-10", absences=absences, reason=reason)


def conduct(
    book: Book, voice: Voice, level: str, term: Term = Term.SEMESTER_1, **changed: object
) -> commands.AssessConduct:
    pupils = (facts.PupilConduct(pupil=AN, level=level),)
    return book.asks(voice, commands.AssessConduct, **{"term": term, "pupils": pupils, **changed})


@pytest.mark.parametrize("voice", [HOA, DUC, NGOC])
def test_who_leads_the_class_records_a_month(voice: Voice) -> None:
    Book().when(attendance(Book(), voice, absent(2, 1))).then(recorded(absent(2, 1)))


def test_no_absence_is_recorded_too() -> None:
    Book().when(attendance(Book(), HOA, absent(0))).then(recorded(absent(0)))


def test_a_month_is_corrected_by_a_new_fact_with_what_differs() -> None:
    book = Book().wrote(HOA.wrote(recorded(absent(2))))
    book.when(attendance(book, HOA, absent(0))).then(recorded(absent(0)))
    book.when(attendance(book, HOA, absent(2))).then_nothing_happens()


@pytest.mark.parametrize("voice", [LAN, KHOA])
def test_nobody_else_records_attendance(voice: Voice) -> None:
    Book().when(attendance(Book(), voice, absent(1))).then_refused(NotForYourRole)


def test_a_homeroom_teacher_writes_for_the_own_class_only() -> None:
    Book().when(attendance(Book(), QUYEN, absent(1))).then_refused(
        refusals.NotHomeroomOfThisClass, class_group="6A1"
    )


def test_only_pupils_of_the_class_list_are_written_down() -> None:
    stranger = facts.PupilAbsences(pupil=BAO, with_leave=0, without_leave=0)
    Book().when(attendance(Book(), HOA, stranger)).then_refused(
        refusals.PupilNotOnClassList, pupils=[BAO]
    )


def test_nobody_is_written_down_twice() -> None:
    Book().when(attendance(Book(), HOA, absent(1), absent(2))).then_refused(
        refusals.PupilNamedTwice, pupils=[AN]
    )


@pytest.mark.parametrize("month", ["2026-08", "2027-06", "2025-10"])
def test_only_months_of_the_school_year_have_attendance(month: str) -> None:
    Book().when(attendance(Book(), HOA, absent(1), month=month)).then_refused(
        refusals.MonthOutsideSchoolYear, month=month, first="2026-09", last="2027-05"
    )


def test_nobody_misses_more_sessions_than_a_month_has_days() -> None:
    book = Book()
    in_february = attendance(book, HOA, absent(20, 8), month="2027-02")
    assert len(book.when(in_february).decided()) == 1
    book.when(attendance(book, HOA, absent(20, 9), month="2027-02")).then_refused(
        refusals.MoreAbsencesThanDays, days=28, pupils=[AN]
    )


def test_absences_are_never_negative() -> None:
    with pytest.raises(ValidationError):
        absent(-1)


def test_a_class_or_year_that_is_not_there_has_no_results() -> None:
    book = Book()
    book.when(attendance(book, HOA, absent(1), class_group="6A9")).then_refused(NoSuchClass)
    book.when(attendance(book, HOA, absent(1), school_year="2030-2031")).then_refused(
        YearNotPlanned
    )


def test_a_month_counts_for_the_semester_in_which_it_ends() -> None:
    year = Book().year()
    assert months_of(year, Term.SEMESTER_1) == ["2026-09", "2026-10", "2026-11", "2026-12"]
    assert months_of(year, Term.SEMESTER_2) == [f"2027-0{month}" for month in range(1, 6)]
    assert len(months_of(year, Term.YEAR)) == 9


def test_conduct_is_in_the_words_of_the_circular_in_force() -> None:
    book = Book()
    assessed = facts.ConductAssessed(
        **CLASS, term=Term.SEMESTER_1, pupils=(facts.PupilConduct(pupil=AN, level="Đạt"),)
    )
    book.when(conduct(book, HOA, "Đạt")).then(assessed)
    book.wrote(HOA.wrote(assessed)).when(conduct(book, HOA, "Đạt")).then_nothing_happens()
    book.when(conduct(book, HOA, "Trung bình")).then_refused(
        refusals.LevelNotOfCircular,
        level="Trung bình",
        levels=["Tốt", "Khá", "Đạt", "Chưa đạt"],
    )
    old = Book(GRADE_9_OF_2023)
    assert len(old.when(conduct(old, HOA, "Trung bình")).decided()) == 1
    old.when(conduct(old, HOA, "Đạt")).then_refused(refusals.LevelNotOfCircular)


def test_conduct_of_a_year_is_judged_under_tt58_and_follows_under_tt22() -> None:
    book, old = Book(), Book(GRADE_9_OF_2023)
    book.when(conduct(book, HOA, "Tốt", Term.YEAR)).then_refused(
        refusals.ConductYearIsComputed, circular="tt22"
    )
    assert len(old.when(conduct(old, HOA, "Tốt", Term.YEAR)).decided()) == 1


def test_of_a_comment_there_is_its_hash_only() -> None:
    book = Book()
    comment = facts.PupilComment(pupil=AN, digest=A_DIGEST)
    asked = book.asks(HOA, commands.WriteHomeroomComments, term=Term.YEAR, comments=(comment,))
    written = facts.HomeroomCommentWritten(**CLASS, term=Term.YEAR, comments=(comment,))
    book.when(asked).then(written)
    book.wrote(HOA.wrote(written)).when(asked).then_nothing_happens()
    stranger = facts.PupilComment(pupil=CHI, digest=ANOTHER)
    book.when(asked.model_copy(update={"comments": (stranger,)})).then_refused(
        refusals.PupilNotOnClassList
    )


def test_what_approved_results_rest_on_is_frozen() -> None:
    book = complete().approved(Term.SEMESTER_1, at=JANUARY)
    frozen = {"term": Term.SEMESTER_1, "by": NGOC.person, "at": JANUARY}
    book.when(attendance(book, HOA, absent(3))).then_refused(refusals.ResultsAreApproved, **frozen)
    book.when(conduct(book, DUC, "Khá")).then_refused(refusals.ResultsAreApproved, **frozen)
    comment = facts.PupilComment(pupil=AN, digest=A_DIGEST)
    asked = {"term": Term.SEMESTER_1, "comments": (comment,)}
    book.when(book.asks(HOA, commands.WriteHomeroomComments, **asked)).then_refused(
        refusals.ResultsAreApproved, **frozen
    )


def test_other_terms_are_not_frozen_with_an_approved_one() -> None:
    book = complete().approved(Term.SEMESTER_1)
    assert book.when(attendance(book, HOA, absent(3), month="2027-03")).decided()
    assert book.when(conduct(book, HOA, "Khá", Term.SEMESTER_2)).decided()


def test_what_is_so_already_stays_quiet_even_when_frozen() -> None:
    book = complete().approved(Term.SEMESTER_1)
    book.when(conduct(book, HOA, "Tốt")).then_nothing_happens()


def test_the_principal_mends_a_frozen_part_with_a_reason() -> None:
    book = complete().approved(Term.SEMESTER_1)
    book.when(attendance(book, NGOC, absent(3), reason=WHY)).then(recorded(absent(3), reason=WHY))
    book.when(attendance(book, NGOC, absent(3))).then_refused(refusals.ResultsAreApproved)
    book.when(attendance(book, DUC, absent(3), reason=WHY)).then_refused(
        refusals.ResultsAreApproved
    )


def test_who_has_left_may_still_be_written_down() -> None:
    left = PupilLeftSchool(
        pupil=AN, class_group="6A1", until=date(2026, 11, 2), reason="Chuyển trường"
    )
    book = Book().year_went_on(KHOA.wrote(left))
    book.when(attendance(book, HOA, absent(1))).then(recorded(absent(1)))
