"""Publishing a checkpoint, alone and with a witness, against a bare signature and a bare insert."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine

from bench.recording import bare_database
from bench.timing import Watch
from ledger.publishing.publisher import Publisher
from ledger.store.checkpoints import Checkpoints
from ledger.store.keys import KeyFolder
from ledger.store.recorder import LedgerRecorder
from ledger.trust.checkpoint import Checkpoint
from tests.browser.stage import serving
from tests.ledger.store.writing import some_events
from web.publishing.asking import ask_over_http
from web.publishing.deciding import add_witness, witness_of
from web.witness.answering import begin_witness
from web.witness.app import witness_app


def measure_publishing(engine: Engine, url: str, *, times: int) -> dict[str, Any]:
    """As below, with keys and a witness that are gone afterwards."""
    with TemporaryDirectory() as folder:
        return _measured(engine, url, Path(folder), times=times)


def _measured(engine: Engine, url: str, folder: Path, *, times: int) -> dict[str, Any]:
    """Medians in milliseconds on a ledger that has lines, one new line before each publication.

    The witness is a real one, over a socket of this machine. Bare is what cannot be done without:
    one Ed25519 signature, one row, one commit.
    """
    recorder, keys, watch = LedgerRecorder(engine), KeyFolder(folder / "keys"), Watch()
    publisher = Publisher(
        recorder,
        Checkpoints(engine),
        keys,
        ask=ask_over_http,
        origin=lambda: "so-diem/do",
        clock=lambda: datetime.now(UTC),
    )
    recorder.insert_events(some_events(1))
    with watch.timing("first of a process"):
        publisher.publish()
    with bare_database(url) as bare:
        for number in range(1, times + 1):
            recorder.insert_events(some_events(1))
            with watch.timing("publish"):
                publisher.publish()
            root = recorder.tree.root(recorder.head().position)
            with watch.timing("bare"):
                note = Checkpoint("so-diem/do", number, root).signed(keys.log_keys()[0])
                bare.insert([(number, str(uuid4()), 1, "checkpoint", note.to_bytes(), root)])
                bare.commit()
    with _witness_of(keys, folder):
        for _ in range(times):
            recorder.insert_events(some_events(1))
            with watch.timing("publish with a witness"):
                publisher.publish()
    return {
        "lines": recorder.head().position,
        "times_ms": watch.medians_ms(),
        "share_of_bare": round(watch.median_ms("bare") / watch.median_ms("publish"), 3),
    }


@contextmanager
def _witness_of(keys: KeyFolder, folder: Path) -> Iterator[None]:
    """A witness that knows the log and that its policy names, while it is served."""
    witness = begin_witness(folder / "witness", "nhan-chung.example/w1")
    witness.memory.trust(keys.log_keys()[0].verifier)
    with serving(witness_app(witness)) as address:
        add_witness(keys, witness_of("nhan-chung", str(witness.key.verifier), address))
        yield
    witness.memory.close()
