"""A table as columns of codes: each different text is kept, and later judged, once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from web.spreadsheets.problem import FileRefused

Codes = NDArray[np.int32]

_AT_ONCE: Final = 2_000  # rows; more at a time are slower, since they leave the processor's cache


@dataclass(frozen=True, slots=True)
class Column:
    """The different texts of a column, and for each row the place of its text among them."""

    texts: Sequence[str]
    codes: Codes


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that follow one another in the file: of which worksheet, from which row on (from 1)."""

    name: str
    first_row: int
    rows: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under one header, from one part of a file or from several that share it."""

    header: tuple[str, ...]
    columns: tuple[Column, ...]
    parts: tuple[Part, ...]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)

    def place(self, row: int) -> str:
        """Where people find a row: "dòng 7", or "trang 6A1, dòng 7" among several worksheets."""
        for part in self.parts:
            if row < part.rows:
                there = f"dòng {row + part.first_row}"
                return f"trang {part.name}, {there}" if len(self.parts) > 1 else there
            row -= part.rows
        raise IndexError(row)


class _Numbered(dict[str, int]):
    """Texts by the order in which they came first."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


def columns_of(rows: Iterable[Sequence[str]], *, width: int, first_row: int) -> tuple[Column, ...]:
    """The columns of rows of texts; raises FileRefused for a row with more than the header has.

    A shorter row ends in blanks. A longer one is most often a decimal comma between commas, and
    reading on would move every score into the column beside its own.
    """
    numbered = [_Numbered() for _ in range(width)]
    found: list[list[Codes]] = [[] for _ in range(width)]
    rows, at = iter(rows), first_row
    while block := list(islice(rows, _AT_ONCE)):
        if set(map(len, block)) != {width}:
            block = list(_fitted(block, width, at))
        for texts, codes, cells in zip(numbered, found, zip(*block, strict=True), strict=True):
            codes.append(np.fromiter(map(texts.__getitem__, cells), np.int32, len(cells)))
        at += len(block)
    return tuple(
        Column(tuple(texts), np.concatenate(codes) if codes else np.empty(0, np.int32))
        for texts, codes in zip(numbered, found, strict=True)
    )


def _fitted(block: Sequence[Sequence[str]], width: int, at: int) -> Iterator[list[str]]:
    for number, row in enumerate(block, at):
        if any(text.strip() for text in row[width:]):
            raise FileRefused("row-wider-than-header", found=len(row), row=number, width=width)
        yield [*row[:width], *[""] * (width - len(row))]


def joined(grids: Sequence[Grid]) -> Grid:
    """Tables that share a header, one below the other."""
    if len(grids) == 1:
        return grids[0]
    together = zip(*(grid.columns for grid in grids), strict=True)
    columns = tuple(map(_one_below_the_other, together))
    return Grid(grids[0].header, columns, tuple(part for grid in grids for part in grid.parts))


def _one_below_the_other(columns: Sequence[Column]) -> Column:
    numbered = _Numbered()
    codes = [
        np.fromiter(map(numbered.__getitem__, column.texts), np.int32, len(column.texts))[
            column.codes
        ]
        for column in columns
    ]
    return Column(tuple(numbered), np.concatenate(codes))
