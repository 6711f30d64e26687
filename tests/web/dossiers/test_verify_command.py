"""`grade-ledger verify-dossier`: what a stranger is told who has one file and a key."""

import json
from pathlib import Path

import pytest

from ledger.trust.note import Algorithm, SigningKey
from tests.web.dossiers.unpacked import Left, packed
from web.command_line import run

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def file(left: Left, tmp_path: Path) -> Path:
    """The dossier in an empty folder of somebody who is not the school."""
    file = tmp_path / "ho-so.zip"
    file.write_bytes(left.content)
    return file


def test_a_sound_dossier_is_told_with_who_signed_it(
    left: Left, file: Path, capsys: Captured
) -> None:
    assert run(["verify-dossier", str(file), "--log", str(left.log.verifier)]) == 0
    told = capsys.readouterr().out
    assert "Biên bản số 1, năm học 2026-2027" in told
    assert "Hiệu trưởng ký, sổ ghi nhận lúc" in told
    assert "ĐÚNG: hồ sơ còn nguyên và khớp với sổ." in told
    assert "so với khóa mà trường công bố" not in told
    assert list(file.parent.iterdir()) == [file], "nothing is written"


def test_without_a_key_its_own_is_shown_to_be_compared(
    left: Left, file: Path, capsys: Captured
) -> None:
    file.write_bytes(packed({**left.files, "bien-ban.pdf": b""}))
    assert run(["verify-dossier", str(file)]) == 1
    told = capsys.readouterr().out
    assert f"Khóa của sổ: {left.log.verifier}" in told
    assert "hãy so với khóa mà trường công bố" in told


def test_a_flaw_is_told_with_its_code_and_ends_with_one(
    left: Left, file: Path, capsys: Captured
) -> None:
    stripped = left.files
    stripped["bien-ban.pdf"] = stripped["bien-ban.pdf"][: left.revisions[2].size]
    file.write_bytes(packed(stripped))
    asked = ["verify-dossier", str(file), "--log", str(left.log.verifier)]
    assert run(asked) == 1
    told = capsys.readouterr().out
    assert "thiếu chữ ký của Hiệu trưởng" in told
    assert "[pdf-older]" in told
    assert "KHÔNG ĐÚNG: có 1 điều không khớp." in told
    assert run([*asked, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["flaws"][0]["code"] == "pdf-older"


def test_a_policy_names_the_witnesses_that_are_demanded(
    left: Left, file: Path, tmp_path: Path, capsys: Captured
) -> None:
    other = SigningKey.from_seed("phong-gd", Algorithm.COSIGNATURE, bytes(32)).verifier
    policy = tmp_path / "policy"
    policy.write_text(f"log {left.log.verifier}\nwitness so {other}\nquorum so\n")
    assert run(["verify-dossier", str(file), "--policy", str(policy)]) == 1
    assert "quorum-missing" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "code"),
    [(["--log", "khóa"], None), (["--policy", "ho-so.zip"], None), ([], "only-paper")],
    ids=["no key", "no policy", "no dossier"],
)
def test_what_cannot_be_read_ends_with_two(
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
    options: list[str],
    code: str | None,
) -> None:
    monkeypatch.chdir(file.parent)
    file.write_bytes(b"%PDF-1.7\n")
    assert run(["verify-dossier", "ho-so.zip", *options]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert (f"[{code}]" in said.err) is (code is not None)
    assert "Traceback" not in said.err
