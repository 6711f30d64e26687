"""Workbooks: the worksheets that hold a table under the same header, as one table."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from web.screening.grid import Grid, Part, columns_of, joined
from web.screening.headers import header_of
from web.screening.words import bare
from web.spreadsheets.cells import CellKind
from web.spreadsheets.guard import inspect
from web.spreadsheets.problem import FileRefused
from web.spreadsheets.reader import Told, read_apart
from web.spreadsheets.survey import Limits, Place

# What a cell says that a workbook itself calls faulty; no score, and told as unreadable.
_FAULTS: Final = {CellKind.ERROR: "#LỖI", CellKind.UNCOMPUTED: "#CHƯA TÍNH"}

Rows = list[list[str]]


def workbook_grid(content: bytes, limits: Limits) -> tuple[Grid, tuple[str, ...]]:
    """The table of a workbook, and the worksheets that are no part of it; raises FileRefused."""
    try:
        contents = inspect(content, limits)
    except FileRefused as refused:
        if refused.problem.code == "file-has-too-many-cells":
            raise FileRefused("workbook-better-as-text", limit=limits.cells) from refused
        raise
    grids: list[Grid] = []
    others: list[str] = []
    for sheet in json.loads(read_apart(content)):
        name = unicodedata.normalize("NFC", sheet["name"])
        if sheet["name"] not in contents.faults:
            raise FileRefused("file-is-damaged")  # Guard and reader see different sheets.
        grid = _grid(name, _texts(sheet["rows"], contents.faults[sheet["name"]]))
        if grid and (not grids or _same(grid.header, grids[0].header)):
            grids.append(grid)
        elif sheet["rows"] or sheet["hidden"]:
            others.append(name)
    if not grids:
        raise FileRefused("no-header-found")
    return joined(grids), tuple(others)


def _grid(name: str, rows: Rows) -> Grid | None:
    header = header_of(rows)
    if header is None:
        return None
    columns = columns_of(rows[header.first :], width=len(header.words), first_row=header.first + 1)
    return Grid(header.words, columns, (Part(name, header.first + 1, len(rows) - header.first),))


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    return list(map(bare, one)) == list(map(bare, other))


def _texts(rows: list[list[Told]], faults: Mapping[Place, CellKind]) -> Rows:
    texts = [
        ["" if told is None else told if isinstance(told, str) else told[1] for told in row]
        for row in rows
    ]
    # The reader leaves out trailing cells that it takes for blank, faulty ones among them.
    width = max([1 + column for _, column in faults] + [len(row) for row in texts], default=0)
    texts += [[] for _ in range(1 + max((row for row, _ in faults), default=-1) - len(texts))]
    for row in texts:
        row.extend([""] * (width - len(row)))
    for (at, column), kind in faults.items():
        texts[at][column] = _FAULTS[kind]
    return texts
