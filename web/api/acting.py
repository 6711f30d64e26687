"""Acting as a program: columns, locks, corrections, each answered with what was recorded."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Request

from ledger.line import Line
from ledger.sheet import commands
from ledger.sheet.refusals import NoSuchCorrection
from ledger.vocabulary import Author, Column, CorrectionId, Mark, Role, SheetId
from projections.corrections import CorrectionView
from web.access.identity import SignedIn, User
from web.access.permissions import LOCKS, may_see_correction
from web.api.shapes import (
    AnswerAsked,
    Asked,
    AskedWithReason,
    CloseAsked,
    CorrectionAsked,
    EvidenceFile,
    Recorded,
    StepAsked,
    UnlockAsked,
)
from web.corrections.answering import answer_to
from web.corrections.confirming import StepForm
from web.corrections.evidence import Upload, take_in
from web.corrections.steps import STEPS
from web.corrections.taking import take
from web.desk import Desk, DeskDep
from web.forms import take_password
from web.marks import typed_mark
from web.refusals import FormIncomplete
from web.sheet_pages import reopening_author, visible_sheet

router = APIRouter()

Step = Literal["confirm", "ask-back", "approve", "refuse", "withdraw", "execute"]
_PATHS: Final[Mapping[Step, str]] = MappingProxyType(
    {
        "confirm": "xac-nhan",
        "ask-back": "hoi-lai",
        "approve": "duyet",
        "refuse": "tu-choi",
        "withdraw": "rut",
        "execute": "thuc-hien",
    }
)


@router.post("/sheets/{sheet_id}/columns/{column}/close")
def close_column(
    desk: DeskDep, user: User, sheet_id: UUID, column: Column, asked: CloseAsked
) -> Recorded:
    by = user.trying_as(Role.SUBJECT_TEACHER)
    about = _about(desk, sheet_id, asked, by, column=column)
    return _record(desk, commands.CloseColumn(leaving_blanks=asked.leaving_blanks, **about))


@router.post("/sheets/{sheet_id}/columns/{column}/reopen")
def reopen_column(
    desk: DeskDep, user: User, sheet_id: UUID, column: Column, asked: AskedWithReason
) -> Recorded:
    by = reopening_author(desk, user, sheet_id)
    about = _about(desk, sheet_id, asked, by, column=column)
    return _record(desk, commands.ReopenColumn(reason=asked.reason, **about))


@router.post("/sheets/{sheet_id}/columns/{column}/confirm")
def confirm_entries(
    desk: DeskDep, user: User, sheet_id: UUID, column: Column, asked: Asked
) -> Recorded:
    """Confirm what was entered on the person's behalf."""
    by = user.trying_as(Role.SUBJECT_TEACHER)
    return _record(
        desk, commands.ConfirmEntries(**_about(desk, sheet_id, asked, by, column=column))
    )


@router.post("/sheets/{sheet_id}/lock")
def lock_sheet(desk: DeskDep, user: User, sheet_id: UUID, asked: AskedWithReason) -> Recorded:
    about = _about(desk, sheet_id, asked, user.trying_as(*LOCKS))
    return _record(desk, commands.LockSheet(reason=asked.reason, **about))


@router.post("/sheets/{sheet_id}/columns/{column}/lock")
def lock_column(
    desk: DeskDep, user: User, sheet_id: UUID, column: Column, asked: AskedWithReason
) -> Recorded:
    about = _about(desk, sheet_id, asked, user.trying_as(*LOCKS), column=column)
    return _record(desk, commands.LockColumn(reason=asked.reason, **about))


@router.post("/sheets/{sheet_id}/unlock")
def unlock_sheet(
    request: Request, desk: DeskDep, user: User, sheet_id: UUID, asked: UnlockAsked
) -> Recorded:
    take_password(request, desk, user, asked.password)
    about = _about(desk, sheet_id, asked, user.trying_as(*LOCKS))
    return _record(desk, commands.UnlockSheet(until=asked.until, reason=asked.reason, **about))


@router.post("/sheets/{sheet_id}/columns/{column}/unlock")
def unlock_column(
    request: Request,
    desk: DeskDep,
    user: User,
    sheet_id: UUID,
    *,
    column: Column,
    asked: UnlockAsked,
) -> Recorded:
    take_password(request, desk, user, asked.password)
    about = _about(desk, sheet_id, asked, user.trying_as(*LOCKS), column=column)
    return _record(desk, commands.UnlockColumn(until=asked.until, reason=asked.reason, **about))


@router.post("/sheets/{sheet_id}/corrections")
def request_correction(
    desk: DeskDep, user: User, sheet_id: UUID, asked: CorrectionAsked
) -> Recorded:
    """Ask for official marks to be corrected; the evidence comes along."""
    user.must_act_as(Role.SUBJECT_TEACHER)  # before any file of theirs is kept
    visible_sheet(desk, user, sheet_id)
    by = user.trying_as(Role.SUBJECT_TEACHER)
    cells = tuple(
        commands.CellCorrection(
            pupil=cell.pupil,
            column=cell.column,
            after=_mark_of(cell.mark),
            read_version=cell.read_version,
        )
        for cell in asked.cells
    )
    command = commands.RequestCorrection(
        correction_id=asked.correction_id,
        cells=cells,
        cause=asked.cause,
        reason=asked.reason,
        found_by=asked.found_by,
        evidence=take_in(_uploads(asked.evidence), desk.evidence),
        **_about(desk, sheet_id, asked, by),
    )
    return _record(desk, command)


@router.post("/corrections/{correction_id}/answer")
def answer_correction(
    desk: DeskDep, user: User, correction_id: UUID, asked: AnswerAsked
) -> Recorded:
    """Answer what was asked back; further evidence comes along."""
    command = answer_to(
        desk,
        user,
        _visible(desk, user, correction_id),
        form_id=asked.command_id,
        answer=asked.answer,
        uploads=_uploads(asked.evidence),
    )
    return _record(desk, command)


@router.post("/corrections/{correction_id}/{step}")
def take_step(
    request: Request,
    desk: DeskDep,
    user: User,
    *,
    correction_id: UUID,
    step: Step,
    asked: StepAsked,
) -> Recorded:
    """Confirm, ask back, approve, refuse, withdraw or execute: the ledger decides who may."""
    found = _visible(desk, user, correction_id)
    wanted = STEPS[_PATHS[step]]
    if wanted.says and asked.reason is None:
        raise FormIncomplete(fields={"reason": "reason-length"})
    form = StepForm(
        command_id=asked.command_id,
        password=asked.password,
        code=asked.code,
        statement=asked.statement,
        answer=asked.passkey,
    )
    said = {wanted.says: asked.reason} if wanted.says and asked.reason else {}
    return _recorded(take(request, desk, user, view=found, step=wanted, form=form, said=said))


def _visible(desk: Desk, user: SignedIn, correction_id: UUID) -> CorrectionView:
    found = desk.corrections.find(CorrectionId(correction_id))
    if found is None or not may_see_correction(user, found, desk.ledger.sheet(found.sheet_id)):
        raise NoSuchCorrection
    return found


def _uploads(files: Iterable[EvidenceFile]) -> list[Upload]:
    return [Upload(file.kind, file.name, file.content) for file in files]


def _about(desk: Desk, sheet_id: UUID, asked: Asked, by: Author, **more: object) -> dict[str, Any]:
    """What every command has, and what this one is about."""
    return {
        "command_id": asked.command_id,
        "sheet_id": SheetId(sheet_id),
        "by": by,
        "at": desk.clock(),
        **more,
    }


def _record(desk: Desk, command: commands.AnyCommand) -> Recorded:
    return _recorded(desk.handle(command))


def _recorded(lines: Sequence[Line]) -> Recorded:
    return Recorded(
        facts=[line.fact.NAME for line in lines], positions=[line.position for line in lines]
    )


def _mark_of(text: str) -> Mark:
    try:
        return typed_mark(text)
    except ValueError as error:
        raise FormIncomplete(fields={"mark": "not-a-mark"}) from error
