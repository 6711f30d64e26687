"""What the sentences of refusals are built with."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

from ledger.vocabulary import PupilId

Details = Mapping[str, Any]


class KnowsNames(Protocol):
    """Whoever can say the names behind ids."""

    def staff(self, person: UUID | None) -> str: ...

    def pupil(self, pupil: PupilId) -> str: ...


Builder = Callable[[Details, KnowsNames], str]


def plain(sentence: str) -> Builder:
    """A sentence that needs no details."""
    return lambda _details, _names: sentence


def listed(words: Iterable[str], *, most: int = 5) -> str:
    """The first few words, and how many more there are."""
    words = list(words)
    shown = ", ".join(words[:most])
    return f"{shown} và {len(words) - most} mục khác" if len(words) > most else shown
