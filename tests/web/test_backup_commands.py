"""Backup and restore at the terminal, and the backup that runs beside a school."""

import html
import json
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect

from ledger.people import Pupil
from ledger.recovery.place import BackupPlace
from ledger.recovery.refusals import NotBroughtUp
from ledger.store.checkpoints import Published
from ledger.store.tables import metadata as of_the_ledger
from ledger.vault import metadata as of_the_vault
from ledger.vocabulary import PupilId
from projections.runner import every_projection, projection
from tests.browser.stage import Stage, sign_in_cookie
from tests.prepared import two_roles
from tests.school import AN, BAO, LAN, SHEET, numbered_id
from tests.web.conftest import client_of
from tests.web.published import describe
from tests.web.test_command_line import Captured, desk, settings
from web.access.accounts import account, session
from web.access.authenticators import authenticator, recovery_code
from web.access.throttling import failure
from web.app import create_app
from web.backups import KEPT
from web.command_line import run
from web.desk import Desk, open_desk
from web.moments import shown_moment
from web.settings import Settings
from web.signing.school_keys import school_key
from web.wording.backups import backup_sentence

__all__ = ["desk", "settings"]

DUNG = Pupil(
    pupil_id=PupilId(numbered_id(777)), code="HS777", family_name="Trần", given_name="Dũng"
)


@pytest.fixture
def written(desk: Desk) -> Desk:
    """A school with a mark and a file in it."""
    desk.handle(LAN.enters((AN, "regular-1", "8.5", 0)))
    desk.evidence.put(b"%PDF bien ban")
    return desk


def told(capsys: Captured) -> dict[str, object]:
    answered: dict[str, object] = json.loads(capsys.readouterr().out)
    return answered


def test_every_table_is_backed_up_or_can_be_made_again(desk: Desk) -> None:
    there = set(inspect(desk.engine).get_table_names())
    grown = {table.name for table in of_the_ledger.sorted_tables}
    kept = {KEPT.keys.name, *(table.name for table in KEPT.replaced)}
    derived = {projection.name, session.name, failure.name}
    derived |= {table.name for one in every_projection() for table in one.metadata.sorted_tables}
    assert there == grown | kept | derived
    own = {account.name, authenticator.name, recovery_code.name, school_key.name}
    assert kept == own | {table.name for table in of_the_vault.sorted_tables}


def test_a_backup_is_told_to_people_and_to_programs(
    written: Desk, capsys: Captured, tmp_path: Path
) -> None:
    lines = written.ledger.recorder.head().position
    assert run(["backup", str(tmp_path / "b")]) == 0
    shown = capsys.readouterr().out
    assert f"{lines} dòng (mới: {lines}), 1 tệp minh chứng (mới: 1)" in shown
    assert run(["backup", str(tmp_path / "b"), "--json"]) == 0
    answered = told(capsys)
    assert (answered["lines"], answered["added_lines"], answered["findings"]) == (lines, 0, [])
    assert answered["root"] == written.ledger.recorder.head().root.hex()


def test_the_folder_may_be_that_of_the_running_backup(
    written: Desk, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["backup"]) == 2
    assert "Thiếu THƯ-MỤC." in capsys.readouterr().err
    monkeypatch.setenv("GRADE_LEDGER_BACKUP", str(tmp_path / "b"))
    monkeypatch.setenv("GRADE_LEDGER_BACKUP_KEYS", str(tmp_path / "keys.db"))
    assert run(["backup", "--json"]) == 0
    assert told(capsys)["vault_keys"] == str(tmp_path / "keys.db")
    assert not (tmp_path / "b" / "vault-keys.db").exists()
    assert written


def test_an_empty_place_is_not_backed_up(
    settings: Settings, capsys: Captured, tmp_path: Path
) -> None:
    assert settings
    assert run(["backup", str(tmp_path / "b")]) == 1
    assert "[nothing-to-back-up]" in capsys.readouterr().err
    assert not (tmp_path / "b").exists()


def test_an_altered_ledger_and_a_place_that_is_no_folder_are_told(
    written: Desk, capsys: Captured, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("một tệp")
    assert run(["backup", str(tmp_path / "file")]) == 1
    assert "[backup-not-done]" in capsys.readouterr().err
    assert run(["backup", str(tmp_path / "b")]) == 0
    (tmp_path / "b" / "ledger.db").write_text("chẳng phải bản sao" * 99)
    assert run(["backup", str(tmp_path / "b")]) == 1
    assert "không phải bản sao" in capsys.readouterr().err
    assert written


def test_evidence_that_is_damaged_is_named(written: Desk, capsys: Captured, tmp_path: Path) -> None:
    (digest,) = written.evidence.digests()
    (tmp_path / "evidence" / digest[:2] / digest).write_bytes(b"hong")
    assert run(["backup", str(tmp_path / "b")]) == 1
    said = capsys.readouterr()
    assert f"Tệp minh chứng hỏng hoặc mất: {digest}" in said.out
    assert "[evidence-not-backed-up]" in said.err


def test_a_backup_altered_by_its_keeper_is_told_by_its_verification(
    written: Desk, capsys: Captured, tmp_path: Path
) -> None:
    assert run(["backup", str(tmp_path / "b")]) == 0
    alter(tmp_path / "b" / "ledger.db")
    capsys.readouterr()
    assert run(["backup", str(tmp_path / "b")]) == 1
    said = capsys.readouterr().err
    assert "[leaf-differs]" in said
    assert "[backup-not-verified]" in said
    assert written


def alter(file: Path) -> None:
    """Edit a line of a backup, the guard put aside."""
    connection = sqlite3.connect(file)
    connection.execute("DROP TRIGGER event_no_update")
    connection.execute("UPDATE event SET topic = 'mark-cleared' WHERE position = 2")
    connection.commit()
    connection.close()


def elsewhere(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Settings:
    """Name another, empty place in the environment."""
    place = Settings.in_folder(folder)
    monkeypatch.setenv("GRADE_LEDGER_URL", place.url)
    monkeypatch.setenv("GRADE_LEDGER_DATA", str(folder))
    return place


def test_a_restored_school_tells_what_is_missing(
    written: Desk, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    describe(Stage(written, written.clock))  # type: ignore[arg-type]
    written.publisher.publish()
    assert run(["backup", str(tmp_path / "b")]) == 0
    elsewhere(monkeypatch, tmp_path / "new")
    capsys.readouterr()
    assert run(["restore", str(tmp_path / "b")]) == 0
    said = capsys.readouterr().out
    assert f"Đã khôi phục {written.ledger.recorder.head().position} dòng" in said
    assert "Thiếu keys/vault.key" in said
    assert "Thiếu khóa ký của so-diem/hn-0501" in said
    # With the keys brought back, everything is as it was.
    shutil.copytree(written.keys.folder, tmp_path / "new" / "keys")
    restored = open_desk(Settings.in_folder(tmp_path / "new"))
    assert restored.names().pupil(AN) == "Nguyễn Hoài An"
    assert restored.ledger.sheet(SHEET) == written.ledger.sheet(SHEET)
    assert restored.accounts.all() == written.accounts.all()
    restored.engine.dispose()


def test_a_key_that_anybody_may_read_is_told_before_anything_is_restored(
    written: Desk, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["backup", str(tmp_path / "b")]) == 0
    place = elsewhere(monkeypatch, tmp_path / "new")
    shutil.copytree(written.keys.folder, place.data_folder / "keys")
    (place.data_folder / "keys" / "vault.key").chmod(0o644)
    assert run(["restore", str(tmp_path / "b")]) == 1
    assert "[key-exposed]" in capsys.readouterr().err
    (place.data_folder / "keys" / "vault.key").chmod(0o600)
    assert run(["restore", str(tmp_path / "b")]) == 0


def test_without_the_keys_of_persons_the_marks_come_back_alone(
    written: Desk, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = str(tmp_path / "keys.db")
    assert run(["backup", str(tmp_path / "b"), "--vault-keys", apart]) == 0
    place = elsewhere(monkeypatch, tmp_path / "new")
    shutil.copytree(written.keys.folder, place.data_folder / "keys")
    capsys.readouterr()
    assert run(["restore", str(tmp_path / "b"), "--vault-keys", str(tmp_path / "none")]) == 1
    assert "[no-vault-keys-here]" in capsys.readouterr().err
    assert run(["restore", str(tmp_path / "b"), "--json"]) == 1
    said = capsys.readouterr()
    answered = json.loads(said.out)
    assert answered["missing"] == ["vault-keys.db"]
    assert all(code.startswith("vault-") for code in answered["findings"])
    assert "[restored-not-verified]" in said.err
    assert run(["restore", str(tmp_path / "b"), "--vault-keys", apart]) == 1
    assert "[place-not-empty]" in capsys.readouterr().err
    whole = elsewhere(monkeypatch, tmp_path / "whole")
    shutil.copytree(written.keys.folder, whole.data_folder / "keys")
    assert run(["restore", str(tmp_path / "b"), "--vault-keys", apart, "--json"]) == 0
    assert told(capsys)["missing"] == []


def test_an_altered_backup_is_not_restored(
    written: Desk, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["backup", str(tmp_path / "b")]) == 0
    (digest,) = written.evidence.digests()
    elsewhere(monkeypatch, tmp_path / "new")
    (tmp_path / "b" / "evidence" / digest[:2] / digest).unlink()
    assert run(["restore", str(tmp_path / "b")]) == 1
    said = capsys.readouterr().err
    assert digest in said
    assert "[backup-evidence-unusable]" in said
    alter(tmp_path / "b" / "ledger.db")
    assert run(["restore", str(tmp_path / "b"), "--incomplete"]) == 1
    assert "[line-altered]" in capsys.readouterr().err


def test_a_school_comes_back_under_a_role_that_may_only_add(
    written: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgresql_url: str
) -> None:
    assert run(["backup", str(tmp_path / "b")]) == 0
    place = elsewhere(monkeypatch, tmp_path / "new")
    shutil.copytree(written.keys.folder, place.data_folder / "keys")
    with two_roles(postgresql_url) as roles:
        monkeypatch.setenv("GRADE_LEDGER_URL", roles.owner_url)
        assert run(["database", "prepare", "--role", roles.application]) == 0
        monkeypatch.setenv("GRADE_LEDGER_URL", roles.application_url)
        assert run(["restore", str(tmp_path / "b")]) == 0
        assert run(["database", "check"]) == 0


@pytest.fixture
def running(settings: Settings, written: Desk, tmp_path: Path) -> Iterator[Desk]:
    """The same school as the server opens it, with a running backup."""
    describe(Stage(written, written.clock))  # type: ignore[arg-type]
    backed_up = replace(settings, backup=tmp_path / "b")
    desk = open_desk(backed_up, clock=written.clock)
    yield desk
    desk.engine.dispose()


def test_nothing_is_sealed_that_no_backup_holds(
    running: Desk, capsys: Captured, tmp_path: Path
) -> None:
    with pytest.raises(NotBroughtUp) as missing:
        running.publisher.publish()
    assert missing.value.last is None
    assert running.publisher.newest() is None
    assert run(["backup", str(tmp_path / "b")]) == 0
    assert size_of(running.publisher.publish()) == running.ledger.recorder.head().position

    # The disk goes away, and with it the seals; work goes on.
    (tmp_path / "b").rename(tmp_path / "away")
    running.handle(LAN.enters((BAO, "regular-1", "7.0", 0)))
    with pytest.raises(NotBroughtUp) as gone:
        running.publisher.publish()
    said = backup_sentence(gone.value)
    assert "không thấy bản sao ở đó" in said
    assert f"Lần sao lưu gần nhất: lúc {shown_moment(running.clock())}" in said
    assert running.publisher.standing().without_checkpoint == 1
    (tmp_path / "away").rename(tmp_path / "b")
    assert size_of(running.publisher.publish()) == running.ledger.recorder.head().position
    assert capsys


def size_of(published: Published | None) -> int:
    assert published
    return published.checkpoint.size


def test_a_disk_that_takes_nothing_is_told_with_the_age_of_the_last_backup(
    running: Desk, tmp_path: Path
) -> None:
    assert run(["backup", str(tmp_path / "b")]) == 0
    place = BackupPlace.in_folder(tmp_path / "b")
    # As on a disk that is full: no room for the keys that take the place of those before.
    running.people.register_pupils([DUNG])
    (tmp_path / "b" / ".vault-keys.db.unfinished").mkdir()
    with pytest.raises(NotBroughtUp) as full:
        running.publisher.publish()
    said = backup_sentence(full.value)
    assert str(place.folder) in said
    assert "chưa dòng mới nào được niêm phong" in said
    assert running.publisher.newest() is None


def test_the_leaders_see_it_on_their_first_screen(
    running: Desk, stage: Stage, tmp_path: Path
) -> None:
    desk = replace(stage.desk, publisher=running.publisher)
    with pytest.raises(NotBroughtUp):
        running.publisher.publish()
    client = client_of(create_app(desk), sign_in_cookie(stage, "ngoc"))
    page = html.unescape(client.get("/").text)
    assert f"Không sao lưu được vào {tmp_path / 'b'}" in page
    desk = replace(desk, backup=running.backup)
    client = client_of(create_app(desk), sign_in_cookie(stage, "ngoc"))
    assert "Không đọc được bản sao nào ở" in client.get("/niem-phong").text
    assert run(["backup", str(tmp_path / "b")]) == 0
    assert "Chỉ niêm phong những dòng đã có trong bản sao." in client.get("/niem-phong").text
