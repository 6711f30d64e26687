"""Lines of right marks, from a table under its header words or from bare columns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from web.marks import typed_mark
from web.spreadsheets.cells import Cell, CellKind, Worksheet, reference
from web.spreadsheets.choosing import Wanted, chosen, objections
from web.spreadsheets.headers import is_header_word
from web.spreadsheets.layouts import Code, MarkCell, PupilRow, PupilTable, candidates, read_table
from web.spreadsheets.problem import FileRefused, Problem
from web.spreadsheets.pupil_details import birth_date_in
from web.wording import column_name

Knows = Callable[[Code], bool]

_HEADER_ROWS: Final = 3


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One line: all that it says about a pupil, and the marks; `place` is how people find it."""

    place: str
    marks: tuple[MarkCell, ...]
    codes: tuple[Code, ...] = ()
    name: str = ""
    number: int | None = None
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class MarkLines:
    """The lines of a file or of a pasted text, and what is wrong with it as a whole.

    `by_order`: no line says whose it is, so that they can only be counted down the class list.
    """

    lines: tuple[MarkLine, ...]
    problems: tuple[Problem, ...] = ()
    by_order: bool = False


def mark_lines(
    sheets: Sequence[Worksheet],
    *,
    wanted: Wanted,
    columns: Sequence[str],
    knows: Knows,
    pasted: bool,
) -> MarkLines:
    """The marks for these columns of the sheet; raises FileRefused where none can be told."""
    try:
        found = candidates(sheets, with_scores=True)
    except FileRefused:
        shown = next((each for each in sheets if not each.hidden and each.rows), None)
        if shown is None:
            raise FileRefused("nothing-pasted" if pasted else "file-is-empty") from None
        return _Bare(shown, columns, knows, pasted=pasted).lines()
    table = read_table(chosen(found, wanted))
    return _of_table(table, wanted, columns, pasted=pasted)


def _of_table(
    table: PupilTable, wanted: Wanted, columns: Sequence[str], *, pasted: bool
) -> MarkLines:
    if not set(columns) & set(table.columns):
        raise FileRefused("columns-not-in-file", columns=", ".join(map(column_name, columns)))
    lines = tuple(
        MarkLine(
            place=_line_of(row) if pasted else row.codes[0].cell,
            marks=tuple(
                replace(mark, cell=_line_of(row)) if pasted else mark
                for mark in row.marks
                if mark.column in columns
            ),
            codes=row.codes,
            name=row.full_name,
        )
        for row in table.rows
    )
    return MarkLines(lines, (*objections(table.title, wanted), *table.problems))


def _line_of(row: PupilRow) -> str:
    return f"dòng {row.row}"


class _Bare:
    """A table without a header that says which column is which: its cells tell it."""

    def __init__(
        self, sheet: Worksheet, columns: Sequence[str], knows: Knows, *, pasted: bool
    ) -> None:
        self._sheet, self._names, self._knows, self._pasted = sheet, columns, knows, pasted
        self._rows = range(self._first_row(), len(sheet.rows))
        filled = every = [column for column in range(sheet.width) if self._filled(column)]
        alone = len(filled) == len(columns)
        # Half of them known is enough; codes may be as short as marks, which stand to the right.
        codes = [column for column in filled if self._share(column, self._is_code) >= 0.5]
        self._codes = codes[: len(filled) - len(columns)]
        filled = [column for column in filled if column not in self._codes]
        self._dates = [] if alone else self._columns(filled, _is_date)
        filled = [column for column in filled if column not in self._dates]
        self._texts = [] if alone else self._columns(filled, _is_text)
        rest = [column for column in filled if column not in self._texts]
        # The number of the class list stands before all else, or it is a mark too many.
        numbered = (
            len(rest) == len(columns) + 1
            and rest[0] == every[0]
            and all(map(_is_number, self._filled(rest[0])))
        )
        self._number = rest[0] if numbered else None
        self._marks = rest[1:] if numbered else rest
        self._is_by_order = not (self._codes or self._texts or numbered)

    def lines(self) -> MarkLines:
        if len(self._marks) != len(self._names):
            code = "several-columns-of-marks" if self._marks else "no-column-of-marks"
            names = ", ".join(map(column_name, self._names))
            raise FileRefused(code, found=len(self._marks), wanted=len(self._names), columns=names)
        return MarkLines(tuple(self._lines()), by_order=self._is_by_order)

    def _lines(self) -> Iterator[MarkLine]:
        for row in self._rows:
            # Where lines are counted, a blank one is a pupil without a mark.
            if self._is_by_order or not all(cell.is_blank for cell in self._sheet.rows[row]):
                yield self._line(row)

    def _line(self, row: int) -> MarkLine:
        sheet = self._sheet
        born = self._cells(row, self._dates)
        number = "" if self._number is None else sheet.cell(row, self._number).text
        codes, name = self._said_of(row)
        return MarkLine(
            place=self._place(row, self._marks[0]),
            marks=tuple(
                MarkCell(name, self._place(row, column), sheet.cell(row, column))
                for name, column in zip(self._names, self._marks, strict=True)
            ),
            codes=codes,
            name=name,
            number=int(number) if number else None,
            birth_date=next((birth_date_in(cell) for cell in born if _is_date(cell)), None),
        )

    def _said_of(self, row: int) -> tuple[tuple[Code, ...], str]:
        """The codes and the name of a line; some lines may say a name where others say a code."""
        codes: list[Code] = []
        names: list[str] = []
        for column in sorted([*self._codes, *self._texts]):
            for cell in self._cells(row, [column]):
                if self._is_code(cell) or (column in self._codes and " " not in cell.text):
                    codes.append(self._code(cell, row))
                else:
                    names.append(cell.text)
        return tuple(codes), " ".join(names)

    def _place(self, row: int, column: int) -> str:
        """A pasted text has lines; a file has cells."""
        return f"dòng {row + 1}" if self._pasted else reference(row, column)

    def _first_row(self) -> int:
        row = 0
        while row < min(_HEADER_ROWS, len(self._sheet.rows)):
            if not any(is_header_word(cell.text) for cell in self._sheet.rows[row]):
                break
            row += 1
        return row

    def _cells(self, row: int, columns: Sequence[int]) -> Iterator[Cell]:
        for column in columns:
            if not (cell := self._sheet.cell(row, column)).is_blank:
                yield cell

    def _filled(self, column: int) -> list[Cell]:
        return [cell for row in self._rows for cell in self._cells(row, [column])]

    def _columns(self, among: Sequence[int], is_so: Callable[[Cell], bool]) -> list[int]:
        """The columns most cells of which are so: one wrong cell does not change what it is."""
        return [column for column in among if self._share(column, is_so) > 0.5]

    def _share(self, column: int, is_so: Callable[[Cell], bool]) -> float:
        cells = self._filled(column)
        return sum(map(is_so, cells)) / len(cells)

    def _is_code(self, cell: Cell) -> bool:
        return self._knows(self._code(cell, 0))

    def _code(self, cell: Cell, row: int) -> Code:
        # On the clipboard a number has lost its leading zeros as well, and nothing tells it apart.
        numeric = cell.kind is CellKind.NUMBER or (self._pasted and cell.text.isdecimal())
        return Code(cell.text, self._place(row, 0), numeric)


def _is_date(cell: Cell) -> bool:
    try:
        return birth_date_in(cell) is not None
    except ValueError:
        return False


def _is_text(cell: Cell) -> bool:
    if not any(letter.isalpha() for letter in cell.text):
        return False
    try:
        typed_mark(cell.text)
    except ValueError:
        return True
    return False


def _is_number(cell: Cell) -> bool:
    text = cell.text
    return text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= 999
