"""Locking and unlocking a column or the whole sheet, and how each column stands."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.sheet.commands import AnyCommand, LockColumn, LockSheet, UnlockColumn, UnlockSheet
from ledger.sheet.refusals import NoSuchColumn, SheetNotOpen
from ledger.vocabulary import Author, Role, SheetId
from projections.gradebook import SheetPage
from web.access.identity import SignedIn, User
from web.access.permissions import LOCKS, may_see_sheet
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, command_id_of, see, take_password
from web.refusals import NotForYourEyes
from web.rendering import render
from web.wording import COLUMNS

router = APIRouter()

WHOLE_SHEET = "ca-bang"
NOTHING_TYPED: Mapping[str, str] = MappingProxyType({"reason": "", "until": "", "action": ""})


class Action(StrEnum):
    """What the form asks for."""

    LOCK = "khoa"
    UNLOCK = "mo-khoa"


@router.get("/so-diem/{sheet_id}/khoa")
def show_locks(
    sheet_id: UUID, request: Request, desk: DeskDep, user: User, cot: str = WHOLE_SHEET
) -> Response:
    return _page(request, desk, user, _sheet(desk, user, SheetId(sheet_id)), column=cot)


@router.post("/so-diem/{sheet_id}/khoa")
def lock_or_unlock(
    sheet_id: UUID,
    request: Request,
    *,
    desk: DeskDep,
    user: User,
    action: Annotated[Action, Form()],
    command_id: Annotated[UUID, Form()],
    column: Annotated[str, Form()] = WHOLE_SHEET,
    reason: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
    password: Annotated[str | None, Form()] = None,
) -> Response:
    """Lock, or unlock until a moment; when it is refused the page is shown again, saying why."""
    page = _sheet(desk, user, SheetId(sheet_id))
    typed = Typed()
    asked: dict[str, Any] = {
        "command_id": command_id_of(command_id),
        "sheet_id": page.card.sheet_id,
        "at": desk.clock(),
        "reason": typed.reason(reason, name=f"{action}-reason"),
    }
    if action is Action.UNLOCK:
        asked["until"] = typed.moment(until, name="until")
    try:
        typed.check()
        asked["by"] = _author(request, desk, user, action, password)
        desk.handle(_command(action, column, asked))
    except Refused as refused:
        fresh = _sheet(desk, user, SheetId(sheet_id))
        typed_text = {"reason": reason, "until": until, "action": action.value}
        errors = FormErrors.of(request, refused)
        return _page(request, desk, user, fresh, column=column, errors=errors, typed=typed_text)
    return see(f"/so-diem/{sheet_id}/khoa")


def _author(
    request: Request, desk: Desk, user: SignedIn, action: Action, password: str | None
) -> Author:
    """Who asks; an unlock asks for the password, but only of who may unlock at all."""
    if action is Action.LOCK:
        return user.trying_as(*LOCKS)
    if user.may_act_as(Role.PRINCIPAL):
        take_password(request, desk, user, password)
    return user.trying_as(Role.PRINCIPAL)


def _command(action: Action, column: str, asked: dict[str, Any]) -> AnyCommand:
    if column == WHOLE_SHEET:
        return LockSheet(**asked) if action is Action.LOCK else UnlockSheet(**asked)
    if column not in COLUMNS:
        raise NoSuchColumn(column=column)
    one = {**asked, "column": column}
    return LockColumn(**one) if action is Action.LOCK else UnlockColumn(**one)


def _sheet(desk: Desk, user: SignedIn, sheet_id: SheetId) -> SheetPage:
    page = desk.gradebook.sheet(sheet_id)
    if page is None:
        raise SheetNotOpen
    if not may_see_sheet(user, page.card):
        raise NotForYourEyes
    return page


def _page(
    request: Request,
    desk: Desk,
    user: SignedIn,
    page: SheetPage,
    *,
    column: str,
    errors: FormErrors = NO_ERRORS,
    typed: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    moment = desk.clock()
    return render(
        request,
        "locks/show.html",
        status=errors.status,
        card=page.card,
        columns=page.columns,
        moment=moment,
        column=column,
        may_lock=user.may_act_as(*LOCKS),
        may_unlock=user.may_act_as(Role.PRINCIPAL)
        and any(view.lock or view.locked_at(moment) for view in page.columns),
        asks_password=not user.is_fresh(moment),
        names=desk.names(),
        errors=errors,
        typed=typed,
    )
