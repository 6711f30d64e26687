"""Importing marks: from the bytes of a file to a preview, and to the ledger.

Between the preview and the confirmation nothing is kept on the server: the page carries what was
previewed (cells, marks, the versions they were compared at), and confirming sends exactly that.
So the person gets what they saw or a conflict, a double click happens once (by the command id),
and no file full of names stays on a disk. Altering the page gains nothing, since the ledger
decides on a confirmed batch as on one typed into the grid.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import uuid4

from ledger.line import Line
from ledger.refusal import Refused
from ledger.sheet.commands import CellEntry, EnterMarks
from ledger.sheet.decide import decide
from ledger.sheet.refusals import SheetNotOpen
from ledger.sheet.state import Sheet
from ledger.vocabulary import PERIODIC, Author, CommandId, Role, SheetId
from web.desk import Desk
from web.spreadsheets.choosing import Wanted, chosen
from web.spreadsheets.layouts import candidates, read_table
from web.spreadsheets.matching import Preview, PupilNow, SheetNow, preview_of
from web.spreadsheets.problem import Problem
from web.spreadsheets.reader import read_workbook
from web.wording import subject_name

MARKS_AT_ONCE: Final = 1_000  # what one command takes


def preview_scores(desk: Desk, by: Author, *, sheet_id: SheetId, content: bytes) -> Preview:
    """What confirming this file would do to the sheet; raises FileRefused, SheetNotOpen."""
    sheet = desk.ledger.sheet(sheet_id)
    now = _sheet_now(desk, by, sheet)
    sheets = read_workbook(content)
    table = read_table(chosen(candidates(sheets, with_scores=True), now.wanted))
    preview = preview_of(table, now)
    if hidden := [each.name for each in sheets if each.hidden]:
        told = Problem("hidden-sheets", "", {"sheets": ", ".join(hidden)})
        preview = replace(preview, warnings=(*preview.warnings, told))
    return _with_the_ledgers_answer(preview, desk, by, sheet_id=sheet_id, sheet=sheet)


def confirm_scores(
    desk: Desk,
    by: Author,
    *,
    sheet_id: SheetId,
    entries: Sequence[CellEntry],
    command_id: CommandId,
) -> Sequence[Line]:
    """Enter what was previewed: all of it or nothing. Raises `Refused`.

    A cell that has changed since the preview makes it a conflict, not an overwrite.
    """
    return desk.handle(
        EnterMarks(
            command_id=command_id,
            sheet_id=sheet_id,
            by=by,
            at=desk.clock(),
            entries=tuple(entries),
        )
    )


def _sheet_now(desk: Desk, by: Author, sheet: Sheet) -> SheetNow:
    opened = sheet.opened
    if opened is None:
        raise SheetNotOpen
    # Matched by what the directory knows; shown is only what pages may show.
    named, names = desk.people.pupils(sheet.numbers), desk.names()
    names.pupils(named)
    in_order = sorted(named, key=sheet.numbers.__getitem__)
    return SheetNow(
        wanted=Wanted(
            class_group=opened.class_group,
            subject_name=subject_name(opened.subject),
            semester=opened.semester,
            school_year=opened.school_year,
        ),
        kind=opened.kind,
        columns=opened.columns,
        # Regular marks are the teacher's alone (regulation, Điều 8.1).
        enterable=PERIODIC if by.role is Role.SECRETARY else frozenset(opened.columns),
        pupils=tuple(
            PupilNow(
                pupil,
                named[pupil].code,
                named[pupil].full_name,
                shown_name=names.pupil(pupil),
                left=pupil in sheet.left,
            )
            for pupil in in_order
        ),
        cells=sheet.cells,
    )


def _with_the_ledgers_answer(
    preview: Preview, desk: Desk, by: Author, *, sheet_id: SheetId, sheet: Sheet
) -> Preview:
    """The preview, and what the rules would say now: a locked column is told before confirming."""
    if not preview.entries:
        return preview
    if len(preview.entries) > MARKS_AT_ONCE:
        many = Problem("too-many-marks", "", {"limit": MARKS_AT_ONCE})
        return replace(preview, file_errors=(*preview.file_errors, many))
    command = EnterMarks(
        command_id=CommandId(uuid4()),
        sheet_id=sheet_id,
        by=by,
        at=desk.clock(),
        entries=preview.entries,
    )
    try:
        decide(command, sheet)
    except Refused as refusal:
        return replace(preview, refusal=refusal)
    return preview
