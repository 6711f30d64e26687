"""Real witnesses over real sockets: publishing asks them, and waits for none of them."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic, sleep

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from sqlalchemy import Engine

from ledger.publishing.alarms import PublishingStopped, Wrong
from ledger.publishing.cosigning import Trouble
from ledger.publishing.publisher import Publisher
from ledger.store.checkpoints import Checkpoints
from ledger.store.database import open_database
from ledger.store.keys import KeyFolder
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from tests.browser.stage import serving
from tests.ledger.store.writing import some_events
from web.publishing.asking import ask_over_http
from web.publishing.thread import PublishingThread
from web.witness.answering import Witness, begin_witness
from web.witness.app import witness_app

NOBODY = "http://127.0.0.1:9/"


@dataclass
class School:
    """A ledger with a key of its log; `names` are those of its witnesses in the policy."""

    engine: Engine
    keys: KeyFolder
    names = ("hieu-pho", "phong")

    def publisher(self) -> Publisher:
        return Publisher(
            LedgerRecorder(self.engine),
            Checkpoints(self.engine),
            self.keys,
            ask=partial(ask_over_http, timeout=httpx2.Timeout(0.3)),
            origin=lambda: "so-diem/79000701",
            clock=lambda: datetime.now(UTC),
        )

    def write(self, count: int = 1) -> None:
        LedgerRecorder(self.engine).insert_events(some_events(count))

    def decide(self, witnesses: list[Witness], *addresses: str) -> None:
        """Write the policy: these witnesses, to be asked at these addresses."""
        lines = [
            f"witness {name} {witness.key.verifier} {address}"
            for name, witness, address in zip(self.names, witnesses, addresses, strict=True)
        ]
        group = f"group ask any {' '.join(self.names)}"
        (self.keys.folder / "policy").write_text("\n".join([*lines, group, "quorum ask", ""]))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """One database is enough here: what is kept in which is tested without the sockets."""
    engine = open_database(f"sqlite:///{tmp_path / 'ledger.db'}")
    create_tables(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def school(engine: Engine, tmp_path: Path) -> School:
    school = School(engine, KeyFolder(tmp_path / "keys"))
    school.write(3)
    school.publisher().publish()
    return school


@pytest.fixture
def witnesses(school: School, tmp_path: Path) -> Iterator[list[Witness]]:
    """Two witnesses, each in a folder of its own, that know the school."""
    both = [begin_witness(tmp_path / name, f"{name}.example/w1") for name in school.names]
    for witness in both:
        witness.memory.trust(school.keys.log_keys()[-1].verifier)
    yield both
    for witness in both:
        witness.memory.close()


def wait_for(what: Callable[[], bool]) -> None:
    """Wait until it is so; a minute is a failure."""
    until = monotonic() + 60
    while not what():
        assert monotonic() < until
        sleep(0.005)


def newest(checkpoints: Checkpoints) -> int:
    return max(kept.checkpoint.size for kept in checkpoints.all())


@contextmanager
def silent() -> Iterator[str]:
    """Somebody who takes the call and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextmanager
def babbling(body: str, status: int = 200) -> Iterator[str]:
    """Somebody who answers everything with the same words."""
    app = FastAPI()
    app.add_api_route("/{path:path}", lambda: PlainTextResponse(body, status), methods=["POST"])
    with serving(app) as address:
        yield address


def test_both_cosign_over_their_sockets(school: School, witnesses: list[Witness]) -> None:
    with serving(witness_app(witnesses[0])) as one, serving(witness_app(witnesses[1])) as other:
        school.decide(witnesses, one, f"{other}/")
        publisher = school.publisher()
        for count in (1, 40, 700):
            school.write(count)
            published = publisher.publish()
            assert published is not None
            assert len(published.note.signatures) == 3
            size = published.checkpoint.size
        assert set(publisher.standing().cosigned) == {"hieu-pho", "phong"}
    for witness in witnesses:
        last = witness.memory.last("so-diem/79000701")
        assert last is not None
        assert last.checkpoint.size == size


def test_one_is_away_and_the_other_is_enough(school: School, witnesses: list[Witness]) -> None:
    with serving(witness_app(witnesses[0])) as here:
        school.decide(witnesses, here, NOBODY)
        school.write()
        publisher = school.publisher()
        publisher.publish()
    standing = publisher.standing()
    assert set(standing.cosigned) == {"hieu-pho"}
    assert standing.troubles == {"phong": Trouble.SILENT}
    assert standing.without_quorum == 0


def test_both_are_away_and_the_gap_is_told(school: School, witnesses: list[Witness]) -> None:
    with silent() as deaf:
        school.decide(witnesses, deaf, NOBODY)
        school.write(2)
        publisher = school.publisher()
        published = publisher.publish()
    assert published is not None
    assert published.checkpoint.size == 5
    standing = publisher.standing()
    assert standing.troubles == {"hieu-pho": Trouble.SILENT, "phong": Trouble.SILENT}
    assert (standing.without_checkpoint, standing.without_quorum) == (0, 5)


def test_a_witness_that_does_not_know_the_school_says_so(
    school: School, witnesses: list[Witness]
) -> None:
    witnesses[1].memory.distrust(school.keys.log_keys()[-1].verifier)
    with serving(witness_app(witnesses[0])) as one, serving(witness_app(witnesses[1])) as other:
        school.decide(witnesses, one, other)
        publisher = school.publisher()
        publisher.publish()
    assert publisher.standing().troubles == {"phong": Trouble.NOT_KNOWN}


def test_two_histories_are_never_both_cosigned(school: School, witnesses: list[Witness]) -> None:
    """The key is copied to another ledger, which goes on otherwise: a fork."""
    with serving(witness_app(witnesses[0])) as one, serving(witness_app(witnesses[1])) as other:
        school.decide(witnesses, one, other)
        school.publisher().publish()
        with forked(school) as fork:
            fork.write(9)
            with pytest.raises(PublishingStopped) as stopped:
                fork.publisher().publish()
    assert stopped.value.alarm.wrong is Wrong.FORKED
    assert stopped.value.alarm.witness == "hieu-pho"


@contextmanager
def forked(school: School) -> Iterator[School]:
    engine = open_database("sqlite://")
    create_tables(engine)
    yield School(engine, school.keys)
    engine.dispose()


@pytest.mark.parametrize(
    ("body", "status", "trouble"),
    [
        ("ok\n", 200, Trouble.NOT_ITS_SIGNATURE),
        ("— stranger.example/w1 AAAAAAAAAAAAAAAA\n", 200, Trouble.NOT_ITS_SIGNATURE),
        ("moved", 302, Trouble.SILENT),
        ("broken", 500, Trouble.SILENT),
        ("12\n", 409, Trouble.NOT_UNDERSTOOD),
        ("x" * 20_000, 200, Trouble.SILENT),
        ("bad", 400, Trouble.NOT_UNDERSTOOD),
    ],
)
def test_who_says_what_no_witness_says_is_not_heard(
    school: School, witnesses: list[Witness], body: str, status: int, trouble: Trouble
) -> None:
    with babbling(body, status) as address:
        school.decide(witnesses, address, NOBODY)
        publisher = school.publisher()
        publisher.publish()
    standing = publisher.standing()
    assert standing.troubles["hieu-pho"] == trouble
    assert standing.alarm is None


def test_the_thread_publishes_at_once_when_it_is_asked(school: School) -> None:
    publisher = school.publisher()
    checkpoints = Checkpoints(school.engine)
    with PublishingThread(publisher):
        wait_for(lambda: publisher.wanted.is_set() is False)
        school.write()
        publisher.wanted.set()
        wait_for(lambda: newest(checkpoints) == 4)
    school.write()
    assert newest(checkpoints) == 4


def test_the_thread_outlives_what_goes_wrong(
    school: School, caplog: pytest.LogCaptureFixture
) -> None:
    (school.keys.folder / "policy").write_text("nonsense\n")
    publisher, checkpoints = school.publisher(), Checkpoints(school.engine)
    school.write()
    with PublishingThread(publisher, every=0.01):
        wait_for(lambda: publisher.standing().failure is not None)
        sleep(0.1)  # Some more failures of the same kind, which are not told again.
        (school.keys.folder / "policy").unlink()
        wait_for(lambda: newest(checkpoints) == 4)
    told = [record for record in caplog.records if "not published" in record.message]
    assert len(told) == 1
    assert publisher.standing().failure is None
