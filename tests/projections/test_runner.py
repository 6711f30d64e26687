"""Lines reach every projection once, whoever carries them, and a rebuild changes nothing."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, event, insert, select

from ledger.line import Line
from ledger.sheet import commands
from projections import runner, tables
from projections.anomalies.fold import AnomaliesFold
from projections.corrections.fold import CorrectionsFold
from projections.gradebook.fold import GradebookFold
from projections.history import HistoryFilter
from projections.history.fold import HistoryFold
from projections.progress.fold import ProgressFold
from projections.runner import ProjectionIsOfAnotherVersion, Projections
from tests.projections.school import PRINCIPAL, School, a_busy_term, author, everything

KEPT = tuple(
    fold.metadata
    for fold in (AnomaliesFold, CorrectionsFold, GradebookFold, HistoryFold, ProgressFold)
)


@pytest.fixture
def school(engine: Engine) -> School:
    return School(engine)


class Positions:
    """A projection that keeps the positions it was given, or refuses them when told to."""

    name = "positions"

    def __init__(self, version: int = 1) -> None:
        self.version = version
        self.metadata = MetaData()
        self.line = Table(f"positions_line_{version}", self.metadata, Column("position", Integer))
        self.fails_at = 0

    def apply(self, connection: Connection, lines: Sequence[Line]) -> None:
        rows = [{"position": line.position} for line in lines]
        connection.execute(insert(self.line), rows)
        if self.fails_at and self.fails_at <= lines[-1].position:
            raise ZeroDivisionError(self.fails_at)

    def seen(self, engine: Engine) -> list[int]:
        with engine.connect() as connection:
            return list(connection.scalars(select(self.line.c.position)))


def up_to(position: int) -> list[int]:
    return list(range(1, position + 1))


def test_catching_up_returns_how_many_lines_were_new(school: School) -> None:
    sheet_id = school.open()
    assert set(school.projections.positions().values()) == {0}
    assert school.projections.catch_up() == 1
    school.enter(sheet_id, "regular-1", {1: "8.0", 2: "7.0"})
    assert school.projections.catch_up() == 2
    assert set(school.projections.positions().values()) == {3}


def test_catching_up_again_changes_nothing(school: School) -> None:
    a_busy_term(school)
    school.projections.catch_up()
    kept = everything(school.engine, *KEPT)
    assert school.projections.catch_up() == 0
    assert everything(school.engine, *KEPT) == kept


@pytest.mark.parametrize("batch", [1, 7, 5_000])
def test_rebuilding_in_batches_of_any_size_gives_the_rows_kept_line_by_line(
    school: School, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    ask = school.ask

    def ask_and_catch_up(*asked: object, **content: object) -> Sequence[Line]:
        try:
            return ask(*asked, **content)  # type: ignore[arg-type]
        finally:
            school.projections.catch_up()

    monkeypatch.setattr(school, "ask", ask_and_catch_up)
    a_busy_term(school)
    kept = everything(school.engine, *KEPT)
    assert all(kept.values())
    monkeypatch.setattr(runner, "BATCH", batch)
    school.projections.rebuild()
    assert everything(school.engine, *KEPT) == kept
    school.projections.rebuild(["history"])
    assert everything(school.engine, *KEPT) == kept


def test_rows_that_go_in_as_one_text_are_the_rows_that_go_in_one_by_one(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    (maths, *_) = a_busy_term(school)
    school.now += timedelta(minutes=1)
    reason = "Cột \\N\\t của\ttổ;\ndòng \\. hai\r'hết'"
    school.ask(commands.LockSheet, maths, author(PRINCIPAL), reason=reason)
    school.projections.catch_up()
    kept = everything(school.engine, *KEPT)
    monkeypatch.setattr(tables, "PAGE", 1)
    school.projections.rebuild()
    assert everything(school.engine, *KEPT) == kept
    (newest,) = school.history.search(HistoryFilter(), limit=1)
    assert newest.reason == reason


def test_a_rebuild_tells_how_far_it_is(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    a_busy_term(school)
    total = school.recorder.max_notification_id() or 0
    monkeypatch.setattr(runner, "BATCH", 20)
    told: list[tuple[int, int]] = []
    school.projections.rebuild(progress=lambda done, whole: told.append((done, whole)))
    assert [done for done, _ in told] == [*range(20, total, 20), total]
    assert {whole for _, whole in told} == {total}


def test_a_rebuild_of_an_empty_ledger_is_done_at_once(school: School) -> None:
    told: list[tuple[int, int]] = []
    school.projections.rebuild(progress=lambda done, whole: told.append((done, whole)))
    assert told == [(0, 0)]
    with pytest.raises(KeyError):
        school.projections.rebuild(["nobody"])


def test_a_projection_that_fails_loses_no_line_and_holds_up_no_other(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "BATCH", 10)
    failing, sound = Positions(), HistoryFold()
    failing.fails_at = 25
    projections = Projections(school.engine, school.recorder, [failing, sound])
    projections.create_tables()
    a_busy_term(school)
    total = school.recorder.max_notification_id() or 0
    with pytest.raises(ZeroDivisionError):
        projections.catch_up()
    assert projections.positions() == {"positions": 20, "history": total}
    assert failing.seen(school.engine) == up_to(20)
    failing.fails_at = 0
    projections.catch_up()
    assert failing.seen(school.engine) == up_to(total)


def test_a_new_version_of_a_projection_is_filled_anew(school: School) -> None:
    a_busy_term(school)
    old, new = Positions(1), Positions(2)
    before = Projections(school.engine, school.recorder, [old])
    before.create_tables()
    before.catch_up()
    after = Projections(school.engine, school.recorder, [new])
    after.create_tables()
    assert after.positions() == {"positions": 0}
    after.catch_up()
    assert new.seen(school.engine) == up_to(school.recorder.max_notification_id() or 0)
    with pytest.raises(ProjectionIsOfAnotherVersion):
        before.catch_up()
    with school.engine.connect() as connection:
        assert not school.engine.dialect.has_table(connection, old.line.name)


def test_creating_the_tables_again_keeps_them(school: School) -> None:
    a_busy_term(school)
    school.projections.catch_up()
    kept = everything(school.engine, *KEPT)
    Projections(school.engine, school.recorder).create_tables()
    assert everything(school.engine, *KEPT) == kept


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_a_large_batch_takes_no_more_statements_than_a_small_one(school: School) -> None:
    sheets = [school.open(class_group) for class_group in ("6A1", "6A2", "6A3")]
    school.projections.catch_up()
    counts = []
    for column, numbers in (("midterm", [1]), ("final", [1, 2, 3])):
        for sheet_id in sheets[: len(numbers)]:
            school.enter(sheet_id, column, dict.fromkeys(numbers, "3.0"))
        with statements(school.engine) as sent:
            school.projections.catch_up()
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 21
    with statements(school.engine) as sent:
        school.projections.catch_up()
    assert len(sent) <= 2


def test_threads_that_catch_up_at_once_apply_every_line_once(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "BATCH", 5)
    kept = Positions()
    rivals = [Projections(school.engine, school.recorder, [kept, HistoryFold()]) for _ in range(4)]
    rivals[0].create_tables()
    a_busy_term(school)
    total = school.recorder.max_notification_id() or 0
    with ThreadPoolExecutor(8) as threads:
        running = [threads.submit(rival.catch_up) for rival in rivals * 2]
        for one in running:
            one.result()
            assert set(rivals[0].positions().values()) == {total}
    assert kept.seen(school.engine) == up_to(total)


CATCH_UP = """
import sys
from ledger.store.database import open_database
from ledger.store.recorder import LedgerRecorder
from ledger.sheet import commands
from projections import runner, tables

runner.BATCH = 3
engine = open_database(sys.argv[1])
projections = runner.Projections(engine, LedgerRecorder(engine))
projections.create_tables()
print("ready", flush=True)
sys.stdin.readline()
projections.catch_up()
"""


def test_processes_that_catch_up_at_once_leave_what_one_alone_would(
    engine: Engine, database_url: str
) -> None:
    school = School(engine)
    a_busy_term(school)
    command = [sys.executable, "-c", CATCH_UP, database_url]
    rivals = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for rival in rivals:
        assert rival.stdout is not None
        assert rival.stdout.readline() == "ready\n"
    for rival in rivals:
        assert rival.stdin is not None
        rival.stdin.write("\n")
        rival.stdin.flush()
    school.projections.catch_up()
    for rival in rivals:
        rival.communicate()
        assert rival.returncode == 0
    kept = everything(engine, *KEPT)
    school.projections.rebuild()
    assert everything(engine, *KEPT) == kept
