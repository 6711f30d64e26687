"""The demo school is the same in every process, whatever order sets have there."""

import os
import subprocess
import sys

_PLAY = """
from pathlib import Path
from tempfile import TemporaryDirectory

from ledger.application import GradeLedger
from ledger.store.database import open_database
from ledger.store.evidence import EvidenceStore
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from web.demo.creation import written_script
from web.demo.school import demo_school
from web.demo.stage import Stage

engine = open_database("sqlite://")
create_tables(engine)
ledger = GradeLedger(LedgerRecorder(engine))
script = written_script(demo_school())
with TemporaryDirectory() as folder:
    script.play(Stage(ledger, EvidenceStore(Path(folder)), min(script.scenes).at))
print(ledger.recorder.head())
"""


def head_with(seed: str) -> str:
    """The head of a demo that is played in a process of its own."""
    played = subprocess.run(
        [sys.executable, "-c", _PLAY],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return played.stdout


def test_the_head_is_the_same_in_every_process() -> None:
    # Once a set of forgotten marks gave every process another order of lines, and another root.
    assert head_with("3") == head_with("1")
