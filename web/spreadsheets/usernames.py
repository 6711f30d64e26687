"""Names to sign in with, made of people's names: "Nguyễn Thị Thanh Hà" signs in as "hantt"."""

import re
import unicodedata
from collections.abc import Container
from itertools import count
from typing import Final

_USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}", re.ASCII)
_SHORTEST: Final = 3


def is_username(text: str) -> bool:
    return _USERNAME.fullmatch(text) is not None


def username_for(full_name: str, taken: Container[str]) -> str:
    """The given name and the other names' first letters; with a number where that is taken."""
    *others, given = plain(full_name).split() or [""]
    name = f"{given}{''.join(word[0] for word in others)}".ljust(_SHORTEST, "0")[:36]
    if name not in taken:
        return name
    return next(f"{name}{number}" for number in count(2) if f"{name}{number}" not in taken)


def plain(text: str) -> str:
    """Without tones and accents; "đ" is a letter of its own and does not come apart."""
    apart = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    letters = "".join(letter if letter.isascii() else "" for letter in apart)
    return re.sub(r"[^a-z0-9 -]+", "", letters)
