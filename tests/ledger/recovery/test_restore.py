"""A backup comes back as a whole into an empty place of either kind, or not at all."""

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ledger.recovery.place import BackupPlace
from ledger.recovery.refusals import BackupRefused, Reason
from ledger.store.database import open_database
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from ledger.vault import Vault, metadata
from tests.ledger.recovery.keeping import MASTER_KEY, Keeping, content
from tests.ledger.recovery.test_backup import publish
from tests.ledger.store.writing import a_key, assert_sound, some_events


@pytest.fixture
def kept(tmp_path: Path) -> Keeping:
    """Give a ledger that was backed up, on SQLite."""
    engine = open_database(f"sqlite:///{tmp_path / 'old.db'}")
    create_tables(engine)
    keeping = Keeping(engine, tmp_path / "school", tmp_path / "backup")
    keeping.works(3)
    keeping.meets("HS1")
    keeping.evidence.put(b"%PDF bien ban")
    keeping.evidence.put(b"a photo")
    publish(keeping, cosigned_at=1)
    keeping.backs_up()
    return keeping


def test_all_of_it_comes_back_on_either_database(
    kept: Keeping, engine: Engine, tmp_path: Path
) -> None:
    restored = kept.comes_back_in(engine, tmp_path / "new")
    assert content(engine) == content(kept.engine)
    assert assert_sound(engine) == restored.manifest.lines == 9
    assert (restored.persons, restored.unusable) == (1, frozenset())
    files = (tmp_path / "new" / "evidence").rglob("*")
    assert {path.read_bytes() for path in files if path.is_file()} == {b"%PDF bien ban", b"a photo"}
    (opened,) = Vault(engine, MASTER_KEY).open(["pupil-name"]).values()
    assert opened == {"pupil-name": "Tên của HS1"}
    # Life goes on where it ended, under the same guards.
    assert LedgerRecorder(engine).insert_events(some_events(1), command=a_key()) == [10]


def test_a_ledger_of_postgresql_comes_back_as_a_file(engine: Engine, tmp_path: Path) -> None:
    keeping = Keeping(engine, tmp_path / "school", tmp_path / "backup")
    keeping.works(2)
    keeping.meets("HS1")
    keeping.backs_up()
    new = open_database(f"sqlite:///{tmp_path / 'new.db'}")
    keeping.comes_back_in(new, tmp_path / "new")
    assert content(new) == content(engine)
    assert assert_sound(new) == 6


def test_without_the_keys_of_persons_nobody_can_be_named(kept: Keeping, engine: Engine) -> None:
    kept.place.vault_keys.unlink()
    assert kept.comes_back_in(engine, kept.folder / "new").persons == 0
    assert Vault(engine, MASTER_KEY).open(["pupil-name"]) == {}
    assert assert_sound(engine) == 9


def test_a_place_with_a_ledger_is_not_written_over(kept: Keeping, engine: Engine) -> None:
    LedgerRecorder(engine).insert_events(some_events(1))
    with pytest.raises(BackupRefused) as refused:
        kept.comes_back_in(engine, kept.folder / "new")
    assert refused.value.reason is Reason.PLACE_NOT_EMPTY
    assert assert_sound(engine) == 1
    assert not (kept.folder / "new").exists()


def test_a_place_with_people_is_not_written_over(kept: Keeping, engine: Engine) -> None:
    Keeping(engine, kept.folder / "new", kept.backup_folder).meets("HS9")
    with pytest.raises(BackupRefused) as refused:
        kept.comes_back_in(engine, kept.folder / "new")
    assert refused.value.reason is Reason.PLACE_NOT_EMPTY


def rows(*statements: str) -> Callable[[BackupPlace], None]:
    """Whoever has the file drops the guards first."""

    def alter(place: BackupPlace) -> None:
        file = sqlite3.connect(place.ledger)
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            file.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            file.execute(statement)
        file.commit()
        file.close()

    return alter


def drop_evidence(place: BackupPlace) -> None:
    next(path for path in place.evidence.rglob("*") if path.is_file()).unlink()


def damage_evidence(place: BackupPlace) -> None:
    next(path for path in place.evidence.rglob("*") if path.is_file()).write_bytes(b"x")


def swap_an_older_file(place: BackupPlace) -> None:
    shutil.copy(place.folder.parent / "older.db", place.ledger)


ATTACKS: dict[str, tuple[Callable[[BackupPlace], None], Reason]] = {
    "a line edited": (
        rows('UPDATE event SET state = CAST(\'{"mark":"9.5"}\' AS BLOB) WHERE position = 2'),
        Reason.LINE_ALTERED,
    ),
    "a line given the type of another": (
        rows("UPDATE event SET state = CAST(state AS TEXT) WHERE position = 2"),
        Reason.LINE_ALTERED,
    ),
    "a line removed": (rows("DELETE FROM event WHERE position = 5"), Reason.LINE_ALTERED),
    "the last lines removed": (rows("DELETE FROM event WHERE position > 6"), Reason.LINE_ALTERED),
    "the last lines removed and the head with them": (
        rows("DELETE FROM event WHERE position > 6", "UPDATE head SET position = 6"),
        Reason.MANIFEST_DIFFERS,
    ),
    "a command removed": (
        rows("DELETE FROM command WHERE first_position = 1"),
        Reason.MANIFEST_DIFFERS,
    ),
    "a command edited": (rows("UPDATE command SET digest = x'00'"), Reason.MANIFEST_DIFFERS),
    "a checkpoint removed": (rows("DELETE FROM checkpoint"), Reason.MANIFEST_DIFFERS),
    "a person's box swapped": (rows("UPDATE vault_box SET box = x'00'"), Reason.MANIFEST_DIFFERS),
    "no manifest": (rows("DELETE FROM manifest"), Reason.NO_BACKUP),
    "half a manifest": (
        rows("UPDATE manifest SET content = substr(content, 1, 99)"),
        Reason.BACKUP_UNREADABLE,
    ),
    "a file of evidence removed": (drop_evidence, Reason.EVIDENCE_UNUSABLE),
    "a file of evidence damaged": (damage_evidence, Reason.EVIDENCE_UNUSABLE),
    "an older file in its place": (swap_an_older_file, Reason.BACKUP_TOO_OLD),
    "no file": (lambda place: place.ledger.unlink(), Reason.NO_BACKUP),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_altered_backup_is_refused(kept: Keeping, engine: Engine, attack: str) -> None:
    change, reason = ATTACKS[attack]
    shutil.copy(kept.place.ledger, kept.backup_folder.parent / "older.db")
    kept.works(1)
    kept.backs_up()
    change(kept.place)
    with pytest.raises(BackupRefused) as refused:
        kept.comes_back_in(engine, kept.folder / "new")
    assert refused.value.reason is reason
    assert assert_sound(engine) == 0
    metadata.create_all(engine)
    assert not any(content(engine)[name] for name in ("command", "checkpoint", "vault_box"))


def test_what_is_left_comes_back_when_it_is_asked_for(kept: Keeping, engine: Engine) -> None:
    drop_evidence(kept.place)
    restored = kept.comes_back_in(engine, kept.folder / "new", without_unusable=True)
    assert len(restored.unusable) == 1
    assert assert_sound(engine) == 9


def test_a_killed_backup_whose_manifest_is_behind_comes_back(kept: Keeping, engine: Engine) -> None:
    manifest = kept.place.manifest.read_bytes()
    kept.works()
    kept.backs_up()
    kept.place.manifest.write_bytes(manifest)
    assert kept.comes_back_in(engine, kept.folder / "new").manifest.lines == 12


def test_a_restore_that_is_killed_can_be_begun_again(
    kept: Keeping, engine: Engine, database_url: str
) -> None:
    child = os.fork()
    if not child:
        kept.comes_back_in(
            open_database(database_url),
            kept.folder / "new",
            progress=lambda _done, _total: os.kill(os.getpid(), signal.SIGKILL),
        )
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert assert_sound(engine) == 0
    assert kept.comes_back_in(engine, kept.folder / "new").manifest.lines == 9
    assert content(engine) == content(kept.engine)
