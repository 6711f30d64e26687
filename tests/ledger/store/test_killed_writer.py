"""kill -9 at any moment: all that was acknowledged is there, and nothing is half there."""

import random
import subprocess
import sys
import time
from uuid import UUID

from sqlalchemy import Engine, select, text

from ledger.store import tables
from ledger.store.recorder import LedgerRecorder
from tests.ledger.store.test_single_writer import WRITER
from tests.ledger.store.writing import a_key, assert_present, assert_sound, some_events

ROUNDS = 6


def connections(engine: Engine) -> int:
    """How many clients the server serves at this moment; a file has no server."""
    if engine.dialect.name == "sqlite":
        return 0
    served = text("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
    with engine.connect() as connection:
        return int(connection.execute(served).scalar_one())


def acknowledged_until_killed(engine: Engine, url: str, *, after: float) -> list[UUID]:
    """Let a writer write, kill it so many seconds after its first answer; what it answered."""
    before = connections(engine)
    writer = subprocess.Popen([sys.executable, str(WRITER), url], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    with writer, writer.stdout as answers:
        first = answers.readline()
        time.sleep(after)
        writer.kill()
        # The last line may be cut off in the middle: it was not acknowledged.
        whole = (first + answers.read()).rpartition("\n")[0]
    # The server still carries out what the dead writer had sent, and may commit it between two
    # looks at the ledger; then it lets go of the connection.
    while connections(engine) > before:
        time.sleep(0.01)
    return [UUID(line) for line in whole.split()]


def test_what_was_acknowledged_survives_the_death_of_its_writer(
    engine: Engine, database_url: str
) -> None:
    moments = random.Random(20261123)
    recorder = LedgerRecorder(engine)
    acknowledged: list[UUID] = []
    for _ in range(ROUNDS):
        moment = moments.uniform(0, 0.12)
        acknowledged += acknowledged_until_killed(engine, database_url, after=moment)

        written = assert_sound(engine)
        assert written % 45 == 0
        assert written >= 45 * len(acknowledged)
        assert_present(engine, [a_key(command_id) for command_id in acknowledged], size=45)
        assert_only_whole_commands(engine)

    last = recorder.head().position
    assert recorder.insert_events(some_events(1)) == [last + 1]


def assert_only_whole_commands(engine: Engine) -> None:
    """Each line belongs to exactly one command: none is kept without the other."""
    kept = select(tables.command.c.first_position, tables.command.c.last_position)
    with engine.connect() as connection:
        spans = sorted(tuple(row) for row in connection.execute(kept))
    covered = [position for first, last in spans for position in range(first, last + 1)]
    assert covered == list(range(1, len(covered) + 1))
    assert len(covered) == LedgerRecorder(engine).head().position
