"""Tables of texts under header words, as lists of staff and of assignments are."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from web.spreadsheets.cells import CellKind, Worksheet, reference
from web.spreadsheets.layouts import is_example
from web.spreadsheets.problem import Problem
from web.spreadsheets.spelling import folded
from web.spreadsheets.titles import Said

_SEARCHED_ROWS: Final = 20
_FAULTY: Final = frozenset({CellKind.ERROR, CellKind.UNCOMPUTED})


def header_words(*texts: str) -> frozenset[str]:
    """Header words as they are compared."""
    return frozenset(map(folded, texts))


@dataclass(frozen=True, slots=True)
class TextTable:
    """A worksheet with a header; `columns` are those whose words are known, by their names."""

    sheet: Worksheet
    header_row: int
    columns: Mapping[str, int]

    @property
    def others(self) -> Iterator[tuple[int, Said]]:
        """Every other column that has a header, with its word."""
        for column in range(self.sheet.width):
            if column not in self.columns.values():
                said = self.said(self.header_row, column)
                if said:
                    yield column, said

    @property
    def rows(self) -> Iterator[int]:
        """The rows below the header that hold anything, except for the example of our forms."""
        for row in range(self.header_row + 1, len(self.sheet.rows)):
            blank = all(cell.is_blank for cell in self.sheet.rows[row])
            if not blank and not is_example(self.sheet, row):
                yield row

    def text(self, row: int, name: str) -> Said | None:
        """What a row says in a known column; None if the column is missing or blank here."""
        column = self.columns.get(name)
        return None if column is None else self.said(row, column)

    def said(self, row: int, column: int) -> Said | None:
        cell = self.sheet.cell(row, column)
        if cell.is_blank:
            return None
        lines = unicodedata.normalize("NFC", cell.text).splitlines()
        text = "\n".join(" ".join(line.split()) for line in lines)
        return Said(text, reference(row, column))

    def faults(self) -> Iterator[Problem]:
        """The cells below the header whose value cannot be trusted."""
        for row in self.rows:
            for column, cell in enumerate(self.sheet.rows[row]):
                if cell.kind in _FAULTY:
                    yield Problem("cell-unreadable", reference(row, column))


def text_tables(
    sheets: Sequence[Worksheet],
    words: Mapping[str, frozenset[str]],
    needed: Collection[frozenset[str]],
) -> Iterator[TextTable]:
    """The visible worksheets with a header that has all columns of one of the `needed` sets."""
    for sheet in sheets:
        for row in range(0 if sheet.hidden else min(_SEARCHED_ROWS, len(sheet.rows))):
            columns = _columns(sheet, row, words)
            if any(names <= columns.keys() for names in needed):
                yield TextTable(sheet, row, columns)
                break


def _columns(sheet: Worksheet, row: int, words: Mapping[str, frozenset[str]]) -> dict[str, int]:
    tops = [folded(cell.text) for cell in sheet.rows[row]]
    found: dict[str, int] = {}
    for name, meant in words.items():
        column = next((at for at, top in enumerate(tops) if top in meant), None)
        if column is not None:
            found[name] = column
    return found
