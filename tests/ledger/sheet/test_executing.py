"""Carrying out an approved correction: two people, one append, and the lock that ends it."""

import pytest

from ledger.refusal import NotForYourRole
from ledger.sheet import facts, refusals
from ledger.sheet.correction import CorrectionStatus
from ledger.vocabulary import BLANK, Role
from tests.ledger.sheet.correction_steps import (
    AGREED,
    APPROVED,
    ASKED,
    CARRIED_OUT,
    CONFIRMED,
    DONE,
    ENDED,
    EXECUTED,
    GRANTED,
    OFFICIAL,
    SEEN,
    VOIDED,
)
from tests.scenario import Past, given
from tests.school import (
    AN,
    BAO,
    CHI,
    DUC,
    FIX,
    FIX_AGAIN,
    HOA,
    KHOA,
    LAN,
    MAI,
    NGOC,
    NOW,
    REASON,
    TOMORROW,
    TUAN,
    VINH,
    Voice,
    corrected,
    requested,
)


@pytest.mark.parametrize(
    ("first", "second"), [(LAN, KHOA), (KHOA, LAN), (VINH, KHOA), (KHOA, VINH)]
)
def test_teacher_and_administrator_execute_it_in_either_order(first: Voice, second: Voice) -> None:
    given(*GRANTED).when(first.executes()).then(AGREED)
    given(*GRANTED, first.wrote(AGREED)).when(first.executes()).then_nothing_happens()
    given(*GRANTED, first.wrote(AGREED)).when(second.executes()).then(*CARRIED_OUT)


def test_all_cells_are_corrected_and_each_column_is_locked_in_one_append() -> None:
    closed = [facts.ColumnClosed(column=name) for name in ("midterm", "final", "regular-1")]
    asked = requested(
        (AN, "midterm", "6.5", "8.5"), (BAO, "midterm", "7.0", ""), (CHI, "final", "", "9.0")
    )
    steps = (asked, HOA.wrote(CONFIRMED), NGOC.wrote(APPROVED), KHOA.wrote(AGREED))
    past = (*OFFICIAL[:3], *closed, *steps)
    carried_out = (
        AGREED,
        corrected(AN, "midterm", "6.5", "8.5"),
        corrected(BAO, "midterm", "7.0", ""),
        corrected(CHI, "final", "", "9.0"),
        EXECUTED,
        facts.ColumnRelocked(correction_id=FIX, column="midterm"),
        facts.ColumnRelocked(correction_id=FIX, column="final"),
    )
    given(*past).when(LAN.executes()).then(*carried_out)
    sheet = given(*past, *(LAN.wrote(fact) for fact in carried_out)).sheet
    assert [sheet.is_locked(name, NOW) for name in ("midterm", "final", "regular-1")] == [
        True,
        True,
        False,
    ]
    assert sheet.cell((BAO, "midterm")).mark is BLANK


def test_the_lock_after_a_correction_ends_an_unlock() -> None:
    unlocked = NGOC.wrote(facts.SheetUnlocked(until=TOMORROW, reason=REASON))
    past = (*GRANTED, NGOC.wrote(facts.SheetLocked(reason=REASON)), unlocked)
    done = (*past, LAN.wrote(AGREED), *(KHOA.wrote(fact) for fact in CARRIED_OUT))
    given(*done).when(LAN.enters((CHI, "midterm", "9.0", 0))).then_refused(
        refusals.SheetIsLocked, by=KHOA.person, reason=REASON, until=None
    )


def test_nothing_is_executed_before_it_is_approved() -> None:
    for past in (ASKED, SEEN):
        for voice in (LAN, KHOA):
            given(*past).when(voice.executes()).then_refused(refusals.AwaitsApproval)


@pytest.mark.parametrize("voice", [HOA, NGOC, DUC, MAI, TUAN])
def test_nobody_else_executes(voice: Voice) -> None:
    given(*GRANTED).when(voice.executes()).then_refused(NotForYourRole)


def test_a_teacher_of_another_sheet_executes_nothing() -> None:
    left = facts.TeacherLeftSheet(teacher=VINH.person)
    given(*GRANTED, left).when(VINH.executes()).then_refused(refusals.NotYourSheet)


@pytest.mark.parametrize(
    ("past", "voice"),
    [
        (GRANTED, LAN.acting_as(Role.ADMINISTRATOR)),
        (GRANTED, NGOC.acting_as(Role.ADMINISTRATOR)),
        ((*GRANTED, VINH.wrote(AGREED)), VINH.acting_as(Role.ADMINISTRATOR)),
    ],
    ids=["who asked", "who approved", "who acts as the teacher"],
)
def test_another_person_executes_as_administrator(past: tuple[Past, ...], voice: Voice) -> None:
    given(*past).when(voice.executes()).then_refused(refusals.ExecutorsMustDiffer)


def test_who_approved_or_acts_as_administrator_does_not_execute_as_the_teacher() -> None:
    for voice, past in (
        (NGOC, GRANTED),
        (KHOA, (*GRANTED, KHOA.wrote(AGREED))),
    ):
        teaches = facts.TeacherJoinedSheet(teacher=voice.person)
        given(*past, teaches).when(voice.acting_as(Role.SUBJECT_TEACHER).executes()).then_refused(
            refusals.ExecutorsMustDiffer
        )


@pytest.mark.parametrize("past", ENDED.values(), ids=ENDED)
def test_a_settled_correction_goes_no_further(past: tuple[Past, ...]) -> None:
    commands = (HOA.confirms(), NGOC.approves(), NGOC.refuses(), LAN.executes(), KHOA.executes())
    for command in commands:
        given(*past).when(command).then_refused(refusals.CorrectionIsSettled)


def test_a_void_correction_goes_no_further() -> None:
    commands = (
        HOA.confirms(),
        NGOC.approves(),
        NGOC.refuses(),
        LAN.executes(),
        KHOA.executes(),
        LAN.withdraws(),
    )
    for command in commands:
        given(*GRANTED, VOIDED).when(command).then_refused(refusals.CorrectionIsVoid)


def test_there_is_no_step_in_a_correction_that_nobody_asked_for() -> None:
    commands = (
        HOA.confirms(FIX_AGAIN),
        NGOC.approves(FIX_AGAIN),
        NGOC.refuses(FIX_AGAIN),
        LAN.withdraws(FIX_AGAIN),
        LAN.executes(FIX_AGAIN),
        KHOA.executes(FIX_AGAIN),
    )
    for command in commands:
        given(*GRANTED).when(command).then_refused(refusals.NoSuchCorrection)


def test_the_state_remembers_who_took_which_step() -> None:
    correction = given(*DONE).sheet.corrections[FIX]
    assert correction.status is CorrectionStatus.EXECUTED
    assert (correction.requested_by, correction.approved_by) == (LAN.person, NGOC.person)
    assert (correction.teacher, correction.administrator) == (LAN.person, KHOA.person)
    assert not given(*DONE).sheet.in_correction
