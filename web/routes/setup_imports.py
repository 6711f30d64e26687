"""Setting up a year from spreadsheets: class lists, staff, and who teaches what.

Each import is chosen, previewed and confirmed; between preview and confirmation the page carries
the plan, and nothing of the file stays on the server.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from types import MappingProxyType
from typing import Annotated, Any, Final, TypeVar
from uuid import UUID

from fastapi import APIRouter, File, Form, HTTPException, UploadFile
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError

from ledger.refusal import Refused
from ledger.vocabulary import PersonId, Role
from web.access.permissions import SETS_UP
from web.forms import FormErrors, Typed, command_id_of, see, take_password
from web.rendering import render
from web.spreadsheets.assignment_import import confirm_assignments, preview_assignments
from web.spreadsheets.assignments import AssignmentsPlan
from web.spreadsheets.class_list_import import (
    confirm_class_lists,
    has_differences,
    preview_class_lists,
)
from web.spreadsheets.class_names import class_named
from web.spreadsheets.empty_forms import ASSIGNMENTS, CLASS_LISTS, STAFF, EmptyForm, workbook_of
from web.spreadsheets.guard import UPLOAD_BYTES
from web.spreadsheets.listed_pupils import ClassListsPlan
from web.spreadsheets.problem import FileRefused, Problem
from web.spreadsheets.staff_import import confirm_staff, preview_staff
from web.spreadsheets.staff_lists import StaffPlan
from web.year.at_hand import YEARS, AtHand, YearAtHand

router = APIRouter(prefix=f"{YEARS}/{{school_year}}/nhap")

_T = TypeVar("_T")
_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Only the principal may let people decide, so who is principal acts as one.
_HIRES: Final = (Role.PRINCIPAL, Role.ADMINISTRATOR, Role.VICE_PRINCIPAL)


class Kind(StrEnum):
    """What a file is about; its place in the address."""

    CLASS_LISTS = "danh-sach"
    STAFF = "nhan-su"
    ASSIGNMENTS = "phan-cong"


_FORMS: Final[Mapping[Kind, tuple[EmptyForm, str]]] = MappingProxyType(
    {
        Kind.CLASS_LISTS: (CLASS_LISTS, "mau-danh-sach-hoc-sinh"),
        Kind.STAFF: (STAFF, "mau-nhan-su"),
        Kind.ASSIGNMENTS: (ASSIGNMENTS, "mau-phan-cong"),
    }
)

Upload = Annotated[UploadFile | None, File()]
Text = Annotated[str, Form()]
Ticked = Annotated[bool, Form()]
FormId = Annotated[UUID, Form()]


@router.get("/{kind}")
def choose_file(hand: AtHand, kind: Kind, da_ghi: str = "", lop: str = "") -> Response:
    return _choose(hand, kind, done=da_ghi, class_group=lop)


@router.get("/{kind}/tep-mau")
def empty_form(hand: AtHand, kind: Kind) -> Response:
    """The form to fill in, as a file."""
    form, name = _FORMS[kind]
    headers = {"Content-Disposition": f'attachment; filename="{name}-{hand.school_year}.xlsx"'}
    return Response(workbook_of(form, hand.school_year), media_type=_EXCEL, headers=headers)


@router.post("/danh-sach")
def preview_class_lists_file(hand: AtHand, file: Upload = None, class_group: Text = "") -> Response:
    """Show what the lists would do; nothing is recorded yet."""
    wanted = class_named(class_group, hand.year().classes) if class_group.strip() else ""
    if wanted is None:
        problem = Problem("class-unreadable-field", "", {"text": class_group.strip()})
        return _choose(hand, Kind.CLASS_LISTS, problem=problem, class_group=class_group)
    try:
        preview = preview_class_lists(
            hand.desk,
            school_year=hand.school_year,
            content=_content_of(file),
            wanted=wanted,
        )
    except FileRefused as refused:
        return _choose(hand, Kind.CLASS_LISTS, problem=refused.problem, class_group=class_group)
    return _preview(hand, Kind.CLASS_LISTS, preview)


@router.post("/danh-sach/xac-nhan")
def confirm_class_lists_file(
    hand: AtHand,
    *,
    command_id: FormId,
    plan: Text,
    take: Annotated[list[str], Form()] = [],  # noqa: B006 (FastAPI copies it)
    differences_seen: Ticked = False,
    new_classes_seen: Ticked = False,
) -> Response:
    """Form the classes and set their lists, all of it or nothing."""
    asked = _parsed(TypeAdapter(ClassListsPlan), plan)
    _is_of_this_year(hand, asked.school_year)
    try:
        typed = Typed()
        if not differences_seen and has_differences(hand.desk, asked):
            typed.wrong("differences_seen", "unseen")
        if not new_classes_seen and any(one.is_new for one in asked.classes):
            typed.wrong("new_classes_seen", "unseen")
        typed.check()
        recorded = confirm_class_lists(
            hand.desk,
            hand.user.acting_as_one_of(*SETS_UP),
            plan=asked,
            take=take,
            command_id=command_id_of(command_id),
        )
    except Refused as refused:
        ticked = {"differences_seen": differences_seen, "new_classes_seen": new_classes_seen}
        seen = tuple(name for name, is_seen in ticked.items() if is_seen)
        sent = _Sent(command_id, plan, tuple(take), seen)
        return _ask_again(hand, Kind.CLASS_LISTS, sent, hand.errors(refused))
    return see(f"{_path(hand, Kind.CLASS_LISTS)}?da_ghi={recorded.joined}")


@router.post("/nhan-su")
def preview_staff_file(hand: AtHand, file: Upload = None) -> Response:
    """Show what the list would do; nothing is recorded yet."""
    by = hand.user.acting_as_one_of(*_HIRES)
    try:
        preview = preview_staff(
            hand.desk, by, school_year=hand.school_year, content=_content_of(file)
        )
    except FileRefused as refused:
        return _choose(hand, Kind.STAFF, problem=refused.problem)
    return _preview(hand, Kind.STAFF, preview)


@router.post("/nhan-su/xac-nhan")
def confirm_staff_file(
    hand: AtHand,
    *,
    command_id: FormId,
    plan: Text,
    take: Annotated[list[UUID], Form()] = [],  # noqa: B006 (FastAPI copies it)
    password: Annotated[str | None, Form()] = None,
) -> Response:
    """Let the people join; the passwords are shown on the answer's page and never again."""
    asked = _parsed(TypeAdapter(StaffPlan), plan)
    by = hand.user.acting_as_one_of(*_HIRES)
    try:
        take_password(hand.request, hand.desk, hand.user, password)
        accounts = confirm_staff(
            hand.desk,
            by,
            school_year=hand.school_year,
            plan=asked,
            take=[PersonId(person) for person in take],
            command_id=command_id_of(command_id),
        )
    except Refused as refused:
        sent = _Sent(command_id, plan, tuple(map(str, take)))
        return _ask_again(hand, Kind.STAFF, sent, hand.errors(refused))
    return render(hand.request, "imports/new_accounts.html", hand=hand, accounts=accounts)


@router.post("/phan-cong")
def preview_assignments_file(hand: AtHand, file: Upload = None) -> Response:
    """Show who would teach what; nothing is recorded yet."""
    try:
        preview = preview_assignments(
            hand.desk, school_year=hand.school_year, content=_content_of(file)
        )
    except FileRefused as refused:
        return _choose(hand, Kind.ASSIGNMENTS, problem=refused.problem)
    return _preview(hand, Kind.ASSIGNMENTS, preview)


@router.post("/phan-cong/xac-nhan")
def confirm_assignments_file(hand: AtHand, *, command_id: FormId, plan: Text) -> Response:
    """Assign as previewed, all of it or nothing."""
    asked = _parsed(TypeAdapter(AssignmentsPlan), plan)
    _is_of_this_year(hand, asked.school_year)
    try:
        recorded = confirm_assignments(
            hand.desk,
            hand.user.acting_as_one_of(*SETS_UP),
            plan=asked,
            command_id=command_id_of(command_id),
        )
    except Refused as refused:
        sent = _Sent(command_id, plan)
        return _ask_again(hand, Kind.ASSIGNMENTS, sent, hand.errors(refused))
    changes = recorded.assigned + recorded.unassigned
    return see(f"{_path(hand, Kind.ASSIGNMENTS)}?da_ghi={changes}")


@dataclass(frozen=True, slots=True)
class _Sent:
    """What a confirmation carried, to be asked again."""

    command_id: UUID
    plan: str
    take: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()  # what was ticked as seen


def _path(hand: YearAtHand, kind: Kind) -> str:
    return f"{hand.path}/nhap/{kind}"


def _content_of(file: UploadFile | None) -> bytes:
    """The uploaded bytes, at most one more than is taken, so that the guard sees it is too much."""
    return file.file.read(UPLOAD_BYTES + 1) if file else b""


def _parsed(adapter: TypeAdapter[_T], text: str) -> _T:
    try:
        return adapter.validate_json(text)
    except ValidationError as broken:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY) from broken


def _is_of_this_year(hand: YearAtHand, school_year: str) -> None:
    if school_year != hand.school_year:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)


def _choose(
    hand: YearAtHand,
    kind: Kind,
    *,
    problem: Problem | None = None,
    class_group: str = "",
    done: str = "",
) -> Response:
    return render(
        hand.request,
        f"imports/choose_{_TEMPLATES[kind]}.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
        hand=hand,
        year=hand.year(),
        path=_path(hand, kind),
        problem=problem,
        class_group=class_group,
        done=int(done[:6]) if done.isascii() and done.isdecimal() else None,
        megabytes=UPLOAD_BYTES // 1024**2,
    )


_TEMPLATES: Final = MappingProxyType(
    {Kind.CLASS_LISTS: "class_lists", Kind.STAFF: "staff", Kind.ASSIGNMENTS: "assignments"}
)


def _preview(hand: YearAtHand, kind: Kind, preview: Any) -> Response:  # noqa: ANN401 (of a kind)
    return render(
        hand.request,
        f"imports/preview_{_TEMPLATES[kind]}.html",
        hand=hand,
        path=_path(hand, kind),
        preview=preview,
        plan=preview.plan.model_dump_json(exclude_none=True),
        names=hand.desk.names(),
        asks_password=not hand.user.is_fresh(hand.desk.clock()),
    )


def _ask_again(hand: YearAtHand, kind: Kind, sent: _Sent, errors: FormErrors) -> Response:
    """What was not confirmed, with the reason, as a form that sends the same again."""
    return render(
        hand.request,
        "imports/ask_again.html",
        status=errors.status,
        hand=hand,
        path=_path(hand, kind),
        sent=sent,
        errors=errors,
        asks_password=kind is Kind.STAFF and not hand.user.is_fresh(hand.desk.clock()),
    )
