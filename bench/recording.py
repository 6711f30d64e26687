"""Durable recording of 45-mark columns, against bare inserts of the same rows and bytes."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import psycopg2
from eventsourcing.persistence import StoredEvent
from psycopg2.extras import execute_values
from sqlalchemy import Engine, make_url

from bench.sheets import BenchSheet, columns_to_fill
from bench.timing import Watch
from ledger.application import GradeLedger, digest_of
from ledger.line import Line
from ledger.sheet.commands import EnterMarks
from ledger.sheet.decide import decide
from ledger.sheet.state import Sheet, evolve
from ledger.store.codec import to_stored_events
from ledger.store.recorder import CommandKey, LedgerRecorder, entry
from ledger.trust.merkle import leaf_hash

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class BareDatabase:
    """A connection of the driver with a table like the ledger's, and nothing more."""

    insert: Callable[[Sequence[Row]], None]
    commit: Callable[[], None]


_CREATE = (
    "CREATE TABLE bare_event (position bigint PRIMARY KEY, originator_id {id} NOT NULL,"
    " originator_version bigint NOT NULL, topic text NOT NULL, state {bytes} NOT NULL,"
    " leaf_hash {bytes} NOT NULL, UNIQUE (originator_id, originator_version))"
)
_ROWS = (
    "SELECT position, originator_id, originator_version, topic, state, leaf_hash FROM event"
    " WHERE position BETWEEN {first} AND {last} ORDER BY position"
)


def measure_recording(engine: Engine, url: str, *, columns: int) -> dict[str, Any]:
    """Medians per column of 45 marks in milliseconds: through `handle`, bare, and by step."""
    ledger = GradeLedger(LedgerRecorder(engine))
    watch, steps = Watch(), Watch()
    chance = Random(1)
    with bare_database(url) as bare:
        opened: set[BenchSheet] = set()
        for number, (sheet, command) in enumerate(columns_to_fill(columns, chance)):
            if sheet not in opened:
                opened.add(sheet)
                ledger.handle(sheet.opening)
            # Every fifth is taken apart instead: being timed inside must not slow the others.
            if number % 5 == 4:
                lines = _record_by_steps(ledger, command, steps)
                ledger.sheet(sheet.sheet_id)  # kept up to date, as `handle` leaves it
            else:
                with watch.timing("handle"):
                    lines = list(ledger.handle(command))
            rows = rows_of(engine, lines)
            with watch.timing("bare"):
                with steps.timing("bare: insert"):
                    bare.insert(rows)
                with steps.timing("bare: commit"):
                    bare.commit()
    return _report(watch, steps)


def _report(watch: Watch, steps: Watch) -> dict[str, Any]:
    handle, bare = watch.median_ms("handle"), watch.median_ms("bare")
    return {
        "handle_ms": round(handle, 3),
        "bare_ms": round(bare, 3),
        "marks_per_second": round(45 / handle * 1000),
        "bare_marks_per_second": round(45 / bare * 1000),
        "share_of_bare": round(bare / handle, 3),
        "steps_ms": steps.medians_ms(),
    }


def _record_by_steps(ledger: GradeLedger, command: EnterMarks, steps: Watch) -> list[Line]:
    """What `handle` does, one step after the other."""
    sheet = ledger.sheet(command.sheet_id)
    with steps.timing("digest"):
        key = CommandKey(command.command_id, digest_of(command))
    with steps.timing("load"):
        ledger.sheet(command.sheet_id)
    with steps.timing("decide"):
        facts = decide(command, sheet)
    with steps.timing("encode"):
        lines = _lines(command, facts, sheet)
        stored = to_stored_events(lines)
    with steps.timing("append: hash, insert, commit"):
        positions = ledger.recorder.insert_events(stored, command=key)
    with steps.timing("of it: hashing leaves"):
        _leaves(stored, positions[0])
    with steps.timing("evolve"):
        evolve(sheet, lines)
    return [_placed(line, at) for line, at in zip(lines, positions, strict=True)]


def _leaves(stored: Sequence[StoredEvent], first: int) -> list[bytes]:
    stream = str(stored[0].originator_id)
    return [
        leaf_hash(
            entry(
                sequence,
                stream,
                version=event.originator_version,
                topic=event.topic,
                state=event.state,
            )
        )
        for sequence, event in enumerate(stored, first - 1)
    ]


def _lines(command: EnterMarks, facts: Sequence[Any], sheet: Sheet) -> list[Line]:
    by, at, command_id = command.by, command.at, command.command_id
    return [
        Line(command.sheet_id, version, fact, by, at, command_id)
        for version, fact in enumerate(facts, sheet.version + 1)
    ]


def _placed(line: Line, position: int) -> Line:
    return Line(
        line.stream_id, line.version, line.fact, line.by, line.at, line.command_id, position
    )


def rows_of(engine: Engine, lines: Sequence[Line]) -> list[Row]:
    """The stored rows of lines of one append, ready to be inserted elsewhere."""
    question = _ROWS.format(first=lines[0].position, last=lines[-1].position)
    with engine.connect() as connection:
        # PostgreSQL's driver gives bytes as memory it still owns, which would be slower to insert.
        return [
            (*row[:4], bytes(row[4]), bytes(row[5])) for row in connection.exec_driver_sql(question)
        ]


@contextmanager
def bare_database(url: str) -> Iterator[BareDatabase]:
    """The same kind of database as durable, with a table of the same columns and keys."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with _bare_sqlite(Path(str(address.database)).with_name("bare.db")) as bare:
            yield bare
    else:
        host, user, name = address.query["host"], address.username, address.database
        with _bare_postgresql(f"host={host} user={user} dbname={name}") as bare:
            yield bare


@contextmanager
def _bare_sqlite(file: Path) -> Iterator[BareDatabase]:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(_CREATE.format(id="text", bytes="blob"))

    def insert(rows: Sequence[Row]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO bare_event VALUES (?,?,?,?,?,?)", rows)

    yield BareDatabase(insert, connection.commit)
    connection.execute("DROP TABLE bare_event")
    connection.close()


@contextmanager
def _bare_postgresql(dsn: str) -> Iterator[BareDatabase]:
    connection = psycopg2.connect(dsn)
    cursor = connection.cursor()
    cursor.execute("CREATE SCHEMA bare")
    cursor.execute("SET search_path = bare")
    cursor.execute(_CREATE.format(id="uuid", bytes="bytea"))
    connection.commit()

    def insert(rows: Sequence[Row]) -> None:
        execute_values(cursor, "INSERT INTO bare_event VALUES %s", rows)

    yield BareDatabase(insert, connection.commit)
    cursor.execute("DROP SCHEMA bare CASCADE")
    connection.commit()
    connection.close()
