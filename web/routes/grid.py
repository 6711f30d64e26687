"""The entry grid: showing it, saving what a plain form sends, closing and reopening columns."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from ledger.refusal import Refused
from ledger.sheet.commands import CloseColumn, ConfirmEntries, ReopenColumn
from ledger.sheet.refusals import NoSuchColumn
from ledger.vocabulary import Column, CommandId, PersonId, Reason, Role, SheetId
from projections.gradebook import SheetCard, SheetPage
from web.access.identity import SignedIn, User
from web.access.permissions import LOCKS, is_teacher_of
from web.desk import Desk, DeskDep
from web.distributions.asking import AskedMarks
from web.distributions.scope import SeenSheets
from web.grid.entering import Batch, CellOutcome, Outcome, save_cells
from web.grid.form import touched_cells
from web.grid.page import Grid, awaiting_columns, build_grid, hand_of
from web.problems import status_of
from web.rendering import render
from web.sheet_pages import (
    cell_message,
    reopening_author,
    visible_sheet,
    writing_author,
)
from web.wording import refusal_sentence

router = APIRouter(prefix="/so-diem/{sheet_id}", include_in_schema=False)


async def _fields(request: Request) -> FormData:
    """Every field of the form; a sheet of 50 pupils has a few hundred."""
    return await request.form(max_fields=2000)


Fields = Annotated[FormData, Depends(_fields)]
CommandIdField = Annotated[UUID, Form(alias="command_id")]


@router.get("")
def show_grid(
    request: Request,
    desk: DeskDep,
    user: User,
    sheet_id: UUID,
    *,
    thay: UUID | None = None,
    da_luu: Annotated[int | None, Query(ge=0)] = None,
) -> Response:
    page = visible_sheet(desk, user, sheet_id)
    return _grid_response(request, desk, user, page, on_behalf_of=thay, saved=da_luu)


@router.post("/diem")
def save_marks(
    request: Request, desk: DeskDep, user: User, sheet_id: UUID, fields: Fields
) -> Response:
    """Save what a plain form brings; what cannot be saved comes back at its cell as typed."""
    try:
        command_id = CommandId(UUID(str(fields["command_id"])))
        typed = tuple(touched_cells((name, str(text)) for name, text in fields.multi_items()))
        behalf = UUID(str(fields["on_behalf_of"])) if fields.get("on_behalf_of") else None
    except (KeyError, ValueError) as error:
        raise HTTPException(400) from error
    outcomes: Sequence[CellOutcome] = ()
    if typed:
        by = writing_author(desk, user, sheet_id, on_behalf_of=behalf)
        batch = Batch(command_id, SheetId(sheet_id), by, desk.clock(), typed)
        outcomes = save_cells(batch, handle=desk.handle, sheet_now=desk.ledger.sheet)
    problems = [outcome for outcome in outcomes if outcome.outcome is not Outcome.SAVED]
    if not problems:
        chosen = f"&thay={behalf}" if behalf else ""
        return RedirectResponse(f"/so-diem/{sheet_id}?da_luu={len(outcomes)}{chosen}", 303)
    page = visible_sheet(desk, user, sheet_id)
    return _grid_response(
        request, desk, user, page, on_behalf_of=behalf, problems=problems, status=422
    )


def _grid_response(
    request: Request,
    desk: Desk,
    user: SignedIn,
    page: SheetPage,
    *,
    on_behalf_of: UUID | None,
    saved: int | None = None,
    problems: Sequence[CellOutcome] = (),
    status: int = 200,
) -> Response:
    names, moment = desk.names(), desk.clock()
    asked = PersonId(on_behalf_of) if on_behalf_of else None
    hand = hand_of(user, page.card.teachers, on_behalf_of=asked)
    grid = build_grid(page, hand=hand, user=user, names=names, moment=moment, problems=problems)
    teaches = is_teacher_of(user, page.card)
    return render(
        request,
        "grid/show.html",
        status=status,
        card=page.card,
        grid=grid,
        hand=hand,
        names=names,
        saved=saved,
        filled=page.card.filled,
        awaiting=awaiting_columns(grid.heads) if teaches else [],
        may_close=teaches or user.may_act_as(Role.VICE_PRINCIPAL, Role.PRINCIPAL),
        may_lock=user.may_act_as(*LOCKS),
        may_ask=teaches,
        distribution=_distribution_of(desk, user, page.card),
        messages={problem.typed.place: cell_message(problem, names) for problem in problems},
    )


def _distribution_of(desk: Desk, user: SignedIn, card: SheetCard) -> str:
    """The address of the sheet's phổ điểm; empty for who may see the sheet and not that."""
    sees = SeenSheets(user, desk.ledger.year(card.school_year)).sees(card)
    return AskedMarks.of_sheet(card).link() if sees else ""


@router.get("/cot")
def show_columns(request: Request, desk: DeskDep, user: User, sheet_id: UUID) -> Response:
    """Every column with its state and what is missing, to choose the one to close."""
    page = visible_sheet(desk, user, sheet_id)
    return render(request, "grid/columns.html", **_columns_context(desk, user, page))


@router.get("/cot/{column}")
def show_column(
    request: Request, desk: DeskDep, user: User, sheet_id: UUID, column: Column
) -> Response:
    return _column_response(request, desk, user, sheet_id, column)


@router.post("/cot/{column}/chot")
def close_column(
    request: Request,
    desk: DeskDep,
    user: User,
    sheet_id: UUID,
    *,
    column: Column,
    command_id: CommandIdField,
    leaving_blanks: Annotated[bool, Form()] = False,
) -> Response:
    try:
        desk.handle(
            CloseColumn(
                command_id=CommandId(command_id),
                sheet_id=SheetId(sheet_id),
                by=user.trying_as(Role.SUBJECT_TEACHER),
                at=desk.clock(),
                column=column,
                leaving_blanks=leaving_blanks,
            )
        )
    except Refused as refusal:
        return _column_response(request, desk, user, sheet_id, column, refusal=refusal)
    return RedirectResponse(f"/so-diem/{sheet_id}/cot/{column}", 303)


@router.post("/cot/{column}/mo-lai")
def reopen_column(
    request: Request,
    desk: DeskDep,
    user: User,
    sheet_id: UUID,
    *,
    column: Column,
    command_id: CommandIdField,
    reason: Annotated[Reason, Form()],
) -> Response:
    try:
        desk.handle(
            ReopenColumn(
                command_id=CommandId(command_id),
                sheet_id=SheetId(sheet_id),
                by=reopening_author(desk, user, sheet_id),
                at=desk.clock(),
                column=column,
                reason=reason,
            )
        )
    except Refused as refusal:
        return _column_response(request, desk, user, sheet_id, column, refusal=refusal)
    return RedirectResponse(f"/so-diem/{sheet_id}/cot/{column}", 303)


@router.post("/cot/{column}/xac-nhan")
def confirm_entries(
    desk: DeskDep, user: User, sheet_id: UUID, column: Column, command_id: CommandIdField
) -> Response:
    desk.handle(
        ConfirmEntries(
            command_id=CommandId(command_id),
            sheet_id=SheetId(sheet_id),
            by=user.trying_as(Role.SUBJECT_TEACHER),
            at=desk.clock(),
            column=column,
        )
    )
    return RedirectResponse(f"/so-diem/{sheet_id}#cot-{column}", 303)


def _columns_context(desk: Desk, user: SignedIn, page: SheetPage) -> dict[str, Any]:
    names = desk.names()
    hand = hand_of(user, page.card.teachers, on_behalf_of=None)
    grid = build_grid(page, hand=hand, user=user, names=names, moment=desk.clock())
    return {
        "card": page.card,
        "grid": grid,
        "names": names,
        "blanks": {head.column: _blank_names(grid, head.column) for head in grid.heads},
        "teaches": is_teacher_of(user, page.card),
        "may_reopen": is_teacher_of(user, page.card)
        or user.may_act_as(Role.VICE_PRINCIPAL, Role.PRINCIPAL),
    }


def _blank_names(grid: Grid, column: str) -> list[str]:
    """The pupils still in the class who have nothing in the column."""
    return [
        row.name
        for row in grid.rows
        for cell in row.cells
        if cell.column == column and not cell.shown and not row.left
    ]


def _column_response(
    request: Request,
    desk: Desk,
    user: SignedIn,
    sheet_id: UUID,
    column: str,
    *,
    refusal: Refused | None = None,
) -> Response:
    """The page of one column, with the reason on top where something was refused."""
    page = visible_sheet(desk, user, sheet_id)
    context = _columns_context(desk, user, page)
    head = next((view for view in page.columns if view.column == column), None)
    if head is None:
        raise NoSuchColumn(column=column)
    return render(
        request,
        "grid/column.html",
        status=status_of(refusal) if refusal else 200,
        column=column,
        problem=refusal_sentence(refusal, desk.names()) if refusal else None,
        **context,
    )
