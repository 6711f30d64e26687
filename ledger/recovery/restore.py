"""The way back: a backup is checked while it is copied, and is there as a whole or not at all."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Table, func, select

from ledger.recovery.backup import Kept
from ledger.recovery.evidence import copy_evidence
from ledger.recovery.growing import SEALS, Progress, add_commands, add_lines, add_seals, head_of
from ledger.recovery.keys import keys_in
from ledger.recovery.manifest import Manifest, held_evidence
from ledger.recovery.place import BackupPlace
from ledger.recovery.reading import opened_to_read
from ledger.recovery.refusals import BackupRefused, Reason
from ledger.recovery.rows import all_rows, digest_of, put
from ledger.store.database import writing
from ledger.store.evidence import EvidenceStore
from ledger.store.recorder import Head
from ledger.store.tables import create_tables
from ledger.trust.merkle import Frontier


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: how many persons can be named, and the evidence that could not be."""

    manifest: Manifest
    persons: int
    unusable: frozenset[str]


def restore(
    place: BackupPlace,
    engine: Engine,
    evidence: EvidenceStore,
    kept: Kept,
    *,
    without_unusable: bool = False,
    progress: Progress | None = None,
) -> Restored:
    """Bring a backup into a place where nothing is yet; the projections are not built.

    `without_unusable` leaves out files of evidence that are missing or damaged in the backup.
    Raises BackupRefused, and what files and databases raise; the database is then as empty as it
    was, and files of evidence that are there already are those that a second attempt copies.
    """
    with opened_to_read(place) as (source, manifest):
        create_tables(engine)
        for table in (*kept.replaced, kept.keys):
            table.metadata.create_all(engine)
        _must_be_empty(engine, kept)
        unusable = _bring_evidence(place, source, evidence)
        if unusable and not without_unusable:
            raise BackupRefused(Reason.EVIDENCE_UNUSABLE, found=", ".join(sorted(unusable)))
        keys = keys_in(place.vault_keys, kept.keys) if place.vault_keys.is_file() else []
        with writing(engine) as target:
            _bring_rows(source, target, manifest, kept.replaced, progress)
            put(target, kept.keys, keys)
    return Restored(manifest, len(keys), unusable)


def _must_be_empty(engine: Engine, kept: Kept) -> None:
    with engine.connect() as connection:
        lines = head_of(connection).position
        rows = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (*SEALS, *kept.replaced, kept.keys)
        }
    if lines or any(rows.values()):
        found = ", ".join(f"{name}: {count}" for name, count in rows.items() if count)
        raise BackupRefused(Reason.PLACE_NOT_EMPTY, expected=0, found=found or lines)


def _bring_evidence(
    place: BackupPlace, source: Connection, evidence: EvidenceStore
) -> frozenset[str]:
    """Copy the evidence that the backup has noted; what is missing or damaged there."""
    noted = frozenset(source.execute(select(held_evidence.c.digest)).scalars())
    return copy_evidence(EvidenceStore(place.evidence), evidence, noted)


def _bring_rows(
    source: Connection,
    target: Connection,
    manifest: Manifest,
    replaced: Collection[Table],
    progress: Progress | None,
) -> None:
    nothing, head = Head(0, Frontier()), head_of(source)
    if (head.position, head.root) != (manifest.lines, manifest.root):
        raise BackupRefused(
            Reason.MANIFEST_DIFFERS,
            expected=f"{manifest.lines}, {manifest.root.hex()}",
            found=f"{head.position}, {head.root.hex()}",
        )
    add_lines(source, target, nothing, head, progress)
    found = {"command": add_commands(source, target, Frontier(), nothing, head).root().hex()}
    found |= {table.name: add_seals(source, target, table) for table in SEALS}
    for table in [one for one in replaced if one.name in manifest.tables]:
        rows = all_rows(source, table)
        found[table.name] = digest_of(rows)
        put(target, table, rows)
    expected = {**manifest.tables, "command": manifest.commands.root().hex()}
    for name, digest in found.items():
        if expected.get(name) != digest:
            raise BackupRefused(
                Reason.MANIFEST_DIFFERS,
                expected=f"{name}: {expected.get(name)}",
                found=f"{name}: {digest}",
            )
