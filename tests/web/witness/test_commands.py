"""The witness at the terminal: made, told whom to believe, asked what it remembers."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from ledger.trust.merkle import inclusion_proof
from ledger.trust.note import Note, VerifierKey
from ledger.trust.proof import TlogProof
from ledger.trust.witnessing import WitnessRefuses
from tests.logs import SchoolLog
from web.command_line import run
from web.witness.answering import Witness

LOG = SchoolLog()
FORK = LOG.forked_after(5)

Terminal = Callable[..., tuple[int, str, str]]


@pytest.fixture
def terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    """Type a command beside the witness's folder: exit code, what was said, what went wrong."""
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("COLUMNS", "200")

    def typed(*words: object) -> tuple[int, str, str]:
        code = run(["witness", *map(str, words)])
        return (code, *capsys.readouterr())

    return typed


def test_a_witness_is_made_once_and_tells_its_key(terminal: Terminal, tmp_path: Path) -> None:
    made = terminal("init", "--folder", "khac", "--name", "phong.example/w", "--json")
    assert made[0] == 0
    assert VerifierKey.parse(json.loads(made[1])["vkey"]).name == "phong.example/w"
    again = terminal("init", "--folder", "khac", "--name", "phong.example/w")
    assert again[0] == 1
    assert "[witness-exists]" in again[2]
    unfit = terminal("init", "--folder", "nua", "--name", "phó hiệu trưởng")
    assert "[witness-name-unfit]" in unfit[2]


def test_schools_are_added_and_dropped(terminal: Terminal, witness: Witness) -> None:
    renewed = SchoolLog(seed="second").vkey
    assert "được theo dõi bằng khóa này từ trước" in terminal("add-school", LOG.vkey)[1]
    assert "Từ nay theo dõi" in terminal("add-school", renewed)[1]
    assert len(witness.memory.keys(LOG.origin)) == 2
    assert "còn 1 khóa" in terminal("drop-key", LOG.vkey)[1]
    assert "[witness-knows-no-such-key]" in terminal("drop-key", LOG.vkey)[2]
    assert "Thôi theo dõi" in terminal("drop-key", renewed)[1]
    for text in ("x", "so-diem/x+00000000+bé", witness.key.verifier, LOG.key.to_text()):
        code, _, wrong = terminal("add-school", text)
        assert code == 1
        assert "[witness-not-a-log-key]" in wrong


def test_what_is_remembered_and_suspected_is_shown(terminal: Terminal, witness: Witness) -> None:
    witness.add_checkpoint(LOG.asks(0, 8).to_bytes())
    with pytest.raises(WitnessRefuses):
        witness.add_checkpoint(FORK.asks(8, 8).to_bytes())
    said = terminal("show")[1]
    assert str(witness.key.verifier) in said
    assert LOG.origin in said
    assert "ĐÁNG NGỜ" in said
    shown = json.loads(terminal("show", "--json")[1])
    assert shown["schools"][0]["size"] == 8
    [suspect] = shown["suspects"]
    assert suspect["suspicion"] == "forked"
    assert Note.parse(suspect["note"].encode()) == FORK.note(8)
    assert suspect["remembered"].startswith(LOG.checkpoint(8).to_text())


def test_checkpoints_are_held_against_the_memory(terminal: Terminal, witness: Witness) -> None:
    witness.add_checkpoint(LOG.asks(0, 8).to_bytes())
    proof = TlogProof(3, tuple(inclusion_proof(3, 8, LOG.hashes)), LOG.note(8))
    brought = {
        "same": LOG.note(8).to_bytes(),
        "proof": proof.to_bytes(),
        "different": FORK.note(8).to_bytes(),
        "other-size": LOG.note(7).to_bytes(),
        "not-signed": SchoolLog(seed="stolen").note(8).to_bytes(),
        "unknown-log": SchoolLog(origin="so-diem/bang-lang").note(8).to_bytes(),
    }
    for name, content in brought.items():
        Path(name).write_bytes(content)
    code, said, _ = terminal("check", "same", "proof", "--json")
    assert code == 0
    assert [json.loads(line)["comparison"] for line in said.splitlines()] == ["same", "same"]
    for name in ("different", "other-size", "not-signed", "unknown-log"):
        code, said, wrong = terminal("check", "same", name, "--json")
        assert code == 1
        assert json.loads(said.splitlines()[1])["comparison"] == name
        assert "Chỉ 1 trong 2 tệp" in wrong
    assert "KHÁC điều đã nhớ" in terminal("check", "different")[1]
    # A log that has ended is still remembered.
    terminal("drop-key", LOG.vkey)
    assert terminal("check", "same")[0] == 0


@pytest.mark.parametrize(
    "content", [b"", b"xin ch\xc3\xa0o\n", b"\xff", b"a\n\n\xe2\x80\x94 a AAAAAAA=\n"]
)
def test_what_is_no_checkpoint_is_told(terminal: Terminal, content: bytes) -> None:
    Path("thu.txt").write_bytes(content)
    code, _, wrong = terminal("check", "thu.txt")
    assert code == 1
    assert "[witness-not-a-checkpoint]" in wrong
    assert "[file-not-readable]" in terminal("check", "khong-co.txt")[2]


def test_the_last_head_is_given_out_and_nothing_written_over(
    terminal: Terminal, witness: Witness
) -> None:
    assert "[witness-never-heard]" in terminal("export", LOG.origin)[2]
    witness.add_checkpoint(LOG.asks(0, 5).to_bytes())
    cosignature = witness.add_checkpoint(LOG.asks(5, 8).to_bytes())
    expected = LOG.note(8).signed_with(cosignature).to_bytes()
    assert terminal("export", LOG.origin)[1] == expected.decode()
    assert "8 dòng" in terminal("export", LOG.origin, "--to", "dau-so.txt")[1]
    assert Path("dau-so.txt").read_bytes() == expected
    assert "[witness-file-exists]" in terminal("export", LOG.origin, "--to", "dau-so.txt")[2]
    assert "[witness-file-not-writable]" in terminal("export", LOG.origin, "--to", "a/b")[2]


@pytest.mark.parametrize("words", [("show",), ("serve",), ("export", "x"), ("check", "x")])
def test_half_a_witness_is_told_and_not_made_anew(
    terminal: Terminal, folder: Path, words: tuple[str, ...]
) -> None:
    (folder / "witness.db").unlink()
    code, _, wrong = terminal(*words)
    assert code == 1
    assert "[witness-missing]" in wrong
    assert not (folder / "witness.db").exists()
    (folder / "witness.key").write_text("không phải khóa")
    (folder / "witness.db").write_bytes(b"")
    assert "[witness-key-damaged]" in terminal(*words)[2]


def test_a_damaged_memory_is_one_sentence(terminal: Terminal, folder: Path) -> None:
    (folder / "witness.db").write_bytes(b"x" * 5000)
    for words in (("show",), ("add-school", LOG.vkey), ("export", "x")):
        assert "[witness-memory-damaged]" in terminal(*words)[2]


def test_a_witness_is_served_until_ctrl_c(folder: Path, witness: Witness) -> None:
    program = [sys.executable, "-c", "import web.command_line as c; c.main()"]
    command = [*program, "witness", "serve", "--folder", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            said = process.stdout.readline() + process.stdout.readline()
            [address] = re.findall(r"http://\S+", said)
            answer = httpx2.post(f"{address}add-checkpoint", content=LOG.asks(0, 5).to_bytes())
            assert answer.status_code == 200
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
        finally:
            process.kill()
    last = witness.memory.last(LOG.origin)
    assert last is not None
    assert last.checkpoint == LOG.checkpoint(5)
