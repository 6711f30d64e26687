"""`grade-ledger proof`: two files, never over others, and one sentence where there is no proof."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.trust.merkle import leaf_hash
from ledger.trust.policy import Policy
from ledger.trust.proof import TlogProof
from tests.web.spreadsheets.school import school
from web.command_line import run
from web.desk import Desk
from web.settings import Settings

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Give a school with a class, named in the environment; its log has not begun."""
    settings = Settings.in_folder(tmp_path / "data")
    settings.data_folder.mkdir()
    monkeypatch.setenv("GRADE_LEDGER_URL", settings.url)
    monkeypatch.setenv("GRADE_LEDGER_DATA", str(settings.data_folder))
    monkeypatch.setenv("GRADE_LEDGER_ORIGIN", "so-diem/thu-nghiem")
    monkeypatch.chdir(tmp_path)
    desk = school(settings)
    yield desk
    desk.engine.dispose()


def test_the_proof_is_written_and_verifies(desk: Desk, tmp_path: Path, capsys: Captured) -> None:
    assert run(["proof", "1", "--output", "bang-chung", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["position"], told["origin"]) == (1, "so-diem/thu-nghiem")
    entry, proof = (tmp_path / name for name in told["files"])
    assert (entry.name, proof.name) == ("dong-1.entry", "dong-1.tlog-proof")
    (key,) = desk.keys.log_keys()
    ours = Policy(logs={key.verifier: None})
    checked = TlogProof.parse(proof.read_bytes()).verify(leaf_hash(entry.read_bytes()), ours)
    assert checked.checkpoint.size == told["size"] == desk.ledger.recorder.head().position
    assert run(["proof", "1", "--output", "bang-chung"]) == 0, "the same bytes may stay"
    assert "verify_proof.py" in capsys.readouterr().out


def test_another_file_is_never_written_over(desk: Desk, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "dong-1.tlog-proof").write_text("của ai đó")
    assert run(["proof", "1"]) == 1
    assert "proof-file-exists" in capsys.readouterr().err
    assert (tmp_path / "dong-1.tlog-proof").read_text() == "của ai đó"
    assert not (tmp_path / "dong-1.entry").exists(), "both files, or none"


def test_a_line_that_is_not_there_is_one_sentence(desk: Desk, capsys: Captured) -> None:
    for position in ("0", "999999999999999999999"):
        assert run(["proof", position]) == 1
        assert "[no-such-line]" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_one_sentence(
    desk: Desk, tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "a-file").write_text("")
    assert run(["proof", "1", "--output", "a-file/inside"]) == 1
    assert "[proof-not-written]" in capsys.readouterr().err
