"""What only a file can do: lie on a medium without writing, be damaged, hold values of any type."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ledger.store.database import open_database
from ledger.store.reading import ChangedWhileRead, opened_for_reading
from ledger.verification import NotALedger, Report
from projections.verification import verify_school
from tests.ledger.verification.tampering import MARK

PAGE = 4096


def verified(file: Path) -> Report:
    with opened_for_reading(f"sqlite:///{file}") as engine:
        return verify_school(engine)


def test_a_file_at_rest_is_verified_and_nothing_is_left_beside_it(file: Path) -> None:
    before = sorted(file.parent.iterdir())
    assert verified(file).is_clean
    assert sorted(file.parent.iterdir()) == before


def test_a_copy_on_a_medium_that_takes_no_writing_is_verified(file: Path) -> None:
    folder = file.parent / "medium"
    folder.mkdir()
    shutil.copy(file, folder)
    (folder / file.name).chmod(0o444)
    folder.chmod(0o555)
    try:
        assert verified(folder / file.name).is_clean
        assert [path.name for path in folder.iterdir()] == [file.name]
    finally:
        folder.chmod(0o755)


def test_a_school_at_work_is_verified_with_what_only_its_log_holds(file: Path) -> None:
    engine = open_database(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE projection SET version = 90")
    report = verified(file)
    engine.dispose()
    assert report.counts["projection-not-compared"]


def test_a_file_that_somebody_opened_meanwhile_is_to_be_read_again(file: Path) -> None:
    address = f"sqlite:///{file}"
    with pytest.raises(ChangedWhileRead), opened_for_reading(address):
        open_database(address).connect().close()


def test_reading_does_not_make_a_file(tmp_path: Path) -> None:
    nowhere = tmp_path / "ledger.db"
    with pytest.raises(FileNotFoundError), opened_for_reading(f"sqlite:///{nowhere}"):
        pass
    assert not nowhere.exists()


def test_another_database_is_no_ledger(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE event (position INTEGER)")
    with pytest.raises(NotALedger, match="head"):
        verified(tmp_path / "other.db")


def rewrite(file: Path, *statements: str) -> None:
    """Write to the file as somebody does who has taken the guards away."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        guards = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (guard,) in guards.fetchall():
            connection.execute(f"DROP TRIGGER {guard}")
        for statement in statements:
            connection.execute(statement)


def test_a_row_that_is_no_line_is_named(file: Path) -> None:
    rewrite(file, f"UPDATE event SET state = 'text' WHERE position = {MARK}")
    (found,) = [one for one in verified(file).findings if one.code == "line-malformed"]
    assert found.position == MARK


def test_an_index_that_leads_to_no_line_is_told(file: Path) -> None:
    other = "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_checkpoint_1'"
    rewrite(
        file,
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET rootpage = ({other}) WHERE name = 'sqlite_autoindex_event_1'",
    )
    assert verified(file).counts["database-damaged"]


def test_a_page_that_a_disk_lost_is_told(file: Path) -> None:
    content = bytearray(file.read_bytes())
    page = content.index(b"mark-entered") // PAGE * PAGE
    content[page : page + PAGE] = b"\xff" * PAGE
    file.write_bytes(content)
    assert verified(file).counts["database-unreadable"]


@pytest.mark.parametrize(
    "column",
    [
        *("event.topic", "event.state", "event.originator_id", "event.originator_version"),
        *("event.leaf_hash", "head.position", "head.frontier"),
        *("command.first_position", "command.last_position"),
        *("checkpoint.size", "checkpoint.root", "checkpoint.note", "checkpoint.signed_at"),
        *("cosignature.cosigned_at", "cosignature.line"),
        *("projection.version", "projection.position", "gradebook_cell.mark"),
    ],
)
def test_a_value_of_any_type_is_a_finding_and_never_a_crash(file: Path, column: str) -> None:
    table, name = column.split(".")
    for number, value in enumerate(("1.5", "x'ff'", "'text'")):
        changed = Path(shutil.copy(file, file.with_name(f"{number}.db")))
        # The last of the table, since a key cannot be the same twice.
        last = f"SELECT max({name}) FROM {table}"
        rewrite(changed, f"UPDATE {table} SET {name} = {value} WHERE {name} = ({last})")
        report = verified(changed)
        assert report.counts["guard-fallen"]
