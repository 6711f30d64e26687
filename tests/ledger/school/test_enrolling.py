"""Who is in which class, with which number; who comes, moves and leaves."""

from datetime import date

import pytest

from ledger.refusal import NotForYourRole
from ledger.school import commands, facts, refusals
from ledger.school.commands import YearCommand
from ledger.sheet import refusals as sheet_refusals
from ledger.sheet.facts import NumberedPupil
from ledger.vocabulary import Mark, PupilId
from tests.ledger.school.scenario import (
    AUTUMN,
    FIRST_DAY,
    FRAME,
    OPEN,
    PLANNED,
    READY,
    SPORTS,
    SPRING,
    SUMMER,
    WHY,
    asks,
    formed,
    given,
    listed,
    numbered,
    planned,
)
from tests.school import AN, BAO, CHI, CLOCKWORK, DIEP, DUC, EVERYBODY, KHOA, NGOC, Voice

Brought = tuple[str, int, str, str]  # subject, semester, column, the mark's stored text


def lists(voice: Voice, *pupils: PupilId, class_group: str = "6A1") -> commands.SetClassList:
    return asks(voice, commands.SetClassList, class_group=class_group, pupils=pupils, since=SUMMER)


def enrols(voice: Voice, *pupils: PupilId, class_group: str = "6A1") -> commands.EnrolPupils:
    return asks(voice, commands.EnrolPupils, class_group=class_group, pupils=pupils, since=AUTUMN)


def takes_in(
    voice: Voice, pupil: PupilId, *marks: Brought, class_group: str = "6A1"
) -> commands.TransferIn:
    return asks(
        voice,
        commands.TransferIn,
        pupil=pupil,
        class_group=class_group,
        since=AUTUMN,
        reason=WHY,
        marks=brought(*marks),
    )


def moves(
    voice: Voice, pupil: PupilId, to_class: str, since: date = AUTUMN
) -> commands.ChangeClass:
    return asks(
        voice, commands.ChangeClass, pupil=pupil, to_class=to_class, since=since, reason=WHY
    )


def leaves(voice: Voice, pupil: PupilId, until: date = AUTUMN) -> commands.LeaveSchool:
    return asks(voice, commands.LeaveSchool, pupil=pupil, until=until, reason=WHY)


def brought(*marks: Brought) -> tuple[facts.TransferredMark, ...]:
    return tuple(
        facts.TransferredMark(subject=subject, semester=semester, column=column, mark=Mark.of(text))
        for subject, semester, column, text in marks
    )


def enrolled(*entries: NumberedPupil, class_group: str = "6A1") -> facts.PupilsEnrolled:
    return facts.PupilsEnrolled(class_group=class_group, pupils=entries, since=AUTUMN)


def taken_in(pupil: PupilId, number: int, *marks: Brought) -> facts.PupilTransferredIn:
    return facts.PupilTransferredIn(
        pupil=pupil,
        class_group="6A1",
        number=number,
        since=AUTUMN,
        reason=WHY,
        marks=brought(*marks),
    )


def moved(
    pupil: PupilId, from_class: str, to_class: str, number: int, since: date = AUTUMN
) -> facts.PupilChangedClass:
    return facts.PupilChangedClass(
        pupil=pupil,
        from_class=from_class,
        to_class=to_class,
        number=number,
        since=since,
        reason=WHY,
    )


def left(pupil: PupilId, class_group: str = "6A1", until: date = AUTUMN) -> facts.PupilLeftSchool:
    return facts.PupilLeftSchool(pupil=pupil, class_group=class_group, until=until, reason=WHY)


def test_a_list_is_numbered_in_its_order_and_may_be_set_anew() -> None:
    given(*FRAME).when(lists(KHOA, BAO, AN)).then(listed("6A1", BAO, AN))
    given(*FRAME, listed("6A1", BAO, AN)).when(lists(KHOA, BAO, AN)).then_nothing_happens()
    given(*FRAME, listed("6A1", BAO, AN)).when(lists(KHOA, AN, BAO)).then(listed("6A1", AN, BAO))
    given(*FRAME, listed("6A1", BAO, AN)).when(lists(KHOA)).then(listed("6A1"))
    given(*FRAME).when(lists(KHOA)).then_nothing_happens()


def test_a_list_set_again_brings_back_who_had_left() -> None:
    told = (*FRAME, listed("6A1", AN, BAO), left(BAO))
    given(*told).when(lists(KHOA, AN, BAO)).then(listed("6A1", AN, BAO))


def test_once_sheets_have_the_numbers_no_list_is_set_as_a_whole() -> None:
    given(*OPEN).when(lists(KHOA, BAO, AN)).then_refused(
        refusals.SemesterAlreadyOpen, semesters=[1]
    )


def test_newcomers_go_to_the_end_in_their_order() -> None:
    given(*OPEN).when(enrols(KHOA, DIEP)).then(enrolled(*numbered(DIEP, first=3)))
    given(*OPEN).when(enrols(KHOA, BAO, DIEP)).then(enrolled(*numbered(DIEP, first=3)))
    given(*OPEN).when(enrols(KHOA, AN, BAO)).then_nothing_happens()


def test_a_number_is_given_once_in_a_year() -> None:
    given(*OPEN, left(BAO)).when(enrols(KHOA, DIEP)).then(enrolled(*numbered(DIEP, first=3)))


def test_who_comes_back_gets_the_old_number_again() -> None:
    old = NumberedPupil(pupil=AN, number=1)
    given(*OPEN, left(AN)).when(enrols(KHOA, DIEP, AN)).then(
        enrolled(old, NumberedPupil(pupil=DIEP, number=3))
    )
    given(*OPEN, left(AN)).when(takes_in(KHOA, AN)).then(taken_in(AN, 1))
    gone = moved(AN, "6A1", "6A2", 2)
    given(*OPEN, gone).when(moves(KHOA, AN, "6A1", SPRING)).then(moved(AN, "6A2", "6A1", 1, SPRING))


def test_a_pupil_stands_once_in_one_class() -> None:
    twice: list[YearCommand] = [lists(KHOA, DIEP, DIEP), enrols(KHOA, DIEP, AN, DIEP)]
    for command in twice:
        given(*READY).when(command).then_refused(refusals.PupilListedTwice, pupils=[DIEP])
    elsewhere: list[YearCommand] = [lists(KHOA, CHI), enrols(KHOA, CHI), takes_in(KHOA, CHI)]
    for command in elsewhere:
        given(*READY).when(command).then_refused(
            refusals.PupilInAnotherClass, pupils=[CHI], class_group="6A2"
        )
    given(*READY, left(CHI, "6A2")).when(enrols(KHOA, CHI)).then(enrolled(*numbered(CHI, first=3)))


def test_a_pupil_of_another_school_brings_marks_along_even_a_zero() -> None:
    marks: tuple[Brought, ...] = (("toan", 1, "regular-1", "0.0"), ("toan", 2, "midterm", "8.5"))
    given(*OPEN).when(takes_in(KHOA, DIEP, *marks)).then(taken_in(DIEP, 3, *marks))
    given(*OPEN, taken_in(DIEP, 3, *marks)).when(
        takes_in(KHOA, DIEP, *marks)
    ).then_nothing_happens()


def test_an_empty_cell_of_the_paper_is_no_mark() -> None:
    given(*OPEN).when(
        takes_in(KHOA, DIEP, ("toan", 1, "regular-1", ""), ("toan", 1, "midterm", "7.0"))
    ).then(taken_in(DIEP, 3, ("toan", 1, "midterm", "7.0")))


@pytest.mark.parametrize("semester", [1, 2], ids=["open", "not open yet"])
def test_a_mark_that_no_sheet_takes_is_refused_at_once(semester: int) -> None:
    """Found only when the second semester is opened, it would keep all of it from being opened."""
    told = (*OPEN, SPORTS, planned("tin-hoc", semesters=()))
    sports = "giao-duc-the-chat"
    for reason, marks in (
        (refusals.SubjectNotPlanned, [("vat-li", semester, "midterm", "8.0")]),
        (refusals.SubjectNotPlanned, [("tin-hoc", semester, "midterm", "8.0")]),
        (sheet_refusals.NoSuchColumn, [("toan", semester, "regular-5", "8.0")]),
        (sheet_refusals.NoSuchColumn, [(sports, semester, "regular-3", "passed")]),
        (sheet_refusals.MarkDoesNotFitSubject, [("toan", semester, "midterm", "passed")]),
        (sheet_refusals.MarkDoesNotFitSubject, [(sports, semester, "midterm", "8.0")]),
        (sheet_refusals.CellNamedTwice, [("toan", semester, "final", "8.0")] * 2),
    ):
        given(*told).when(takes_in(KHOA, DIEP, *marks)).then_refused(reason)


def test_a_pupil_changes_to_a_class_of_the_same_grade() -> None:
    given(*OPEN).when(moves(KHOA, AN, "6A2")).then(moved(AN, "6A1", "6A2", 2))
    given(*OPEN).when(moves(KHOA, AN, "6A1")).then_nothing_happens()
    given(*OPEN, formed("7A1", 7)).when(moves(KHOA, AN, "7A1")).then_refused(
        refusals.ClassOfAnotherGrade, from_class="6A1", to_class="7A1"
    )


def test_who_is_in_no_class_neither_moves_nor_leaves() -> None:
    for command in (moves(KHOA, DIEP, "6A2"), leaves(KHOA, DIEP)):
        given(*OPEN).when(command).then_refused(refusals.PupilNotInSchool, pupils=[DIEP])
    given(*OPEN, left(AN)).when(leaves(KHOA, AN)).then_refused(refusals.PupilNotInSchool)


def test_a_pupil_leaves() -> None:
    given(*OPEN).when(leaves(KHOA, AN)).then(left(AN))


def test_nobody_moves_or_leaves_before_having_come() -> None:
    told = (*OPEN, enrolled(*numbered(DIEP, first=3)))
    for command in (moves(KHOA, DIEP, "6A2", FIRST_DAY), leaves(KHOA, DIEP, FIRST_DAY)):
        given(*told).when(command).then_refused(
            refusals.DaysInWrongOrder, first=AUTUMN, last=FIRST_DAY
        )


def test_the_class_must_be_there() -> None:
    asked: list[YearCommand] = [
        lists(KHOA, AN, class_group="6A9"),
        enrols(KHOA, AN, class_group="6A9"),
        takes_in(KHOA, AN, class_group="6A9"),
        moves(KHOA, AN, "6A9"),
    ]
    for command in asked:
        given(PLANNED).when(command).then_refused(refusals.NoSuchClass, class_group="6A9")


SETS_UP = (KHOA, DUC, NGOC, CLOCKWORK)


@pytest.mark.parametrize("voice", SETS_UP, ids=lambda voice: voice.author.role)
def test_whoever_sets_up_the_year_keeps_the_lists(voice: Voice) -> None:
    given(*OPEN).when(enrols(voice, DIEP)).then(enrolled(*numbered(DIEP, first=3)))
    given(*OPEN).when(leaves(voice, AN)).then(left(AN))


@pytest.mark.parametrize(
    "voice", [v for v in EVERYBODY if v not in SETS_UP], ids=lambda voice: voice.author.role
)
def test_nobody_else_keeps_the_lists(voice: Voice) -> None:
    asked: list[YearCommand] = [
        lists(voice, AN),
        enrols(voice, DIEP),
        takes_in(voice, DIEP),
        moves(voice, AN, "6A2"),
        leaves(voice, AN),
    ]
    for command in asked:
        given(*OPEN).when(command).then_refused(NotForYourRole, role=voice.author.role)
