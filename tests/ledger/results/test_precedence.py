"""Where several refusals hold at once, a person is told the first; the order is the file's."""

import pytest

from ledger.refusal import NotForYourRole, Refused
from ledger.results import commands, facts, refusals
from ledger.results.commands import ResultsCommand
from ledger.results.terms import Term
from tests.ledger.results.scenario import GRADE_9_OF_2023, JANUARY, Book, complete
from tests.ledger.results.summers import HEAD, MATHS, approval, approved, reassesses, weak_year
from tests.ledger.results.test_summer import TOO_LATE
from tests.school import AN, CHI, DIEP, HOA, LAN, NGOC, QUYEN, Voice


def absences(
    book: Book, voice: Voice, *entries: tuple[object, int], month: str = "2026-10"
) -> ResultsCommand:
    listed = tuple(
        {"pupil": pupil, "with_leave": number, "without_leave": 31} for pupil, number in entries
    )
    return book.asks(voice, commands.RecordAttendance, month=month, absences=listed)


def conduct(book: Book, voice: Voice, level: str, term: Term) -> ResultsCommand:
    pupils = (facts.PupilConduct(pupil=AN, level=level),)
    return book.asks(voice, commands.AssessConduct, term=term, pupils=pupils)


FROZEN = complete().approved(Term.SEMESTER_1, at=JANUARY)
WEAK = weak_year()
SETTLED = approved(WEAK, leaving_absent=True)
LATE = HOA.at(TOO_LATE)

# Each row breaks the rule that it names, and as many of the later ones as it can.
ROWS: list[tuple[type[Refused], Book, ResultsCommand]] = [
    (NotForYourRole, FROZEN, absences(FROZEN, LAN, (CHI, 1), (CHI, 1), month="2030-01")),
    (
        refusals.NotHomeroomOfThisClass,
        FROZEN,
        absences(FROZEN, QUYEN, (CHI, 1), (CHI, 1), month="2030-01"),
    ),
    (
        refusals.PupilNotOnClassList,
        FROZEN,
        absences(FROZEN, HOA, (CHI, 1), (CHI, 1), month="2030-01"),
    ),
    (refusals.PupilNamedTwice, FROZEN, absences(FROZEN, HOA, (AN, 1), (AN, 1), month="2030-01")),
    (refusals.MonthOutsideSchoolYear, FROZEN, absences(FROZEN, HOA, (AN, 1), month="2030-01")),
    (refusals.MoreAbsencesThanDays, FROZEN, absences(FROZEN, HOA, (AN, 1))),
    (refusals.ConductYearIsComputed, FROZEN, conduct(FROZEN, HOA, "Yếu", Term.YEAR)),
    (refusals.LevelNotOfCircular, FROZEN, conduct(FROZEN, HOA, "Yếu", Term.SEMESTER_1)),
    (refusals.ResultsAreApproved, FROZEN, conduct(FROZEN, HOA, "Khá", Term.SEMESTER_1)),
    (refusals.PupilNotOnClassList, FROZEN, reassesses(FROZEN, MATHS, "", LATE, pupil=DIEP)),
    (refusals.YearIsNotApproved, FROZEN, reassesses(FROZEN, "ngu-van", "", LATE)),
    (refusals.NotOpenToReassessment, SETTLED, reassesses(SETTLED, "ngu-van", "", LATE)),
    (refusals.ResultDoesNotFitSubject, SETTLED, reassesses(SETTLED, MATHS, "", LATE)),
    (refusals.SummerIsApproved, SETTLED, reassesses(SETTLED, MATHS, "5.0", LATE)),
    (refusals.SummerIsOver, WEAK, reassesses(WEAK, MATHS, "5.0", LATE)),
    (NotForYourRole, FROZEN, approval(FROZEN, HOA)),
    (refusals.YearIsNotApproved, FROZEN, approval(FROZEN, HEAD)),
]


@pytest.mark.parametrize(("refusal", "book", "command"), ROWS)
def test_the_first_refusal_that_holds_is_told(
    refusal: type[Refused], book: Book, command: ResultsCommand
) -> None:
    book.when(command).then_refused(refusal)


def test_completeness_comes_before_the_reason_for_a_revision() -> None:
    book = FROZEN.conduct(Term.SEMESTER_1, "Khá").leaving_open(1, "toan", "final")
    ask = book.asks(NGOC.at(JANUARY), commands.ApproveResults, term=Term.SEMESTER_1)
    book.when(ask).then_refused(refusals.ResultsAreNotComplete)


def test_the_words_of_the_other_circular_are_no_levels_of_this_one() -> None:
    old = Book(GRADE_9_OF_2023)
    old.when(conduct(old, HOA, "Đạt", Term.YEAR)).then_refused(refusals.LevelNotOfCircular)
