"""The second guard: what was once written cannot be changed, whichever statement tries it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from ledger.store.database import open_database
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from tests.ledger.store.writing import a_key, assert_sound, some_events

CHANGES = [
    "UPDATE event SET state = state",
    "UPDATE event SET topic = 'x' WHERE position = 1",
    "DELETE FROM event WHERE position = 2",
    "DELETE FROM event",
    "UPDATE command SET digest = digest",
    "DELETE FROM command",
    "DELETE FROM head",
    "UPDATE head SET position = position - 1",
]
ON_POSTGRESQL = [
    "TRUNCATE event",
    "TRUNCATE command",
    "TRUNCATE head",
    "SET session_replication_role = replica; UPDATE event SET state = state",
    "INSERT INTO event SELECT * FROM event ON CONFLICT (position) DO UPDATE SET topic = 'x'",
]
ROW = "position, originator_id, originator_version, topic, state, leaf_hash"
ON_SQLITE = [
    "INSERT OR REPLACE INTO event SELECT * FROM event",
    "REPLACE INTO event SELECT * FROM event WHERE position = 1",
    "INSERT OR REPLACE INTO event VALUES (1, 'another', 1, 'sheet-locked', x'00', x'00')",
    # A new position, but a version that the stream has: the old line would silently go.
    f"INSERT OR REPLACE INTO event ({ROW}) SELECT 9, {ROW.partition(', ')[2]} FROM event LIMIT 1",
    "INSERT INTO event SELECT * FROM event WHERE true ON CONFLICT DO UPDATE SET topic = 'x'",
    "INSERT OR REPLACE INTO command SELECT * FROM command",
    "INSERT OR REPLACE INTO head VALUES (1, 0, x'00')",
]


def written(engine: Engine) -> None:
    LedgerRecorder(engine).insert_events(some_events(3), command=a_key())


@pytest.mark.parametrize("change", CHANGES)
def test_no_line_is_changed_or_removed(engine: Engine, change: str) -> None:
    written(engine)
    with pytest.raises(DBAPIError, match="the ledger only grows"), engine.begin() as connection:
        connection.exec_driver_sql(change)
    assert assert_sound(engine) == 3


@pytest.fixture
def postgresql(postgresql_url: str) -> Iterator[Engine]:
    engine = open_database(f"{postgresql_url}&schema=only_{uuid4().hex}")
    create_tables(engine)
    written(engine)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("change", ON_POSTGRESQL)
def test_no_way_of_postgresql_changes_a_line(postgresql: Engine, change: str) -> None:
    with pytest.raises(DBAPIError, match="the ledger only grows"), postgresql.begin() as connection:
        connection.exec_driver_sql(change)
    assert assert_sound(postgresql) == 3


@pytest.mark.parametrize("change", ON_SQLITE)
def test_no_way_of_sqlite_changes_a_line(tmp_path: Path, change: str) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'ledger.db'}")
    create_tables(engine)
    written(engine)
    # A connection that is not ours, with SQLite's defaults: recursive_triggers is off.
    stranger = sqlite3.connect(tmp_path / "ledger.db")
    with pytest.raises(sqlite3.IntegrityError, match="the ledger only grows"):
        stranger.execute(change)
    stranger.close()
    assert assert_sound(engine) == 3
    engine.dispose()
