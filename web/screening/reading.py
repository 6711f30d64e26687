"""A file of scores from its bytes to a ScoreTable, with an account of what was done to it."""

from typing import Final

from web.screening.account import Reading
from web.screening.grid import Grid
from web.screening.grouping import grouped
from web.screening.meaning import listed, meaning_of
from web.screening.tabling import tabled
from web.screening.texts import text_grid
from web.screening.workbooks import workbook_grid
from web.spreadsheets.problem import FileRefused, Problem
from web.spreadsheets.survey import Limits

# What a page takes in, and what a terminal does, where only the person's own machine waits.
ON_A_PAGE: Final = Limits(10 * 1024**2, 160 * 1024**2, rows=200_000, cells=1_000_000)
AT_A_TERMINAL: Final = Limits(512 * 1024**2, 1024**3, rows=20_000_000, cells=3_000_000)

_PACKED: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx, and what the guard knows to refuse


def read_scores(
    content: bytes, *, group: str | None = None, limits: Limits = AT_A_TERMINAL
) -> Reading:
    """Read any long or wide table of scores; raises FileRefused.

    `group` names the column of the groups, by header, letter or number.
    """
    if not content.strip():
        raise FileRefused("file-is-empty")
    if len(content) > limits.upload_bytes:
        raise FileRefused("file-too-large", limit=limits.upload_bytes // 1024**2)
    grid, remarks = _grid(content, limits)
    meaning = meaning_of(grid, group)
    if not meaning.scores:
        raise FileRefused("no-score-column", columns=listed(grid))
    return tabled(grid, meaning, grouped(grid, meaning), remarks)


def _grid(content: bytes, limits: Limits) -> tuple[Grid, list[Problem]]:
    if content.startswith(_PACKED):
        grid, others = workbook_grid(content, limits)
        told = [Problem("sheets-left-out", details={"sheets": ", ".join(others)})] if others else []
        return grid, told
    grid, encoding = text_grid(content)
    if grid.rows > limits.rows:
        raise FileRefused("file-has-too-many-rows", limit=limits.rows)
    told = [Problem("encoding-guessed", details={"encoding": encoding})] if encoding else []
    return grid, told
