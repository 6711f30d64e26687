"""CSV and its relatives: which encoding, which separator, where the table begins."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from io import StringIO
from itertools import chain, islice
from typing import Final

from web.screening.grid import Grid, Part, columns_of
from web.screening.headers import SEARCHED_ROWS, Header, header_of
from web.spreadsheets.problem import FileRefused
from web.spreadsheets.survey import COLUMNS

_SEPARATORS: Final = ("\t", ";", "|", ",")
_MARKS: Final = ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))
_OLD: Final = ("cp1258", "cp1252", "latin-1")
_SAMPLE: Final = 1 << 16  # characters


def decoded(content: bytes) -> tuple[str, str]:
    """The text, and the encoding where it had to be guessed ("" for Unicode)."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _decoded(content, name), ""
    if b"\x00" in content[:_SAMPLE]:
        # Every second byte of Latin letters in UTF-16 is zero: the first or the last of each pair.
        name = "utf-16-be" if content[:2].startswith(b"\x00") else "utf-16-le"
        return _decoded(content, name), ""
    try:
        return content.decode(), ""
    except UnicodeDecodeError:
        for name in _OLD:
            try:
                return content.decode(name), name
            except UnicodeDecodeError:
                continue
    raise FileRefused("not-a-table")


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as broken:
        raise FileRefused("not-a-table") from broken


def text_grid(content: bytes) -> tuple[Grid, str]:
    """The table of a file of text, and its encoding where that was guessed; raises FileRefused."""
    text, encoding = decoded(content)
    if "\x00" in text:
        raise FileRefused("not-a-table")
    separator, announced = _separator(text)
    rows = _rows(text, separator)
    start = list(islice(rows, announced + SEARCHED_ROWS))[announced:]
    header = header_of(start)
    if header is None:
        raise FileRefused("no-header-found")
    width = len(header.words)
    if width > COLUMNS:
        raise FileRefused("file-has-too-many-columns", limit=COLUMNS)
    first_row = announced + header.first + 1
    below = chain(start[header.first :], rows)
    columns = columns_of(below, width=width, first_row=first_row)
    return Grid(header.words, columns, (Part("", first_row, len(columns[0].codes)),)), encoding


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    # Strict: a quote that is never closed would take the rest of the file into one cell.
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error as broken:
        raise FileRefused("quotes-broken", row=reader.line_num) from broken


def _separator(text: str) -> tuple[str, int]:
    """The separator under which the header is understood best, and the lines that announce it."""
    first = text[:20].partition("\n")[0].strip()
    if len(first) == 5 and first.lower().startswith("sep="):
        return first[4], 1
    start = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        start = start.rpartition("\n")[0]
    return max(_SEPARATORS, key=lambda separator: _merit(start, separator)), 0


def _merit(start: str, separator: str) -> tuple[int, int, int]:
    """How many header words are known, how many rows are as wide, how many columns there are."""
    reader = csv.reader(StringIO(start, newline=""), delimiter=separator)
    try:
        rows = list(islice(reader, SEARCHED_ROWS))
    except csv.Error:
        return 0, 0, 0
    header: Header | None = header_of(rows)
    if header is None or len(header.words) < 2:
        return 0, 0, 0
    width = len(header.words)
    return header.known, sum(len(row) == width for row in rows), width
