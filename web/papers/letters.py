"""Which letters the fonts kept here have: what they lack is printed as an empty square."""

import struct
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

FONTS: Final = Path(__file__).parent / "fonts"
_INSTEAD: Final = "\u25a1"
_UNICODE: Final = (3, 1)  # platform and encoding of a font's table of letters


def printable(value: Any) -> Any:  # noqa: ANN401  (whatever JSON can hold)
    """The same data with every text in NFC and without letters that no font here has.

    An archived PDF may not lack a letter, and an emoji in somebody's reason may not stop a biên
    bản: it becomes a square. Marks that are never drawn, such as zero-width joiners, are left out.
    """
    match value:
        case str():
            return _printable_text(value)
        case Mapping():
            return {name: printable(each) for name, each in value.items()}
        case Sequence():
            return [printable(each) for each in value]
    return value


def _printable_text(text: str) -> str:
    return "".join(map(_in_print, unicodedata.normalize("NFC", text)))


def _in_print(letter: str) -> str:
    kind = unicodedata.category(letter)
    # Marks that turn the direction of writing would let a text show what it does not say.
    if kind == "Cf":
        return ""
    if letter in _letters():
        return letter
    return "" if kind == "Mn" else _INSTEAD


@cache
def _letters() -> frozenset[str]:
    """The letters that all faces have, and the line break."""
    faces = (frozenset(_letters_of(face.read_bytes())) for face in sorted(FONTS.glob("*.ttf")))
    return frozenset.intersection(*faces) | {"\n"}


def _letters_of(font: bytes) -> Iterator[str]:
    """The letters of a font: its table "cmap", format 4 (OpenType 1.9, "cmap")."""
    table = next(at for tag, at in _tables(font) if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, table + 2)
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", font, table + 4 + 8 * number)
        if (platform, encoding) == _UNICODE:
            yield from _letters_at(font, table + offset)


def _tables(font: bytes) -> Iterator[tuple[bytes, int]]:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * number)
        yield tag, offset


def _letters_at(font: bytes, at: int) -> Iterator[str]:
    double_count = struct.unpack_from(">H", font, at + 6)[0]
    size = f">{double_count // 2}H"
    ends = struct.unpack_from(size, font, at + 14)
    starts = struct.unpack_from(size, font, at + 16 + double_count)
    for start, end in zip(starts, ends, strict=True):
        yield from map(chr, range(start, end + 1) if end != 0xFFFF else ())
