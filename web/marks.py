"""Marks as people type and read them: comma decimals, Đ and CĐ, and short words for the rest."""

import re
import unicodedata
from types import MappingProxyType
from typing import Final

from ledger.vocabulary import Mark, MarkState

_WORDS: Final = MappingProxyType(
    {
        "đ": "passed",
        "đạt": "passed",
        "cđ": "not-passed",
        "chưa đạt": "not-passed",
        "0*": "zero-by-rule",
        "v": "awaiting-make-up",
        "vắng": "awaiting-make-up",
        "m": "exempt",
        "mg": "exempt",
        "miễn": "exempt",
        "kđg": "not-assessed",
        "": "",
    }
)
_SCORE: Final = re.compile(r"^(\d{1,2})(?:\s*[.,]\s*(\d))?$", re.ASCII)

_SHORT: Final = MappingProxyType(
    {
        MarkState.ZERO_BY_RULE: "0*",
        MarkState.AWAITING_MAKE_UP: "V",
        MarkState.EXEMPT: "MG",
        MarkState.NOT_ASSESSED: "KĐG",
    }
)


def typed_mark(text: str) -> Mark:
    """The mark a person means by `text` ("8,5", "8.5", "7 ,5", "Đ", "v", ""); else ValueError.

    Two decimals are refused rather than rounded: rounding while typing was one cause of the
    Thanh Hóa scandal of 2026.
    """
    word = unicodedata.normalize("NFC", text).replace("\u00a0", " ").strip().lower()
    if found := _SCORE.match(word):
        return Mark.of(f"{int(found[1])}.{found[2] or 0}")
    try:
        return Mark.of(_WORDS[word])
    except KeyError:
        message = f"nobody writes a mark as {text!r}"
        raise ValueError(message) from None


def shown_mark(mark: Mark) -> str:
    """The mark as the books have it: "8,5", "8", "Đ", "CĐ", "0*", "V", "MG", "KĐG" or ""."""
    if mark.score is not None:
        return f"{mark.score:.1f}".removesuffix(".0").replace(".", ",")
    if mark.passed is not None:
        return "Đ" if mark.passed else "CĐ"
    return _SHORT.get(mark.state, "")
