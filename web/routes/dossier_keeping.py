"""How long dossiers are kept, which time is over, and their disposal by two people."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from ledger.dossiers.commands import (
    DeclineDisposal,
    DisposeOfDossier,
    ProposeDisposal,
    SetKeeping,
)
from ledger.dossiers.facts import Keeping as KeepingRule
from ledger.dossiers.refusals import (
    DisposalNotProposed,
    DossierIsDisposed,
    DossierNotArchived,
    NoSuchDossier,
)
from ledger.dossiers.state import DossierStatus
from ledger.refusal import Refused
from ledger.vocabulary import CorrectionId, Role
from web.dossiers.at_hand import DOSSIERS, DossiersAtHand, DossiersHand
from web.dossiers.disposing import files_to_dispose_of
from web.dossiers.keeping import Kept, keeping_of
from web.forms import NO_ERRORS, FormErrors, Typed, see
from web.progress.texts import typed_text
from web.wording import registers as words
from web.year.sent import Sent, SentForm

KEEPING: Final = f"{DOSSIERS}/luu-giu"

router = APIRouter(prefix=KEEPING, include_in_schema=False)

_PROPOSES: Final = (Role.ADMINISTRATOR, Role.SECRETARY)
_SEES: Final = (*_PROPOSES, Role.VICE_PRINCIPAL, Role.PRINCIPAL)
_MOST_YEARS: Final = 100


@router.get("")
def overview(hand: DossiersHand) -> Response:
    hand.user.must_act_as(*_SEES)
    return _overview(hand)


@router.post("/de-nghi")
def propose(hand: DossiersHand, sent: Sent) -> Response:
    """Propose to dispose of the ticked dossiers: of all of them, or of none."""
    hand.user.must_act_as(*_PROPOSES)
    try:
        chosen = {text for text in sent.texts("dossier") if text}
        typed = Typed()
        if not chosen:
            typed.wrong("dossier", "no-dossier")
        reason = typed.reason(sent.text("reason"))
        typed.check()
        asked = hand.asked(sent.form_id, *_PROPOSES)
        over = keeping_of(hand.desk, hand.today).over
        found = [one.dossier for one in over if str(one.dossier.correction_id) in chosen]
        if len(found) < len(chosen):
            raise NoSuchDossier
        hand.desk.handle_together(
            [
                ProposeDisposal(
                    **asked,
                    school_year=one.school_year,
                    correction_id=one.correction_id,
                    reason=reason,
                )
                for one in found
            ]
        )
    except Refused as refused:
        return _overview(hand, hand.errors(refused), sent)
    return see(KEEPING)


@router.get("/thoi-han/{school_year}")
def ask_for_keeping(hand: DossiersHand, school_year: str) -> Response:
    hand.user.must_act_as(*_SEES)
    rule = _rule_of(hand, school_year)
    return _rule_page(hand, school_year, str(rule.years_after_leaving), rule.ordered_by)


@router.post("/thoi-han/{school_year}")
def set_keeping(hand: DossiersHand, school_year: str, sent: Sent) -> Response:
    """Decide how long a year's dossiers are kept, as the principal with the password."""
    hand.user.must_act_as(Role.PRINCIPAL)
    _rule_of(hand, school_year)
    try:
        typed = Typed()
        years = typed.number(sent.text("years"), name="years", least=0, most=_MOST_YEARS)
        ordered_by = typed_text(typed, sent.text("ordered_by"), name="ordered_by")
        typed.check()
        assert years is not None, "checked"
        asked = hand.asked(sent.form_id, Role.PRINCIPAL)
        rule = KeepingRule(years_after_leaving=years, ordered_by=ordered_by)
        command = SetKeeping(**asked, school_year=school_year, keeping=rule)
        hand.decide(command, sent.text("password"))
    except Refused as refused:
        texts = sent.text("years"), sent.text("ordered_by")
        return _rule_page(hand, school_year, *texts, errors=hand.errors(refused))
    return see(KEEPING)


@router.get("/{correction_id}")
def show(hand: DossiersHand, correction_id: UUID) -> Response:
    """One archived dossier with what disposing of it would destroy."""
    hand.user.must_act_as(*_SEES)
    return _decision_page(hand, _kept(hand, correction_id))


@router.post("/{correction_id}/tieu-huy")
def dispose(hand: DossiersHand, correction_id: UUID, sent: Sent) -> Response:
    """Destroy the files of a dossier for ever, as the principal with the password."""
    hand.user.must_act_as(Role.PRINCIPAL)
    kept = _kept(hand, correction_id)
    try:
        if not kept.proposed:
            raise DisposalNotProposed
        typed = Typed()
        if sent.text("understood") != "yes":
            typed.wrong("understood", "unseen")
        typed.check()
        asked = hand.asked(sent.form_id, Role.PRINCIPAL)
        command = DisposeOfDossier(**asked, **_address(kept), files=_files(hand, kept))
        hand.decide(command, sent.text("password"))
    except Refused as refused:
        return _decision_page(hand, kept, hand.errors(refused))
    return see(f"{DOSSIERS}?nam={kept.dossier.school_year}&muc=da-huy")


@router.post("/{correction_id}/giu-tiep")
def decline(hand: DossiersHand, correction_id: UUID, sent: Sent) -> Response:
    """Keep a dossier on, with the reason."""
    hand.user.must_act_as(Role.PRINCIPAL)
    kept = _kept(hand, correction_id)
    try:
        typed = Typed()
        reason = typed.reason(sent.text("reason"))
        typed.check()
        asked = hand.asked(sent.form_id, Role.PRINCIPAL)
        hand.desk.handle(DeclineDisposal(**asked, **_address(kept), reason=reason))
    except Refused as refused:
        return _decision_page(hand, kept, hand.errors(refused), sent)
    return see(KEEPING)


def _address(kept: Kept) -> dict[str, Any]:
    dossier = kept.dossier
    return {"school_year": dossier.school_year, "correction_id": dossier.correction_id}


def _files(hand: DossiersAtHand, kept: Kept) -> tuple[str, ...]:
    desk = hand.desk
    return files_to_dispose_of(kept.dossier, kept.correction, desk.dossiers, desk.corrections)


def _rule_of(hand: DossiersAtHand, school_year: str) -> KeepingRule:
    """The rule of a year that has dossiers; raises NoSuchDossier."""
    if school_year not in hand.desk.dossiers.years():
        raise NoSuchDossier
    return hand.desk.ledger.dossiers(school_year).keeping


def _kept(hand: DossiersAtHand, correction_id: UUID) -> Kept:
    found = hand.desk.dossiers.find(CorrectionId(correction_id))
    if found is None:
        raise NoSuchDossier
    if found.status is DossierStatus.DISPOSED:
        raise DossierIsDisposed(at=found.disposed_at, by=found.disposed_by)
    if found.status is not DossierStatus.ARCHIVED:
        raise DossierNotArchived
    kept = keeping_of(hand.desk, hand.today).kept
    return next(one for one in kept if one.dossier.correction_id == correction_id)


def _overview(
    hand: DossiersAtHand, errors: FormErrors = NO_ERRORS, sent: SentForm | None = None
) -> Response:
    keeping = keeping_of(hand.desk, hand.today)
    shown = (*keeping.proposed, *keeping.over)
    hand.names.pupils(line.pupil for one in shown for line in one.correction.lines)
    return hand.page(
        "keeping.html",
        errors=errors,
        keeping=keeping,
        proposes=not hand.user.roles.isdisjoint(_PROPOSES),
        decides=hand.user.may_act_as(Role.PRINCIPAL),
        chosen=set(sent.texts("dossier")) if sent else set(),
        reason=sent.text("reason") if sent else "",
        words=words,
    )


def _rule_page(
    hand: DossiersAtHand,
    school_year: str,
    years: str,
    ordered_by: str,
    *,
    errors: FormErrors = NO_ERRORS,
) -> Response:
    return hand.page(
        "keeping_rule.html",
        errors=errors,
        school_year=school_year,
        years=years,
        ordered_by=ordered_by,
        rule=_rule_of(hand, school_year),
        decides=hand.user.may_act_as(Role.PRINCIPAL),
        words=words,
    )


def _decision_page(
    hand: DossiersAtHand,
    kept: Kept,
    errors: FormErrors = NO_ERRORS,
    sent: SentForm | None = None,
) -> Response:
    dossiers = hand.desk.ledger.dossiers(kept.dossier.school_year)
    files = _files(hand, kept)
    hand.names.pupils(line.pupil for line in kept.correction.lines)
    return hand.page(
        "disposal.html",
        errors=errors,
        kept=kept,
        proposal=dossiers.of[kept.dossier.correction_id].disposal,
        rule=dossiers.keeping,
        files=files,
        staying=len({one.sha256 for one in kept.correction.evidence} - set(files)),
        decides=hand.user.may_act_as(Role.PRINCIPAL),
        reason=sent.text("reason") if sent else "",
        words=words,
    )
