"""Open the one database of a school: a SQLite file, or a schema of a PostgreSQL database."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from threading import RLock
from typing import Any, Final

import psycopg2.extensions
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    PoolProxiedConnection,
    QueuePool,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import DBAPIError

from ledger.store.failures import FAILURES

BUSY_SECONDS: Final = 10
POOL_SECONDS: Final = 30

# How a transaction begins on SQLite: a reader's plainly, a writer's at once as a writer.
_BEGIN: Final = "ledger_begin"
# In one process writers of a SQLite file wait for each other here, and not in SQLite's own
# busy handler, which sleeps for up to 100 ms at a time and favours nobody.
_TURN: Final = "ledger_turn"

_SCHEMA: Final = re.compile(r"[a-z_][a-z0-9_-]{0,62}")


class NotALedgerAddress(ValueError):
    """The address names no database in which a ledger can be kept."""


def open_database(url: str) -> Engine:
    """Open a database by its SQLAlchemy URL.

    `sqlite:///path` and `sqlite://` (in memory), or `postgresql://…?schema=name`; the schema
    is created where it is missing. Raises NotALedgerAddress, and what the driver raises when
    the database cannot be reached.
    """
    address = make_url(url)
    match address.get_backend_name():
        case "sqlite":
            return _open_sqlite(address)
        case "postgresql":
            return _open_postgresql(address)
        case other:
            raise NotALedgerAddress(f"a ledger is kept in SQLite or PostgreSQL, not in {other}")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in a writing transaction, committed at the end unless an error leaves it.

    On SQLite it begins with BEGIN IMMEDIATE: a transaction that reads first and writes later
    may find that somebody wrote in between, and SQLite then fails it at once, without waiting.
    """
    with taking_turns(engine), _for_writing(engine).connect() as connection, connection.begin():
        yield connection


def _for_writing(engine: Engine) -> Engine:
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
    return engine


def taking_turns(engine: Engine) -> Any:  # noqa: ANN401  (a lock's type has no common name with nullcontext)
    """A context in which this thread is the only writer of this process (SQLite only)."""
    return engine.get_execution_options().get(_TURN) or nullcontext()


@contextmanager
def borrowed(engine: Engine) -> Iterator[PoolProxiedConnection]:
    """A connection of the pool, as its driver knows it."""
    connection = engine.raw_connection()
    try:
        yield connection
    except BaseException:
        try:
            connection.rollback()
        except FAILURES:
            # A connection that cannot even roll back is of no use to the next who borrows it.
            connection.invalidate()
        raise
    finally:
        connection.close()


@contextmanager
def single_statement(connection: PoolProxiedConnection) -> Iterator[None]:
    """Spare a single SELECT the BEGIN and ROLLBACK around it, two more round trips."""
    driver = connection.driver_connection
    if not isinstance(driver, psycopg2.extensions.connection):
        yield  # The driver of SQLite is told to begin no transactions of its own.
        return
    driver.autocommit = True
    try:
        yield
    finally:
        if not driver.closed:
            driver.autocommit = False


def _open_sqlite(address: URL) -> Engine:
    in_memory = address.database in {None, "", ":memory:"}
    engine = create_engine(
        address,
        poolclass=QueuePool,
        # A database in memory lives in one connection, which the threads share in turn.
        pool_size=1 if in_memory else 10,
        max_overflow=0 if in_memory else 30,
        pool_timeout=POOL_SECONDS,
        execution_options={_BEGIN: "BEGIN", _TURN: RLock()},
        # Values go to both drivers by name, so that a statement compiled once takes a mapping.
        paramstyle="named",
        # `isolation_level=None` switches off the driver's own way of starting transactions,
        # which begins late and never with IMMEDIATE.
        connect_args={
            "isolation_level": None,
            "timeout": BUSY_SECONDS,
            "check_same_thread": False,
        },
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # FULL makes every commit in WAL mode reach the disk before it is acknowledged.
    # With recursive_triggers on, INSERT OR REPLACE fires the DELETE trigger as well. With
    # secure_delete on, what is deleted is overwritten: a destroyed key must not stay in the file.
    for setting in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {setting}").close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options()[_BEGIN])


def _open_postgresql(address: URL) -> Engine:
    engine, schema = postgresql_engine(address)
    if schema is not None:
        _create_schema(engine, schema)
    return engine


def postgresql_engine(address: URL, *more_options: str) -> tuple[Engine, str | None]:
    """An engine for the school in a schema that need not be there, and the schema's name."""
    schema = address.query.get("schema")
    # "on" whatever the server's default: an acknowledged mark must survive a power cut.
    options = ["-csynchronous_commit=on", r"-cdefault_transaction_isolation=read\ committed"]
    if schema is not None:
        if not isinstance(schema, str) or _SCHEMA.fullmatch(schema) is None:
            raise NotALedgerAddress(f"not a name for a school's schema: {schema!r}")
        options.append(f'-csearch_path="{schema}"')
    given = address.query.get("options", ())
    options.extend([given] if isinstance(given, str) else given)
    engine = create_engine(
        address.difference_update_query(["schema", "options"]).set(
            drivername="postgresql+psycopg2"
        ),
        connect_args={"options": " ".join([*options, *more_options])},
        pool_size=10,
        max_overflow=10,
        pool_timeout=POOL_SECONDS,
    )
    return engine, schema


def _create_schema(engine: Engine, schema: str) -> None:
    # Looked for first: CREATE SCHEMA IF NOT EXISTS asks for a right that the application's
    # role need not have once the schema is there.
    if _schema_exists(engine, schema):
        return
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f'CREATE SCHEMA "{schema}"')
    except DBAPIError:
        # Another process may have created it between the look and the attempt.
        if not _schema_exists(engine, schema):
            raise


def _schema_exists(engine: Engine, schema: str) -> bool:
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = :schema"),
            {"schema": schema},
        )
        return found.first() is not None
