"""Opening the database of a school: safe settings, whatever the server's own are."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from ledger.store.database import NotALedgerAddress, open_database, writing
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from tests.ledger.store.writing import assert_sound, some_events

SAFE: dict[str, dict[str, str | int]] = {
    "sqlite": {
        "PRAGMA journal_mode": "wal",
        "PRAGMA synchronous": 2,  # FULL
        "PRAGMA foreign_keys": 1,
        "PRAGMA recursive_triggers": 1,
        "PRAGMA busy_timeout": 10_000,
    },
    "postgresql": {
        "SHOW synchronous_commit": "on",
        "SHOW transaction_isolation": "read committed",
    },
}


def test_what_is_acknowledged_is_on_the_disk(engine: Engine) -> None:
    with engine.connect() as connection:
        for question, answer in SAFE[engine.dialect.name].items():
            assert connection.exec_driver_sql(question).scalar() == answer


def test_what_fails_in_the_middle_is_not_written(engine: Engine) -> None:
    def write_and_fail() -> None:
        with writing(engine) as connection:
            connection.exec_driver_sql("UPDATE head SET position = 7")
            raise LookupError

    with pytest.raises(LookupError):
        write_and_fail()
    assert LedgerRecorder(engine).head().position == 0


def test_several_may_open_a_new_ledger_at_once(database_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        engines = list(threads.map(open_database, [database_url] * 4))
        list(threads.map(create_tables, engines))
    recorder = LedgerRecorder(engines[0])
    assert recorder.insert_events(some_events(2)) == [1, 2]
    create_tables(engines[1])
    assert recorder.max_notification_id() == 2
    for engine in engines:
        engine.dispose()


def test_a_ledger_in_memory_is_shared_by_the_threads() -> None:
    engine = open_database("sqlite://")
    create_tables(engine)
    recorder = LedgerRecorder(engine)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: recorder.insert_events(some_events(5)), range(20)))
    assert assert_sound(engine) == 100
    engine.dispose()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://host/ledger",
        'postgresql://host/ledger?schema=a"b',
        "postgresql://host/x?schema=Hai Ba",
    ],
)
def test_an_address_without_a_place_for_a_ledger_is_refused(url: str) -> None:
    with pytest.raises(NotALedgerAddress):
        open_database(url)
