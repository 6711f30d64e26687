"""Asking the requester of a correction something, the answer, and what waits for it."""

import pytest

from ledger.refusal import NotForYourRole
from ledger.sheet import facts, refusals
from ledger.sheet.correction import CorrectionStatus
from ledger.sheet.grounds import CorrectionRules
from ledger.vocabulary import Role
from tests.ledger.sheet.correction_steps import (
    ANSWERED,
    APPROVED,
    ASKED,
    ASKED_BACK,
    CONFIRMED,
    GRANTED,
    OFFICIAL,
    QUESTIONED,
    REFUSED,
    REQUESTED,
    SEEN,
    VOIDED,
    WITHDRAWN,
)
from tests.scenario import Past, given
from tests.school import (
    BOOK,
    DUC,
    FIX,
    HOA,
    KHOA,
    LAN,
    MAI,
    NGOC,
    PAPER,
    QUYEN,
    TUAN,
    VINH,
    Voice,
    opened_with,
)

SEEN_AND_QUESTIONED = (*SEEN, NGOC.wrote(ASKED_BACK))


@pytest.mark.parametrize("past", [ASKED, SEEN], ids=["requested", "confirmed"])
def test_the_principal_asks_back_until_approving(past: tuple[Past, ...]) -> None:
    given(*past).when(NGOC.asks_back()).then(ASKED_BACK)
    given(*GRANTED).when(NGOC.asks_back()).then_refused(refusals.AlreadyApproved)


def test_who_is_asked_to_confirm_asks_back_until_confirming() -> None:
    given(*ASKED).when(HOA.asks_back()).then(ASKED_BACK)
    given(*SEEN).when(HOA.asks_back()).then_refused(refusals.AwaitsApproval)
    asking = HOA.acting_as(Role.SUBJECT_TEACHER)
    teaches = facts.TeacherJoinedSheet(teacher=HOA.person)
    given(*OFFICIAL, teaches, asking.wrote(REQUESTED)).when(DUC.asks_back()).then(ASKED_BACK)


@pytest.mark.parametrize("voice", [LAN, KHOA, MAI, TUAN])
def test_nobody_else_asks_back(voice: Voice) -> None:
    given(*ASKED).when(voice.asks_back()).then_refused(NotForYourRole)


def test_the_homeroom_teacher_of_another_class_asks_nothing() -> None:
    given(*ASKED).when(QUYEN.asks_back()).then_refused(refusals.NotYourSheet)


def test_one_question_waits_at_a_time() -> None:
    given(*QUESTIONED).when(HOA.asks_back()).then_refused(refusals.CorrectionAwaitsAnswer)
    given(*QUESTIONED, ANSWERED).when(HOA.asks_back()).then(ASKED_BACK)


def test_nothing_is_decided_before_the_answer() -> None:
    given(*QUESTIONED).when(HOA.confirms()).then_refused(refusals.CorrectionAwaitsAnswer)
    given(*SEEN_AND_QUESTIONED).when(NGOC.approves()).then_refused(refusals.CorrectionAwaitsAnswer)
    given(*QUESTIONED, ANSWERED).when(HOA.confirms()).then(CONFIRMED)
    given(*SEEN_AND_QUESTIONED, ANSWERED).when(NGOC.approves()).then(APPROVED)


def test_a_school_without_confirmation_waits_for_the_answer_all_the_same() -> None:
    opened = opened_with(correction_rules=CorrectionRules(homeroom_confirms=False))
    past = (opened, *QUESTIONED[1:])
    given(*past).when(NGOC.approves()).then_refused(refusals.CorrectionAwaitsAnswer)
    given(*past, ANSWERED).when(NGOC.approves()).then(APPROVED)


def test_a_question_does_not_keep_it_from_being_refused_or_withdrawn() -> None:
    given(*QUESTIONED).when(NGOC.refuses()).then(REFUSED)
    given(*QUESTIONED).when(HOA.refuses()).then(REFUSED)
    given(*QUESTIONED).when(LAN.withdraws()).then(WITHDRAWN)


def test_who_asked_for_the_correction_answers_with_further_evidence() -> None:
    more = ANSWERED.model_copy(update={"evidence": (PAPER,)})
    given(*QUESTIONED).when(LAN.answers()).then(ANSWERED)
    given(*QUESTIONED).when(LAN.answers(evidence=(PAPER,))).then(more)
    assert given(*QUESTIONED, more).sheet.corrections[FIX].evidence == (BOOK, PAPER)
    again = ANSWERED.model_copy(update={"evidence": (BOOK,)})
    assert given(*QUESTIONED, again).sheet.corrections[FIX].evidence == (BOOK,)


def test_who_left_the_sheet_still_answers() -> None:
    left = facts.TeacherLeftSheet(teacher=LAN.person)
    given(*QUESTIONED, left).when(LAN.answers()).then(ANSWERED)


def test_nobody_answers_for_another() -> None:
    given(*QUESTIONED).when(VINH.answers()).then_refused(refusals.NotYourRequest)
    given(*QUESTIONED).when(HOA.answers()).then_refused(NotForYourRole)


def test_an_answer_needs_a_question() -> None:
    given(*ASKED).when(LAN.answers()).then_refused(refusals.NothingWasAsked)
    given(*QUESTIONED, ANSWERED).when(LAN.answers()).then_refused(refusals.NothingWasAsked)


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (REFUSED, refusals.CorrectionIsSettled),
        (WITHDRAWN, refusals.CorrectionIsSettled),
        (VOIDED, refusals.CorrectionIsVoid),
    ],
    ids=["refused", "withdrawn", "void"],
)
def test_what_has_ended_is_not_answered(
    end: facts.AnyFact, reason: type[refusals.CorrectionIsSettled]
) -> None:
    given(*QUESTIONED, end).when(LAN.answers()).then_refused(reason)


def test_a_question_changes_neither_the_status_nor_who_took_which_step() -> None:
    before, after = given(*SEEN).sheet, given(*SEEN_AND_QUESTIONED, ANSWERED).sheet
    assert after.corrections == before.corrections
    assert after.corrections[FIX].status is CorrectionStatus.CONFIRMED
