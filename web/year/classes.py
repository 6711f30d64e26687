"""Names of classes: in their order, and many at once as people write them ("6A1-6A4, 7A1")."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ledger.school.year import Year

_NAME: Final = re.compile(r"([6-9])([A-Z0-9.]{0,8})", re.ASCII)
_TAIL: Final = re.compile(r"([6-9][A-Z0-9.]*?)(\d+|[A-Z])", re.ASCII)
_DASH: Final = re.compile(r"\s*[-–—]\s*")
_MOST: Final = 60


class NamedClass(NamedTuple):
    """A class to be formed: its name, and the grade that the name begins with."""

    name: str
    grade: int


class TooManyClasses(ValueError):
    """More classes at once than any school has."""


def class_order(name: str) -> tuple[object, ...]:
    """A key that puts 6A2 before 6A10."""
    parts = re.split(r"(\d+)", name)
    return tuple((part.isdecimal(), int(part) if part.isdecimal() else part) for part in parts)


def in_order(names: Iterable[str]) -> list[str]:
    return sorted(names, key=class_order)


def classes_of(year: Year, grade: int | None = None) -> list[str]:
    """The classes of a year, or of one grade of it, in order."""
    return in_order(n for n, group in year.classes.items() if grade in {None, group.grade})


def named_classes(text: str) -> list[NamedClass]:
    """The classes that a text names, each once; ValueError for what is no name and no range."""
    found: dict[str, NamedClass] = {}
    for piece in re.split(r"[,;\s]+", _DASH.sub("-", text.strip().upper())):
        for name in _names(piece) if piece else ():
            found[name] = NamedClass(name, int(name[0]))
            if len(found) > _MOST:
                raise TooManyClasses(text)
    return list(found.values())


def _names(piece: str) -> Iterator[str]:
    first, dash, last = piece.partition("-")
    if not _NAME.fullmatch(first) or (dash and not _NAME.fullmatch(last)):
        raise ValueError(piece)
    if not dash:
        yield first
        return
    start, end = _TAIL.fullmatch(first), _TAIL.fullmatch(last)
    if not start or not end or start[1] != end[1]:
        raise ValueError(piece)
    yield from (start[1] + tail for tail in _tails(start[2], end[2]))


def _tails(first: str, last: str) -> list[str]:
    """The numbers or letters of a range; ValueError where it runs backwards or mixes the two."""
    if first.isdecimal() and last.isdecimal():
        tails = [str(number) for number in range(int(first), int(last) + 1)]
    elif len(first) == len(last) == 1 and first.isalpha() and last.isalpha():
        tails = [chr(letter) for letter in range(ord(first), ord(last) + 1)]
    else:
        tails = []
    if not tails:
        raise ValueError(last)
    if len(tails) > _MOST:
        raise TooManyClasses(last)
    return tails
