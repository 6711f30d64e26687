"""Asking for a correction of official marks, confirming, approving, refusing, withdrawing."""

import pytest

from ledger.refusal import NotForYourRole
from ledger.sheet import facts, refusals
from ledger.sheet.grounds import CorrectionCause, CorrectionRules, EvidenceKind, FoundBy, LateReason
from ledger.vocabulary import Role
from tests.ledger.sheet.correction_steps import (
    AGREED,
    APPROVED,
    ASKED,
    CONFIRMED,
    DONE,
    ENDED,
    GRANTED,
    MIDTERM,
    OFFICIAL,
    REFUSED,
    REQUESTED,
    SEEN,
    WITHDRAWN,
)
from tests.scenario import Past, given
from tests.school import (
    AN,
    BAO,
    BOOK,
    DIEP,
    DUC,
    FIX_AGAIN,
    HOA,
    KHOA,
    LAN,
    MAI,
    NGOC,
    OPENED,
    OPENED_FOR_COMMENTS,
    PAPER,
    QUYEN,
    REASON,
    TUAN,
    VINH,
    Voice,
    entered,
    opened_with,
    requested,
)

FINAL_MARK, BOOK_CLOSED = LateReason.FINAL_MARK, LateReason.BOOK_CLOSED


def test_a_teacher_asks_for_a_correction() -> None:
    given(*OFFICIAL).when(LAN.requests(MIDTERM)).then(REQUESTED)


def test_a_request_says_what_went_wrong_and_who_found_it() -> None:
    asks = LAN.requests(MIDTERM, cause=CorrectionCause.RE_MARKED, found_by=FoundBy.PARENT)
    given(*OFFICIAL).when(asks).then(
        REQUESTED.model_copy(
            update={"cause": CorrectionCause.RE_MARKED, "found_by": FoundBy.PARENT}
        )
    )


def test_one_request_holds_several_cells() -> None:
    given(*OFFICIAL).when(LAN.requests(MIDTERM, (BAO, "midterm", "9.0", 3))).then(
        requested((AN, "midterm", "6.5", "8.5"), (BAO, "midterm", "7.0", "9.0"))
    )


def test_a_forgotten_mark_of_a_locked_column_is_corrected_too() -> None:
    locked = NGOC.wrote(facts.SheetLocked(reason=REASON))
    given(OPENED, locked).when(LAN.requests((AN, "final", "8.5", 0))).then(
        requested((AN, "final", "", "8.5"), late_because=(FINAL_MARK, BOOK_CLOSED))
    )


def test_an_official_mark_may_be_corrected_into_none() -> None:
    given(*OFFICIAL).when(LAN.requests((AN, "midterm", "", 2))).then(
        requested((AN, "midterm", "6.5", ""))
    )


def test_a_draft_needs_no_correction() -> None:
    given(OPENED, entered(AN, "midterm", "6.5")).when(LAN.requests(MIDTERM)).then_refused(
        refusals.MarkIsNotOfficial, cells=[(AN, "midterm")]
    )


def test_a_correction_changes_something() -> None:
    given(*OFFICIAL).when(LAN.requests((AN, "midterm", "6.5", 2))).then_refused(
        refusals.NothingToCorrect, cells=[(AN, "midterm")]
    )


def test_the_mark_to_correct_is_the_one_that_was_read() -> None:
    given(*OFFICIAL).when(LAN.requests((AN, "midterm", "8.5", 1))).then_refused(
        refusals.CellsMovedOn
    )


def test_a_cell_is_in_one_open_correction_at_a_time() -> None:
    again = LAN.requests(
        (BAO, "midterm", "9.0", 3), (AN, "midterm", "9.0", 2), correction_id=FIX_AGAIN
    )
    given(*ASKED).when(again).then_refused(refusals.CellIsInACorrection, cells=[(AN, "midterm")])


@pytest.mark.parametrize(
    "past", [ENDED["refused"], ENDED["withdrawn"]], ids=["refused", "withdrawn"]
)
def test_a_cell_of_a_settled_correction_may_be_corrected_again(past: tuple[Past, ...]) -> None:
    given(*past).when(LAN.requests(MIDTERM, correction_id=FIX_AGAIN)).then(
        requested((AN, "midterm", "6.5", "8.5"), correction_id=FIX_AGAIN)
    )


def test_a_corrected_mark_may_be_corrected_again() -> None:
    version = given(*DONE).sheet.cell((AN, "midterm")).version
    given(*DONE).when(LAN.requests((AN, "midterm", "9.0", version), correction_id=FIX_AGAIN)).then(
        requested((AN, "midterm", "8.5", "9.0"), correction_id=FIX_AGAIN)
    )


def test_a_correction_id_is_used_once() -> None:
    given(*ASKED).when(LAN.requests((BAO, "midterm", "9.0", 3))).then_refused(
        refusals.CorrectionIdReused
    )


def test_a_request_obeys_the_rules_of_entering() -> None:
    ask = given(*OFFICIAL)
    ask.when(LAN.requests(MIDTERM, MIDTERM)).then_refused(refusals.CellNamedTwice)
    ask.when(LAN.requests((AN, "midterm", "passed", 2))).then_refused(
        refusals.MarkDoesNotFitSubject
    )
    ask.when(LAN.requests((DIEP, "midterm", "8.5", 0))).then_refused(refusals.PupilNotOnSheet)
    ask.when(LAN.requests((AN, "regular-9", "8.5", 0))).then_refused(refusals.NoSuchColumn)


def test_the_mark_of_a_pupil_who_left_is_still_put_right() -> None:
    left = facts.PupilLeftSheet(pupil=AN)
    given(*OFFICIAL, left).when(LAN.requests(MIDTERM)).then(REQUESTED)


def test_no_correction_brings_a_zero_by_rule_into_a_regular_column() -> None:
    locked = NGOC.wrote(facts.SheetLocked(reason=REASON))
    given(*OFFICIAL, locked).when(
        LAN.requests((AN, "midterm", "zero-by-rule", 2), (AN, "regular-1", "zero-by-rule", 0))
    ).then_refused(refusals.ZeroByRuleIsForPeriodicTests, cells=[(AN, "regular-1")])


def test_an_assessment_of_a_comment_subject_is_corrected_the_same_way() -> None:
    closed = facts.ColumnClosed(column="midterm")
    given(OPENED_FOR_COMMENTS, entered(AN, "midterm", "not-passed"), closed).when(
        LAN.requests((AN, "midterm", "passed", 2))
    ).then(requested((AN, "midterm", "not-passed", "passed")))


def test_a_request_without_evidence_is_refused() -> None:
    given(*OFFICIAL).when(LAN.requests(MIDTERM, evidence=())).then_refused(
        refusals.EvidenceIsMissing, kinds=[]
    )


def test_the_school_demands_kinds_of_evidence() -> None:
    rules = CorrectionRules(demanded_evidence=(EvidenceKind.TEACHER_BOOK, EvidenceKind.TEST_PAPER))
    past = (opened_with(correction_rules=rules), *OFFICIAL[1:])
    given(*past).when(LAN.requests(MIDTERM)).then_refused(
        refusals.EvidenceIsMissing, kinds=[EvidenceKind.TEST_PAPER]
    )
    given(*past).when(LAN.requests(MIDTERM, evidence=(BOOK, PAPER))).then(
        REQUESTED.model_copy(update={"evidence": (BOOK, PAPER)})
    )


@pytest.mark.parametrize("voice", [HOA, NGOC, DUC, KHOA, MAI, TUAN])
def test_only_a_teacher_asks_for_a_correction(voice: Voice) -> None:
    given(*OFFICIAL).when(voice.requests(MIDTERM)).then_refused(NotForYourRole)


def test_only_a_teacher_of_the_sheet_asks_for_a_correction() -> None:
    given(OPENED).when(VINH.requests(MIDTERM)).then_refused(refusals.NotYourSheet)


def test_the_homeroom_teacher_confirms_once() -> None:
    given(*ASKED).when(HOA.confirms()).then(CONFIRMED)
    given(*SEEN).when(HOA.confirms()).then_nothing_happens()
    given(*GRANTED).when(HOA.confirms()).then_nothing_happens()


def test_the_homeroom_teacher_of_another_class_confirms_nothing() -> None:
    given(*ASKED).when(QUYEN.confirms()).then_refused(refusals.NotYourSheet)
    given(*ASKED).when(QUYEN.refuses()).then_refused(refusals.NotYourSheet)
    given(*ASKED, facts.HomeroomTeacherChanged(teacher=QUYEN.person)).when(QUYEN.confirms()).then(
        CONFIRMED
    )


@pytest.mark.parametrize("voice", [LAN, NGOC, KHOA, MAI, TUAN])
def test_nobody_else_confirms(voice: Voice) -> None:
    given(*ASKED).when(voice.confirms()).then_refused(NotForYourRole)


def test_the_vice_principal_confirms_where_the_homeroom_teacher_asked_and_only_there() -> None:
    asking = HOA.acting_as(Role.SUBJECT_TEACHER)
    teaches = facts.TeacherJoinedSheet(teacher=HOA.person)
    asked = (*OFFICIAL, teaches, asking.wrote(REQUESTED))
    given(*OFFICIAL, teaches).when(asking.requests(MIDTERM)).then(REQUESTED)
    given(*asked).when(HOA.confirms()).then_refused(refusals.RequesterMayNotConfirm)
    given(*asked).when(HOA.refuses()).then_refused(refusals.RequesterMayNotConfirm)
    given(*asked).when(DUC.confirms()).then(CONFIRMED)
    given(*asked).when(DUC.refuses()).then(REFUSED)
    given(*ASKED).when(DUC.confirms()).then_refused(NotForYourRole)
    given(*ASKED).when(DUC.refuses()).then_refused(NotForYourRole)


def test_the_vice_principal_does_not_confirm_a_request_of_his_own() -> None:
    teaches = facts.TeacherJoinedSheet(teacher=DUC.person)
    asked = (*OFFICIAL, teaches, DUC.acting_as(Role.SUBJECT_TEACHER).wrote(REQUESTED))
    given(*asked).when(DUC.confirms()).then_refused(refusals.RequesterMayNotConfirm)


def test_the_principal_approves_what_was_confirmed_once() -> None:
    given(*SEEN).when(NGOC.approves()).then(APPROVED)
    given(*GRANTED).when(NGOC.approves()).then_nothing_happens()
    given(*ASKED).when(NGOC.approves()).then_refused(refusals.AwaitsConfirmation)


def test_a_school_may_do_without_the_homeroom_teachers_confirmation() -> None:
    opened = opened_with(correction_rules=CorrectionRules(homeroom_confirms=False))
    given(opened, *ASKED[1:]).when(NGOC.approves()).then(APPROVED)


def test_who_acts_for_the_principal_approves_in_that_role() -> None:
    acting = DUC.acting_as(Role.PRINCIPAL).on_behalf_of(NGOC)
    given(*SEEN).when(acting.approves()).then(APPROVED)


def test_a_principal_who_teaches_does_not_approve_a_request_of_her_own() -> None:
    teaches = facts.TeacherJoinedSheet(teacher=NGOC.person)
    asked = (
        *OFFICIAL,
        teaches,
        NGOC.acting_as(Role.SUBJECT_TEACHER).wrote(REQUESTED),
        HOA.wrote(CONFIRMED),
    )
    given(*asked).when(NGOC.approves()).then_refused(refusals.RequesterMayNotApprove)
    acting = DUC.acting_as(Role.PRINCIPAL).on_behalf_of(NGOC)
    given(*asked).when(acting.approves()).then(APPROVED)


@pytest.mark.parametrize("voice", [LAN, HOA, DUC, KHOA, MAI, TUAN])
def test_nobody_but_the_principal_approves(voice: Voice) -> None:
    given(*SEEN).when(voice.approves()).then_refused(NotForYourRole)


def test_the_principal_refuses_until_approving() -> None:
    given(*ASKED).when(NGOC.refuses()).then(REFUSED)
    given(*SEEN).when(NGOC.refuses()).then(REFUSED)
    given(*GRANTED).when(NGOC.refuses()).then_refused(refusals.AlreadyApproved)


def test_the_homeroom_teacher_refuses_until_confirming() -> None:
    given(*ASKED).when(HOA.refuses()).then(REFUSED)
    given(*SEEN).when(HOA.refuses()).then_refused(refusals.AwaitsApproval)
    given(*GRANTED).when(HOA.refuses()).then_refused(refusals.AlreadyApproved)


@pytest.mark.parametrize("voice", [LAN, KHOA, MAI, TUAN])
def test_nobody_else_refuses(voice: Voice) -> None:
    given(*ASKED).when(voice.refuses()).then_refused(NotForYourRole)


@pytest.mark.parametrize("past", [ASKED, SEEN, GRANTED, (*GRANTED, KHOA.wrote(AGREED))])
def test_who_asked_withdraws_until_it_is_executed(past: tuple[Past, ...]) -> None:
    given(*past).when(LAN.withdraws()).then(WITHDRAWN)
    given(*past, WITHDRAWN).when(LAN.withdraws()).then_nothing_happens()


def test_who_left_the_sheet_may_still_withdraw() -> None:
    left = facts.TeacherLeftSheet(teacher=LAN.person)
    given(*ASKED, left).when(LAN.withdraws()).then(WITHDRAWN)


def test_nobody_withdraws_for_another() -> None:
    given(*ASKED).when(VINH.withdraws()).then_refused(refusals.NotYourRequest)
    given(*ASKED).when(NGOC.withdraws()).then_refused(NotForYourRole)
    given(*DONE).when(LAN.withdraws()).then_refused(refusals.CorrectionIsSettled)
