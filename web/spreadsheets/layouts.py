"""Score files and class lists as the products write them, read from typed cells."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from web.spreadsheets.cells import Cell, CellKind, Worksheet, reference
from web.spreadsheets.headers import Table, header_row_of, table_of
from web.spreadsheets.problem import FileRefused, Problem
from web.spreadsheets.spelling import folded
from web.spreadsheets.titles import Said, Title, title_above

_FOOTER: Final = "thốngkê"
_EXAMPLE: Final = "vídụ"


@dataclass(frozen=True, slots=True)
class Code:
    """A pupil code as it stands in the file; as a number it may have lost its leading zeros."""

    text: str
    cell: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class MarkCell:
    """What one cell of marks holds, for which column of the sheet."""

    column: str
    cell: str
    held: Cell


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One pupil of the file; `row` counts from 1, and all that is said has its cell."""

    row: int
    codes: tuple[Code, ...]  # one for each code column of the table that is filled
    family_name: str
    given_name: str
    name_cell: str
    class_group: Said | None = None
    birth_date: Cell | None = None
    birth_date_cell: str = ""
    status: Said | None = None
    gender: Said | None = None
    ethnicity: Said | None = None
    disability: Said | None = None
    marks: tuple[MarkCell, ...] = ()

    @property
    def full_name(self) -> str:
        return f"{self.family_name} {self.given_name}".strip()


@dataclass(frozen=True, slots=True)
class PupilTable:
    """A table of pupils: a score file if it has `columns`, else a class list."""

    worksheet: str
    title: Title
    columns: tuple[str, ...]
    rows: tuple[PupilRow, ...]
    problems: tuple[Problem, ...]
    unread: tuple[str, ...] = ()  # the header words of columns that nothing is taken of


@dataclass(frozen=True, slots=True)
class Candidate:
    """A worksheet with a table, before its columns are looked at."""

    sheet: Worksheet
    header_row: int
    title: Title


def candidates(sheets: Sequence[Worksheet], *, with_scores: bool) -> list[Candidate]:
    """The visible worksheets that hold a table of pupils; raises FileRefused if none does."""
    found = [
        Candidate(sheet, row, title_above(sheet, row))
        for sheet in sheets
        if not sheet.hidden and (row := header_row_of(sheet, with_scores=with_scores)) is not None
    ]
    if not found:
        code = "no-table-found" if with_scores else "no-class-list-found"
        raise FileRefused(code, sheets=", ".join(sheet.name for sheet in sheets))
    return found


def read_table(candidate: Candidate) -> PupilTable:
    """The table of a candidate; raises FileRefused for a header nobody understands."""
    table = table_of(candidate.sheet, candidate.header_row)
    problems: list[Problem] = []
    rows = tuple(_pupils(candidate.sheet, table, problems))
    columns = tuple(table.scores.values())
    return PupilTable(
        worksheet=candidate.sheet.name,
        title=candidate.title,
        columns=columns,
        rows=rows,
        problems=tuple(problems),
        unread=table.unread,
    )


def _pupils(sheet: Worksheet, table: Table, problems: list[Problem]) -> Iterator[PupilRow]:
    ended = False
    for row in range(table.first_row, len(sheet.rows)):
        if all(cell.is_blank for cell in sheet.rows[row]) or is_example(sheet, row):
            continue
        if ended:
            if _numbered(sheet, table, row) and (codes := _codes(sheet, table, row)):
                problems.append(Problem("row-after-the-end", codes[0].cell))
        elif _is_footer(sheet, table, row):
            ended = True
        elif not _codes(sheet, table, row):
            problems.append(Problem("code-missing", reference(row, table.codes[0])))
        else:
            yield _pupil(sheet, table, row)


def is_example(sheet: Worksheet, row: int) -> bool:
    """Whether this is the row by which our own empty forms show how to fill them in."""
    return folded(sheet.cell(row, 0).text) == _EXAMPLE


def _is_footer(sheet: Worksheet, table: Table, row: int) -> bool:
    """Whether the pupils end here: statistics, totals or signatures begin.

    A row that lost its code but still counts a pupil or holds marks is no footer but a fault.
    """
    if any(folded(cell.text).startswith(_FOOTER) for cell in sheet.rows[row]):
        return True
    if _codes(sheet, table, row) or _numbered(sheet, table, row):
        return False
    counts = table.number is not None and not sheet.cell(row, table.number).is_blank
    has_marks = any(not sheet.cell(row, column).is_blank for column in table.scores)
    return counts or not has_marks


def _numbered(sheet: Worksheet, table: Table, row: int) -> bool:
    return table.number is not None and sheet.cell(row, table.number).text.strip(" .").isdecimal()


def _codes(sheet: Worksheet, table: Table, row: int) -> tuple[Code, ...]:
    return tuple(
        Code(_clean(cell.text), reference(row, column), cell.kind is CellKind.NUMBER)
        for column in table.codes
        if not (cell := sheet.cell(row, column)).is_blank
    )


def _pupil(sheet: Worksheet, table: Table, row: int) -> PupilRow:
    assert table.name is not None, "a table is found by its name column"
    family_name = _clean(sheet.cell(row, table.name).text)
    if table.given_name is None:
        family_name, _, given_name = family_name.rpartition(" ")
    else:
        given_name = _clean(sheet.cell(row, table.given_name).text)
    return PupilRow(
        row=row + 1,
        codes=_codes(sheet, table, row),
        family_name=family_name,
        given_name=given_name,
        name_cell=reference(row, table.name),
        class_group=_said(sheet, row, table.class_group),
        birth_date=None if table.birth_date is None else sheet.cell(row, table.birth_date),
        birth_date_cell=reference(row, table.birth_date or 0),
        status=_said(sheet, row, table.status),
        gender=_said(sheet, row, table.gender),
        ethnicity=_said(sheet, row, table.ethnicity),
        disability=_said(sheet, row, table.disability),
        marks=tuple(
            MarkCell(named, reference(row, column), sheet.cell(row, column))
            for column, named in table.scores.items()
        ),
    )


def _said(sheet: Worksheet, row: int, column: int | None) -> Said | None:
    if column is None or sheet.cell(row, column).is_blank:
        return None
    return Said(_clean(sheet.cell(row, column).text), reference(row, column))


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
