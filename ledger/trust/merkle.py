"""The Merkle tree of RFC 6962 (and 9162): hashes, the frontier from which it grows, and proofs.

A tree of n leaves is a row of perfect subtrees, one for each bit set in n. Their hashes are
all that is needed to add leaves and to know the root, so the ledger keeps only them. A proof needs
the hashes of other subtrees as well; where these come from, `SubtreeHash` leaves open.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
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


# The hash of the subtree over the leaves from the first index up to, not including, the second.
SubtreeHash = Callable[[int, int], bytes]


class ProofFails(Exception):
    """The proof does not lead to the root, or to both roots; nothing it claims may be believed."""


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


def root(leaf_hashes: Iterable[bytes]) -> bytes:
    """The Merkle tree hash of these leaves."""
    return Frontier().extended(leaf_hashes).root()


def inclusion_proof(index: int, size: int, leaf_hashes: Sequence[bytes]) -> list[bytes]:
    """The audit path of RFC 6962 section 2.1.1, from the leaf's sibling up; `index` from 0.

    `leaf_hashes` are those of the tree, of which the first `size` count. IndexError where the
    tree has no such leaf.
    """
    return inclusion_path(index, size, _hashing(leaf_hashes, size))


def consistency_proof(size1: int, size2: int, leaf_hashes: Sequence[bytes]) -> list[bytes]:
    """The proof of RFC 6962 section 2.1.2 that the tree of `size2` continues that of `size1`.

    IndexError unless 0 < size1 <= size2 <= the number of leaves: every tree continues the empty
    one, so there is nothing to prove of it.
    """
    return consistency_path(size1, size2, _hashing(leaf_hashes, size2))


def inclusion_path(index: int, size: int, subtree: SubtreeHash) -> list[bytes]:
    """The audit path of a leaf, out of the hashes of subtrees; IndexError for an unknown leaf."""
    if not 0 <= index < size:
        raise IndexError(f"leaf {index} of a tree of {size}")
    path = []
    first, last = 0, size
    while last - first > 1:
        middle = first + _split(last - first)
        if index < middle:
            path.append(subtree(middle, last))
            last = middle
        else:
            path.append(subtree(first, middle))
            first = middle
    return path[::-1]


def consistency_path(size1: int, size2: int, subtree: SubtreeHash) -> list[bytes]:
    """The consistency proof between two sizes, out of the hashes of subtrees; IndexError."""
    if not 0 < size1 <= size2:
        raise IndexError(f"no proof from {size1} to {size2} leaves")
    path = []
    first, last = 0, size2
    while last != size1:
        middle = first + _split(last - first)
        if size1 <= middle:
            path.append(subtree(middle, last))
            last = middle
        else:
            path.append(subtree(first, middle))
            first = middle
    if first:  # What is left is not the old tree as a whole, whose root the verifier has.
        path.append(subtree(first, last))
    return path[::-1]


def verify_inclusion(
    index: int,
    size: int,
    leaf_hash: bytes,
    proof: Sequence[bytes],
    root: bytes,
) -> None:
    """Check that the leaf stands at `index` of the tree; raises ProofFails (RFC 9162 2.1.3.2)."""
    if not 0 <= index < size:
        raise ProofFails(f"leaf {index} of a tree of {size}")
    hashes = _Proof(proof)
    place, last, reached = index, size - 1, leaf_hash
    while last:
        if place & 1:
            reached = node_hash(hashes.next(), reached)
        elif place < last:
            reached = node_hash(reached, hashes.next())
        # Else a right edge without a sibling: the same subtree, one level up.
        place, last = place >> 1, last >> 1
    hashes.must_be_used_up()
    _must_match(reached, root)


def verify_consistency(
    size1: int, size2: int, root1: bytes, root2: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the second tree continues the first; raises ProofFails (RFC 9162 2.1.4.2).

    The first tree may not be empty: anything continues it, and a verifier that let it pass would
    have been told nothing.
    """
    if not 0 < size1 <= size2:
        raise ProofFails(f"no proof from {size1} to {size2} leaves")
    hashes = _Proof(proof)
    if size1 == size2:
        hashes.must_be_used_up()
        _must_match(root1, root2)
        return
    place, last = size1 - 1, size2 - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    # A perfect first tree is itself a subtree of the second, and is not sent along.
    old = new = hashes.next() if place else root1
    while last:
        if place & 1:
            sibling = hashes.next()
            old, new = node_hash(sibling, old), node_hash(sibling, new)
        elif place < last:
            new = node_hash(new, hashes.next())
        place, last = place >> 1, last >> 1
    hashes.must_be_used_up()
    _must_match(old, root1)
    _must_match(new, root2)


class _Proof:
    """The hashes of a proof, each of them to be used exactly once."""

    def __init__(self, hashes: Sequence[bytes]) -> None:
        if any(len(one) != HASH_LENGTH for one in hashes):
            raise ProofFails("a hash that is not 32 bytes long")
        self._hashes: Iterator[bytes] = iter(hashes)

    def next(self) -> bytes:
        found = next(self._hashes, None)
        if found is None:
            raise ProofFails("the proof is too short")
        return found

    def must_be_used_up(self) -> None:
        if next(self._hashes, None) is not None:
            raise ProofFails("the proof is too long")


def _must_match(reached: bytes, expected: bytes) -> None:
    if reached != expected:
        raise ProofFails(f"leads to {reached.hex()} and not to {expected.hex()}")


def _split(size: int) -> int:
    """The largest power of two below `size`: where a tree of that many leaves divides."""
    return 1 << (size - 1).bit_length() - 1


def _hashing(leaf_hashes: Sequence[bytes], size: int) -> SubtreeHash:
    if size > len(leaf_hashes):
        raise IndexError(f"a tree of {size} out of {len(leaf_hashes)} leaves")
    return lambda first, last: root(leaf_hashes[first:last])
