"""The cells of a column in two texts: two hexadecimal digits a mark, fourteen a moment."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

from ledger.vocabulary import MARKS, Mark, MarkState

# What a byte says: tenths up to 100, or one of these.
MOST_TENTHS: Final = 100
ZERO_BY_RULE: Final = 0xFE
NOTHING: Final = 0xFF

_MOMENT_DIGITS: Final = 14
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)


def _code(mark: Mark) -> int:
    if mark.score is not None:
        return int(mark.score * 10)
    if mark.passed is not None:
        return MOST_TENTHS if mark.passed else 0
    return ZERO_BY_RULE if mark.state is MarkState.ZERO_BY_RULE else NOTHING


# The byte of every mark, by the mark's text.
CODES: Final[Mapping[str, int]] = MappingProxyType(
    {text: _code(mark) for text, mark in MARKS.items()}
)


def packed_moments(moments: Sequence[int]) -> str:
    return "".join([f"{moment:0{_MOMENT_DIGITS}x}" for moment in moments])


def unpacked_moments(text: str) -> list[int]:
    starts = range(0, len(text), _MOMENT_DIGITS)
    return [int(text[start : start + _MOMENT_DIGITS], 16) for start in starts]


def ticks(at: datetime) -> int:
    """The moment in microseconds since 1970, exactly."""
    return (at - _EPOCH) // _TICK


def moment_of(count: int) -> datetime:
    """The moment so many microseconds after the beginning of 1970."""
    return _EPOCH + count * _TICK
