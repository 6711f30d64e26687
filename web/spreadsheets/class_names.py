"""The name of a class as files write it: "Lớp 6 a1", "6A1", and lists as "6A1, 2, 6A4"."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from web.spreadsheets.spelling import same_class

# The grade comes first; a lower-secondary school has grades 6 to 9.
CLASS_PATTERN: Final = r"^[6-9][A-Z0-9.]{0,8}$"
_CLASS: Final = re.compile(CLASS_PATTERN, re.ASCII)
_LABEL: Final = re.compile(r"^\s*lớp\b[\s:.]*", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[,;\n]|\bvà\b")
_ENDS_IN_A_NUMBER: Final = re.compile(r"(.*\D)\d+")
_IN_BRACKETS: Final = re.compile(r"\([^)]*\)")


def class_named(text: str, known: Collection[str]) -> str | None:
    """The class of the year that is meant, or a name for a new one; None if it can be neither."""
    text = _LABEL.sub("", text)
    for name in known:
        if same_class(name, text):
            return name
    name = "".join(text.split()).upper().replace("/", ".")
    return name if _CLASS.fullmatch(name) else None


def grade_of(class_group: str) -> int:
    """The grade that a class's name begins with; ValueError if it begins with none."""
    return int(class_group[:1])


def classes_listed(text: str) -> Iterator[str]:
    """Each class of a list as it is written; "6A1, 2" means 6A1 and 6A2."""
    first_words = ""
    for part in _BETWEEN.split(_IN_BRACKETS.sub("", text)):
        name = _LABEL.sub("", part).strip()
        if not name:
            continue
        if name.isdecimal() and first_words:
            name = f"{first_words}{name}"
        if found := _ENDS_IN_A_NUMBER.fullmatch(name):
            first_words = found[1]
        yield name
