"""A backup holds what the ledger held at one moment, and is continued by that ledger only."""

import json
import os
import shutil
import signal
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from ledger.recovery.keys import keys_in
from ledger.recovery.place import BackupPlace, open_file
from ledger.recovery.refusals import BackupRefused, Reason
from ledger.store.checkpoints import Checkpoints
from ledger.store.database import open_database
from ledger.store.reading import opened_for_reading
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.note import Algorithm, SigningKey
from ledger.vault import vault_key
from ledger.verification import verify
from tests.ledger.recovery.keeping import MOMENT, Keeping, content, content_of_backup
from tests.ledger.store.writing import a_key, assert_sound, some_events

LOG = SigningKey.from_seed("so-diem/thu", Algorithm.ED25519, bytes(32))
WITNESS = SigningKey.from_seed("phong.example/w", Algorithm.COSIGNATURE, bytes(31) + b"\x01")


@pytest.fixture
def keeping(engine: Engine, tmp_path: Path) -> Keeping:
    return Keeping(engine, tmp_path / "school", tmp_path / "backup")


def publish(keeping: Keeping, *, cosigned_at: int) -> Checkpoint:
    head, kept = keeping.recorder.head(), Checkpoints(keeping.engine)
    checkpoint = Checkpoint(LOG.name, head.position, head.root)
    note = checkpoint.signed(LOG)
    kept.keep(note, signed_at=MOMENT)
    kept.keep_cosignature(checkpoint, WITNESS.cosign(note.text, at=cosigned_at))
    return checkpoint


def sound(place: BackupPlace) -> int:
    """The lines of the backup, none of its own answers trusted."""
    return assert_sound(open_file(place.ledger, begin="BEGIN"))


def test_a_backup_holds_all_of_a_ledger(keeping: Keeping) -> None:
    keeping.works(3)
    keeping.meets("HS1")
    scan = keeping.evidence.put(b"%PDF bien ban")
    publish(keeping, cosigned_at=1)
    done = keeping.backs_up()
    assert content_of_backup(keeping.place) == content(keeping.engine)
    assert sound(keeping.place) == done.manifest.lines == done.added_lines == 9
    assert (keeping.place.evidence / scan[:2] / scan).read_bytes() == b"%PDF bien ban"
    told = json.loads(keeping.place.manifest.read_text())
    assert (told["lines"], told["root"]) == (9, keeping.recorder.head().root.hex())
    assert (told["origin"], told["evidence_files"]) == ("so-diem/thu", 1)
    assert told["moment"] == MOMENT.isoformat()


def test_a_further_backup_adds_what_is_new(keeping: Keeping) -> None:
    keeping.works(2)
    gone = keeping.meets("HS1")
    early = publish(keeping, cosigned_at=1)
    first = keeping.backs_up()
    keeping.works(2)
    keeping.meets("HS2")
    keeping.vault.erase(gone)
    keeping.evidence.put(b"a photo")
    # A witness that was away answers late, for a checkpoint that the backup holds already.
    late = WITNESS.cosign(early.to_text(), at=9)
    Checkpoints(keeping.engine).keep_cosignature(early, late)
    publish(keeping, cosigned_at=10)
    keeping.now = lambda: MOMENT + timedelta(minutes=1)
    second = keeping.backs_up()
    assert (first.added_lines, second.added_lines, second.added_evidence) == (6, 6, 1)
    assert second.manifest.moment > first.manifest.moment
    assert content_of_backup(keeping.place) == content(keeping.engine)
    assert sound(keeping.place) == 12
    assert keeping.backs_up().added_lines == 0


def test_the_key_of_an_erased_person_is_in_no_file_of_the_next_backup(keeping: Keeping) -> None:
    keeping.works()
    gone, stays = keeping.meets("HS1"), keeping.meets("HS2")
    keeping.backs_up()
    wrapped = {row[0]: row[1] for row in keys_in(keeping.place.vault_keys, vault_key)}
    boxes = {row[-1] for row in content(keeping.engine)["vault_box"] if gone in row}
    keeping.vault.erase(gone)
    keeping.backs_up()
    assert {row[0] for row in keys_in(keeping.place.vault_keys, vault_key)} == {stays}
    everything = [path.read_bytes() for path in keeping.backup_folder.rglob("*.db*")]
    assert not any(secret in file for secret in {wrapped[gone], *boxes} for file in everything)


def test_the_keys_of_persons_may_be_kept_apart(keeping: Keeping, tmp_path: Path) -> None:
    keeping.works()
    keeping.meets("HS1")
    apart = tmp_path / "apart" / "keys.db"
    keeping.place = BackupPlace.in_folder(keeping.backup_folder, apart)
    keeping.backs_up()
    assert len(keys_in(apart, vault_key)) == 1
    assert apart.stat().st_mode & 0o077 == 0
    assert not [path for path in keeping.backup_folder.iterdir() if "vault" in path.name]


def test_a_running_backup_does_not_begin_one(keeping: Keeping) -> None:
    keeping.works()
    with pytest.raises(BackupRefused) as refused:
        keeping.backs_up(begin=False)
    assert refused.value.reason is Reason.NO_BACKUP
    assert not keeping.backup_folder.exists()
    keeping.backs_up()
    keeping.works()
    assert keeping.backs_up(begin=False).added_lines == 3


def alter(engine: Engine, table: str, *statements: str) -> None:
    """What somebody with all rights does to a table, the guards put aside."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        else:
            for kind in ("update", "delete", "replace", "way_back"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{kind}")
        for statement in statements:
            connection.exec_driver_sql(statement)


SOURCES = {
    "a new line edited": (
        "event",
        "UPDATE event SET topic = 'mark-cleared' WHERE position = 9",
        Reason.LINE_ALTERED,
    ),
    "a new line removed": ("event", "DELETE FROM event WHERE position = 9", Reason.LINE_ALTERED),
    "the hash of an old line edited": (
        "event",
        "UPDATE event SET leaf_hash = state WHERE position = 2",
        Reason.LEDGER_DIFFERS,
    ),
    "an old line removed": ("event", "DELETE FROM event WHERE position = 2", Reason.LEDGER_DIFFERS),
    "the head moved on": ("head", "UPDATE head SET position = 13", Reason.LINE_ALTERED),
    "the head moved back": ("head", "UPDATE head SET position = 3", Reason.LEDGER_SHORTER),
    "a command removed": (
        "command",
        "DELETE FROM command WHERE first_position = 1",
        Reason.COMMANDS_DIFFER,
    ),
    "a checkpoint removed": ("checkpoint", "DELETE FROM checkpoint", Reason.CHECKPOINTS_DIFFER),
    "a checkpoint edited": (
        "checkpoint",
        "UPDATE checkpoint SET signed_at = '2026-01-01'",
        Reason.CHECKPOINTS_DIFFER,
    ),
}


@pytest.mark.parametrize("attack", SOURCES)
def test_an_altered_ledger_is_not_backed_up(keeping: Keeping, attack: str) -> None:
    table, statement, reason = SOURCES[attack]
    person = keeping.meets("HS1")
    keeping.works(2)
    publish(keeping, cosigned_at=1)
    keeping.backs_up()
    keeping.works(2)
    held, files = content_of_backup(keeping.place), keeping.place.manifest.read_bytes()
    alter(keeping.engine, table, statement)
    keeping.vault.erase(person)  # and whose names the attacker took away are still in the backup
    keeping.recorder = LedgerRecorder(keeping.engine)  # as the next process sees it
    with pytest.raises(BackupRefused) as refused:
        keeping.backs_up()
    assert refused.value.reason is reason
    assert content_of_backup(keeping.place) == held
    assert keeping.place.manifest.read_bytes() == files


def test_the_ledger_of_another_school_is_not_the_one_of_the_backup(
    keeping: Keeping, tmp_path: Path
) -> None:
    keeping.works(2)
    keeping.backs_up()
    engine = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    create_tables(engine)
    other = Keeping(engine, tmp_path / "other", keeping.backup_folder)
    other.works(5)
    with pytest.raises(BackupRefused) as refused:
        other.backs_up()
    assert refused.value.reason is Reason.LEDGER_DIFFERS


def test_damaged_evidence_is_told_and_the_good_copy_stays(keeping: Keeping) -> None:
    keeping.works()
    good, bad = keeping.evidence.put(b"good"), keeping.evidence.put(b"bad later")
    keeping.backs_up()
    new = keeping.evidence.put(b"damaged before any backup")
    for digest in (bad, new):
        (keeping.folder / "evidence" / digest[:2] / digest).write_bytes(b"damaged")
    done = keeping.backs_up()
    assert done.unusable == {new}
    assert (keeping.place.evidence / bad[:2] / bad).read_bytes() == b"bad later"
    assert (keeping.place.evidence / good[:2] / good).read_bytes() == b"good"


def test_a_file_that_is_no_backup_is_left_alone(keeping: Keeping) -> None:
    keeping.works()
    keeping.backup_folder.mkdir()
    keeping.place.ledger.write_bytes(b"a letter to parents, not a database" * 99)
    with pytest.raises(BackupRefused) as refused:
        keeping.backs_up()
    assert refused.value.reason is Reason.BACKUP_UNREADABLE
    assert keeping.place.ledger.read_bytes().startswith(b"a letter")


def killed_while_backing_up(url: str, keeping: Keeping) -> None:
    """Another process backs up and is killed with half of it written."""
    child = os.fork()
    if not child:
        dying = Keeping(open_database(url), keeping.folder, keeping.backup_folder)
        dying.backs_up(progress=lambda _done, _total: os.kill(os.getpid(), signal.SIGKILL))
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL


def test_a_backup_that_is_killed_goes_on_where_the_last_one_ended(
    keeping: Keeping, database_url: str
) -> None:
    keeping.works(2)
    killed_while_backing_up(database_url, keeping)
    keeping.meets("HS1")
    assert keeping.backs_up().added_lines == 6
    before = content_of_backup(keeping.place)
    keeping.works(2)
    killed_while_backing_up(database_url, keeping)
    assert content_of_backup(keeping.place) == before
    assert keeping.backs_up().added_lines == 6
    assert content_of_backup(keeping.place) == content(keeping.engine)


def test_writers_go_on_while_a_backup_reads(keeping: Keeping) -> None:
    keeping.works(20)
    stop, written = Event(), []

    def write() -> None:
        recorder = LedgerRecorder(keeping.engine)
        while not stop.is_set():
            key = a_key()
            written.append(recorder.insert_events(some_events(3), command=key)[-1])

    writers = [Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    rounds = [keeping.backs_up().manifest for _ in range(4)]
    stop.set()
    for writer in writers:
        writer.join()
    assert rounds[0].lines < rounds[-1].lines <= max(written)
    tree = LedgerRecorder(keeping.engine).tree
    assert [tree.root(one.lines) for one in rounds] == [one.root for one in rounds]
    assert sound(keeping.place) == rounds[-1].lines
    held = content_of_backup(keeping.place)
    assert {last for *_, last in held["command"]} == set(range(3, rounds[-1].lines + 1, 3))


def test_what_a_power_cut_left_is_not_read_as_if_it_were_whole(
    keeping: Keeping, tmp_path: Path
) -> None:
    keeping.works(2)
    keeping.backs_up()
    left = BackupPlace.in_folder(tmp_path / "left")
    with closing(sqlite3.connect(keeping.place.ledger, isolation_level=None)) as dying:
        dying.execute("PRAGMA cache_size = 1")
        dying.execute("BEGIN IMMEDIATE")
        dying.execute("CREATE TABLE half AS SELECT randomblob(90000) AS written")
        shutil.copytree(keeping.place.folder, left.folder)  # what is on the disk at this moment
    with (
        opened_for_reading(f"sqlite:///{left.ledger}") as engine,
        pytest.raises(OperationalError, match="readonly"),
    ):
        verify(engine)
    # Whoever opens it to go on puts it back to what it was before.
    keeping.place = left
    keeping.works(1)
    assert keeping.backs_up().added_lines == 3
    with opened_for_reading(f"sqlite:///{left.ledger}") as engine:
        assert verify(engine).lines == 9
