"""Entering marks as a program, or the page's own script, does: each cell gets its answer."""

from uuid import UUID

from fastapi import APIRouter

from ledger.vocabulary import SheetId
from web.access.identity import User
from web.api.shapes import CellAnswer, MarksAnswer, MarksAsked
from web.desk import DeskDep
from web.grid.entering import Batch, CellOutcome, Outcome, TypedCell, save_cells
from web.marks import shown_mark, typed_mark
from web.names import Names
from web.sheet_pages import cell_message, writing_author

router = APIRouter()


@router.post("/sheets/{sheet_id}/marks")
def enter_marks(desk: DeskDep, user: User, sheet_id: UUID, asked: MarksAsked) -> MarksAnswer:
    """Save what can be saved; cells in conflict or rejected do not hold up the others."""
    batch = Batch(
        command_id=asked.command_id,
        sheet_id=SheetId(sheet_id),
        by=writing_author(desk, user, sheet_id, on_behalf_of=asked.on_behalf_of),
        at=desk.clock(),
        cells=tuple(
            TypedCell(entry.pupil, entry.column, entry.mark, entry.read_version)
            for entry in asked.entries
        ),
    )
    outcomes = save_cells(batch, handle=desk.handle, sheet_now=desk.ledger.sheet)
    names = desk.names()
    return MarksAnswer(saved_at=batch.at, cells=[_answer(each, names) for each in outcomes])


def _answer(outcome: CellOutcome, names: Names) -> CellAnswer:
    saved = outcome.outcome is Outcome.SAVED
    mark = typed_mark(outcome.typed.text) if saved else outcome.now.mark
    return CellAnswer(
        pupil=outcome.typed.pupil,
        column=outcome.typed.column,
        outcome=outcome.outcome.value,
        mark=shown_mark(mark),
        version=outcome.version,
        code=outcome.code,
        message=cell_message(outcome, names),
        by=names.staff(outcome.now.by) if outcome.now.by and not saved else None,
        at=outcome.now.at if not saved else None,
    )
