"""Proofs that travel (c2sp.org/tlog-proof): where an entry stands, and the checkpoint above it."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from ledger.trust.checkpoint import MalformedCheckpoint, decimal
from ledger.trust.merkle import HASH_LENGTH, verify_inclusion
from ledger.trust.note import MalformedNote, Note, from_base64
from ledger.trust.policy import CheckedCheckpoint, Policy

_FIRST_LINE: Final = "c2sp.org/tlog-proof@v1"
# A tree of 2**63 leaves needs no more.
_MOST_HASHES: Final = 63


class MalformedProof(ValueError):
    """The bytes are not a proof."""


@dataclass(frozen=True, slots=True)
class TlogProof:
    """The proof that an entry stands at `index` (from 0) of the tree of the checkpoint."""

    index: int
    path: tuple[bytes, ...]
    note: Note
    extra: bytes | None = None

    def to_bytes(self) -> bytes:
        extra = [] if self.extra is None else [f"extra {b64encode(self.extra).decode()}"]
        lines = [_FIRST_LINE, *extra, f"index {self.index}", *to_lines(self.path), "", ""]
        return "\n".join(lines).encode() + self.note.to_bytes()

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Read a proof without believing it; raises MalformedProof."""
        head, blank, note = content.partition(b"\n\n")
        try:
            first, *lines = head.decode().split("\n")
            if not blank or first != _FIRST_LINE:
                raise MalformedProof("another first line")
            extra = None
            if lines and lines[0].startswith("extra "):
                extra = from_base64(lines.pop(0).removeprefix("extra "))
            if not lines or not lines[0].startswith("index "):
                raise MalformedProof("no index")
            index = decimal(lines[0].removeprefix("index "))
            return cls(index, from_lines(lines[1:]), Note.parse(note), extra)
        except (UnicodeDecodeError, MalformedNote, MalformedCheckpoint) as error:
            raise MalformedProof(str(error)) from error

    def verify(self, leaf_hash: bytes, policy: Policy) -> CheckedCheckpoint:
        """Check the whole of it; raises ProofFails, and what `Policy.check` raises."""
        checked = policy.check(self.note)
        checkpoint = checked.checkpoint
        verify_inclusion(self.index, checkpoint.size, leaf_hash, self.path, checkpoint.root)
        return checked


def to_lines(hashes: Sequence[bytes]) -> list[str]:
    """Hashes as the specifications write them, one on each line."""
    return [b64encode(one).decode() for one in hashes]


def from_lines(lines: Sequence[str]) -> tuple[bytes, ...]:
    """The hashes of such lines; raises MalformedNote."""
    hashes = tuple(map(from_base64, lines))
    if len(hashes) > _MOST_HASHES or any(len(one) != HASH_LENGTH for one in hashes):
        raise MalformedNote("not a proof's hashes")
    return hashes
