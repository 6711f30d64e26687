"""Tables that arrive as text: what a spreadsheet puts on the clipboard, and CSV files."""

import csv
import unicodedata
from collections.abc import Iterable
from io import StringIO
from typing import Final

from web.marks import typed_mark
from web.spreadsheets.cells import BLANK_CELL, Cell, CellKind, Worksheet
from web.spreadsheets.problem import FileRefused
from web.spreadsheets.survey import CELLS, COLUMNS, ROWS

LONGEST_TEXT: Final = 1_000_000

_BYTE_ORDER_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"))


def pasted_sheet(text: str) -> Worksheet:
    """What was copied in a spreadsheet: rows on lines, cells between tabs; raises FileRefused."""
    return _sheet(_rows(text, "\t"))


def csv_sheet(content: bytes) -> Worksheet:
    """A CSV file, as Excel saves it here with semicolons or elsewhere; raises FileRefused."""
    if len(content) > LONGEST_TEXT:
        raise FileRefused("text-too-long", limit=LONGEST_TEXT // 1_000_000)
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as other:
        raise FileRefused("text-unreadable") from other
    if "\x00" in text:
        raise FileRefused("not-a-table")
    return _sheet(_rows(text, _separator(text)))


def _separator(text: str) -> str:
    """Tabs, else semicolons, else commas, unless those are the commas of marks like 8,5."""
    for separator in ("\t", ";"):
        if separator in text:
            return separator
    return "\t" if all(map(_is_mark, text.splitlines())) else ","


def _is_mark(line: str) -> bool:
    try:
        typed_mark(line)
    except ValueError:
        return False
    return True


def _rows(text: str, separator: str) -> list[list[str]]:
    """The rows; the end of the last line begins no row, nor do blank lines at the end."""
    if len(text) > LONGEST_TEXT:
        raise FileRefused("text-too-long", limit=LONGEST_TEXT // 1_000_000)
    # A quote may stand in a cell that was pasted, so broken quoting is read as it stands.
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        rows = list(csv.reader(StringIO(lines, newline="\n"), delimiter=separator))
    except csv.Error as broken:
        raise FileRefused("not-a-table") from broken
    while rows and not any(map(_clean, rows[-1])):
        rows.pop()
    return rows


def _sheet(rows: Iterable[list[str]]) -> Worksheet:
    cells = [[_cell(text) for text in row] for row in rows]
    if len(cells) > ROWS:
        raise FileRefused("file-has-too-many-rows", limit=ROWS)
    if max(map(len, cells), default=0) > COLUMNS:
        raise FileRefused("file-has-too-many-columns", limit=COLUMNS)
    if sum(map(len, cells)) > CELLS:
        raise FileRefused("file-has-too-many-cells", limit=CELLS)
    return Worksheet("", cells)


def _cell(text: str) -> Cell:
    cleaned = _clean(text)
    return Cell(CellKind.TEXT, cleaned) if cleaned else BLANK_CELL


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00a0", " ").split())
