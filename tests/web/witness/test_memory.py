"""What was answered is remembered: through kill -9, between threads, and by the next process."""

import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Timer

import httpx2
import pytest

from ledger.trust.note import MalformedKey
from ledger.trust.witnessing import AddCheckpoint, WitnessRefuses
from tests.logs import SchoolLog, leaves
from tests.web.witness import served_witness
from web.witness.answering import Witness, WitnessMissing, begin_witness, open_witness

LOG = SchoolLog(hashes=leaves(until=400))
FORK = SchoolLog(hashes=leaves("as somebody would have it"))


@contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], httpx2.Client]]:
    """The witness of a folder in another process, and a client of it."""
    program = [sys.executable, str(Path(served_witness.__file__)), str(folder)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            with httpx2.Client(base_url=process.stdout.readline().strip()) as client:
                yield process, client
        finally:
            process.kill()


def cosigned_until_killed(folder: Path, *, after: float, first: int) -> int:
    """Let a log grow by one leaf at a time, kill the witness meanwhile; the last size answered."""
    answered = first
    with served(folder) as (process, client):
        assert client.get("/").status_code == 200
        killer = Timer(after, process.kill)
        killer.start()
        try:
            for size in range(first + 1, 400):
                asked = LOG.asks(answered, size).to_bytes()
                assert client.post("/add-checkpoint", content=asked).status_code == 200
                answered = size
        except httpx2.TransportError:
            pass  # It is dead, in the middle of an answer or before one.
        killer.join()
    return answered


def test_what_was_answered_survives_the_death_of_the_witness(
    folder: Path, witness: Witness
) -> None:
    chance, answered = random.Random(20261124), 0
    for _ in range(3):
        answered = cosigned_until_killed(folder, after=chance.uniform(0.01, 0.05), first=answered)
        last = witness.memory.last(LOG.origin)
        remembered = last.checkpoint.size if last else 0
        # One more may have been remembered, whose answer was cut off.
        assert remembered in {answered, answered + 1}
        assert all(witness.memory.of_size(LOG.origin, size) for size in range(1, answered + 1))
        answered = remembered


def test_what_cannot_be_remembered_is_not_cosigned(folder: Path, witness: Witness) -> None:
    witness.add_checkpoint(LOG.asks(0, 5).to_bytes())
    with served(folder) as (_, client), sqlite3.connect(folder / "witness.db") as database:
        database.execute(
            "CREATE TRIGGER full BEFORE INSERT ON cosigned BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
        database.commit()
        answer = client.post("/add-checkpoint", content=LOG.asks(5, 8).to_bytes())
        assert (answer.status_code, answer.text) == (503, "not remembered\n")
        database.execute("DROP TRIGGER full")
        database.commit()
        answer = client.post("/add-checkpoint", content=LOG.asks(5, 8).to_bytes())
        assert answer.status_code == 200


def test_of_two_histories_at_once_one_is_cosigned(folder: Path, witness: Witness) -> None:
    """Two witnesses over one file, as two processes would be, and two histories for each step."""
    with ThreadPoolExecutor(8) as threads:
        other = open_witness(folder)
        together = Barrier(8)

        def ask(one: Witness, asked: AddCheckpoint) -> bool:
            together.wait()
            try:
                one.add_checkpoint(asked.to_bytes())
            except WitnessRefuses:
                return False
            return True

        for size in range(1, 13):
            last = witness.memory.last(LOG.origin)
            old = last.checkpoint.size if last else 0
            asked = [log.asks(old, size) for log in (LOG, FORK)] * 4
            answers = threads.map(ask, [witness, witness, other, other] * 2, asked)
            agreed = [request for request, yes in zip(asked, answers, strict=True) if yes]
            assert len({request.checkpoint.root for request in agreed}) == 1
        other.memory.close()
    sizes = range(1, 13)
    kept = [found for size in sizes if (found := witness.memory.of_size(LOG.origin, size))]
    story = LOG if kept[0].checkpoint == LOG.checkpoint(1) else FORK
    assert [one.checkpoint for one in kept] == [story.checkpoint(size) for size in sizes]


def test_the_next_process_goes_on_where_the_last_one_stopped(
    folder: Path, witness: Witness
) -> None:
    witness.add_checkpoint(LOG.asks(0, 5).to_bytes())
    again = open_witness(folder)
    assert again.key.verifier == witness.key.verifier
    with pytest.raises(WitnessRefuses) as refusal:
        again.add_checkpoint(LOG.asks(0, 8).to_bytes())
    assert refusal.value.known_size == 5
    again.memory.close()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM cosigned",
        "UPDATE cosigned SET root = x'00'",
        "UPDATE cosigned SET size = 1",
        "DELETE FROM refused",
        "UPDATE refused SET suspicion = 'forked'",
        "INSERT OR REPLACE INTO cosigned SELECT origin, size, x'00', note, 0 FROM cosigned",
    ],
)
def test_a_slip_of_the_hand_forgets_nothing(folder: Path, witness: Witness, statement: str) -> None:
    witness.add_checkpoint(LOG.asks(0, 5).to_bytes())
    with pytest.raises(WitnessRefuses):
        witness.add_checkpoint(FORK.asks(5, 5).to_bytes())
    database = sqlite3.connect(folder / "witness.db")
    database.execute("PRAGMA recursive_triggers = ON")
    with pytest.raises(sqlite3.IntegrityError, match="does not forget"):
        database.execute(statement)
    database.close()


class TestFolder:
    def test_the_key_is_for_the_owner_alone_and_is_never_made_twice(self, folder: Path) -> None:
        kept = (folder / "witness.key").read_bytes()
        assert (folder / "witness.key").stat().st_mode & 0o777 == 0o600
        with pytest.raises(FileExistsError):
            begin_witness(folder, "ai-khac")
        assert (folder / "witness.key").read_bytes() == kept

    @pytest.mark.parametrize("lost", ["witness.key", "witness.db"])
    def test_half_a_witness_is_not_opened_and_nothing_is_begun_anew(
        self, folder: Path, lost: str
    ) -> None:
        (folder / lost).unlink()
        with pytest.raises(WitnessMissing, match=lost):
            open_witness(folder)
        assert not (folder / lost).exists()

    def test_a_name_that_no_note_can_carry_leaves_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(MalformedKey):
            begin_witness(tmp_path / "moi", "phó hiệu trưởng")
        assert not (tmp_path / "moi").exists()

    def test_an_attempt_that_was_interrupted_can_be_made_again(self, folder: Path) -> None:
        (folder / "witness.key").unlink()
        begin_witness(folder, "nhan-chung").memory.close()
        assert open_witness(folder).key.name == "nhan-chung"


def test_a_witness_knows_no_way_to_a_school() -> None:
    program = (
        "import sys, web.witness.app;"
        "print(*({'web.desk', 'ledger.application', 'ledger.store.recorder'} & {*sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
