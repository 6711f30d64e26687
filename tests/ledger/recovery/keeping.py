"""A ledger with evidence and people in it, and its backup; no school is needed to lose one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import Engine, Table, select

from ledger.recovery.backup import Backup, BroughtUp, Kept
from ledger.recovery.growing import Progress
from ledger.recovery.place import BackupPlace, open_file
from ledger.recovery.restore import Restored, restore
from ledger.store import tables
from ledger.store.evidence import EvidenceStore
from ledger.store.recorder import LedgerRecorder
from ledger.vault import Vault, metadata, vault_box, vault_code, vault_key
from tests.ledger.store.writing import a_key, some_events

KEPT: Final = Kept(replaced=(vault_box, vault_code), keys=vault_key)
MASTER_KEY: Final = bytes(range(32))
_GROWN: Final = (
    *(tables.event, tables.command, tables.head),
    *(tables.checkpoint, tables.cosignature),
)
MOMENT: Final = datetime(2026, 11, 24, 5, tzinfo=UTC)


@dataclass
class Keeping:
    """One ledger and where it is backed up to."""

    engine: Engine
    folder: Path
    backup_folder: Path

    def __post_init__(self) -> None:
        metadata.create_all(self.engine)
        self.recorder = LedgerRecorder(self.engine)
        self.vault = Vault(self.engine, MASTER_KEY)
        self.evidence = EvidenceStore(self.folder / "evidence")
        self.place = BackupPlace.in_folder(self.backup_folder)
        self.now: Callable[[], datetime] = lambda: MOMENT

    def works(self, batches: int = 1, lines: int = 3) -> None:
        """Write some commands."""
        for _ in range(batches):
            self.recorder.insert_events(some_events(lines), command=a_key())

    def meets(self, code: str) -> UUID:
        """Somebody becomes known."""
        person = uuid4()
        self.vault.admit({person: {"pupil-name": f"Tên của {code}", "pupil-code": code}})
        return person

    def backs_up(self, *, begin: bool = True, progress: Progress | None = None) -> BroughtUp:
        backup = Backup(
            self.place,
            self.recorder,
            self.engine,
            self.evidence,
            KEPT,
            origin=lambda: "so-diem/thu",
            clock=self.now,
        )
        return backup.bring_up(begin=begin, progress=progress)

    def comes_back_in(self, engine: Engine, folder: Path, **options: Any) -> Restored:  # noqa: ANN401
        evidence = EvidenceStore(folder / "evidence")
        return restore(self.place, engine, evidence, KEPT, **options)


Content = dict[str, set[tuple[Any, ...]]]


def content(engine: Engine) -> Content:
    """Everything that a backup keeps, comparable between databases of two kinds."""
    return _rows(engine, *_GROWN, *KEPT.replaced, KEPT.keys)


def content_of_backup(place: BackupPlace) -> Content:
    """The same of a backup, whose keys are in a file of their own."""
    ledger, keys = open_file(place.ledger, begin="BEGIN"), open_file(place.vault_keys)
    return _rows(ledger, *_GROWN, *KEPT.replaced) | _rows(keys, KEPT.keys)


def _rows(engine: Engine, *chosen: Table) -> Content:
    with engine.connect() as connection:
        return {
            table.name: {tuple(row) for row in connection.execute(select(table))}
            for table in chosen
        }
