"""The tables are filled in few statements; what is kept in memory is what the tables say."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine, event, text

from ledger.sheet import commands
from ledger.store.database import open_database
from projections.anomalies.material import Material
from projections.anomalies.read import Anomalies
from projections.anomalies.screen import Screened, screen
from tests.projections.anomalies.recounting import told_marks
from tests.projections.school import PRINCIPAL, School, a_busy_term, author, pupil

YEAR = "2026-2027"


@pytest.fixture
def school(engine: Engine) -> School:
    return School(engine)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def comparable(material: Material) -> Material:
    """The same with lists of numbers, which compare as a whole."""
    plain = [(one.sheet_id, one.pupils, one.teachers, told_marks(one)) for one in material.sheets]
    return Material(**{**_fields(material), "sheets": plain})  # type: ignore[arg-type]


def _fields(material: Material) -> dict[str, object]:
    return {name: getattr(material, name) for name in Material.__slots__}


def test_a_batch_takes_the_same_number_of_statements_whatever_its_size(school: School) -> None:
    sheets = [school.open(class_group) for class_group in ("6A1", "6A2", "6A3")]
    school.projections.catch_up()
    counts = []
    for column, numbers in (("midterm", [1]), ("final", [1, 2, 3])):
        for sheet_id in sheets[: len(numbers)]:
            school.enter(sheet_id, column, dict.fromkeys(numbers, "3.0"))
            school.enter(sheet_id, column, dict.fromkeys(numbers, ""))
        with statements(school.engine) as sent:
            school.projections.catch_up()
        counts.append(sum("anomalies_" in statement for statement in sent))
    assert counts[0] == counts[1] <= 8


def test_a_reader_that_read_on_knows_what_one_knows_that_begins_now(school: School) -> None:
    reader = Anomalies(school.engine)
    ask = school.ask

    def ask_and_read(*asked: object, **content: object) -> object:
        try:
            return ask(*asked, **content)  # type: ignore[arg-type]
        finally:
            school.projections.catch_up()
            reader.material(YEAR)

    school.ask = ask_and_read  # type: ignore[method-assign, assignment]
    a_busy_term(school)
    for school_year in (YEAR, "2025-2026"):
        known = comparable(reader.material(school_year))
        assert known == comparable(Anomalies(school.engine).material(school_year))


def test_what_did_not_move_is_not_read_again_and_stays_the_same_object(school: School) -> None:
    first, second = school.open("6A1"), school.open("6A2")
    for sheet_id in (first, second):
        school.enter(sheet_id, "midterm", {1: "8.0", 2: "7.0"})
    school.projections.catch_up()
    reader = Anomalies(school.engine)
    before = reader.material(YEAR)
    with statements(school.engine) as sent:
        assert reader.material(YEAR) is before
    assert not any("anomalies_" in statement and "SELECT a" in statement for statement in sent)
    school.enter(second, "midterm", {1: "9.0"})
    school.projections.catch_up()
    after = reader.material(YEAR)
    assert after.sheets[0] is before.sheets[0]
    assert told_marks(after.sheets[1])["midterm"][:2] == [90, 70]
    assert told_marks(before.sheets[1])["midterm"][:2] == [80, 70]


def test_lines_about_something_else_move_nothing_but_the_position(school: School) -> None:
    maths = school.open()
    school.projections.catch_up()
    reader = Anomalies(school.engine)
    before = reader.material(YEAR)
    school.open(school_year="2025-2026")
    school.ask(commands.LockSheet, maths, author(PRINCIPAL), reason="Hết hạn nhập điểm")
    school.projections.catch_up()
    after = reader.material(YEAR)
    assert (before.position, after.position) == (1, 3)
    assert after.sheets is before.sheets


def test_what_was_written_beside_it_is_seen(school: School, database_url: str) -> None:
    maths = school.open()
    school.enter(maths, "midterm", {1: "8.0"})
    school.projections.catch_up()
    reader = Anomalies(school.engine)
    assert reader.material(YEAR).changes == ()
    beside = School(open_database(database_url))  # As another process: it shares the tables alone.
    beside.enter(maths, "midterm", {1: "9.0"})
    beside.projections.catch_up()
    beside.engine.dispose()
    (change,) = reader.material(YEAR).changes
    assert (change.pupil, change.before, change.after) == (pupil(1), 80, 90)


def test_nothing_stays_of_tables_that_were_rebuilt(school: School) -> None:
    maths = school.open()
    school.enter(maths, "midterm", {1: "8.0"})
    school.enter(maths, "midterm", {1: "9.0"})
    school.projections.catch_up()
    sound = comparable(Anomalies(school.engine).material(YEAR))
    with school.engine.begin() as connection:
        connection.execute(text('UPDATE anomalies_change SET "after" = 100'))
    reader = Anomalies(school.engine)
    assert reader.material(YEAR).changes[0].after == 100
    school.projections.rebuild(["anomalies"])
    assert comparable(reader.material(YEAR)) == sound


def test_tables_that_are_being_filled_again_are_read_as_far_as_they_are(school: School) -> None:
    maths = school.open()
    school.enter(maths, "midterm", {1: "8.0"})
    school.projections.catch_up()
    reader = Anomalies(school.engine)
    assert reader.material(YEAR).entries
    with school.engine.begin() as connection:
        for table in ("sheet", "marks", "entries", "column"):
            connection.execute(text(f"DELETE FROM anomalies_{table}"))
        connection.execute(text("UPDATE projection SET position = 0 WHERE name = 'anomalies'"))
    empty = reader.material(YEAR)
    assert (empty.position, empty.entries, empty.sheets) == (0, (), ())
    school.projections.catch_up()
    assert reader.material(YEAR).entries


def test_threads_that_read_while_others_write_see_whole_moments(school: School) -> None:
    maths = school.open()
    school.enter(maths, "midterm", dict.fromkeys((1, 2, 3), "5.0"))
    school.projections.catch_up()
    reader = Anomalies(school.engine)

    def read() -> set[int]:
        seen = [reader.material(YEAR) for _ in range(20)]
        assert [one.position for one in seen] == sorted(one.position for one in seen)
        return {len(set(told_marks(one.sheets[0])["midterm"])) for one in seen}

    with ThreadPoolExecutor(4) as threads:
        reading = [threads.submit(read) for _ in range(3)]
        for tenth in range(1, 6):
            school.enter(maths, "midterm", dict.fromkeys((1, 2, 3), f"5.{tenth}"))
            school.projections.catch_up()
        assert [one.result() for one in reading] == [{1}] * 3
    assert len(reader.material(YEAR).changes) == 15


def test_a_screen_is_kept_until_something_of_its_year_moves(school: School) -> None:
    maths, _ = school.open("6A1"), school.open("7A2", grade=7)
    school.enter(maths, "midterm", {1: "8.0", 2: "7.0"})
    school.projections.catch_up()
    reader = Anomalies(school.engine)
    first = reader.screened(YEAR)
    assert first == screen(reader.material(YEAR))
    school.open(school_year="2025-2026")
    school.projections.catch_up()
    same = reader.screened(YEAR)
    assert (same.signals, same.position) == (first.signals, first.position + 1)
    school.wait(days=1)
    school.enter(maths, "midterm", {1: "8.5"})
    school.projections.catch_up()
    later = reader.screened(YEAR)
    assert later == screen(reader.material(YEAR))
    assert later.position == same.position + 1


def asked_until_there_is_another(reader: Anomalies, first: Screened) -> Screened:
    until = monotonic() + 30
    while (later := reader.screened_lately(YEAR)) is first:
        assert monotonic() < until, "the newer screen never came"
        sleep(0.01)
    return later


def test_the_last_screen_is_there_at_once_and_a_newer_one_follows(school: School) -> None:
    maths = school.open()
    school.enter(maths, "midterm", {1: "8.0", 2: "7.0"})
    school.projections.catch_up()
    reader = Anomalies(school.engine)
    first = reader.screened_lately(YEAR)
    assert first == screen(reader.material(YEAR))
    assert reader.screened_lately(YEAR) is first
    school.enter(maths, "midterm", {1: "8.5"})
    school.projections.catch_up()
    assert reader.screened_lately(YEAR) is first
    assert asked_until_there_is_another(reader, first) == screen(reader.material(YEAR))


def test_a_screen_that_failed_beside_is_told_to_the_next_who_asks(school: School) -> None:
    reader = Anomalies(school.engine)
    first = reader.screened_lately(YEAR)
    school.open()
    school.projections.catch_up()
    with school.engine.begin() as connection:
        connection.execute(text("UPDATE anomalies_sheet SET pupils = 'no list'"))
    assert reader.screened_lately(YEAR) is first
    with pytest.raises(ValueError, match="Expecting value"):
        asked_until_there_is_another(reader, first)


def test_an_empty_year_is_screened_too(school: School) -> None:
    screened = Anomalies(school.engine).screened(YEAR)
    assert (screened.signals, screened.tested, screened.position) == ((), 0, 0)


def test_an_age_is_exact_to_the_microsecond(school: School) -> None:
    maths = school.open()
    school.now += timedelta(microseconds=123_457)
    school.enter(maths, "midterm", {1: "8.0"})
    school.wait(microseconds=1)
    school.enter(maths, "midterm", {1: "9.0"})
    school.projections.catch_up()
    (change,) = Anomalies(school.engine).material(YEAR).changes
    assert change.age == timedelta(minutes=1, microseconds=1)
