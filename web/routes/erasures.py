"""Requests to erase personal data: their decision, the register, and how long data is kept."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from ledger.line import Fact, Line
from ledger.points import AtPosition
from ledger.privacy import facts
from ledger.privacy.commands import (
    PRIVACY_STREAM,
    ApproveErasure,
    DeclineErasure,
    SetRetention,
    WithdrawErasure,
)
from ledger.privacy.facts import ErasureId, Retention
from ledger.privacy.leaving import Leaver
from ledger.privacy.refusals import NoSuchErasure
from ledger.privacy.rules import WRITES_DOWN
from ledger.privacy.state import Erasure
from ledger.refusal import Refused
from ledger.vocabulary import PupilId, Role
from web.forms import NO_ERRORS, FormErrors, Typed, see
from web.privacy.at_hand import PRIVACY, PrivacyAtHand, PrivacyHand, typed_reason
from web.privacy.holding import disposable, holding_of
from web.progress.texts import typed_text
from web.wording.privacy_facts import privacy_sentence
from web.year.sent import Sent, SentForm

router = APIRouter(prefix=PRIVACY, include_in_schema=False)

_ON_A_PAGE: Final = 100
_MOST_YEARS: Final = 100


@router.get("/yeu-cau/{erasure_id}")
def show_erasure(hand: PrivacyHand, erasure_id: UUID) -> Response:
    """One request with what approving it would do."""
    return _page(hand, _erasure(hand, erasure_id))


@router.post("/yeu-cau/{erasure_id}/duyet")
def approve(hand: PrivacyHand, erasure_id: UUID, sent: Sent) -> Response:
    """Erase for ever, as the principal with the password."""
    hand.user.must_act_as(Role.PRINCIPAL)
    erasure = _erasure(hand, erasure_id)
    try:
        typed = Typed()
        if sent.text("understood") != "yes":
            typed.wrong("understood", "unseen")
        typed.check()
        leaver = Leaver(erasure.pupil, hand.privacy, hand.desk.ledger, hand.today)
        asked = hand.asked(sent.form_id, Role.PRINCIPAL)
        evidence = tuple(disposable(hand, leaver))
        command = ApproveErasure(**asked, erasure_id=erasure.erasure_id, evidence=evidence)
        hand.decide(command, sent.text("password"))
    except Refused as refused:
        return _page(hand, erasure, hand.errors(refused))
    return see(f"{PRIVACY}/yeu-cau/{erasure_id}")


@router.post("/yeu-cau/{erasure_id}/tu-choi")
def decline(hand: PrivacyHand, erasure_id: UUID, sent: Sent) -> Response:
    hand.user.must_act_as(Role.PRINCIPAL)
    erasure = _erasure(hand, erasure_id)
    try:
        reason = typed_reason(sent, "declining-reason")
        asked = hand.asked(sent.form_id, Role.PRINCIPAL)
        hand.desk.handle(DeclineErasure(**asked, erasure_id=erasure.erasure_id, reason=reason))
    except Refused as refused:
        return _page(hand, erasure, hand.errors(refused), sent)
    return see(f"{PRIVACY}/yeu-cau/{erasure_id}")


@router.post("/yeu-cau/{erasure_id}/rut")
def withdraw(hand: PrivacyHand, erasure_id: UUID, sent: Sent) -> Response:
    hand.user.must_act_as(*WRITES_DOWN)
    erasure = _erasure(hand, erasure_id)
    try:
        reason = typed_reason(sent, "withdrawing-reason")
        asked = hand.asked(sent.form_id, *WRITES_DOWN)
        hand.desk.handle(WithdrawErasure(**asked, erasure_id=erasure.erasure_id, reason=reason))
    except Refused as refused:
        return _page(hand, erasure, hand.errors(refused), sent)
    return see(f"{PRIVACY}/yeu-cau/{erasure_id}")


@router.get("/luu-giu")
def ask_for_retention(hand: PrivacyHand) -> Response:
    retention = hand.privacy.retention
    return _retention_page(hand, str(retention.years), retention.legal_basis)


@router.post("/luu-giu")
def set_retention(hand: PrivacyHand, sent: Sent) -> Response:
    """Set how long data is kept, as the principal with the password."""
    hand.user.must_act_as(Role.PRINCIPAL)
    try:
        typed = Typed()
        years = typed.number(sent.text("years"), name="years", least=1, most=_MOST_YEARS)
        basis = typed_text(typed, sent.text("legal_basis"), name="legal_basis")
        typed.check()
        assert years is not None, "checked"
        asked = hand.asked(sent.form_id, Role.PRINCIPAL)
        retention = Retention(years=years, legal_basis=basis)
        hand.decide(SetRetention(**asked, retention=retention), sent.text("password"))
    except Refused as refused:
        texts = sent.text("years"), sent.text("legal_basis")
        return _retention_page(hand, *texts, errors=hand.errors(refused))
    return see(PRIVACY)


@router.get("/so-theo-doi")
def register(hand: PrivacyHand, trang: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """What was decided about personal data, the newest first, with the positions in the ledger."""
    head = hand.desk.ledger.recorder.head().position
    lines = hand.desk.ledger.lines_until(PRIVACY_STREAM, AtPosition(head))[::-1]
    first = (trang - 1) * _ON_A_PAGE
    shown = [(line, _told(hand, line)) for line in lines[first : first + _ON_A_PAGE]]
    return hand.page(
        "register.html",
        lines=shown,
        number=trang,
        has_older=len(lines) > first + _ON_A_PAGE,
    )


def _told(hand: PrivacyAtHand, line: Line) -> str:
    pupil = _whose(hand, line.fact)
    return privacy_sentence(line.fact, hand.names.pupil(pupil) if pupil else "")


def _whose(hand: PrivacyAtHand, fact: Fact) -> PupilId | None:
    match fact:
        case facts.ErasureDeclined() | facts.ErasureWithdrawn():
            return hand.privacy.erasures[fact.erasure_id].pupil
        case facts.PersonalDataRestricted() | facts.RestrictionLifted():
            return fact.pupil
        case facts.ErasureRequested() | facts.PersonalDataErased():
            return fact.pupil
        case _:
            return None


def _erasure(hand: PrivacyAtHand, erasure_id: UUID) -> Erasure:
    erasure = hand.privacy.erasures.get(ErasureId(erasure_id))
    if erasure is None:
        raise NoSuchErasure
    return erasure


def _page(
    hand: PrivacyAtHand,
    erasure: Erasure,
    errors: FormErrors = NO_ERRORS,
    sent: SentForm | None = None,
) -> Response:
    hand = hand.afresh()
    erasure = hand.privacy.erasures[erasure.erasure_id]
    held = holding_of(hand, erasure.pupil)
    return hand.page(
        "erasure.html",
        errors=errors,
        erasure=erasure,
        held=held,
        obstacle=hand.sentence(held.obstacle) if held.obstacle else "",
        is_own=erasure.entered.by.person == hand.user.person,
        in_person=Role.PRINCIPAL in hand.user.roles,
        reason=sent.text("reason") if sent else "",
    )


def _retention_page(
    hand: PrivacyAtHand, years: str, legal_basis: str, *, errors: FormErrors = NO_ERRORS
) -> Response:
    return hand.page("retention.html", errors=errors, years=years, legal_basis=legal_basis)
