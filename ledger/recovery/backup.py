"""A backup: brought up while the school works, and only ever continued by the ledger it is of.

Lines, commands, checkpoints and cosignatures only grow, so that what is newer is added after what
is there; all other tables are small and put in the place of what was there before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from typing import Final

from sqlalchemy import Connection, Engine, Table, delete, insert, select

from ledger.recovery.evidence import copy_evidence, disposed_evidence
from ledger.recovery.growing import SEALS, Progress, add_commands, add_lines, add_seals, head_of
from ledger.recovery.keys import replace_keys
from ledger.recovery.manifest import Manifest, held_evidence, keep_manifest
from ledger.recovery.place import BackupPlace
from ledger.recovery.reading import opened_to_add
from ledger.recovery.refusals import BackupRefused, Reason
from ledger.recovery.rows import Row, all_rows, digest_of, put
from ledger.school.calendar import local_day
from ledger.store.evidence import EvidenceStore, write_whole
from ledger.store.reading import reading
from ledger.store.recorder import Head, LedgerRecorder
from ledger.trust.merkle import Frontier

PROGRAM: Final = f"grade-ledger {version('grade-ledger')}"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a school keeps beside its ledger: small tables, and that of the persons' keys."""

    replaced: Sequence[Table]
    keys: Table


@dataclass(frozen=True, slots=True)
class BroughtUp:
    """What bringing a backup up has done.

    `unusable` are files of evidence that are damaged where the school works, or gone from there and
    from the backup; where the backup has a good one, it keeps it. `disposed` were destroyed with
    the personal data of somebody, and are in no backup either.
    """

    manifest: Manifest
    added_lines: int
    added_evidence: int
    unusable: frozenset[str]
    disposed: frozenset[str]


class Backup:
    """The backup of one school's ledger in one folder. Several processes may bring it up.

    `origin` tells the name of the log, None while it has published nothing.
    """

    def __init__(
        self,
        place: BackupPlace,
        recorder: LedgerRecorder,
        engine: Engine,
        evidence: EvidenceStore,
        kept: Kept,
        *,
        origin: Callable[[], str | None],
        clock: Callable[[], datetime],
    ) -> None:
        self.place = place
        self._recorder = recorder
        self._engine = engine
        self._evidence = evidence
        self._held = EvidenceStore(place.evidence)
        self._kept = kept
        self._origin = origin
        self._clock = clock

    def bring_up(self, *, begin: bool, progress: Progress | None = None) -> BroughtUp:
        """Bring the backup up to where the ledger ends now; begin one only if told to.

        Raises BackupRefused, and what files and databases raise; the backup is then as it was.
        """
        if not begin and not self.place.ledger.exists():
            raise BackupRefused(Reason.NO_BACKUP, expected=self.place.ledger)
        self.place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Most of them before anything is held: the first time they may take hours.
        copied, _ = self._copy_evidence()
        with opened_to_add(self.place) as (target, before), reading(self._engine) as source:
            keys = all_rows(source, self._kept.keys)
            done = self._bring_up(source, target, before, keys, progress)
            if (
                _differs(self._kept.keys, before, done.manifest)
                or not self.place.vault_keys.exists()
            ):
                # Last of all, since nothing may be refused after it; and before the commit, since a
                # person whose key is missing could never be named again.
                replace_keys(self.place.vault_keys, self._kept.keys, keys)
        for digest in done.disposed:
            self._held.remove(digest)
        write_whole(self.place.manifest, done.manifest.to_json().encode())
        return replace(done, added_evidence=done.added_evidence + len(copied))

    def _bring_up(
        self,
        source: Connection,
        target: Connection,
        before: Manifest | None,
        keys: Sequence[Row],
        progress: Progress | None,
    ) -> BroughtUp:
        after, until = head_of(target), head_of(source)
        self._must_continue(after, until)
        # What the lines name was there before they were: it is in the backup before they are, too.
        added, unusable = self._copy_evidence()
        digests = {self._kept.keys.name: digest_of(keys)}
        add_lines(source, target, after, until, progress)
        known = before.commands if before else Frontier()
        commands = add_commands(source, target, known, after, until)
        digests |= {table.name: add_seals(source, target, table) for table in SEALS}
        digests |= {
            table.name: _replaced(source, target, table, before) for table in self._kept.replaced
        }
        disposed = disposed_evidence(target, local_day(self._clock()))
        held = self._held.digests() - disposed
        lost = _note_evidence(target, held, disposed)
        now = Manifest(
            before.number + 1 if before else 1,
            self._clock(),
            PROGRAM,
            self._origin(),
            until.position,
            until.root,
            commands,
            digests,
            len(held),
        )
        keep_manifest(target, now)
        added_lines = until.position - after.position
        return BroughtUp(now, added_lines, len(added), unusable | lost, disposed)

    def _must_continue(self, after: Head, until: Head) -> None:
        """The lines that the backup holds are those of the ledger, or it is another ledger."""
        if after.position > until.position:
            raise BackupRefused(
                Reason.LEDGER_SHORTER, expected=after.position, found=until.position
            )
        try:
            root = self._recorder.tree.root(after.position).hex()
        except IndexError as missing:
            root = str(missing)
        if root != after.root.hex():
            raise BackupRefused(Reason.LEDGER_DIFFERS, expected=after.root.hex(), found=root)

    def _copy_evidence(self) -> tuple[frozenset[str], frozenset[str]]:
        """Copy what the backup has not yet: what was copied, and what could not be."""
        missing = self._evidence.digests() - self._held.digests()
        unusable = copy_evidence(self._evidence, self._held, missing)
        return missing - unusable, unusable


def _differs(table: Table, before: Manifest | None, now: Manifest) -> bool:
    return before is None or before.tables.get(table.name) != now.tables[table.name]


def _replaced(source: Connection, target: Connection, table: Table, before: Manifest | None) -> str:
    """Put the rows of a small table in the place of those before, where they differ; the digest."""
    rows = all_rows(source, table)
    digest = digest_of(rows)
    if before is None or before.tables.get(table.name) != digest:
        table.create(target, checkfirst=True)
        target.execute(delete(table))
        put(target, table, rows)
    return digest


def _note_evidence(
    target: Connection, held: frozenset[str], disposed: frozenset[str]
) -> frozenset[str]:
    """Note which files the backup holds; those that it held, and that are nowhere any more."""
    noted = frozenset(target.execute(select(held_evidence.c.digest)).scalars())
    if gone := noted & disposed:
        target.execute(delete(held_evidence).where(held_evidence.c.digest.in_(gone)))
    if new := held - noted:
        target.execute(insert(held_evidence), [{"digest": digest} for digest in sorted(new)])
    return noted - held - disposed
