"""Whether the heads that facts themselves name are those of the lines before them."""

from collections.abc import Iterator, Mapping

from ledger.dossiers.facts import DossierDrafted
from ledger.line import Fact
from ledger.school.closed import YearClosed
from ledger.school.incarnation import LogRestarted
from ledger.verification.checks import Batch
from ledger.verification.facts import decoded
from ledger.verification.findings import Finding
from ledger.verification.source import Source
from ledger.verification.tree import TreeCheck

_TOPICS = (YearClosed.NAME, LogRestarted.NAME, DossierDrafted.NAME)


class ToldHeadCheck:
    """A closed year names the seal over its results, a restored ledger where it went on from.

    A biên bản prints the head that it was made from.
    Whoever rewrites older lines, checkpoints and all, has to rewrite these facts as well, which
    people remember.
    """

    def __init__(self, tree: TreeCheck) -> None:
        self._tree = tree
        self._told: list[tuple[int, str, int, str]] = []

    @property
    def checked(self) -> Mapping[str, int]:
        return {"told-heads": len(self._told)}

    def take(self, batch: Batch) -> Iterator[Finding]:
        for line in batch.lines:
            if line:
                self._told += [
                    (line.position, line.fact.NAME, size, root)
                    for size, root in _heads_in(line.fact)
                ]
        yield from ()

    def finish(self, source: Source) -> Iterator[Finding]:  # noqa: ARG002  (as every check)
        for position, name, size, root in self._told:
            made = self._tree.roots.get(size) if size < position else None
            if made is None or made.hex() != root:
                found = made.hex() if made else ""
                yield Finding("told-head-differs", position, f"{name} · {size}", root, found)


def told_sizes(source: Source) -> Iterator[int]:
    """The sizes of which the facts will name the root, to be known before the lines are read."""
    for rows in source.lines_about(_TOPICS):
        for line in decoded(rows).lines:
            if line:
                yield from (size for size, _ in _heads_in(line.fact))


def _heads_in(fact: Fact) -> Iterator[tuple[int, str]]:
    match fact:
        case YearClosed(seal=seal):
            yield seal.size, seal.root
        case LogRestarted(continued=continued, restored=restored):
            if continued:
                yield continued.size, continued.root
            yield restored.size, restored.root
        case DossierDrafted(position=position, root=root):
            yield position, root
