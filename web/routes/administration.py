"""The administration's front page, the list of all sheets, and the deadline of one column."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.sheet.commands import MoveDeadline
from ledger.sheet.facts import Deadline
from ledger.sheet.refusals import SheetNotOpen
from ledger.vocabulary import Role, SheetId
from projections.gradebook import SheetPage
from web.access.identity import SignedIn, User
from web.access.permissions import SETS_UP
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, command_id_of, see
from web.privacy.at_hand import MANAGES
from web.rendering import render

router = APIRouter(prefix="/quan-tri")

Text = Annotated[str, Form()]


@router.get("")
def overview(request: Request, user: User) -> Response:
    user.must_act_as(*SETS_UP, *MANAGES)
    return render(
        request,
        "administration/overview.html",
        sets_up=user.may_act_as(*SETS_UP),
        manages_accounts=user.may_act_as(Role.ADMINISTRATOR, Role.PRINCIPAL),
        manages_personal_data=user.may_act_as(*MANAGES),
    )


@router.get("/so-diem")
def sheets(request: Request, desk: DeskDep, user: User) -> Response:
    """The sheets there are; a semester opens them, all together."""
    user.must_act_as(*SETS_UP)
    return render(request, "administration/sheets.html", cards=desk.gradebook.sheets())


@router.get("/so-diem/{sheet_id}")
def sheet(sheet_id: UUID, request: Request, desk: DeskDep, user: User) -> Response:
    user.must_act_as(*SETS_UP)
    return _sheet_page(request, desk, user, _sheet(desk, sheet_id))


@router.post("/so-diem/{sheet_id}/han-nhap")
def move_deadline(
    sheet_id: UUID,
    *,
    request: Request,
    desk: DeskDep,
    user: User,
    command_id: Annotated[UUID, Form()],
    column: Text = "",
    at: Text = "",
    reason: Text = "",
) -> Response:
    """Move the deadline of one column of one sheet, for one class that needs longer."""
    page = _sheet(desk, sheet_id)
    asked: dict[str, Any] = {
        "command_id": command_id_of(command_id),
        "sheet_id": page.card.sheet_id,
        "at": desk.clock(),
        "by": user.trying_as(Role.PRINCIPAL),
    }
    try:
        desk.handle(_deadline(asked, column, at, reason))
    except Refused as refused:
        user.must_act_as(*SETS_UP)  # Others learn that they may not, and nothing of the sheet.
        return _sheet_page(request, desk, user, page, FormErrors.of(request, refused))
    return see(f"/quan-tri/so-diem/{sheet_id}")


def _deadline(asked: dict[str, Any], column: str, at: str, reason: str) -> MoveDeadline:
    typed = Typed()
    moment = typed.moment(at, name="at")
    why = typed.reason(reason)
    typed.column(column, name="column")
    typed.check()
    assert moment is not None, "checked"
    return MoveDeadline(**asked, deadline=Deadline(column=column, at=moment), reason=why)


def _sheet(desk: Desk, sheet_id: UUID) -> SheetPage:
    page = desk.gradebook.sheet(SheetId(sheet_id))
    if page is None:
        raise SheetNotOpen
    return page


def _sheet_page(
    request: Request,
    desk: Desk,
    user: SignedIn,
    page: SheetPage,
    errors: FormErrors = NO_ERRORS,
) -> Response:
    names = desk.names()
    names.pupils(pupil.pupil for pupil in page.pupils)
    return render(
        request,
        "administration/sheet.html",
        status=errors.status,
        page=page,
        card=page.card,
        names=names,
        moves_deadlines=user.may_act_as(Role.PRINCIPAL),
        errors=errors,
    )
