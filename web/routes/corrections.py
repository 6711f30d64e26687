"""The correction's list, its page, and its steps from confirming to executing."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID, uuid4

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.sheet.correction import CorrectionStatus
from ledger.sheet.grounds import CorrectionCause
from ledger.sheet.refusals import NoSuchCorrection
from ledger.vocabulary import CorrectionId
from projections.corrections import CorrectionView
from projections.dossiers import DossierView
from web.access.identity import SignedIn, User
from web.access.permissions import may_see_correction
from web.corrections.confirming import StepForm, confirming
from web.corrections.consequences import foresee
from web.corrections.page import number_of, timeline, visible_corrections, whose_turn
from web.corrections.steps import STEPS, Step, open_steps
from web.corrections.taking import take
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, see
from web.history_page import Blank
from web.rendering import render
from web.wording import registers
from web.wording import results as results_words

router = APIRouter()

OPEN: Final = tuple(status for status in CorrectionStatus if status.is_open)


class Tab(StrEnum):
    """The parts of the list."""

    FOR_ME = "cho-toi"
    OPEN = "dang-mo"
    DONE = "da-xong"


class StepPath(StrEnum):
    """The steps by the last part of their path."""

    CONFIRM = "xac-nhan"
    APPROVE = "duyet"
    ASK_BACK = "hoi-lai"
    REFUSE = "tu-choi"
    WITHDRAW = "rut"
    EXECUTE = "thuc-hien"


@router.get("/de-nghi")
def list_corrections(
    request: Request,
    desk: DeskDep,
    user: User,
    *,
    muc: Tab = Tab.FOR_ME,
    nam_hoc: Annotated[str | None, Blank] = None,
    nguyen_nhan: Annotated[CorrectionCause | None, Blank] = None,
) -> Response:
    names = desk.names()
    listed = desk.corrections.list(school_year=nam_hoc, cause=nguyen_nhan)
    seen = visible_corrections(desk, user, listed)
    parts = {
        Tab.FOR_ME: waiting_for(desk, user, seen),
        Tab.OPEN: [view for view in seen if view.status.is_open],
        Tab.DONE: [view for view in seen if not view.status.is_open],
    }
    names.pupils(line.pupil for view in parts[muc] for line in view.lines)
    return render(
        request,
        "corrections/list.html",
        here=muc,
        corrections=parts[muc],
        counts={tab: len(views) for tab, views in parts.items()},
        years=desk.corrections.years(),
        school_year=nam_hoc,
        cause=nguyen_nhan,
        asked=urlencode({"nam_hoc": nam_hoc or "", "nguyen_nhan": nguyen_nhan or ""}),
        names=names,
        number_of=number_of,
        filed=_filed(desk, parts[muc]),
        registers=registers,
    )


def _filed(desk: Desk, views: Sequence[CorrectionView]) -> Mapping[CorrectionId, DossierView]:
    """The biên bản of these corrections, as far as they have one."""
    done = [one.correction_id for one in views if one.status is CorrectionStatus.EXECUTED]
    return {one.correction_id: one for one in desk.dossiers.list(correction_ids=done)}


def waiting_for(
    desk: Desk, user: SignedIn, views: Iterable[CorrectionView]
) -> list[CorrectionView]:
    """The corrections in which this person has a step to take that moves them on."""
    return [
        view
        for view in views
        if view.status.is_open and any(step.moves_on for step in _open_steps(desk, user, view))
    ]


def _open_steps(desk: Desk, user: SignedIn, view: CorrectionView) -> list[Step]:
    return open_steps(
        user,
        desk.ledger.sheet(view.sheet_id),
        sheet_id=view.sheet_id,
        correction_id=view.correction_id,
        moment=desk.clock(),
    )


@router.get("/de-nghi/{correction_id}")
def show_correction(correction_id: UUID, request: Request, desk: DeskDep, user: User) -> Response:
    return correction_page(request, desk, user, visible_correction(desk, user, correction_id))


@router.post("/de-nghi/{correction_id}/{path}")
def take_step(
    correction_id: UUID,
    path: StepPath,
    *,
    request: Request,
    desk: DeskDep,
    user: User,
    form: Annotated[StepForm, Form()],
) -> Response:
    """Take one step; when it is refused the page is shown again and says why."""
    view, step = visible_correction(desk, user, correction_id), STEPS[path]
    try:
        said = _said(step, form.reason)
        take(request, desk, user, view=view, step=step, form=form, said=said)
    except Refused as refused:
        errors = FormErrors.of(request, refused)
        fresh = visible_correction(desk, user, correction_id)
        return correction_page(
            request, desk, user, fresh, errors=errors, reason=form.reason, tried=path
        )
    return see(f"/de-nghi/{correction_id}")


def _said(step: Step, text: str) -> dict[str, str]:
    """What the person says, where the step is more than a click; raises FormIncomplete."""
    if not step.says:
        return {}
    typed = Typed()
    said = {step.says: typed.reason(text, name=step.says, why=f"{step.says}-length")}
    typed.check()
    return said


def visible_correction(desk: Desk, user: SignedIn, correction_id: UUID) -> CorrectionView:
    """The correction; NoSuchCorrection alike where there is none and where it is not for them."""
    view = desk.corrections.find(CorrectionId(correction_id))
    if view is None or not may_see_correction(user, view, desk.ledger.sheet(view.sheet_id)):
        raise NoSuchCorrection
    return view


def correction_page(
    request: Request,
    desk: Desk,
    user: SignedIn,
    view: CorrectionView,
    *,
    errors: FormErrors = NO_ERRORS,
    reason: str = "",
    tried: str = "",
) -> Response:
    names = desk.names()
    names.pupils(line.pupil for line in view.lines)
    steps = {step.path: step for step in _open_steps(desk, user, view)}
    return render(
        request,
        "corrections/show.html",
        foreseen=foresee(desk, view),
        results=results_words,
        status=errors.status,
        correction=view,
        number=number_of(view),
        filed=desk.dossiers.find(view.correction_id),
        registers=registers,
        timeline=timeline(desk, view, names),
        turn=whose_turn(view, names),
        steps=steps,
        confirming=confirming(request, desk, user, view) if StepPath.APPROVE in steps else None,
        asks_password=not user.is_fresh(desk.clock()),
        command_id=uuid4(),
        names=names,
        errors=errors,
        reason=reason,
        tried=tried,
    )
