"""Right marks for whole columns: from what was pasted or a file, or by shifting what stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ledger.sheet.refusals import CellIsInACorrection, SheetNotOpen
from ledger.sheet.state import Sheet
from ledger.vocabulary import Mark
from web.corrections.request_form import FormCell
from web.corrections.shifting import Direction, shifted
from web.desk import Desk
from web.refusals import FormIncomplete
from web.spreadsheets.cells import Worksheet
from web.spreadsheets.choosing import Wanted
from web.spreadsheets.mark_lines import mark_lines
from web.spreadsheets.matching import Directory, PupilNow
from web.spreadsheets.reader import read_workbook
from web.spreadsheets.right_marks import RightMarks, right_marks
from web.spreadsheets.texts import csv_sheet, pasted_sheet
from web.wording import subject_name

_SPREADSHEETS: Final = (b"PK", b"\xd0\xcf\x11\xe0")  # .xlsx, and .xls, which is refused by name


def compare(
    desk: Desk, sheet: Sheet, columns: Sequence[str], *, pasted: str, content: bytes
) -> RightMarks:
    """The marks that a file says, or else a pasted text; raises FileRefused."""
    opened = sheet.opened
    if opened is None:
        raise SheetNotOpen
    pupils = _pupils(desk, sheet)
    directory = Directory(pupils)
    read = mark_lines(
        _worksheets(content) if content else [pasted_sheet(pasted)],
        wanted=Wanted(
            class_group=opened.class_group,
            subject_name=subject_name(opened.subject),
            semester=opened.semester,
            school_year=opened.school_year,
        ),
        columns=columns,
        knows=lambda code: directory.find(code) is not None,
        pasted=not content.startswith(_SPREADSHEETS),
    )
    return right_marks(read, pupils, opened.kind)


def _worksheets(content: bytes) -> list[Worksheet]:
    return read_workbook(content) if content.startswith(_SPREADSHEETS) else [csv_sheet(content)]


def _pupils(desk: Desk, sheet: Sheet) -> list[PupilNow]:
    """All pupils of the sheet by number, with what the directory knows; only some may be named."""
    known, names = desk.people.pupils(sheet.numbers), desk.names()
    names.pupils(known)
    return [
        PupilNow(
            pupil,
            known[pupil].code if pupil in known else str(pupil),
            known[pupil].full_name if pupil in known else "",
            shown_name=names.pupil(pupil),
            left=pupil in sheet.left,
            number=number,
            birth_date=known[pupil].birth_date if pupil in known else None,
        )
        for pupil, number in sorted(sheet.numbers.items(), key=lambda each: each[1])
    ]


@dataclass(frozen=True, slots=True)
class Slipped:
    """What a shift could not settle: who is left without a mark, and a mark left without a row."""

    vacated: FormCell
    dropped: Mark
    dropped_from: FormCell


def shift(
    cells: Sequence[FormCell], first: str, direction: Direction
) -> tuple[list[FormCell], Slipped]:
    """The cells with the marks of a column moved by one row, from the cell of key `first` on.

    Raises FormIncomplete where no such row was chosen or a mark cannot be read, and
    CellIsInACorrection where another correction holds a row of it.
    """
    column = first.partition(":")[2]
    rows = [cell for cell in cells if cell.column == column and cell.official]
    start = next((at for at, cell in enumerate(rows) if cell.key == first), None)
    if start is None:
        raise FormIncomplete(fields={"tu": "no-row"})
    if any(cell.is_wrong for cell in rows):
        raise FormIncomplete(fields={"cells": "not-a-mark"})
    if held := [cell.place for cell in rows[start:] if cell.held]:
        raise CellIsInACorrection(cells=held)
    standing = [cell.after or cell.mark if cell.is_chosen else cell.mark for cell in rows]
    done = shifted(standing, start, direction)
    moved = dict(zip((cell.key for cell in rows), done.marks, strict=True))
    return (
        [cell.with_mark(moved[cell.key]) if cell.key in moved else cell for cell in cells],
        Slipped(rows[done.vacated], done.dropped, rows[done.dropped_from]),
    )
