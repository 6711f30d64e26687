"""The Merkle tree of RFC 6962: leaf and node hashes, and the frontier from which it grows.

A tree of n leaves is a row of perfect subtrees, one for each bit set in n. Their hashes are
all that is needed to add leaves and to know the root, so the ledger keeps only them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Self

HASH_LENGTH: Final = 32
_SIZE_LENGTH: Final = 8

# RFC 6962 section 2.1: the prefixes keep a leaf from ever being passed off as a node.
_LEAF: Final = b"\x00"
_NODE: Final = b"\x01"

empty_root: Final = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256 of 0x00 and the entry."""
    return sha256(_LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of 0x01 and the hashes of two subtrees."""
    return sha256(_NODE + left + right).digest()


class MalformedFrontier(ValueError):
    """The bytes are not a frontier: the number of hashes does not follow from the size."""


@dataclass(frozen=True, slots=True)
class Frontier:
    """The perfect subtrees of a tree of `size` leaves: their hashes, the largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise MalformedFrontier(f"{len(self.peaks)} hashes for {self.size} leaves")
        if any(len(peak) != HASH_LENGTH for peak in self.peaks):
            raise MalformedFrontier("a hash that is not 32 bytes long")

    def extended(self, leaf_hashes: Iterable[bytes]) -> "Frontier":
        """The frontier after these leaves; on average one node hash for each leaf."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaf_hashes:
            # As in adding one to a binary number: each trailing bit that is set is a perfect
            # subtree of the size just reached, and carries into the next.
            subtree, carries = leaf, size
            while carries & 1:
                subtree = sha256(_NODE + peaks.pop() + subtree).digest()
                carries >>= 1
            peaks.append(subtree)
            size += 1
        return Frontier(size, tuple(peaks))

    def root(self) -> bytes:
        """The Merkle tree hash of all leaves (RFC 6962 section 2.1)."""
        if not self.peaks:
            return empty_root
        *larger, root = self.peaks
        for peak in reversed(larger):
            root = node_hash(peak, root)
        return root

    def to_bytes(self) -> bytes:
        """Eight bytes of size, big-endian, then the hashes, the largest subtree first."""
        return self.size.to_bytes(_SIZE_LENGTH, "big") + b"".join(self.peaks)

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Read what `to_bytes` wrote; raises MalformedFrontier."""
        size, hashes = content[:_SIZE_LENGTH], content[_SIZE_LENGTH:]
        if len(size) != _SIZE_LENGTH or len(hashes) % HASH_LENGTH:
            raise MalformedFrontier(f"{len(content)} bytes cannot be a frontier")
        peaks = (hashes[at : at + HASH_LENGTH] for at in range(0, len(hashes), HASH_LENGTH))
        return cls(int.from_bytes(size, "big"), tuple(peaks))
