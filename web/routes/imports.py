"""Marks and class lists from spreadsheets: choose a file, see what it would do, confirm."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Annotated, Any, Final, TypeVar
from uuid import UUID

from fastapi import APIRouter, File, Form, HTTPException, Request, UploadFile
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError

from ledger.people import Pupil
from ledger.refusal import Refused
from ledger.sheet.commands import CellEntry
from ledger.sheet.refusals import NotYourSheet
from ledger.vocabulary import Author, PersonId, SheetId
from projections.gradebook import SheetPage
from web.access.identity import SignedIn, User
from web.access.permissions import SETS_UP
from web.desk import Desk, DeskDep
from web.forms import command_id_of, see
from web.grid.page import hand_of
from web.problems import sentence
from web.rendering import render
from web.sheet_pages import visible_sheet, writing_author
from web.spreadsheets.class_lists import ClassListPlan, ClassListPreview
from web.spreadsheets.guard import UPLOAD_BYTES
from web.spreadsheets.importing import (
    confirm_class_list,
    confirm_scores,
    preview_class_list,
    preview_scores,
)
from web.spreadsheets.matching import Preview
from web.spreadsheets.problem import FileRefused, Problem
from web.wording.forms import FIELD_PROBLEMS

router = APIRouter()

_T = TypeVar("_T")
_ENTRIES: Final[TypeAdapter[tuple[CellEntry, ...]]] = TypeAdapter(tuple[CellEntry, ...])
_MEGABYTES: Final = UPLOAD_BYTES // 1024**2
_NO_FAULTS: Final[Mapping[str, str]] = MappingProxyType({})

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


@router.get("/quan-tri/danh-sach-lop")
def choose_class_list(
    request: Request,
    desk: DeskDep,
    *,
    user: User,
    lop: str = "",
    nam_hoc: str = "",
    da_them: int | None = None,
) -> Response:
    """The form, and the list of the class if one is named."""
    user.must_act_as(*SETS_UP)
    return _list_upload(request, desk, class_group=lop, school_year=nam_hoc, joined=da_them)


@router.post("/quan-tri/danh-sach-lop")
def preview_class_list_file(
    request: Request,
    desk: DeskDep,
    *,
    user: User,
    class_group: Annotated[str, Form()] = "",
    school_year: Annotated[str, Form()] = "",
    file: Upload = None,
) -> Response:
    """Show what the list would do; nothing is recorded yet."""
    user.must_act_as(*SETS_UP)
    class_group, school_year = "".join(class_group.split()).upper(), school_year.strip()
    if faults := _faults(class_group, school_year):
        return _list_upload(
            request, desk, class_group=class_group, school_year=school_year, faults=faults
        )
    try:
        preview = preview_class_list(
            desk, school_year=school_year, class_group=class_group, content=_content_of(file)
        )
    except FileRefused as refused:
        return _list_upload(
            request,
            desk,
            class_group=class_group,
            school_year=school_year,
            problem=refused.problem,
        )
    return _list_preview(request, preview)


@router.post("/quan-tri/danh-sach-lop/xac-nhan")
def confirm_class_list_file(
    desk: DeskDep,
    user: User,
    command_id: Annotated[UUID, Form()],
    plan: Annotated[str, Form()],
) -> Response:
    """Put the pupils on the list and on the sheets of the class."""
    by = user.acting_as_one_of(*SETS_UP)
    asked = _parsed(TypeAdapter(ClassListPlan), plan)
    joined = confirm_class_list(desk, by, plan=asked, command_id=command_id_of(command_id))
    place = f"lop={asked.class_group}&nam_hoc={asked.school_year}"
    return see(f"/quan-tri/danh-sach-lop?{place}&da_them={joined}")


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


def _faults(class_group: str, school_year: str) -> dict[str, str]:
    """What is wrong with the fields, by name."""
    try:
        ClassListPlan(school_year=school_year, class_group=class_group, pupils=())
    except ValidationError as wrong:
        said = {"class_group": "no-class", "school_year": "school-year"}
        names = [str(error["loc"][0]) for error in wrong.errors()]
        return {name: FIELD_PROBLEMS[said[name]] for name in names}
    return {}


def _list_upload(
    request: Request,
    desk: Desk,
    *,
    class_group: str,
    school_year: str,
    faults: Mapping[str, str] = _NO_FAULTS,
    problem: Problem | None = None,
    joined: int | None = None,
) -> Response:
    today = desk.clock()
    begun = today.year if today.month >= 6 else today.year - 1
    return render(
        request,
        "imports/choose_class_list.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if faults or problem else HTTPStatus.OK,
        class_group=class_group,
        school_year=school_year or f"{begun}-{begun + 1}",
        listed=_class_list(desk, school_year, class_group),
        faults=faults,
        problem=problem,
        joined=joined,
        megabytes=_MEGABYTES,
    )


def _class_list(desk: Desk, school_year: str, class_group: str) -> list[tuple[int, Pupil]]:
    listed = desk.people.class_list(school_year, class_group)
    known = desk.people.pupils(entry.pupil_id for entry in listed)
    return [(each.number, known[each.pupil_id]) for each in listed if each.pupil_id in known]


def _list_preview(request: Request, preview: ClassListPreview) -> Response:
    context: dict[str, Any] = {"preview": preview, "plan": preview.plan.model_dump_json()}
    return render(request, "imports/preview_class_list.html", **context)
