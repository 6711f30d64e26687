"""The form that asks for official marks to be corrected, with reason and evidence."""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from ledger.refusal import NotForYourRole, Refused
from ledger.sheet.commands import CellCorrection, RequestCorrection
from ledger.sheet.grounds import CorrectionCause, EvidenceKind, FoundBy
from ledger.sheet.refusals import SheetNotOpen
from ledger.vocabulary import BLANK, CorrectionId, Mark, PupilId, Role, SheetId
from projections.gradebook import PupilView, SheetPage
from web.access.identity import SignedIn, User
from web.access.permissions import is_teacher_of, may_see_sheet
from web.corrections.evidence import LARGEST, Upload, take_in
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, command_id_of, see
from web.marks import typed_mark
from web.refusals import NotForYourEyes
from web.rendering import render

router = APIRouter()


async def _sent_form(request: Request) -> AsyncIterator[FormData]:
    """The whole form: its fields are named after cells, so no signature can name them."""
    async with request.form(max_files=20, max_fields=2000) as form:
        yield form


SentForm = Annotated[FormData, Depends(_sent_form)]

# An empty field leaves the mark alone, so taking a mark out has a sign of its own.
_TAKE_OUT = frozenset({"-", "–", "—"})


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell of the form: the mark that stands there and what was typed for it."""

    pupil: PupilView
    column: str
    mark: Mark
    version: int
    typed: str
    official: bool

    @property
    def key(self) -> str:
        return f"{self.pupil.pupil}:{self.column}"


@router.get("/so-diem/{sheet_id}/de-nghi")
def ask_for_a_request(
    sheet_id: UUID,
    request: Request,
    *,
    desk: DeskDep,
    user: User,
    o: Annotated[tuple[str, ...], Query(max_length=500)] = (),
    cot: str = "",
) -> Response:
    """The form for the cells named by `o` (pupil:column), or for a whole column."""
    page = _sheet(desk, user, SheetId(sheet_id))
    keys = o or tuple(f"{pupil.pupil}:{cot}" for pupil in page.present)
    return _form(request, desk, page, _cells(page, desk, keys), column=cot)


@router.post("/so-diem/{sheet_id}/de-nghi")
def request_correction(
    sheet_id: UUID, request: Request, desk: DeskDep, user: User, sent: SentForm
) -> Response:
    """Send the request; when it is refused the form is shown again with all but the files."""
    page = _sheet(desk, user, SheetId(sheet_id))
    try:
        command = _command(desk, user, page, sent)
        desk.handle(command)
    except Refused as refused:
        fresh = _sheet(desk, user, SheetId(sheet_id))
        keys = [name.removeprefix("sua:") for name in sent if name.startswith("sua:")]
        return _form(
            request,
            desk,
            fresh,
            _cells(fresh, desk, keys, typed=sent),
            errors=FormErrors.of(request, refused),
            reason=str(sent.get("reason", "")),
        )
    return see(f"/de-nghi/{command.correction_id}")


def _sheet(desk: Desk, user: SignedIn, sheet_id: SheetId) -> SheetPage:
    page = desk.gradebook.sheet(sheet_id)
    if page is None:
        raise SheetNotOpen
    if not may_see_sheet(user, page.card):
        raise NotForYourEyes
    if not is_teacher_of(user, page.card):
        raise NotForYourRole(role=min(user.acting_roles), allowed=[Role.SUBJECT_TEACHER])
    return page


def _cells(
    page: SheetPage, desk: Desk, keys: Iterable[str], *, typed: FormData | None = None
) -> list[FormCell]:
    """The named cells, in the order named; a name that is none of this sheet is left out."""
    pupils = {str(pupil.pupil): pupil for pupil in page.present}
    moment = desk.clock()
    cells = []
    for key in dict.fromkeys(keys):
        pupil_id, _, name = key.partition(":")
        if pupil_id not in pupils or name not in page.card.column_names:
            continue
        cell = page.cell(PupilId(UUID(pupil_id)), name)
        cells.append(
            FormCell(
                pupil=pupils[pupil_id],
                column=name,
                mark=cell.mark,
                version=cell.version,
                typed=str(typed.get(f"sua:{key}", "")) if typed else "",
                official=page.card.column(name).official_at(moment),
            )
        )
    return cells


def _command(desk: Desk, user: SignedIn, page: SheetPage, sent: FormData) -> RequestCorrection:
    """The command that the form means; raises FormIncomplete and EvidenceUnfit."""
    typed = Typed()
    command_id = _form_id(sent)
    cells = _corrected(sent, typed)
    if not cells:
        typed.wrong("cells", "no-cells")
    reason = typed.reason(str(sent.get("reason", "")))
    typed.check()
    return RequestCorrection(
        command_id=command_id_of(command_id),
        sheet_id=page.card.sheet_id,
        by=user.acting_as(Role.SUBJECT_TEACHER),
        at=desk.clock(),
        correction_id=CorrectionId(command_id),
        cells=tuple(cells),
        cause=CorrectionCause(str(sent.get("cause", CorrectionCause.OTHER))),
        reason=reason,
        found_by=FoundBy(str(sent.get("found_by", FoundBy.TEACHER))),
        evidence=take_in(_uploads(sent), desk.evidence),
    )


def _form_id(sent: FormData) -> UUID:
    try:
        return UUID(str(sent.get("command_id", "")))
    except ValueError:
        return uuid4()


def _corrected(sent: FormData, typed: Typed) -> list[CellCorrection]:
    """The cells for which something was typed."""
    cells = []
    for name, value in sent.items():
        text = str(value).strip()
        if not name.startswith("sua:") or not text:
            continue
        key = name.removeprefix("sua:")
        try:
            pupil, _, column = key.partition(":")
            cells.append(
                CellCorrection(
                    pupil=PupilId(UUID(pupil)),
                    column=column,
                    after=BLANK if text in _TAKE_OUT else typed_mark(text),
                    read_version=int(str(sent.get(f"doc:{key}", "-1"))),
                )
            )
        except ValueError:  # A mark nobody writes so, or a field that no page of ours made.
            typed.wrong("cells", "not-a-mark")
    return cells


def _uploads(sent: FormData) -> Iterator[Upload]:
    for kind in EvidenceKind:
        for file in sent.getlist(kind.value):
            # A file field left empty arrives as a file without a name.
            if isinstance(file, UploadFile) and file.filename:
                yield Upload(kind, file.filename[:80], file.file.read(LARGEST + 1))


def _form(
    request: Request,
    desk: Desk,
    page: SheetPage,
    cells: list[FormCell],
    *,
    column: str = "",
    errors: FormErrors = NO_ERRORS,
    reason: str = "",
) -> Response:
    names = desk.names()
    names.pupils(cell.pupil.pupil for cell in cells)
    moment = desk.clock()
    return render(
        request,
        "corrections/request.html",
        status=errors.status,
        card=page.card,
        cells=cells,
        column=column,
        official=[view.column for view in page.columns if view.official_at(moment)],
        demanded=desk.ledger.sheet(page.card.sheet_id).rules.demanded_evidence,
        command_id=uuid4(),
        names=names,
        errors=errors,
        reason=reason,
    )
