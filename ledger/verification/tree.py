"""Whether the stored rows are the leaves of the tree that the head stands for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from ledger.store.appending import entry
from ledger.trust.merkle import Frontier, MalformedFrontier, empty_root, leaf_hash
from ledger.verification.checks import Batch
from ledger.verification.findings import Finding
from ledger.verification.source import Row, Source

# In the place of a row of which no entry can be made; no row hashes to it.
_NO_LEAF: Final = bytes(32)


class TreeCheck:
    """Leaves made anew from the rows, positions and versions without a gap, and the head.

    `roots` has the root over the first lines of each size that was asked for, once the lines have
    reached it: so any number of checkpoints costs one pass, and those whose roots are these are
    consistent with each other.
    """

    def __init__(self, sizes: Iterable[int] = ()) -> None:
        self.frontier = Frontier()
        self.roots: dict[int, bytes] = {0: empty_root}
        self._sizes = sorted({size for size in sizes if size > 0}, reverse=True)
        self._versions: dict[Any, int] = {}
        self._due = 1

    @property
    def checked(self) -> Mapping[str, int]:
        return {"lines": self.frontier.size, "streams": len(self._versions)}

    def take(self, batch: Batch) -> Iterator[Finding]:
        return self.take_rows(batch.rows)

    def take_rows(self, rows: Sequence[Row]) -> Iterator[Finding]:
        leaves: list[bytes] = []
        versions, due = self._versions, self._due
        for row in rows:
            position, stream, version, topic, state, kept = row
            try:
                leaf = leaf_hash(
                    entry(position - 1, stream, version=version, topic=topic, state=state)
                )
            except TypeError:
                leaf = _NO_LEAF
            leaves.append(leaf)
            next_version = versions.get(stream, 0) + 1
            if leaf == kept and position == due and version == next_version:
                versions[stream] = version
            else:
                yield from _wrong(row, leaf, due, next_version)
                versions[stream] = version if isinstance(version, int) else next_version
            due = position + 1
        self._due = due
        self._grow(leaves)

    def finish(self, source: Source) -> Iterator[Finding]:
        heads = source.heads()
        if len(heads) != 1:
            yield Finding("head-not-one", None, "head", "1", str(len(heads)))
        for position, frontier in heads:
            yield from self._of_head(position, frontier)

    def _grow(self, leaves: Sequence[bytes]) -> None:
        """Let the tree grow by these leaves, stopping where a root is asked for."""
        first = self.frontier.size
        last = first + len(leaves)
        stops = [first]
        while self._sizes and self._sizes[-1] <= last:
            stops.append(self._sizes.pop())
        for start, stop in pairwise([*stops, last]):
            self.frontier = self.frontier.extended(leaves[start - first : stop - first])
            if stop in stops:
                self.roots[stop] = self.frontier.root()

    def _of_head(self, position: Any, kept: Any) -> Iterator[Finding]:  # noqa: ANN401  (any type may be stored)
        size = self.frontier.size
        if position != size:
            yield Finding("head-position-differs", None, "head", str(size), str(position))
        try:
            frontier = Frontier.from_bytes(kept)
        except (MalformedFrontier, TypeError):
            yield Finding("head-malformed", None, "head", f"{size} lines", shown(kept))
            return
        if frontier != self.frontier:
            expected, found = self.frontier.root().hex(), frontier.root().hex()
            first, last = _first_difference(self.frontier, frontier)
            yield Finding("head-root-differs", first, f"{first}–{last}", expected, found)


def _wrong(row: Row, leaf: bytes, due: int, next_version: int) -> Iterator[Finding]:
    """What of a row is not the line that was due."""
    position, stream, version, _, _, kept = row
    where = f"{stream} · {version}"
    if position != due:
        yield Finding("position-missing", due, where, str(due), str(position))
    if version != next_version:
        yield Finding(
            "version-out-of-order", position, str(stream), str(next_version), str(version)
        )
    if leaf is _NO_LEAF:
        yield Finding("line-malformed", position, where, "text and bytes", repr(row)[:200])
    elif leaf != kept:
        yield Finding("leaf-differs", position, where, shown(kept), leaf.hex())


def shown(value: object) -> str:
    """A stored value as a finding shows it."""
    return value.hex() if isinstance(value, bytes) else str(value)


def _first_difference(made: Frontier, kept: Frontier) -> tuple[int, int]:
    """The positions under the first peak that is not the same; a change lies between them."""
    first = 1
    for bit in range(made.size.bit_length() - 1, -1, -1):
        width = 1 << bit
        if not made.size & width:
            continue
        at = (made.size >> bit).bit_count() - 1
        if kept.size >> bit != made.size >> bit or kept.peaks[at] != made.peaks[at]:
            return first, first + width - 1
        first += width
    return first, max(made.size, kept.size)
