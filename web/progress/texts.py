"""What supervision takes from its forms: remarks, proposals and answers in words."""

from typing import Final

from web.forms import Typed

_SHORTEST: Final = 3
_LONGEST: Final = 500


def typed_text(typed: Typed, text: str, *, name: str) -> str:
    """A text of 3 to 500 characters, without the spaces around it."""
    text = text.strip()
    if not _SHORTEST <= len(text) <= _LONGEST:
        typed.wrong(name, "text-length")
    return text
