"""Vietnamese alphabetical order: given name first, then family and middle names."""

import unicodedata
from typing import Final

_LETTERS: Final = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES: Final = {
    tone: rank for rank, tone in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)
}  # huyền, hỏi, ngã, sắc, nặng; a letter without a tone (ngang) comes first

Key = tuple[tuple[int, ...], tuple[int, ...]]


def vietnamese_order(text: str) -> Key:
    """A sort key: letters decide first (a ă â b c d đ ...), tones only between equal letters."""
    letters: list[int] = []
    tones: list[int] = []
    for character in unicodedata.normalize("NFC", text).lower():
        # Taking only the tone off keeps ă, â, ê, ô, ơ, ư whole: they are letters, not accents.
        parts = unicodedata.normalize("NFD", character)
        tone = next((mark for mark in parts if mark in _TONES), "")
        letter = unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts)
        letters.append(_rank(letter))
        tones.append(_TONES.get(tone, 0))
    return tuple(letters), tuple(tones)


def _rank(letter: str) -> int:
    # Only a tone that stands on no letter, as broken files have it, leaves nothing.
    if letter in {"", " "}:
        return -1
    return _LETTERS.get(letter, len(_LETTERS) + ord(letter[0]))


def class_list_order(given_name: str, family_name: str) -> tuple[Key, Key]:
    """The order of a class list: by given name (tên), then by family and middle names (họ đệm)."""
    return vietnamese_order(given_name), vietnamese_order(family_name)
