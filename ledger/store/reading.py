"""Open a school's database to look at it: nothing is created, changed or left behind."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url

from ledger.store.database import BUSY_SECONDS, NotALedgerAddress, postgresql_engine

_READ_ONLY: Final = "-cdefault_transaction_read_only=on"


class ChangedWhileRead(Exception):
    """The file lay still when it was opened, and somebody wrote to it before it was closed."""


@contextmanager
def opened_for_reading(url: str) -> Iterator[Engine]:
    """A database by its SQLAlchemy URL, as `open_database` takes it, that cannot be written to.

    FileNotFoundError where there is no such SQLite file, and ChangedWhileRead at the end: what
    was read then means nothing, and has to be read again.
    """
    address = make_url(url)
    match address.get_backend_name():
        case "sqlite" if address.database:
            opened = _sqlite(Path(address.database))
        case "postgresql":
            opened = _postgresql(url)
        case _:
            raise NotALedgerAddress(f"no ledger that could be read: {address.database}")
    with opened as engine:
        yield engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that only reads: every question is answered from one moment."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    with engine.connect() as connection:
        yield connection


@contextmanager
def _postgresql(url: str) -> Iterator[Engine]:
    engine, _ = postgresql_engine(make_url(url), _READ_ONLY)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _sqlite(path: Path) -> Iterator[Engine]:
    before = path.stat()
    # Even a reader of a file in WAL mode makes files beside it, and needs the right to. Where none
    # are there nobody has it open, and it is read as what it is then: a file that does not change.
    # A writer's journal is beside it too when the file is a backup, or was left by one who died.
    log, journal = (path.with_name(f"{path.name}{end}") for end in ("-wal", "-journal"))
    at_rest = not (log.exists() or journal.exists())
    address = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if at_rest else ''}"

    def connected() -> sqlite3.Connection:
        return sqlite3.connect(
            address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )

    engine = create_engine("sqlite://", creator=connected, poolclass=NullPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    try:
        yield engine
    finally:
        engine.dispose()
    after = path.stat()
    moved = (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size)
    if at_rest and (moved or log.exists() or journal.exists()):
        raise ChangedWhileRead(path)
