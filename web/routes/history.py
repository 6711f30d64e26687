"""The history: of one mark, of one sheet, and of the whole school for those who audit it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from ledger.sheet.refusals import NoSuchColumn, PupilNotOnSheet
from ledger.vocabulary import Column, PupilId
from projections.gradebook import SheetPage
from projections.history import HistoryRow
from web.access.identity import SignedIn, User
from web.desk import Desk, DeskDep
from web.history_page import (
    MARK_CHANGES,
    SEES_ATTEMPTS,
    HistoryQuery,
    know_pupils,
    may_see_attempts,
    read_history,
)
from web.proofs import proof_of, zipped
from web.refusals import NoSuchLine, NotForYourEyes
from web.rendering import render
from web.sheet_pages import visible_sheet
from web.wording.attempts import ATTEMPT_REASONS

router = APIRouter(include_in_schema=False)

Asked = Annotated[HistoryQuery, Query()]


@router.get("/so-diem/{sheet_id}/o/{pupil}/{column}")
def show_mark_history(
    request: Request,
    desk: DeskDep,
    user: User,
    *,
    sheet_id: UUID,
    pupil: UUID,
    column: Column,
) -> Response:
    """Everything that happened to one mark, newest first."""
    page = visible_sheet(desk, user, sheet_id)
    rows = _rows_of_mark(desk, user, page, PupilId(pupil), column)
    return render(
        request,
        "history/mark.html",
        card=page.card,
        column=column,
        pupil=PupilId(pupil),
        cell=page.cell(PupilId(pupil), column),
        rows=rows[::-1],
        names=know_pupils(desk.names(), rows),
        sees_attempts=may_see_attempts(user, page.card),
        attempt_reasons=ATTEMPT_REASONS,
    )


@router.get("/so-diem/{sheet_id}/o/{pupil}/{column}/bang-chung/{position}")
def download_proof(
    desk: DeskDep, user: User, *, sheet_id: UUID, pupil: UUID, column: Column, position: int
) -> Response:
    """The proof of one line of the mark's history, for whoever sees that line there."""
    page = visible_sheet(desk, user, sheet_id)
    rows = _rows_of_mark(desk, user, page, PupilId(pupil), column)
    if position not in {row.position for row in rows}:
        raise NoSuchLine
    return Response(
        zipped(proof_of(desk, position)),
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="bang-chung-dong-{position}.zip"'},
    )


def _rows_of_mark(
    desk: Desk, user: SignedIn, page: SheetPage, pupil: PupilId, column: Column
) -> list[HistoryRow]:
    """What the person may see of a mark's history; raises NoSuchColumn or PupilNotOnSheet."""
    if column not in page.card.column_names:
        raise NoSuchColumn(column=column)
    if pupil not in {entry.pupil for entry in page.pupils}:
        raise PupilNotOnSheet(pupils=[pupil])
    attempts = may_see_attempts(user, page.card)
    return desk.history.of_cell(page.card.sheet_id, pupil, column, attempts=attempts)


@router.get("/so-diem/{sheet_id}/lich-su")
def show_sheet_history(
    request: Request, desk: DeskDep, user: User, sheet_id: UUID, query: Asked
) -> Response:
    card = visible_sheet(desk, user, sheet_id).card
    attempts = may_see_attempts(user, card)
    asked = query.filter(sheet_id=card.sheet_id, sees_attempts=attempts)
    found = read_history(desk, query, asked)
    return render(
        request,
        "history/list.html",
        card=card,
        query=query,
        found=found,
        names=know_pupils(desk.names(), [row for _, rows in found.days for row in rows]),
        sees_attempts=attempts,
        classes=[],
        mark_changes=MARK_CHANGES,
        attempt_reasons=ATTEMPT_REASONS,
    )


@router.get("/lich-su")
def show_school_history(request: Request, desk: DeskDep, user: User, query: Asked) -> Response:
    """The whole school's history, for the principal's side and the administrator."""
    if not user.may_act_as(*SEES_ATTEMPTS):
        raise NotForYourEyes
    found = read_history(desk, query, query.filter(sheet_id=None, sees_attempts=True))
    return render(
        request,
        "history/list.html",
        card=None,
        query=query,
        found=found,
        names=know_pupils(desk.names(), [row for _, rows in found.days for row in rows]),
        sees_attempts=True,
        classes=list(dict.fromkeys(card.class_group for card in desk.gradebook.sheets())),
        mark_changes=MARK_CHANGES,
        attempt_reasons=ATTEMPT_REASONS,
    )
