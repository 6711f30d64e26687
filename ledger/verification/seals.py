"""Whether every checkpoint and cosignature is what it says, and is of these lines."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from ledger.school.incarnation import LogRestarted
from ledger.trust.checkpoint import Checkpoint, MalformedCheckpoint
from ledger.trust.note import MalformedNote, Note, Signature, SignatureInvalid
from ledger.verification.checks import Batch
from ledger.verification.findings import Finding
from ledger.verification.source import CheckpointRow, Source
from ledger.verification.tree import TreeCheck, shown
from ledger.verification.trusted import Remembered, Trusted, remembered_findings

SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class SeenCheckpoint:
    """A stored checkpoint as it was found; `cosigned` by witness in POSIX seconds, if believed.

    `holds` says that it is signed, as far as its key is known, and that the lines give its root.
    """

    origin: str
    size: int
    root: str
    signed_at: str
    cosigned: Mapping[str, int]
    holds: bool


class SealCheck:
    """Checkpoints in the order of their sizes, against the roots that the lines themselves give.

    Each root is that of a prefix of one and the same tree, so checkpoints that match are consistent
    with each other. Keeps what the last ones said, for the report.
    """

    def __init__(
        self, tree: TreeCheck, trusted: Trusted, remembered: Sequence[Remembered] = ()
    ) -> None:
        self.latest: deque[SeenCheckpoint] = deque(maxlen=SHOWN)
        self.latest_cosigned: SeenCheckpoint | None = None
        self._tree = tree
        self._trusted = trusted
        self._remembered = remembered
        self._checkpoints = 0
        self._cosignatures = 0
        self._holding = 0
        self._strangers: Counter[str] = Counter()
        # Logs whose key was lost, public half and all, unless somebody has brought that along.
        self._keyless: set[str] = set()
        self._witnesses = {
            (witness.key.name, witness.key.key_id): witness
            for witness in trusted.policy.witnesses.values()
        }

    @property
    def checked(self) -> Mapping[str, int]:
        return {
            "checkpoints": self._checkpoints,
            "cosignatures": self._cosignatures,
            "remembered": len(self._remembered),
        }

    def take(self, batch: Batch) -> Iterator[Finding]:
        known = {key.name for key in self._trusted.log_keys}
        for line in batch.lines:
            if line and isinstance(line.fact, LogRestarted) and line.fact.key_lost:
                self._keyless |= {line.fact.old_origin} - known
        yield from ()

    def finish(self, source: Source) -> Iterator[Finding]:
        size = self._tree.frontier.size
        yield from remembered_findings(self._remembered, self._trusted, self._tree.roots, size)
        if not source.tables >= {"checkpoint", "cosignature"}:
            yield Finding("seals-missing", None, "checkpoint, cosignature", "2", "0")
            return
        for _, rows in groupby(source.checkpoints(), key=lambda row: (row.origin, row.size)):
            yield from self._of_checkpoint(list(rows))
        for origin, sealed, witness in source.orphaned_cosignatures():
            where = f"{origin} · {witness}"
            yield Finding("cosignature-orphaned", None, where, f"{origin} {sealed}", "")
        yield from self._remarks()

    def _remarks(self) -> Iterator[Finding]:
        if self._checkpoints and not self._trusted.log_keys:
            yield Finding("log-key-not-given", None, "", "", "")
        for origin in sorted(self._keyless):
            yield Finding("log-key-lost", None, origin, "", "")
        for witness, times in self._strangers.items():
            yield Finding("witness-unknown", None, witness, "", str(times))

    def _of_checkpoint(self, rows: Sequence[CheckpointRow]) -> Iterator[Finding]:
        row = rows[0]
        where = f"{row.origin} · {row.size}"
        self._checkpoints += 1
        try:
            note = Note.parse(row.note)
            checkpoint = Checkpoint.parse(note.text)
        except (MalformedNote, MalformedCheckpoint, AttributeError) as failure:
            yield Finding("checkpoint-malformed", None, where, "note", str(failure))
            return
        said = f"{checkpoint.origin} {checkpoint.size} {checkpoint.root.hex()}"
        if said != (found := f"{row.origin} {row.size} {shown(row.root)}"):
            yield Finding("checkpoint-row-differs", None, where, said, found)
        against = [*self._of_signature(note, checkpoint), *self._of_root(checkpoint)]
        yield from against
        signatures = list(note.signatures)
        yield from self._read_added(rows, signatures)
        cosigned: dict[str, int] = {}
        yield from self._of_cosignatures(replace(note, signatures=tuple(signatures)), cosigned)
        root, signed_at = checkpoint.root.hex(), str(row.signed_at)
        seen = SeenCheckpoint(
            checkpoint.origin, checkpoint.size, root, signed_at, cosigned, not against
        )
        self.latest.append(seen)
        if seen.holds and cosigned:
            self.latest_cosigned = seen

    def _of_signature(self, note: Note, checkpoint: Checkpoint) -> Iterator[Finding]:
        if not self._trusted.log_keys or checkpoint.origin in self._keyless:
            return
        where = f"{checkpoint.origin} · {checkpoint.size}"
        known = ", ".join(key.name for key in self._trusted.log_keys)
        try:
            if not self._trusted.signed_by_log(note, checkpoint.origin):
                signers = ", ".join(one.name for one in note.signatures)
                yield Finding("checkpoint-unsigned", None, where, known, signers)
        except SignatureInvalid as failure:
            yield Finding("checkpoint-unsigned", None, where, known, str(failure))

    def _of_root(self, checkpoint: Checkpoint) -> Iterator[Finding]:
        size = self._tree.frontier.size
        where = f"{checkpoint.origin} · {checkpoint.size}"
        if checkpoint.size > size:
            expected = str(checkpoint.size)
            yield Finding("checkpoint-beyond-end", size + 1, where, expected, str(size))
            return
        # A size that only the note has was not asked for; the row that differs is found already.
        root = self._tree.roots.get(checkpoint.size)
        if root is not None and root != checkpoint.root:
            first = self._holding + 1
            expected, found = checkpoint.root.hex(), root.hex()
            yield Finding("checkpoint-differs", first, where, expected, found)
        elif root is not None:
            self._holding = checkpoint.size

    def _read_added(
        self, rows: Iterable[CheckpointRow], signatures: list[Signature]
    ) -> Iterator[Finding]:
        """Add the cosignatures of these rows to the signatures of their checkpoint."""
        for row in rows:
            if row.line is None:
                continue
            where = f"{row.origin} · {row.size} · {row.witness}"
            try:
                signature = Signature.parse(str(row.line).removesuffix("\n"))
            except MalformedNote as failure:
                yield Finding("cosignature-malformed", None, where, "signature", str(failure))
                continue
            said = f"{signature.name} {signature.cosigned_at}"
            if said != (found := f"{row.witness} {row.cosigned_at}"):
                yield Finding("cosignature-row-differs", None, where, said, found)
            signatures.append(signature)

    def _of_cosignatures(self, note: Note, cosigned: dict[str, int]) -> Iterator[Finding]:
        """Put those that hold into `cosigned`; what a stranger signed is only counted."""
        origin, size, *_ = note.text.split("\n")
        for signature in dict.fromkeys(note.signatures):
            witness = self._witnesses.get((signature.name, signature.key_id))
            if witness is None:
                if signature.name != origin:
                    self._strangers[signature.name] += 1
                continue
            try:
                witness.key.verify(note.text, signature)
            except SignatureInvalid:
                where = f"{origin} · {size} · {witness.name}"
                yield Finding("cosignature-invalid", None, where, signature.name, "")
                continue
            self._cosignatures += 1
            cosigned[witness.name] = signature.cosigned_at
