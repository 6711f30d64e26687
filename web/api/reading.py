"""Reading as a program: who is signed in, sheets, histories and corrections."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from ledger.sheet.approving import canonical_approval, statement_of
from ledger.sheet.refusals import NoSuchCorrection
from ledger.vocabulary import Column, CorrectionId, PupilId, Role, SheetId
from projections.corrections import CorrectionView
from projections.gradebook import CellView, SheetCard
from projections.history import HistoryFilter, HistoryRow
from web.access.identity import User
from web.api.shapes import (
    ApprovalReading,
    CellReading,
    HistoryReading,
    PersonReading,
    PupilReading,
    SheetReading,
    SheetSummary,
)
from web.corrections.page import visible_corrections
from web.desk import Desk, DeskDep
from web.history_page import SEES_ATTEMPTS, HistoryQuery, may_see_attempts
from web.marks import shown_mark
from web.refusals import NotForYourEyes
from web.routes.my_classes import visible_cards
from web.sheet_pages import visible_sheet

router = APIRouter()

Limit = Annotated[int, Query(ge=1, le=200)]
Asked = Annotated[HistoryQuery, Query()]


@router.get("/me")
def read_me(user: User) -> PersonReading:
    return PersonReading(
        person=user.person,
        full_name=user.full_name,
        roles=sorted(user.roles),
        session=user.session_id,
    )


@router.get("/sheets")
def read_sheets(desk: DeskDep, user: User) -> list[SheetSummary]:
    """The sheets that the person may see."""
    return [_summary(card) for card in visible_cards(desk, user)]


@router.get("/sheets/{sheet_id}")
def read_sheet(desk: DeskDep, user: User, sheet_id: UUID) -> SheetReading:
    page = visible_sheet(desk, user, sheet_id)
    known = desk.names().pupils(entry.pupil for entry in page.pupils)
    return SheetReading(
        sheet=_summary(page.card),
        pupils=[
            PupilReading(
                pupil=entry.pupil,
                number=entry.number,
                name=known[entry.pupil].full_name if entry.pupil in known else "",
                left=entry.left,
            )
            for entry in page.pupils
        ],
        cells=[_cell(*place, view) for place, view in page.cells.items()],
    )


@router.get("/sheets/{sheet_id}/cells/{pupil}/{column}/history")
def read_mark_history(
    desk: DeskDep, user: User, sheet_id: UUID, pupil: UUID, column: Column
) -> list[HistoryRow]:
    """Everything that happened to one mark, oldest first."""
    page = visible_sheet(desk, user, sheet_id)
    attempts = may_see_attempts(user, page.card)
    return desk.history.of_cell(SheetId(sheet_id), PupilId(pupil), column, attempts=attempts)


@router.get("/sheets/{sheet_id}/history")
def read_sheet_history(
    desk: DeskDep, user: User, sheet_id: UUID, query: Asked, limit: Limit = 100
) -> HistoryReading:
    card = visible_sheet(desk, user, sheet_id).card
    asked = query.filter(sheet_id=card.sheet_id, sees_attempts=may_see_attempts(user, card))
    return _history(desk, asked, before=query.truoc, limit=limit)


@router.get("/history")
def read_school_history(
    desk: DeskDep, user: User, query: Asked, limit: Limit = 100
) -> HistoryReading:
    if not user.may_act_as(*SEES_ATTEMPTS):
        raise NotForYourEyes
    asked = query.filter(sheet_id=None, sees_attempts=True)
    return _history(desk, asked, before=query.truoc, limit=limit)


@router.get("/corrections")
def read_corrections(desk: DeskDep, user: User) -> list[CorrectionView]:
    """The corrections that the person may see, the newest first."""
    return visible_corrections(desk, user, desk.corrections.list())


@router.get("/corrections/{correction_id}")
def read_correction(desk: DeskDep, user: User, correction_id: UUID) -> CorrectionView:
    found = desk.corrections.find(CorrectionId(correction_id))
    if found is None or not visible_corrections(desk, user, [found]):
        raise NoSuchCorrection
    return found


@router.get("/corrections/{correction_id}/approval")
def read_approval(desk: DeskDep, user: User, correction_id: UUID) -> ApprovalReading:
    """What the person would approve, as it stands now."""
    found = read_correction(desk, user, correction_id)
    approver = user.acting_as_one_of(Role.PRINCIPAL)
    correction = desk.ledger.sheet(found.sheet_id).corrections[found.correction_id]
    about = (found.sheet_id, correction, approver)
    return ApprovalReading(text=canonical_approval(*about).decode(), statement=statement_of(*about))


def _history(desk: Desk, asked: HistoryFilter, *, before: int | None, limit: int) -> HistoryReading:
    rows = desk.history.search(asked, before=before, limit=limit)
    more = rows[-1].position if len(rows) == limit else None
    return HistoryReading(rows=rows, counts=desk.history.counts(asked), before=more)


def _summary(card: SheetCard) -> SheetSummary:
    return SheetSummary.model_validate({**asdict(card), "columns": card.columns})


def _cell(pupil: PupilId, column: str, view: CellView) -> CellReading:
    return CellReading(
        pupil=pupil,
        column=column,
        mark=view.mark,
        shown=shown_mark(view.mark),
        version=view.version,
        by=view.by,
        role=view.role,
        on_behalf_of=view.on_behalf_of,
        at=view.at,
        changes=view.changes,
        correction_id=view.corrected_by_correction_id,
        before_correction=view.before_correction,
        unconfirmed_for=view.unconfirmed_for,
    )
