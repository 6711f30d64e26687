"""The folder of a backup: what is in it, and how its database is opened."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from sqlalchemy import Engine, NullPool, create_engine, event

from ledger.store.database import BUSY_SECONDS

_VAULT_KEYS: Final = "vault-keys.db"


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """Where a backup is: `ledger.db`, `evidence/` and `manifest.json` in its folder.

    `vault_keys` is the file of the persons' keys, in the folder too unless somebody keeps it apart.
    """

    folder: Path
    vault_keys: Path

    @classmethod
    def in_folder(cls, folder: Path, vault_keys: Path | None = None) -> Self:
        return cls(folder, vault_keys or folder / _VAULT_KEYS)

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.db"

    @property
    def evidence(self) -> Path:
        return self.folder / "evidence"

    @property
    def manifest(self) -> Path:
        return self.folder / "manifest.json"


def open_file(path: Path, *, begin: str = "BEGIN IMMEDIATE") -> Engine:
    """Open a SQLite file of a backup; it is made where it is missing.

    By default whoever opens it holds it: two that bring a backup up at once would both append.

    In one file with a rollback journal, and not in WAL mode: a backup lies on network shares, where
    that does not work, and on media that can only be read.
    """
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=NullPool,
        connect_args={"isolation_level": None, "timeout": BUSY_SECONDS},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    # With secure_delete on, what is replaced is overwritten: what was erased must not stay behind.
    for setting in ("journal_mode = DELETE", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}").close()
