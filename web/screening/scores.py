"""What the texts of a column of scores say: a score, nothing taken, or nothing readable."""

import re
from dataclasses import dataclass
from math import isnan, nan
from typing import Final

import numpy as np
from numpy.typing import NDArray

from web.screening.grid import Column
from web.screening.words import bare

_NUMBER: Final = re.compile(r"(?:-0*(?=0(?:[.,]0+)?$))?\d{1,4}(?:[.,]\d{1,17})?", re.ASCII)
_MINUS_ONE: Final = re.compile(r"[-−–]\s?1(?:[.,]0+)?", re.ASCII)
_NOT_TAKEN: Final = frozenset(
    {
        *("v", "vt", "vang", "vangthi", "bothi", "khongthi", "absent"),
        *("x", "mien", "mienthi", "na", "nan", "nil", "none", "null"),
    }
)
_TEN: Final = 10
_SLIPS: Final = 0.01  # of the scores of a column; more than that is another scale


def judged(text: str) -> float | None:
    """A score, NaN for what was not taken, None for what nobody can read.

    0 is a score, and so is the -0.0 of some programs. Blank, dashes, -1 and the words for absent
    or exempted are none.
    """
    text = text.replace("\u00a0", " ").strip()
    if _NUMBER.fullmatch(text):
        return abs(float(text.replace(",", ".")))
    if not text.strip("-–—_.− ") or _MINUS_ONE.fullmatch(text) or bare(text) in _NOT_TAKEN:
        return nan
    return None


@dataclass(frozen=True, slots=True)
class Scores:
    """A column's scores by row (NaN: not taken or not readable), and which rows are unreadable."""

    values: NDArray[np.float32]
    unread: NDArray[np.bool_]


def scores_of(column: Column) -> Scores:
    """Judge each different text once. Beyond a scale of ten, a few are slips: 75 for 7,5."""
    judgements = [judged(text) for text in column.texts]
    values = np.array([nan if one is None else one for one in judgements], np.float32)
    unread = np.array([one is None for one in judgements], np.bool_)
    counts = np.bincount(column.codes, minlength=len(values))
    beyond = values > _TEN
    if 0 < counts[beyond].sum() <= _SLIPS * counts[~np.isnan(values)].sum():
        values[beyond], unread[beyond] = nan, True
    return Scores(values[column.codes], unread[column.codes])


def is_score(text: str) -> bool:
    score = judged(text)
    return score is not None and not isnan(score)
