"""The file of the persons' keys: always a whole new one, so that an erased key is in none of it."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import Table

from ledger.recovery.place import open_file
from ledger.recovery.rows import Row, all_rows, put
from ledger.store.evidence import sync_folder

_OWNER_ONLY: Final = 0o600


def replace_keys(path: Path, table: Table, rows: Sequence[Row]) -> None:
    """Put a new file with these rows in the place of the one before, all of it or nothing."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
    engine = open_file(unfinished)
    try:
        with engine.begin() as connection:
            table.create(connection)
            put(connection, table, rows)
    finally:
        engine.dispose()
    unfinished.replace(path)
    sync_folder(path.parent)


def keys_in(path: Path, table: Table) -> list[Row]:
    """The rows in such a file; raises what the database raises where it is none."""
    engine = open_file(path, begin="BEGIN")
    try:
        with engine.connect() as connection:
            return all_rows(connection, table)
    finally:
        engine.dispose()
