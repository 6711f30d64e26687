"""Proofs in a large tree: the roots of its 256-leaf tiles are kept, the rest is read."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Final

from ledger.trust.merkle import consistency_path, inclusion_path, root

TILE: Final = 256

# The hashes of the leaves from the first index up to, not including, the second.
ReadLeaves = Callable[[int, int], Sequence[bytes]]

_READ_AT_ONCE: Final = 64 * TILE


class TiledTree:
    """A growing tree whose leaves are read when they are needed; safe to share between threads.

    Only whole tiles are kept, as one hash each: 32 bytes for 256 leaves, read once. Every subtree
    that a proof needs begins at a whole tile, or is smaller than one.
    """

    def __init__(self, read_leaves: ReadLeaves) -> None:
        self._read = read_leaves
        self._roots: list[bytes] = []
        self._turn = Lock()

    def root(self, size: int) -> bytes:
        """The root of the tree of the first `size` leaves."""
        return self._subtree(0, size)

    def inclusion_proof(self, index: int, size: int) -> list[bytes]:
        """As in `ledger.trust.merkle`."""
        return inclusion_path(index, size, self._subtree)

    def consistency_proof(self, size1: int, size2: int) -> list[bytes]:
        """As in `ledger.trust.merkle`."""
        return consistency_path(size1, size2, self._subtree)

    def hashes(self, level: int, first: int, last: int) -> Sequence[bytes]:
        """The hashes number `first` up to `last` of the subtrees of 256 ** level leaves each."""
        if level == 0:
            return self._read(first, last)
        width = TILE**level
        return [self._subtree(at * width, (at + 1) * width) for at in range(first, last)]

    def _subtree(self, first: int, last: int) -> bytes:
        if last - first < TILE:
            return root(self._read(first, last))
        whole = last // TILE
        self._know(whole)
        hashes = self._roots[first // TILE : whole]
        if last % TILE:  # The last tile, the one that is not whole, is as good as a leaf here.
            hashes.append(root(self._read(whole * TILE, last)))
        return root(hashes)

    def _know(self, tiles: int) -> None:
        """Hash the tiles up to this number that are not known yet."""
        with self._turn:
            while len(self._roots) < tiles:
                first = len(self._roots) * TILE
                leaves = self._read(first, min(first + _READ_AT_ONCE, tiles * TILE))
                self._roots += [root(leaves[at : at + TILE]) for at in range(0, len(leaves), TILE)]
