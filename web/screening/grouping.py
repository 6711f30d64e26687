"""The group of each row: a column's, the worksheet's, or the first digits of pupils' numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from web.screening.account import GroupedBy
from web.screening.grid import Codes, Column, Grid
from web.screening.meaning import Meaning, listed
from web.screening.words import bare
from web.spreadsheets.problem import FileRefused

NOBODY: Final = -1  # the group of a row that names none

_PREFIX: Final = 2
_NATIONAL: Final = 8  # digits of a number of the national examination, its province first
_SHORTEST: Final = 4
_DEFAULT_SHEET: Final = re.compile(r"(?:sheet|trang|trangtinh|bang)?\d*")
_SUMMARY: Final = re.compile(r"(?:tong|tongcong|tongso|cong|trungbinh|tb|total|average)")


@dataclass(frozen=True, slots=True)
class Groups:
    """Names of groups, each row's place among them (or NOBODY), and where they came from."""

    names: tuple[str, ...]
    of_row: Codes
    by: GroupedBy
    column: str = ""


def grouped(grid: Grid, meaning: Meaning) -> Groups:
    """Whichever grouping the table offers first; raises FileRefused where it offers none."""
    if meaning.group is not None:
        column, header = grid.columns[meaning.group], grid.header[meaning.group]
        # A header that is repeated on each page of a long list names no group.
        texts = ["" if bare(text) == bare(header) else text for text in column.texts]
        names, codes = named_places(Column(texts, column.codes))
        return Groups(names, codes, GroupedBy.COLUMN, header)
    numbers = grid.columns[meaning.pupil[0]] if meaning.has_codes else None
    by_sheet = len({bare(part.name) for part in grid.parts}) > 1
    named = all(not _DEFAULT_SHEET.fullmatch(bare(part.name)) for part in grid.parts)
    if by_sheet and (named or numbers is None):
        return _by_sheet(grid)
    digits = None if numbers is None else _first_digits(numbers.texts)
    if numbers is not None and digits is not None:
        names = tuple(sorted(set(digits) - {""}))
        places = {name: place for place, name in enumerate(names)}
        codes = np.array([places.get(name, NOBODY) for name in digits], np.int32)
        by = GroupedBy.FIRST_DIGITS
        return Groups(names, codes[numbers.codes], by, grid.header[meaning.pupil[0]])
    raise FileRefused("no-group-column", columns=listed(grid))


def named_places(column: Column) -> tuple[tuple[str, ...], Codes]:
    """Different names as people see them: "6a1 " and "6A1" are one, spelled as it came first."""
    names: dict[str, str] = {}
    keys = [_key(text) for text in column.texts]
    for key, text in zip(keys, column.texts, strict=True):
        if key:
            names.setdefault(key, " ".join(text.split())[:80])
    places = {key: place for place, key in enumerate(names)}
    codes = np.array([places.get(key, NOBODY) for key in keys], np.int32)
    return tuple(names.values()), codes[column.codes]


def _key(text: str) -> str:
    """What names are compared by; that of a line of totals is none."""
    key = "".join(text.casefold().split())
    return "" if _SUMMARY.fullmatch(bare(text)) else key


def _by_sheet(grid: Grid) -> Groups:
    rows = [part.rows for part in grid.parts]
    codes = np.repeat(np.arange(len(rows), dtype=np.int32), rows)
    names = tuple(part.name for part in grid.parts)
    return Groups(names, codes, GroupedBy.WORKSHEET)


def _first_digits(texts: Sequence[str]) -> list[str] | None:
    """The first two digits of each number, if all are digits of one length.

    A spreadsheet drops the zero before the numbers of provinces 01 to 09.
    """
    numbers = [text.strip() for text in texts]
    said = [number for number in numbers if number]
    if not said or not all(number.isascii() and number.isdigit() for number in said):
        return None
    lengths = set(map(len, said))
    if lengths <= {_NATIONAL - 1, _NATIONAL}:
        numbers = [number.zfill(_NATIONAL) if number else "" for number in numbers]
    elif len(lengths) > 1 or min(lengths) < _SHORTEST:
        return None
    return [number[:_PREFIX] for number in numbers]
