"""Backing up and restoring, against a bare loop that copies the same rows into a file."""

import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from bench.timing import Watch
from ledger.recovery.backup import Backup, Kept
from ledger.recovery.place import BackupPlace
from ledger.recovery.restore import restore
from ledger.store.database import open_database
from ledger.store.evidence import EvidenceStore
from ledger.store.reading import reading
from ledger.store.recorder import LedgerRecorder
from ledger.vault import metadata, vault_box, vault_code, vault_key
from tests.ledger.store.writing import a_key, some_events

_NEW_LINES = 45  # a class's marks, between one minute and the next
_KEPT = Kept(replaced=(vault_box, vault_code), keys=vault_key)
_ROWS = (
    "SELECT position, CAST(originator_id AS text), originator_version, topic, state, leaf_hash"
    " FROM event ORDER BY 1"
)
_BARE = (
    "CREATE TABLE event (position INTEGER PRIMARY KEY, originator_id, originator_version, topic,"
    " state, leaf_hash, UNIQUE (originator_id, originator_version))"
)


def measure_backing_up(engine: Engine, *, times: int = 3) -> dict[str, Any]:
    """Lines per second of a first backup, a restore and the bare copy; a further one in ms."""
    watch = Watch()
    metadata.create_all(engine)
    recorder = LedgerRecorder(engine)
    lines = recorder.head().position
    for _ in range(times):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            with watch.timing("rows copied, bare"):
                _copy(engine, folder / "bare.db")
            backup = Backup(
                BackupPlace.in_folder(folder / "backup"),
                recorder,
                engine,
                EvidenceStore(folder / "evidence"),
                _KEPT,
                origin=lambda: None,
                clock=lambda: datetime.now(UTC),
            )
            with watch.timing("first backup"):
                backup.bring_up(begin=True)
            recorder.insert_events(some_events(_NEW_LINES), command=a_key())
            with watch.timing("a class's marks later"):
                backup.bring_up(begin=False)
            with watch.timing("nothing later"):
                backup.bring_up(begin=False)
            _restore(watch, backup.place, folder)
    rates = {
        name: round(lines / watch.median_ms(name) * 1000)
        for name in ("rows copied, bare", "first backup", "restored into a file")
    }
    share = rates["first backup"] / rates["rows copied, bare"]
    further = ("a class's marks later", "nothing later")
    return {
        "lines": lines,
        "lines_per_second": rates,
        "share_of_bare": round(share, 3),
        "times_ms": {name: round(watch.median_ms(name), 1) for name in further},
    }


def _copy(engine: Engine, file: Path) -> None:
    copied = sqlite3.connect(file, isolation_level=None)
    copied.execute("PRAGMA synchronous = FULL")
    copied.execute(_BARE)
    copied.execute("BEGIN")
    with reading(engine) as connection:
        rows = connection.exec_driver_sql(_ROWS)
        for part in rows.partitions(5_000):
            copied.executemany("INSERT INTO event VALUES (?,?,?,?,?,?)", map(tuple, part))
    copied.execute("COMMIT")
    copied.close()


def _restore(watch: Watch, place: BackupPlace, folder: Path) -> None:
    new = open_database(f"sqlite:///{folder / 'new.db'}")
    try:
        with watch.timing("restored into a file"):
            restore(place, new, EvidenceStore(folder / "restored"), _KEPT)
    finally:
        new.dispose()
