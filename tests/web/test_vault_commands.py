"""What the terminal says of the key of the vault: missing, another's, or open to others."""

from pathlib import Path

import pytest

from ledger.people import StaffMember
from tests.school import KHOA
from web.command_line import run
from web.desk import open_desk
from web.settings import Settings

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Name a school with one person in the environment; the file of its vault's key."""
    monkeypatch.setenv("GRADE_LEDGER_DATA", str(tmp_path))
    monkeypatch.delenv("GRADE_LEDGER_URL", raising=False)
    desk = open_desk(Settings.in_folder(tmp_path))
    member = StaffMember(person_id=KHOA.person, family_name="Vũ Đăng", given_name="Khoa")
    desk.people.register_staff([member])
    desk.engine.dispose()
    return tmp_path / "keys" / "vault.key"


def test_a_missing_key_is_told_and_no_new_one_made(key: Path, capsys: Captured) -> None:
    key.unlink()
    assert run(["account", "list"]) == 1
    told = capsys.readouterr().err
    assert "Thiếu khóa vault.key" in told
    assert "[key-missing]" in told
    assert not key.exists()


def test_the_key_of_another_school_is_told(key: Path, capsys: Captured) -> None:
    key.write_text("00" * 32)
    assert run(["account", "list"]) == 1
    told = capsys.readouterr().err
    assert "Khóa vault.key bị hỏng hoặc là của trường khác" in told
    assert "[key-of-another]" in told


def test_a_key_that_others_may_read_is_told_with_what_mends_it(key: Path, capsys: Captured) -> None:
    key.chmod(0o644)
    assert run(["account", "list"]) == 1
    told = capsys.readouterr().err
    assert "chmod 600 keys/vault.key" in told
    assert "[key-exposed]" in told
    key.chmod(0o600)
    assert run(["account", "list"]) == 0
