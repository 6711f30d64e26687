"""Small tables of scores as people save them; every name and number is invented."""

from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from numpy.testing import assert_array_equal

from projections.screening.table import ScoreTable
from tests.web.spreadsheets.workbooks import put_row, workbook

Row = Sequence[object]

WIDE: tuple[Row, ...] = (
    ("Lớp", "SBD", "Họ và tên", "Toán", "Ngữ văn"),
    ("9A1", "010001", "Nguyễn Hoài An", "7,5", "8"),
    ("9A1", "010002", "Trần Quốc Bảo", "0", ""),
    ("9A2", "010003", "Lê Quỳnh Chi", "-1", "6,25"),
    ("9A2", "010004", "Phạm Gia Đức", "10", "5"),
)


def text(rows: Iterable[Row], separator: str = ";", end: str = "\n") -> str:
    """Rows as lines of text."""
    return "".join(separator.join(map(str, row)) + end for row in rows)


def book(*sheets: Iterable[Row], names: Sequence[str] = ("Sheet1",)) -> bytes:
    """Rows as a workbook, one worksheet for each; numbers as numbers."""

    def drawn(rows: Iterable[Row]) -> Any:  # noqa: ANN401 - the library has no types
        def draw(_book: xlsxwriter.Workbook, sheet: Any) -> None:  # noqa: ANN401
            for at, row in enumerate(rows):
                put_row(sheet, at, 0, list(row))

        return draw

    return workbook(*map(drawn, sheets), names=names)


def same(one: ScoreTable, other: ScoreTable) -> None:
    """Assert that two tables say the same."""
    assert (one.groups, one.subjects) == (other.groups, other.subjects)
    assert_array_equal(one.group_of, other.group_of)
    assert_array_equal(one.scores, other.scores)
