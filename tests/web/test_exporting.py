"""The exported log is what the specification says, read by who knows nothing but that."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from ledger.store.checkpoints import Checkpoints, Published
from ledger.store.database import open_database
from ledger.store.keys import KeyFolder
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from ledger.trust.checkpoint import Checkpoint
from tests import tlog_reader
from tests.ledger.published_school import NOON, ORIGIN
from tests.ledger.store.writing import some_events
from web.publishing.exporting import ExportDiffers, FolderIsNotEmpty, export_log


def published(engine: Engine, folder: Path, size: int) -> Published:
    """A ledger of so many lines, with a checkpoint over them and some lines behind it."""
    recorder = LedgerRecorder(engine)
    while (left := size - recorder.head().position) > 0:
        recorder.insert_events(some_events(min(left, 700)))
    key = KeyFolder(folder / "keys").begin_log(ORIGIN)
    note = Checkpoint(ORIGIN, size, recorder.tree.root(size)).signed(key)
    checkpoints = Checkpoints(engine)
    checkpoints.keep(note, signed_at=NOON)
    recorder.insert_events(some_events(3))
    found = checkpoints.latest(ORIGIN)
    assert found is not None
    return found


@pytest.mark.parametrize("size", [1, 255, 256, 257, 1000])
def test_the_folder_is_checked_by_an_independent_reader(
    engine: Engine, tmp_path: Path, size: int
) -> None:
    newest = published(engine, tmp_path, size)
    export_log(LedgerRecorder(engine), newest, tmp_path / "log")
    (key,) = KeyFolder(tmp_path / "keys").log_keys()
    entries = tlog_reader.check(tmp_path / "log", str(key.verifier))
    assert len(entries) == size
    assert entries[0].startswith(b"0\n")
    assert b"\nmark-entered\n" in entries[-1]


def test_a_tree_of_three_levels_is_written_whole(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'ledger.db'}")
    create_tables(engine)
    newest = published(engine, tmp_path, 70_000)
    export_log(LedgerRecorder(engine), newest, tmp_path / "log")
    files = {p.relative_to(tmp_path / "log").as_posix() for p in (tmp_path / "log").rglob("*.p/*")}
    assert files == {
        *("tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112"),
    }
    (key,) = KeyFolder(tmp_path / "keys").log_keys()
    assert len(tlog_reader.check(tmp_path / "log", str(key.verifier))) == 70_000
    engine.dispose()


def test_what_is_there_already_is_left_as_it_is(engine: Engine, tmp_path: Path) -> None:
    newest = published(engine, tmp_path, 3)
    place = tmp_path / "log"
    place.mkdir()
    export_log(LedgerRecorder(engine), newest, place)
    before = (place / "checkpoint").read_bytes()
    with pytest.raises(FolderIsNotEmpty):
        export_log(LedgerRecorder(engine), newest, place)
    assert (place / "checkpoint").read_bytes() == before


def test_lines_that_were_changed_are_not_exported(engine: Engine, tmp_path: Path) -> None:
    newest = published(engine, tmp_path, 3)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER event_no_update"))
        else:
            connection.execute(text("ALTER TABLE event DISABLE TRIGGER USER"))
        connection.execute(text("UPDATE event SET topic = 'mark-changed' WHERE position = 2"))
    with pytest.raises(ExportDiffers):
        export_log(LedgerRecorder(engine), newest, tmp_path / "log")
    assert not (tmp_path / "log").exists()
    assert not [*tmp_path.glob("*.building")]
