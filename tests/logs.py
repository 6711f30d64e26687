"""Logs of invented schools, small enough to be taken in: what they sign, and what they ask."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from ledger.trust import merkle
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.note import Algorithm, Note, SigningKey, VerifierKey
from ledger.trust.witnessing import AddCheckpoint

LEAVES = 40


def leaves(story: str = "as it was", *, until: int = LEAVES) -> list[bytes]:
    """The hashes of so many entries; another story has other entries."""
    return [merkle.leaf_hash(f"{story} {number}".encode()) for number in range(until)]


@dataclass(frozen=True)
class SchoolLog:
    """A log whose leaves are known, and its key."""

    origin: str = "so-diem/hoa-phuong"
    hashes: Sequence[bytes] = field(default_factory=leaves)
    seed: str = "first"

    @property
    def key(self) -> SigningKey:
        seed = sha256(f"{self.origin} {self.seed}".encode()).digest()
        return SigningKey.from_seed(self.origin, Algorithm.ED25519, seed)

    @property
    def vkey(self) -> VerifierKey:
        return self.key.verifier

    def checkpoint(self, size: int) -> Checkpoint:
        return Checkpoint(self.origin, size, merkle.root(self.hashes[:size]))

    def note(self, size: int) -> Note:
        return self.checkpoint(size).signed(self.key)

    def asks(self, old: int, size: int) -> AddCheckpoint:
        """What its publisher sends, the proof as it should be."""
        proof = merkle.consistency_proof(old, size, self.hashes) if 0 < old <= size else []
        return AddCheckpoint(old, tuple(proof), self.note(size))

    def forked_after(self, size: int) -> "SchoolLog":
        """The same school with the same key and another history from there on."""
        other = leaves("as somebody would have it")
        return SchoolLog(self.origin, [*self.hashes[:size], *other[size:]], self.seed)
