"""Dữ liệu cá nhân: find a pupil, what is held, restrict and lift, ask to erase."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from ledger.privacy.commands import LiftRestriction, RequestErasure, RestrictPersonalData
from ledger.privacy.facts import ErasureId, Ground, Requester
from ledger.privacy.rules import RESTRICTS, WRITES_DOWN
from ledger.refusal import Refused
from ledger.vocabulary import PupilId, Role
from web.forms import NO_ERRORS, FormErrors, Typed, see
from web.privacy.at_hand import PRIVACY, PrivacyAtHand, PrivacyHand, typed_reason
from web.privacy.finding import MOST_SHOWN, planned_years, pupils_of
from web.privacy.holding import holding_of
from web.wording import FACTS
from web.wording import results as results_words
from web.year.sent import Sent, SentForm

router = APIRouter(prefix=PRIVACY, include_in_schema=False)

_LONGEST_WANTED: Final = 80


@router.get("")
def overview(
    hand: PrivacyHand,
    nam: str = "",
    q: Annotated[str, Query(max_length=_LONGEST_WANTED)] = "",
) -> Response:
    """The requests that wait, and the pupils of a year: who has left, or who is looked for."""
    years = planned_years(hand.desk, hand.today)
    school_year = nam if nam in years else next(iter(years), "")
    found = (
        pupils_of(hand.desk.ledger.year(school_year), hand.names, q.strip(), hand.today)
        if school_year
        else []
    )
    hand.names.pupils(one.pupil for one in hand.privacy.waiting)
    return hand.page(
        "overview.html",
        years=years,
        school_year=school_year,
        wanted=q.strip(),
        found=found[:MOST_SHOWN],
        left_out=max(len(found) - MOST_SHOWN, 0),
    )


@router.get("/hoc-sinh/{pupil}")
def show_pupil(hand: PrivacyHand, pupil: UUID) -> Response:
    """What the school holds about one pupil, to be printed for whoever asks."""
    return _pupil_page(hand, PupilId(pupil))


@router.post("/hoc-sinh/{pupil}/han-che")
def restrict(hand: PrivacyHand, pupil: UUID, sent: Sent) -> Response:
    """Show the name no longer, though everything is kept."""
    try:
        asked = hand.asked(sent.form_id, *_own_first(hand))
        reason = typed_reason(sent, "restriction-reason")
        hand.desk.handle(RestrictPersonalData(**asked, pupil=PupilId(pupil), reason=reason))
    except Refused as refused:
        return _pupil_page(hand, PupilId(pupil), hand.errors(refused), sent)
    return see(f"{PRIVACY}/hoc-sinh/{pupil}")


@router.post("/hoc-sinh/{pupil}/thoi-han-che")
def lift(hand: PrivacyHand, pupil: UUID, sent: Sent) -> Response:
    hand.user.must_act_as(Role.PRINCIPAL)
    try:
        asked = hand.asked(sent.form_id, Role.PRINCIPAL)
        reason = typed_reason(sent, "restriction-reason")
        hand.desk.handle(LiftRestriction(**asked, pupil=PupilId(pupil), reason=reason))
    except Refused as refused:
        return _pupil_page(hand, PupilId(pupil), hand.errors(refused), sent)
    return see(f"{PRIVACY}/hoc-sinh/{pupil}")


@router.post("/hoc-sinh/{pupil}/yeu-cau-xoa")
def request_erasure(hand: PrivacyHand, pupil: UUID, sent: Sent) -> Response:
    """Write down on whose request and on which ground the data is to be erased."""
    try:
        typed = Typed()
        requested_by = sent.text("requested_by")
        if requested_by not in set(Requester):
            typed.wrong("requested_by", "no-requester")
        ground = sent.text("ground")
        if ground not in set(Ground):
            typed.wrong("ground", "no-ground")
        reason = typed.reason(sent.text("reason"), name="erasure-reason")
        asked = hand.asked(sent.form_id, *WRITES_DOWN)
        typed.check()
        hand.desk.handle(
            RequestErasure(
                **asked,
                erasure_id=ErasureId(sent.form_id),
                pupil=PupilId(pupil),
                requested_by=Requester(requested_by),
                ground=Ground(ground),
                reason=reason,
            )
        )
    except Refused as refused:
        return _pupil_page(hand, PupilId(pupil), hand.errors(refused), sent)
    return see(f"{PRIVACY}/yeu-cau/{sent.form_id}")


def _own_first(hand: PrivacyAtHand) -> list[Role]:
    """The roles that restrict, the person's own before one that is delegated."""
    return sorted(RESTRICTS, key=lambda role: role not in hand.user.roles)


def _pupil_page(
    hand: PrivacyAtHand,
    pupil: PupilId,
    errors: FormErrors = NO_ERRORS,
    sent: SentForm | None = None,
) -> Response:
    hand = hand.afresh()
    held = holding_of(hand, pupil)
    names = ("requested_by", "ground", "reason")
    return hand.page(
        "pupil.html",
        errors=errors,
        held=held,
        obstacle=hand.sentence(held.obstacle) if held.obstacle else "",
        waiting=hand.privacy.open_erasure_of(pupil),
        restricted=hand.privacy.restricted.get(pupil),
        erased=hand.privacy.erased.get(pupil),
        typed={name: sent.text(name) if sent else "" for name in names},
        facts=FACTS,
        results=results_words,
        moment=hand.desk.clock(),
    )
