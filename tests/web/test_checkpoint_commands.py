"""The sealing at the terminal: sign, show, export, and a school's witnesses on a Monday."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from ledger.store.keys import KeyFolder
from ledger.trust.note import Algorithm, SigningKey
from ledger.trust.policy import Policy
from tests import tlog_reader
from tests.browser.stage import Stage, serving
from tests.web.published import describe
from tests.web.test_command_line import Captured, desk, settings
from tests.web.test_publishing import wait_for
from web.command_line import run
from web.desk import Desk
from web.settings import Settings
from web.witness.answering import begin_witness
from web.witness.app import witness_app

__all__ = ["desk", "settings"]


def key_of(name: str, algorithm: Algorithm = Algorithm.COSIGNATURE) -> str:
    return str(SigningKey.from_seed(f"{name}.example/w1", algorithm, name.encode() * 8).verifier)


VICE, OFFICE = key_of("phov"), key_of("phon")


@pytest.fixture
def described(desk: Desk) -> Desk:
    describe(Stage(desk, desk.clock))  # type: ignore[arg-type]
    return desk


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeyFolder:
    """The folder of keys of a school that nobody has to open for this."""
    monkeypatch.delenv("GRADE_LEDGER_URL", raising=False)
    monkeypatch.setenv("GRADE_LEDGER_DATA", str(tmp_path))
    return KeyFolder(tmp_path / "keys")


def told(capsys: Captured) -> str:
    return capsys.readouterr().out


def test_what_was_never_sealed_is_told(desk: Desk, capsys: Captured, tmp_path: Path) -> None:
    assert run(["checkpoint", "publish"]) == 0
    assert told(capsys) == "Sổ chưa được niêm phong lần nào.\n"
    assert run(["checkpoint", "export", str(tmp_path / "log")]) == 1
    assert "[nothing-sealed]" in capsys.readouterr().err


def test_the_head_is_signed_shown_and_exported(
    described: Desk, settings: Settings, capsys: Captured, tmp_path: Path
) -> None:
    lines = described.ledger.recorder.head().position
    assert run(["checkpoint", "publish"]) == 0
    assert f"Đã niêm phong đến dòng {lines} lúc" in told(capsys)
    assert run(["checkpoint", "show", "--json"]) == 0
    shown = json.loads(told(capsys))
    assert (shown["size"], shown["lines"], shown["without_checkpoint"]) == (lines, lines, 0)
    assert shown["origin"] == "so-diem/hn-0501"
    assert (shown["cosigned"], shown["without_quorum"], shown["alarm"]) == ({}, None, None)
    assert run(["checkpoint", "export", str(tmp_path / "log")]) == 0
    assert f"Đã xuất {lines} dòng sổ" in told(capsys)
    (key,) = KeyFolder(settings.data_folder / "keys").log_keys()
    assert len(tlog_reader.check(tmp_path / "log", str(key.verifier))) == lines
    assert run(["checkpoint", "export", str(tmp_path / "log")]) == 1
    assert "[export-folder-not-empty]" in capsys.readouterr().err


def test_the_operator_may_choose_the_name_of_the_log(
    described: Desk, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADE_LEDGER_ORIGIN", "hai từ")
    assert run(["checkpoint", "publish"]) == 1
    assert "[origin-unfit]" in capsys.readouterr().err
    monkeypatch.setenv("GRADE_LEDGER_ORIGIN", "hoa-phuong.example/so-diem")
    assert run(["checkpoint", "show", "--json"]) == 0
    assert json.loads(told(capsys))["origin"] is None
    assert run(["checkpoint", "publish", "--json"]) == 0
    assert json.loads(told(capsys))["origin"] == "hoa-phuong.example/so-diem"
    # It stands for ever in the key.
    monkeypatch.delenv("GRADE_LEDGER_ORIGIN")
    assert run(["checkpoint", "publish", "--json"]) == 0
    assert json.loads(told(capsys))["origin"] == "hoa-phuong.example/so-diem"


def test_two_witnesses_are_added_one_after_the_other(keys: KeyFolder, capsys: Captured) -> None:
    assert run(["checkpoint", "add-witness", "pho", VICE, "http://pho.example"]) == 0
    assert "Để công bố: cần 1 trong 1 nhân chứng." in told(capsys)
    assert run(["checkpoint", "add-witness", "phong", OFFICE, "https://phong.example/w/"]) == 0
    shown = told(capsys)
    assert "Để công bố: cần 1 trong 2 nhân chứng." in shown
    assert "Để niêm phong năm học: cần 2 trong 2 nhân chứng." in shown
    publishing, closing = keys.policy(), keys.policy("policy-close-year")
    assert publishing is not None
    assert closing is not None
    assert [str(one.key) for one in publishing.witnesses.values()] == [VICE, OFFICE]
    assert publishing.witnesses == closing.witnesses
    assert publishing.is_met_by({"phong": 1})
    assert not closing.is_met_by({"phong": 1})
    assert closing.is_met_by({"phong": 1, "pho": 1})
    # A new address of the same witness is no second witness.
    assert run(["checkpoint", "add-witness", "pho", VICE, "http://may-moi.example"]) == 0
    moved = keys.policy()
    assert moved is not None
    assert moved.witnesses["pho"].url == "http://may-moi.example"
    assert len(moved.witnesses) == 2


def test_what_was_written_by_half_is_completed(keys: KeyFolder) -> None:
    run(["checkpoint", "add-witness", "pho", VICE, "http://pho.example"])
    before = (keys.folder / "policy-close-year").read_bytes()
    run(["checkpoint", "add-witness", "phong", OFFICE, "http://phong.example"])
    after = (keys.folder / "policy-close-year").read_bytes()
    (keys.folder / "policy-close-year").write_bytes(before)
    run(["checkpoint", "add-witness", "phong", OFFICE, "http://phong.example"])
    assert (keys.folder / "policy-close-year").read_bytes() == after


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["phong gd", OFFICE, "http://a.example"], "witness-unfit"),
        (["none", OFFICE, "http://a.example"], "witness-unfit"),
        (["phong", "abc", "http://a.example"], "witness-unfit"),
        (["phong", key_of("phon", Algorithm.ED25519), "http://a.example"], "witness-unfit"),
        (["phong", OFFICE, "a.example"], "witness-unfit"),
        (["phong", OFFICE, "http://a b.example"], "witness-unfit"),
        (["phong", VICE, "http://a.example"], "witness-unfit"),
        (["pho", OFFICE, "http://a.example"], "witness-has-another-key"),
    ],
)
def test_what_is_no_witness_changes_nothing(
    keys: KeyFolder, capsys: Captured, words: list[str], code: str
) -> None:
    run(["checkpoint", "add-witness", "pho", VICE, "http://pho.example"])
    before = keys.policy(), keys.policy("policy-close-year")
    assert run(["checkpoint", "add-witness", *words]) == 1
    assert f"[{code}]" in capsys.readouterr().err
    assert (keys.policy(), keys.policy("policy-close-year")) == before


def test_a_policy_of_the_schools_own_is_left_to_the_school(
    keys: KeyFolder, capsys: Captured
) -> None:
    own = f"witness a {VICE} http://a.example\nquorum a\n".encode()
    keys.decide("policy", own)
    assert run(["checkpoint", "add-witness", "b", OFFICE, "http://b.example"]) == 1
    assert "[policy-is-its-own]" in capsys.readouterr().err
    assert keys.policy() == Policy.parse(own)
    assert keys.policy("policy-close-year") is None


def test_a_school_has_its_first_cosignature_on_a_monday(
    described: Desk, settings: Settings, capsys: Captured, tmp_path: Path
) -> None:
    witness = begin_witness(tmp_path / "nhan-chung", "phong-gddt.example/nhan-chung")
    run(["checkpoint", "publish"])
    (key,) = KeyFolder(settings.data_folder / "keys").log_keys()
    witness.memory.trust(key.verifier)
    with serving(witness_app(witness)) as address:
        run(["checkpoint", "add-witness", "phong", str(witness.key.verifier), address])
        capsys.readouterr()
        assert run(["checkpoint", "publish"]) == 0
    shown = told(capsys)
    assert "phong: đã xác nhận" in shown
    assert "Mọi dòng đã đủ nhân chứng (cần 1 trong 1 nhân chứng)." in shown
    assert run(["checkpoint", "publish"]) == 0
    assert "phong: đã xác nhận" in told(capsys)
    witness.memory.close()


def test_a_changed_history_stops_at_the_terminal_too(described: Desk, capsys: Captured) -> None:
    run(["checkpoint", "publish"])
    (described.keys.folder / "log-1.key").rename(described.keys.folder / "mất.key")
    capsys.readouterr()
    assert run(["checkpoint", "publish"]) == 1
    assert "[log-key-missing]" in capsys.readouterr().err


def test_processes_that_begin_at_once_begin_one_log(
    described: Desk, settings: Settings, capsys: Captured
) -> None:
    program = "from web.command_line import main; main()"
    words = [sys.executable, "-c", program, "checkpoint", "publish", "--json"]
    begun = [
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [process.communicate(timeout=60) for process in begun]
    assert [process.returncode for process in begun] == [0] * 3, said
    assert len({json.loads(out)["root"] for out, _ in said}) == 1
    assert len(KeyFolder(settings.data_folder / "keys").log_keys()) == 1
    assert len(list(described.checkpoints.all())) == 1


def test_the_served_school_publishes_what_it_has_and_stops_when_told(described: Desk) -> None:
    program = "from web.command_line import main; main()"
    words = [sys.executable, "-c", program, "serve", "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        address = server.stdout.readline().split()[2]
        assert httpx2.get(f"{address}dang-nhap").status_code == 200
        wait_for(lambda: described.checkpoints.origins() != frozenset())
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=60) == 0
    (kept,) = described.checkpoints.all()
    assert kept.checkpoint.size == described.ledger.recorder.head().position
