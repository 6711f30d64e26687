"""One writer at a time: positions without a gap, whoever else writes."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

from eventsourcing.persistence import IntegrityError
from sqlalchemy import Engine, make_url

from ledger.store.database import open_database, writing
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from tests.ledger.store.writing import a_key, assert_present, assert_sound, some_events

WRITER = Path(__file__).with_name("writer.py")


def test_threads_leave_no_gap_and_lose_nothing(engine: Engine) -> None:
    recorder = LedgerRecorder(engine)
    keys = [a_key() for _ in range(80)]

    with ThreadPoolExecutor(8) as threads:
        answers = list(
            threads.map(lambda key: recorder.insert_events(some_events(5), command=key), keys)
        )

    # Each append stands together, and together they are all positions there are.
    assert all(answer == list(range(answer[0], answer[0] + 5)) for answer in answers)
    assert sorted(position for answer in answers for position in answer) == list(range(1, 401))
    assert_present(engine, keys, size=5)
    assert assert_sound(engine) == 400


def test_of_threads_that_write_the_same_version_one_succeeds(engine: Engine) -> None:
    recorder, stream = LedgerRecorder(engine), uuid4()

    def write(mark: int) -> bool:
        try:
            recorder.insert_events(some_events(2, stream=stream, mark=f"{mark}.0"))
        except IntegrityError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(write, range(8))) == 1
    assert assert_sound(engine) == 2


def test_two_processes_leave_no_gap_and_lose_nothing(engine: Engine, database_url: str) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, str(WRITER), database_url, "30"], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    answers = [writer.communicate(timeout=60)[0].split() for writer in writers]

    assert [writer.returncode for writer in writers] == [0, 0]
    assert [len(acknowledged) for acknowledged in answers] == [30, 30]
    assert assert_sound(engine) == 60 * 45


def test_two_schools_never_see_each_other(engine: Engine, database_url: str) -> None:
    address = make_url(database_url)
    if engine.dialect.name == "sqlite":
        other = open_database(f"{database_url}.other")
    else:
        other = open_database(
            address.update_query_dict({"schema": f"o_{uuid4().hex}"}).render_as_string()
        )
    create_tables(other)
    ours, theirs = LedgerRecorder(engine), LedgerRecorder(other)
    events, key = some_events(3), a_key()

    assert ours.insert_events(events, command=key) == [1, 2, 3]
    assert theirs.max_notification_id() is None
    assert theirs.select_events(events[0].originator_id) == []
    assert theirs.find_command(key.command_id) is None

    # The same sheet and the same command mean nothing to another school.
    assert theirs.insert_events(events, command=key) == [1, 2, 3]
    assert (assert_sound(engine), assert_sound(other)) == (3, 3)
    other.dispose()


def test_a_reader_is_not_kept_waiting_by_a_writer(engine: Engine) -> None:
    recorder = LedgerRecorder(engine)
    recorder.insert_events(some_events(3))
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE head SET position = position")
        assert len(recorder.select_notifications(1, 10)) == 3
