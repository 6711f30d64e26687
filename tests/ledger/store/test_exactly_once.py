"""A command happens once, whatever breaks between its sender and the disk."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from time import sleep
from uuid import uuid4

import psycopg2
import psycopg2.extensions
import pytest
from eventsourcing.persistence import IntegrityError, OperationalError
from sqlalchemy import Engine, event, insert, update

from ledger.store import tables
from ledger.store.database import open_database
from ledger.store.recorder import (
    CommandAlreadyRecorded,
    CommandKey,
    LedgerRecorder,
    RecordedCommand,
    entry,
)
from ledger.store.tables import create_tables
from ledger.trust.merkle import leaf_hash
from tests.ledger.store.losing import Outcome, lose_the_next_commit, terminate
from tests.ledger.store.writing import a_key, assert_sound, some_events


def test_a_command_sent_twice_is_told_what_was_recorded(engine: Engine) -> None:
    recorder, key, stream = LedgerRecorder(engine), a_key(), uuid4()
    recorder.insert_events(some_events(1))
    recorder.insert_events(some_events(3, stream=stream), command=key)

    # Once as it was, once as it would be decided again on what is there now.
    for events in (some_events(3, stream=stream), some_events(3, stream=stream, first=4)):
        with pytest.raises(CommandAlreadyRecorded) as refused:
            recorder.insert_events(events, command=key)
        assert refused.value.recorded == RecordedCommand(key.digest, 2, 4)
        assert refused.value.recorded.positions == [2, 3, 4]
    assert assert_sound(engine) == 4


def test_a_command_id_with_other_content_is_seen_by_its_digest(engine: Engine) -> None:
    recorder, key = LedgerRecorder(engine), a_key(content=b"8.5")
    recorder.insert_events(some_events(1), command=key)
    other = a_key(key.command_id, content=b"9.5")
    with pytest.raises(CommandAlreadyRecorded) as refused:
        recorder.insert_events(some_events(1), command=other)
    assert refused.value.recorded.digest == key.digest != other.digest


def test_a_command_sent_by_many_at_once_happens_once(engine: Engine) -> None:
    recorder, key = LedgerRecorder(engine), a_key()

    def send(_: int) -> bool:
        try:
            recorder.insert_events(some_events(5), command=key)
        except CommandAlreadyRecorded:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(send, range(8))) == 1
    assert assert_sound(engine) == 5


def test_a_lost_race_leaves_no_trace_and_no_gap(engine: Engine) -> None:
    recorder, stream, key = LedgerRecorder(engine), uuid4(), a_key()
    recorder.insert_events(some_events(2, stream=stream))
    with pytest.raises(IntegrityError):
        recorder.insert_events(some_events(2, stream=stream, first=2), command=key)
    assert recorder.find_command(key.command_id) is None
    assert recorder.insert_events(some_events(2, stream=stream, first=3), command=key) == [3, 4]
    assert assert_sound(engine) == 4


def test_no_events_leave_no_trace(engine: Engine) -> None:
    recorder, key = LedgerRecorder(engine), a_key()
    assert recorder.insert_events([], command=key) == []
    assert recorder.find_command(key.command_id) is None


@pytest.mark.parametrize("key", [a_key(), None], ids=["with a command", "without a command"])
@pytest.mark.parametrize("outcome", ["recorded", "not recorded"])
def test_a_commit_that_was_not_answered_happens_once(
    engine: Engine, outcome: Outcome, key: CommandKey | None
) -> None:
    recorder = LedgerRecorder(engine)
    recorder.insert_events(some_events(2))
    pending = lose_the_next_commit(engine, outcome)

    assert recorder.insert_events(some_events(3), command=key) == [3, 4, 5]

    assert pending == []
    assert assert_sound(engine) == 5


def test_a_command_id_taken_by_another_during_an_unanswered_commit_is_not_ours(
    engine: Engine, database_url: str
) -> None:
    key, other = a_key(content=b"8.5"), open_database(database_url)
    theirs = a_key(key.command_id, content=b"9.5")
    lose_the_next_commit(
        engine,
        "not recorded",
        meanwhile=lambda: LedgerRecorder(other).insert_events(some_events(2), command=theirs),
    )
    with pytest.raises(CommandAlreadyRecorded) as refused:
        LedgerRecorder(engine).insert_events(some_events(3), command=key)
    assert refused.value.recorded.digest == theirs.digest
    assert assert_sound(engine) == 2
    other.dispose()


def test_after_an_unanswered_commit_a_conflict_is_still_a_conflict(engine: Engine) -> None:
    recorder, stream = LedgerRecorder(engine), uuid4()
    recorder.insert_events(some_events(2, stream=stream, mark="8.5"))
    # The constraint speaks before COMMIT is reached: what waits to be lost is not lost here.
    pending = lose_the_next_commit(engine, "not recorded")
    with pytest.raises(IntegrityError):
        recorder.insert_events(some_events(2, stream=stream, mark="9.0"))
    assert pending == ["not recorded"]


def write_past_the_head(engine: Engine) -> None:
    """A line at the next position, of which the head knows nothing."""
    (line,) = some_events(1)
    head = LedgerRecorder(engine).head()
    stream, version = str(line.originator_id), line.originator_version
    leaf = leaf_hash(
        entry(head.position, stream, version=version, topic=line.topic, state=line.state)
    )
    row = (head.position + 1, stream, version, line.topic, line.state, leaf)
    with engine.begin() as connection:
        connection.execute(insert(tables.event).values(row))


def bring_the_head_up_to_date(engine: Engine) -> None:
    recorder = LedgerRecorder(engine)
    head = recorder.head()
    with engine.begin() as connection:
        leaf = connection.execute(
            tables.event.select().where(tables.event.c.position == head.position + 1)
        ).one()
        frontier = head.frontier.extended([leaf.leaf_hash]).to_bytes()
        connection.execute(
            update(tables.head).values(position=head.position + 1, frontier=frontier)
        )


def test_a_position_that_is_taken_is_tried_again_on_the_new_head(engine: Engine) -> None:
    recorder = LedgerRecorder(engine)
    recorder.insert_events(some_events(2))
    write_past_the_head(engine)
    other = Timer(0.1, bring_the_head_up_to_date, [engine])
    other.start()
    assert recorder.insert_events(some_events(2), command=a_key()) == [4, 5]
    other.join()
    assert assert_sound(engine) == 5


def test_a_position_taken_for_good_stops_the_ledger_and_is_no_conflict(engine: Engine) -> None:
    recorder = LedgerRecorder(engine)
    write_past_the_head(engine)
    with pytest.raises(OperationalError, match="attempts"):
        recorder.insert_events(some_events(2))
    assert recorder.head().position == 0


SLIP_PAST = {
    "sqlite": [
        """
        CREATE TRIGGER slip_past AFTER INSERT ON event
        BEGIN UPDATE head SET position = position + 1; END
        """
    ],
    "postgresql": [
        """
        CREATE FUNCTION slip_past() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN UPDATE head SET position = position + 1; RETURN NULL; END $$
        """,
        "CREATE TRIGGER slip_past AFTER INSERT ON event EXECUTE FUNCTION slip_past()",
    ],
}


def test_a_head_that_moved_under_its_writer_lets_nothing_be_recorded(engine: Engine) -> None:
    # What no database should let happen, done by a trigger in the writer's own transaction.
    with engine.begin() as connection:
        for statement in SLIP_PAST[engine.dialect.name]:
            connection.exec_driver_sql(statement)
    with pytest.raises(OperationalError, match="attempts"):
        LedgerRecorder(engine).insert_events(some_events(2), command=a_key())
    assert assert_sound(engine) == 0


def test_a_busy_sqlite_file_is_tried_again(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'ledger.db'}")
    create_tables(engine)

    def never_wait(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout = 0")

    event.listen(engine, "checkout", never_wait)
    stranger = sqlite3.connect(tmp_path / "ledger.db", check_same_thread=False)
    stranger.execute("BEGIN IMMEDIATE")
    Timer(0.1, stranger.rollback).start()
    assert LedgerRecorder(engine).insert_events(some_events(2)) == [1, 2]
    stranger.close()
    engine.dispose()


Postgresql = tuple[Engine, psycopg2.extensions.connection]


@pytest.fixture
def postgresql(postgresql_url: str) -> Iterator[Postgresql]:
    """A ledger on PostgreSQL, and a connection to it from somewhere else."""
    engine = open_database(f"{postgresql_url}&schema=once_{uuid4().hex}")
    create_tables(engine)
    borrowed = engine.raw_connection()
    driver = borrowed.driver_connection
    assert isinstance(driver, psycopg2.extensions.connection)
    stranger = psycopg2.connect(driver.dsn)
    borrowed.close()
    yield engine, stranger
    stranger.close()
    engine.dispose()


@contextmanager
def released(stranger: psycopg2.extensions.connection) -> Iterator[None]:
    """Whatever happens, the stranger lets go in the end: a test must fail, and not hang."""
    try:
        yield
    finally:
        stranger.rollback()


def waiting_for(stranger: psycopg2.extensions.connection) -> int:
    """The server process that waits for a lock of the stranger's."""
    cursor = stranger.cursor()
    for _ in range(500):
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        if found := cursor.fetchone():
            return int(found[0])
        sleep(0.01)
    raise TimeoutError("nobody waits")


def test_an_append_waits_for_the_head_before_it_touches_a_line(postgresql: Postgresql) -> None:
    engine, stranger = postgresql
    cursor = stranger.cursor()
    cursor.execute("UPDATE head SET position = position")
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(LedgerRecorder(engine).insert_events, some_events(3))
        with released(stranger):
            process = waiting_for(stranger)
            locks = "SELECT count(*) FROM pg_locks WHERE pid = %s AND relation = 'event'::regclass"
            cursor.execute(locks, (process,))
            assert cursor.fetchone() == (0,)
        assert answer.result(timeout=20) == [1, 2, 3]


def test_a_connection_lost_in_the_middle_is_tried_again(postgresql: Postgresql) -> None:
    engine, stranger = postgresql
    stranger.cursor().execute("UPDATE head SET position = position")
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(
            LedgerRecorder(engine).insert_events, some_events(3), command=a_key()
        )
        with released(stranger):
            terminate(stranger, waiting_for(stranger))
        assert answer.result(timeout=20) == [1, 2, 3]
    assert assert_sound(engine) == 3


def test_a_pooled_connection_that_died_meanwhile_is_noticed_by_readers(
    postgresql: Postgresql,
) -> None:
    engine, stranger = postgresql
    recorder = LedgerRecorder(engine)
    recorder.insert_events(some_events(3))
    with engine.connect() as pooled:
        process = pooled.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    terminate(stranger, process)
    assert len(recorder.select_notifications(1, 10)) == 3


def test_a_deadlock_is_tried_again(postgresql: Postgresql) -> None:
    engine, stranger = postgresql
    events = some_events(3)
    cursor = stranger.cursor()
    # The stranger has patience, so that the server chooses the recorder to give way.
    cursor.execute("SET deadlock_timeout = '60s'")
    cursor.execute(
        "INSERT INTO event VALUES (99, %s, 1, 'x', 'x', 'x')", (str(events[0].originator_id),)
    )
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(LedgerRecorder(engine).insert_events, events)
        with released(stranger):
            waiting_for(stranger)
            cursor.execute("UPDATE head SET position = position")
        assert answer.result(timeout=20) == [1, 2, 3]
    assert assert_sound(engine) == 3
