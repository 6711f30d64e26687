"""Opening sheets, and the pupils and teachers who join and leave them."""

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.sheet import commands
from ledger.sheet.facts import Deadline
from ledger.sheet.refusals import SheetNotOpen
from ledger.vocabulary import PersonId, PupilId, Role, SheetId
from projections.gradebook import SheetPage
from web.access.identity import SignedIn, User
from web.access.permissions import SETS_UP
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, command_id_of, see
from web.moments import VIETNAM
from web.opening_form import OpeningForm, understood
from web.refusals import ClassHasNoList
from web.rendering import render

router = APIRouter(prefix="/quan-tri")

Text = Annotated[str, Form()]


class Change(StrEnum):
    """What the forms of a sheet's people ask for, each with a path of its own."""

    ADD_TEACHER = "them-giao-vien"
    REMOVE_TEACHER = "bot-giao-vien"
    HOMEROOM = "chu-nhiem"
    ADD_PUPIL = "them-hoc-sinh"
    REMOVE_PUPIL = "bot-hoc-sinh"
    DEADLINE = "han-nhap"


@router.get("")
def overview(request: Request, user: User) -> Response:
    user.must_act_as(*SETS_UP)
    manages_accounts = user.may_act_as(Role.ADMINISTRATOR, Role.PRINCIPAL)
    return render(request, "administration/overview.html", manages_accounts=manages_accounts)


@router.get("/so-diem")
def sheets(request: Request, desk: DeskDep, user: User) -> Response:
    """The sheets there are, and the form that opens another."""
    user.must_act_as(*SETS_UP)
    return _opening_page(request, desk, OpeningForm(command_id=uuid4(), school_year=_year(desk)))


@router.post("/so-diem")
def open_sheet(
    request: Request, desk: DeskDep, user: User, form: Annotated[OpeningForm, Form()]
) -> Response:
    user.must_act_as(*SETS_UP)
    try:
        opening = understood(form)
        listed = desk.people.class_list(opening.school_year, opening.class_group)
        if not listed:
            raise ClassHasNoList(class_group=opening.class_group, school_year=opening.school_year)
        command = opening.command(listed, by=user.trying_as(*SETS_UP), at=desk.clock())
        desk.handle(command)
    except Refused as refused:
        errors = FormErrors.of(request, refused)
        again = form.model_copy(update={"command_id": uuid4()})
        return _opening_page(request, desk, again, errors)
    return see(f"/quan-tri/so-diem/{command.sheet_id}")


def _year(desk: Desk) -> str:
    """The school year of today: it begins in August."""
    today = desk.clock().astimezone(VIETNAM)
    first = today.year if today.month >= 8 else today.year - 1
    return f"{first}-{first + 1}"


def _opening_page(
    request: Request, desk: Desk, form: OpeningForm, errors: FormErrors = NO_ERRORS
) -> Response:
    return render(
        request,
        "administration/sheets.html",
        status=errors.status,
        cards=desk.gradebook.sheets(),
        form=form,
        teachers=_staff_in(desk, Role.SUBJECT_TEACHER),
        homeroom_teachers=_staff_in(desk, Role.HOMEROOM_TEACHER),
        errors=errors,
    )


def _staff_in(desk: Desk, role: Role) -> list[tuple[PersonId, str]]:
    """The people whose account holds a role, in the order of a list of names."""
    names = desk.names()
    people = [entry.person for entry in desk.accounts.all() if role in entry.roles]
    return [(person, names.staff(person)) for person in names.in_order(people)]


@router.get("/so-diem/{sheet_id}")
def people_of_sheet(sheet_id: UUID, request: Request, desk: DeskDep, user: User) -> Response:
    user.must_act_as(*SETS_UP)
    return _people_page(request, desk, user, _sheet(desk, sheet_id))


@router.post("/so-diem/{sheet_id}/{change}")
def change_people(
    sheet_id: UUID,
    change: Change,
    *,
    request: Request,
    desk: DeskDep,
    user: User,
    command_id: Annotated[UUID, Form()],
    person: Text = "",
    code: Text = "",
    column: Text = "",
    at: Text = "",
    reason: Text = "",
) -> Response:
    """One change to who is on the sheet, or to a deadline."""
    page = _sheet(desk, sheet_id)
    asked: dict[str, Any] = {
        "command_id": command_id_of(command_id),
        "sheet_id": page.card.sheet_id,
        "at": desk.clock(),
        "by": user.trying_as(*((Role.PRINCIPAL,) if change is Change.DEADLINE else SETS_UP)),
    }
    try:
        if change is Change.DEADLINE:
            command: commands.AnyCommand = _deadline(asked, column, at, reason)
        elif change is Change.ADD_PUPIL:
            command = commands.AddPupil(**asked, pupil=_pupil(desk, code))
        else:
            command = _people(change, asked, person)
        desk.handle(command)
    except Refused as refused:
        user.must_act_as(*SETS_UP)  # Others learn that they may not, and nothing of the sheet.
        return _people_page(request, desk, user, page, FormErrors.of(request, refused))
    return see(f"/quan-tri/so-diem/{sheet_id}")


def _people(change: Change, asked: dict[str, Any], person: str) -> commands.AnyCommand:
    typed = Typed()
    chosen = typed.person(person, name=change.value)
    typed.check()
    assert chosen is not None, "checked"
    match change:
        case Change.ADD_TEACHER:
            return commands.AddTeacher(**asked, teacher=chosen)
        case Change.REMOVE_TEACHER:
            return commands.RemoveTeacher(**asked, teacher=chosen)
        case Change.HOMEROOM:
            return commands.ChangeHomeroomTeacher(**asked, teacher=chosen)
        case _:
            return commands.RemovePupil(**asked, pupil=PupilId(chosen))


def _pupil(desk: Desk, code: str) -> PupilId:
    found = desk.people.pupils_by_code([code.strip()]).get(code.strip())
    typed = Typed()
    if found is None:
        typed.wrong("code", "no-pupil")
    typed.check()
    assert found is not None, "checked"
    return found.pupil_id


def _deadline(asked: dict[str, Any], column: str, at: str, reason: str) -> commands.MoveDeadline:
    typed = Typed()
    moment = typed.moment(at, name="at")
    why = typed.reason(reason)
    typed.column(column, name="column")
    typed.check()
    assert moment is not None, "checked"
    return commands.MoveDeadline(**asked, deadline=Deadline(column=column, at=moment), reason=why)


def _sheet(desk: Desk, sheet_id: UUID) -> SheetPage:
    page = desk.gradebook.sheet(SheetId(sheet_id))
    if page is None:
        raise SheetNotOpen
    return page


def _people_page(
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
        "administration/people.html",
        status=errors.status,
        page=page,
        card=page.card,
        names=names,
        other_teachers=[
            entry
            for entry in _staff_in(desk, Role.SUBJECT_TEACHER)
            if entry[0] not in page.card.teachers
        ],
        homeroom_teachers=_staff_in(desk, Role.HOMEROOM_TEACHER),
        moves_deadlines=user.may_act_as(Role.PRINCIPAL),
        errors=errors,
    )
