"""Where the header of a table is, below whatever titles: one row of words, or two."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final
from unicodedata import normalize

from web.screening.scores import is_score
from web.screening.words import role_of

SEARCHED_ROWS: Final = 40

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Header:
    """The header words by column, the index of the first row below, and how many are known."""

    words: tuple[str, ...]
    first: int
    known: int


def header_of(rows: Rows) -> Header | None:
    """The header among the first rows of a table; None where nothing looks like one."""
    rows = rows[:SEARCHED_ROWS]
    known = [sum(map(_is_known, set(row))) for row in rows]
    best = max(known, default=0)
    if best >= 2:
        return _composed(rows, known.index(best))
    at = next((at for at in range(len(rows) - 1) if _is_above_numbers(rows, at)), None)
    return None if at is None else _composed(rows, at)


def _composed(rows: Rows, at: int) -> Header:
    """With the row above or below, where merged cells let a header take two."""
    words, first = list(rows[at]), at + 1
    if at and any(map(_is_known, rows[at - 1])):
        pairs = zip_longest(words, rows[at - 1], fillvalue="")
        words = [word if word.strip() else above for word, above in pairs]
    elif first < len(rows) and _goes_on(rows[first]):
        pairs = zip_longest(words, rows[first], fillvalue="")
        words = [below if below.strip() else word for word, below in pairs]
        first += 1
    if first < len(rows) and _counts_columns(rows[first]):
        first += 1
    composed = (normalize("NFC", " ".join(word.split())) for word in words)
    return Header(tuple(composed), first, sum(map(_is_known, words)))


def _is_known(text: str) -> bool:
    return role_of(text) is not None


def _goes_on(row: Sequence[str]) -> bool:
    filled = [text for text in row if text.strip()]
    return 0 < len(filled) < len(row) and all(map(_is_known, filled))


def _counts_columns(row: Sequence[str]) -> bool:
    """Whether the row only counts the columns, as (1) (2) (3) does."""
    texts = [text.strip(" ()") for text in row if text.strip()]
    return len(texts) >= 3 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _is_above_numbers(rows: Rows, at: int) -> bool:
    filled = [text for text in rows[at] if text.strip()]
    return len(filled) >= 2 and not any(map(is_score, filled)) and any(map(is_score, rows[at + 1]))
