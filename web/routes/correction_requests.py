"""The form that asks for official marks to be corrected, with reason and evidence.

Every button sends the whole form and gets it back, with the files that it has brought so far, so
nothing typed or photographed is lost and all of it works without scripts.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from ledger.refusal import NotForYourRole, Refused
from ledger.sheet.commands import RequestCorrection
from ledger.sheet.decide import decide
from ledger.sheet.grounds import CorrectionCause, Evidence, FoundBy
from ledger.sheet.lateness import late_reasons
from ledger.sheet.refusals import SheetNotOpen
from ledger.vocabulary import CorrectionId, Role, SheetId
from projections.gradebook import SheetPage
from web.access.identity import SignedIn, User
from web.access.permissions import is_teacher_of, may_see_sheet
from web.corrections.consequences import Foreseen, foresee_marks
from web.corrections.evidence import LARGEST, LARGEST_TOGETHER, MOST
from web.corrections.proposing import Slipped, compare, shift
from web.corrections.request_form import (
    Act,
    FormCell,
    corrections_of,
    form_cells,
    keys_of_columns,
    proposed,
    sent_keys,
)
from web.corrections.shifting import Direction
from web.corrections.uploads import put_in_archive, take_uploads
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, command_id_of, see
from web.problems import sentence
from web.refusals import EvidenceUnfit, FormIncomplete, NotForYourEyes
from web.rendering import render
from web.spreadsheets.guard import UPLOAD_BYTES
from web.spreadsheets.problem import FileRefused, Problem
from web.spreadsheets.right_marks import RightMarks
from web.wording import results as results_words

router = APIRouter()

_MEGABYTE: Final = 1024**2
_LIMITS: Final = {
    "each": LARGEST // _MEGABYTE,
    "together": LARGEST_TOGETHER // _MEGABYTE,
    "count": MOST,
    "table": UPLOAD_BYTES // _MEGABYTE,
}


async def _sent_form(request: Request) -> AsyncIterator[FormData]:
    """The whole form: its fields are named after cells, so no signature can name them."""
    async with request.form(max_files=60, max_fields=5000) as form:
        yield form


SentForm = Annotated[FormData, Depends(_sent_form)]


@dataclass(frozen=True)
class Form:
    """The form as it is shown: what stands and was typed, and what the last button found."""

    page: SheetPage
    cells: list[FormCell]
    columns: tuple[str, ...] = ()
    pasted: str = ""
    first: str = ""  # the cell from which on a column slipped
    cause: str = ""
    found_by: str = ""
    reason: str = ""
    files: tuple[Evidence, ...] = ()
    errors: FormErrors = NO_ERRORS
    compared: RightMarks | None = None
    unread: Problem | None = None
    slipped: Slipped | None = None
    foreseen: Foreseen | None = None

    @property
    def chosen(self) -> list[FormCell]:
        return [cell for cell in self.cells if cell.is_chosen and cell.after is not None]


@router.get("/so-diem/{sheet_id}/de-nghi")
def ask_for_a_request(
    sheet_id: UUID,
    request: Request,
    *,
    desk: DeskDep,
    user: User,
    o: Annotated[tuple[str, ...], Query(max_length=500)] = (),
    cot: Annotated[tuple[str, ...], Query(max_length=20)] = (),
) -> Response:
    """The form for the cells named by `o` (pupil:column), or for whole columns."""
    page = _sheet(desk, user, SheetId(sheet_id))
    columns = tuple(name for name in page.card.column_names if name in cot)
    keys = o or keys_of_columns(page, columns)
    sheet = desk.ledger.sheet(page.sheet_id)
    cells = form_cells(page, sheet, keys, moment=desk.clock())
    return _shown(request, desk, Form(page, cells, columns=() if o else columns))


@router.post("/so-diem/{sheet_id}/de-nghi")
def request_correction(
    sheet_id: UUID, request: Request, desk: DeskDep, user: User, sent: SentForm
) -> Response:
    """Do what the button says; unless that was to send it, or it is refused, show it again."""
    page = _sheet(desk, user, SheetId(sheet_id))
    taken = take_uploads(desk, user.person, sent)
    form = replace(_typed_form(desk, page, sent), files=taken.files)
    try:
        if taken.unfit:
            return _shown(request, desk, replace(form, errors=_unfit(request, taken.unfit)))
        act = _act(sent)
        if act is Act.SEND:
            return see(f"/de-nghi/{_send(desk, user, form, sent).correction_id}")
        form = _acted(desk, form, act, sent)
    except Refused as refused:
        fresh = _typed_form(desk, _sheet(desk, user, SheetId(sheet_id)), sent)
        form = replace(fresh, files=taken.files, errors=FormErrors.of(request, refused))
    return _shown(request, desk, form)


def _sheet(desk: Desk, user: SignedIn, sheet_id: SheetId) -> SheetPage:
    page = desk.gradebook.sheet(sheet_id)
    if page is None:
        raise SheetNotOpen
    if not may_see_sheet(user, page.card):
        raise NotForYourEyes
    if not is_teacher_of(user, page.card):
        raise NotForYourRole(role=min(user.acting_roles), allowed=[Role.SUBJECT_TEACHER])
    return page


def _act(sent: FormData) -> Act:
    """The button that was pressed; to send is what a form without buttons means."""
    try:
        return Act(str(sent.get("viec", Act.SEND)))
    except ValueError:
        return Act.LOOK


def _typed_form(desk: Desk, page: SheetPage, sent: FormData) -> Form:
    asked = {str(name) for name in sent.getlist("cot")}
    columns = tuple(name for name in page.card.column_names if name in asked)
    keys = keys_of_columns(page, columns) if columns else sent_keys(sent)
    sheet = desk.ledger.sheet(page.sheet_id)
    return Form(
        page,
        form_cells(page, sheet, keys, moment=desk.clock(), sent=sent),
        columns=columns,
        pasted=str(sent.get("dan", "")),
        first=str(sent.get("tu", "")),
        cause=str(sent.get("cause", "")),
        found_by=str(sent.get("found_by", "")),
        reason=str(sent.get("reason", "")),
    )


def _unfit(request: Request, unfit: tuple[EvidenceUnfit, ...]) -> FormErrors:
    """Every file that was not taken; those that were are kept with the form."""
    sentences = dict.fromkeys(sentence(request, refused) for refused in unfit)
    return FormErrors(FormErrors.of(request, unfit[0]).status, {}, tuple(sentences))


def _acted(desk: Desk, form: Form, act: Act, sent: FormData) -> Form:
    """The form with the right marks that were asked for, and what they would change."""
    table = sent.get("tep")
    content = table.file.read(UPLOAD_BYTES + 1) if isinstance(table, UploadFile) else b""
    if act is Act.COMPARE and (content or form.pasted.strip()):
        form = _compared(desk, form, content)
    if act in {Act.DOWN, Act.UP}:
        direction = Direction.DOWN if act is Act.DOWN else Direction.UP
        cells, slipped = shift(form.cells, form.first, direction)
        form = replace(form, cells=cells, slipped=slipped)
    if any(cell.is_wrong for cell in form.cells):
        raise FormIncomplete(fields={"cells": "not-a-mark"})
    if not form.chosen:
        return form
    marks = {cell.place: cell.after for cell in form.chosen if cell.after}
    return replace(form, foreseen=foresee_marks(desk.ledger, form.page.card, marks))


def _compared(desk: Desk, form: Form, content: bytes) -> Form:
    sheet = desk.ledger.sheet(form.page.sheet_id)
    try:
        found = compare(desk, sheet, form.columns, pasted=form.pasted, content=content)
    except FileRefused as refused:
        return replace(form, unread=refused.problem)
    if found.problems:
        return replace(form, compared=found)
    return replace(form, compared=found, cells=proposed(form.cells, found.marks))


def _send(desk: Desk, user: SignedIn, form: Form, sent: FormData) -> RequestCorrection:
    """Ask for the correction that the form means; raises FormIncomplete and what rules refuse."""
    command = _command(desk, user, form, sent)
    sheet = desk.ledger.sheet(command.sheet_id)
    # Files of a request that is refused would lie in the archive, and no fact would name them.
    if command.correction_id not in sheet.corrections:
        decide(command, sheet)
    put_in_archive(desk, user.person, command.evidence)
    desk.handle(command)
    return command


def _command(desk: Desk, user: SignedIn, form: Form, sent: FormData) -> RequestCorrection:
    typed = Typed()
    cells = corrections_of(sent, typed)
    if form.cause not in set(CorrectionCause):
        typed.wrong("cause", "no-cause")
    if form.found_by not in set(FoundBy):
        typed.wrong("found_by", "no-finder")
    reason = typed.reason(form.reason)
    typed.check()
    form_id = _form_id(sent)
    return RequestCorrection(
        command_id=command_id_of(form_id),
        sheet_id=form.page.sheet_id,
        by=user.acting_as(Role.SUBJECT_TEACHER),
        at=desk.clock(),
        correction_id=CorrectionId(form_id),
        cells=tuple(cells),
        cause=CorrectionCause(form.cause),
        reason=reason,
        found_by=FoundBy(form.found_by),
        evidence=form.files,
    )


def _form_id(sent: FormData) -> UUID:
    try:
        return UUID(str(sent.get("command_id", "")))
    except ValueError:
        return uuid4()


def _shown(request: Request, desk: Desk, form: Form) -> Response:
    names = desk.names()
    names.pupils(cell.pupil.pupil for cell in form.cells)
    moment = desk.clock()
    sheet = desk.ledger.sheet(form.page.sheet_id)
    places = [cell.place for cell in form.chosen or form.cells]
    return render(
        request,
        "corrections/request.html",
        status=form.errors.status,
        form=form,
        card=form.page.card,
        cells=form.cells,
        errors=form.errors,
        official=[view.column for view in form.page.columns if view.official_at(moment)],
        rules=sheet.rules,
        is_over=sheet.rules.last_day is not None and moment > sheet.rules.last_day,
        late_because=list(late_reasons(sheet, places, moment)),
        foreseen=form.foreseen,
        results=results_words,
        limits=_LIMITS,
        command_id=uuid4(),
        names=names,
    )
