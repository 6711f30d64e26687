"""Who was erased is in no further backup, and comes back from none that was kept too long."""

import shutil
from pathlib import Path

import pytest

from ledger.recovery.keys import keys_in
from ledger.recovery.place import BackupPlace
from ledger.store.evidence import EvidenceStore
from ledger.vault import vault_key
from tests.browser.stage import Stage
from tests.school import LAN
from tests.web.filed import OLD, correct, dossier_of, draft, enrol, sign
from tests.web.leavers import MATHS, MINH, NGA, erase, evidence_of
from tests.web.test_disposing import is_gone, opened, settings, stage
from web.backups import backup_into
from web.command_line import run
from web.settings import Settings

__all__ = ["settings", "stage"]


@pytest.fixture
def place(tmp_path: Path) -> BackupPlace:
    return BackupPlace.in_folder(tmp_path / "backup")


def back_up(stage: Stage, place: BackupPlace) -> int:
    desk = stage.desk
    recorder, engine = desk.ledger.recorder, desk.engine
    backup = backup_into(place, recorder, engine, desk.evidence, desk.keys, clock=stage.clock)
    return backup.bring_up(begin=True).manifest.evidence_files


def test_an_erasure_goes_through_the_backup_and_through_a_restore(
    stage: Stage, place: BackupPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = evidence_of(stage)
    assert back_up(stage, place) == len(photos)
    kept_too_long = shutil.copy(place.vault_keys, tmp_path / "old-keys.db")

    erase(stage)
    assert back_up(stage, place) == 0
    assert [path for path in place.evidence.rglob("*") if path.is_file()] == []
    persons = {row[0] for row in keys_in(place.vault_keys, vault_key)}
    assert NGA not in persons
    assert MINH in persons

    new = Settings.in_folder(tmp_path / "new")
    monkeypatch.setenv("GRADE_LEDGER_URL", new.url)
    monkeypatch.setenv("GRADE_LEDGER_DATA", str(new.data_folder))
    shutil.copytree(stage.desk.keys.folder, new.data_folder / "keys")
    assert run(["restore", str(place.folder), "--vault-keys", str(kept_too_long)]) == 0
    with opened(new) as restored:
        assert is_gone(restored, *photos)


def test_the_backup_lets_go_of_what_a_newer_file_of_a_dossier_replaced(
    stage: Stage, place: BackupPlace
) -> None:
    enrol(stage, LAN)
    correct(stage, OLD, NGA, "regular-1", sheet_id=MATHS)
    draft(stage, OLD, 1)
    before = dossier_of(stage, OLD).revision.sha256
    held = back_up(stage, place)
    assert before in EvidenceStore(place.evidence).digests()
    sign(stage, OLD, LAN)
    assert back_up(stage, place) == held
    now = EvidenceStore(place.evidence).digests()
    assert (before in now, dossier_of(stage, OLD).revision.sha256 in now) == (False, True)
