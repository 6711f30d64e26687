"""A worksheet as typed cells, with the names that a spreadsheet gives to its places."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final


class CellKind(Enum):
    """What a cell holds, as far as a mark is concerned."""

    BLANK = "blank"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"  # #DIV/0!, #REF!, ...
    UNCOMPUTED = "uncomputed"  # a formula whose result was never saved


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a number as Excel shows it ("7.1"), a date as ISO text, else the text."""

    kind: CellKind
    text: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands here; an error or a formula without result is something."""
        return self.kind is CellKind.BLANK or (
            self.kind is CellKind.TEXT and not self.text.replace("\u00a0", " ").strip()
        )


BLANK_CELL: Final = Cell(CellKind.BLANK)


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worksheet: rows and columns count from 0 here, and from A1 in what people read."""

    name: str
    rows: Sequence[Sequence[Cell]]
    hidden: bool = False

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place; outside of what was written it is blank."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return BLANK_CELL

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)


def reference(row: int, column: int) -> str:
    """The name of a place: (11, 6) is "G12"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
