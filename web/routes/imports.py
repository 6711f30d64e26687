"""Marks from spreadsheets: choose a file, see what it would do, confirm."""

from http import HTTPStatus
from typing import Annotated, Final, TypeVar
from uuid import UUID

from fastapi import APIRouter, File, Form, HTTPException, Request, UploadFile
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError

from ledger.refusal import Refused
from ledger.sheet.commands import CellEntry
from ledger.sheet.refusals import NotYourSheet
from ledger.vocabulary import Author, PersonId, SheetId
from projections.gradebook import SheetPage
from web.access.identity import SignedIn, User
from web.desk import Desk, DeskDep
from web.forms import command_id_of, see
from web.grid.page import hand_of
from web.problems import sentence
from web.rendering import render
from web.sheet_pages import visible_sheet, writing_author
from web.spreadsheets.guard import UPLOAD_BYTES
from web.spreadsheets.importing import confirm_scores, preview_scores
from web.spreadsheets.matching import Preview
from web.spreadsheets.problem import FileRefused, Problem

router = APIRouter()

_T = TypeVar("_T")
_ENTRIES: Final[TypeAdapter[tuple[CellEntry, ...]]] = TypeAdapter(tuple[CellEntry, ...])
_MEGABYTES: Final = UPLOAD_BYTES // 1024**2

Upload = Annotated[UploadFile | None, File()]
Behalf = Annotated[str, Form()]


@router.get("/so-diem/{sheet_id}/nhap")
def choose_score_file(
    sheet_id: UUID, request: Request, desk: DeskDep, user: User, thay: UUID | None = None
) -> Response:
    page = visible_sheet(desk, user, sheet_id)
    return _score_upload(request, desk, user, page, on_behalf_of=thay)


@router.post("/so-diem/{sheet_id}/nhap")
def preview_score_file(
    sheet_id: UUID,
    request: Request,
    *,
    desk: DeskDep,
    user: User,
    file: Upload = None,
    on_behalf_of: Behalf = "",
) -> Response:
    """Show what the file would do; nothing is recorded and nothing of the file is kept."""
    page = visible_sheet(desk, user, sheet_id)
    by = _author(desk, user, page, on_behalf_of)
    try:
        preview = preview_scores(desk, by, sheet_id=page.card.sheet_id, content=_content_of(file))
    except FileRefused as refused:
        return _score_upload(
            request, desk, user, page, on_behalf_of=by.on_behalf_of, problem=refused.problem
        )
    return _score_preview(request, desk, by, page, preview)


@router.post("/so-diem/{sheet_id}/nhap/xac-nhan")
def confirm_score_file(
    sheet_id: UUID,
    desk: DeskDep,
    *,
    user: User,
    command_id: Annotated[UUID, Form()],
    entries: Annotated[str, Form()],
    on_behalf_of: Behalf = "",
) -> Response:
    """Enter what was previewed, all of it or nothing; a refusal is answered as everywhere."""
    behalf = UUID(on_behalf_of) if on_behalf_of else None
    previewed = _parsed(_ENTRIES, entries)
    confirmed = confirm_scores(
        desk,
        writing_author(desk, user, sheet_id, on_behalf_of=behalf),
        sheet_id=SheetId(sheet_id),
        entries=previewed,
        command_id=command_id_of(command_id),
    )
    chosen = f"&thay={behalf}" if behalf else ""
    return see(f"/so-diem/{sheet_id}?da_luu={len(confirmed)}{chosen}")


def _content_of(file: UploadFile | None) -> bytes:
    """The uploaded bytes, at most one more than is taken, so that the guard sees it is too much."""
    return file.file.read(UPLOAD_BYTES + 1) if file else b""


def _parsed(adapter: TypeAdapter[_T], text: str) -> _T:
    try:
        return adapter.validate_json(text)
    except ValidationError as broken:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY) from broken


def _author(desk: Desk, user: SignedIn, page: SheetPage, on_behalf_of: str) -> Author:
    behalf = PersonId(UUID(on_behalf_of)) if on_behalf_of else None
    if hand_of(user, page.card.teachers, on_behalf_of=behalf) is None:
        raise NotYourSheet
    return writing_author(desk, user, page.card.sheet_id, on_behalf_of=behalf)


def _score_upload(
    request: Request,
    desk: Desk,
    user: SignedIn,
    page: SheetPage,
    *,
    on_behalf_of: UUID | None,
    problem: Problem | None = None,
) -> Response:
    behalf = PersonId(on_behalf_of) if on_behalf_of else None
    hand = hand_of(user, page.card.teachers, on_behalf_of=behalf)
    if hand is None:
        raise NotYourSheet
    return render(
        request,
        "imports/choose_scores.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
        card=page.card,
        hand=hand,
        names=desk.names(),
        problem=problem,
        megabytes=_MEGABYTES,
    )


def _score_preview(
    request: Request, desk: Desk, by: Author, page: SheetPage, preview: Preview
) -> Response:
    refusal: Refused | None = preview.refusal
    return render(
        request,
        "imports/preview_scores.html",
        card=page.card,
        preview=preview,
        refusal=sentence(request, refusal) if refusal else None,
        entries=_ENTRIES.dump_json(preview.entries).decode(),
        on_behalf_of=by.on_behalf_of,
        names=desk.names(),
    )
