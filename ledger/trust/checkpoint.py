"""Checkpoints (c2sp.org/tlog-checkpoint): a log's size and root as the text of a signed note."""

import re
from base64 import b64encode
from dataclasses import dataclass
from typing import Final, Self

from ledger.trust.merkle import HASH_LENGTH
from ledger.trust.note import MalformedNote, Note, SigningKey, from_base64

_DECIMAL: Final = re.compile("0|[1-9][0-9]{0,18}")
_LEAST_LINES: Final = 3
# What fits the eight bytes, with a sign, in which other programs and databases count.
_LARGEST: Final = 2**63 - 1


class MalformedCheckpoint(ValueError):
    """The note's text is not that of a checkpoint."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: its origin, its number of leaves, the root over them.

    `extension` are further lines, which we never write and which mean nothing to us.
    """

    origin: str
    size: int
    root: bytes
    extension: tuple[str, ...] = ()

    def to_text(self) -> str:
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extension)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a note; raises MalformedCheckpoint."""
        lines = text.removesuffix("\n").split("\n")
        if not text.endswith("\n") or len(lines) < _LEAST_LINES or not all(lines):
            raise MalformedCheckpoint("not three lines")
        origin, size, root, *extension = lines
        try:
            hashed = from_base64(root)
        except MalformedNote as error:
            raise MalformedCheckpoint(str(error)) from error
        if len(hashed) != HASH_LENGTH:
            raise MalformedCheckpoint("a root that is not 32 bytes long")
        return cls(origin, decimal(size), hashed, tuple(extension))

    def signed(self, key: SigningKey) -> Note:
        """The note in which the log says so."""
        text = self.to_text()
        return Note(text, (key.sign(text),))


def decimal(text: str) -> int:
    """A number as the specifications write one, without leading zeroes; MalformedCheckpoint."""
    if _DECIMAL.fullmatch(text) is None or int(text) > _LARGEST:
        raise MalformedCheckpoint(f"not a number: {text!r}")
    return int(text)
