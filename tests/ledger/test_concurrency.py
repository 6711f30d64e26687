"""Many writers at once: no gap, no lost acknowledged mark, no silent overwrite, one legal order."""

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from threading import Barrier
from typing import TypeVar

import pytest
from sqlalchemy import Engine

from ledger.application import GradeLedger, attempts_stream
from ledger.line import Line
from ledger.sheet import facts, refusals
from ledger.sheet.commands import AnyCommand
from ledger.sheet.facts import NumberedPupil
from ledger.store.codec import to_line
from ledger.store.database import open_database
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from ledger.vocabulary import PupilId, SheetId
from tests.ledger.invariants import follow_marks, the_tree_holds_every_line
from tests.school import AN, KHOA, LAN, NGOC, entered, numbered_id

THREADS = 4
ROUNDS = 20
PUPILS = tuple(PupilId(numbered_id(number)) for number in range(101, 111))
SHEETS = tuple(SheetId(numbered_id(number)) for number in (1001, 1002, 1003))
Answer = TypeVar("Answer")


def ledger_on(engine: Engine) -> GradeLedger:
    return GradeLedger(LedgerRecorder(engine))


def open_sheets(engine: Engine, sheets: Sequence[SheetId]) -> GradeLedger:
    ledger = ledger_on(engine)
    pupils = tuple(NumberedPupil(pupil=pupil, number=n) for n, pupil in enumerate(PUPILS, 1))
    for sheet_id in sheets:
        ledger.handle(KHOA.about(sheet_id).opens(class_group=sheet_id.hex[-4:], pupils=pupils))
    return ledger


def at_once(*works: Callable[[], Answer]) -> list[Answer]:
    """Start all works at the same moment, each in a thread of its own."""
    barrier = Barrier(len(works))

    def start(work: Callable[[], Answer]) -> Answer:
        barrier.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(start, works))


def write_marks(ledger: GradeLedger, seed: int) -> list[Line]:
    """Enter two marks at a time into sheets that others write to; return what was acknowledged."""
    draw = random.Random(seed)
    acknowledged: list[Line] = []
    for _ in range(ROUNDS):
        sheet_id = draw.choice(SHEETS)
        sheet = ledger.sheet(sheet_id)
        cells = [
            (pupil, "midterm", f"{draw.randint(0, 10)}.0", sheet.cell((pupil, "midterm")).version)
            for pupil in draw.sample(PUPILS, 2)
        ]
        try:
            acknowledged += ledger.handle(LAN.about(sheet_id).enters(*cells))
        except refusals.CellsMovedOn:
            continue
    return acknowledged


def write_in_threads(url: str, seed: int) -> list[Line]:
    """What one process does: a ledger of its own, shared by its threads."""
    engine = open_database(url)
    ledger = ledger_on(engine)
    try:
        with ThreadPoolExecutor(THREADS) as threads:
            seeds = range(seed, seed + THREADS)
            written = threads.map(lambda one: write_marks(ledger, one), seeds)
            return [line for lines in written for line in lines]
    finally:
        engine.dispose()


def test_threads_of_two_processes_lose_nothing(database_url: str) -> None:
    engine = open_database(database_url)
    create_tables(engine)
    ledger = open_sheets(engine, SHEETS)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        both = [processes.submit(write_in_threads, database_url, seed) for seed in (0, 100)]
        acknowledged = [line for work in both for line in work.result()]
    stored = {line.position: line for line in ledger_lines(ledger)}
    the_tree_holds_every_line(ledger.recorder)
    assert len(acknowledged) == len(stored) - len(SHEETS)
    assert all(stored[line.position] == line for line in acknowledged)
    for sheet_id in SHEETS:
        lines = ledger.lines(sheet_id)
        assert [line.version for line in lines] == list(range(1, len(lines) + 1))
        follow_marks(lines)
    engine.dispose()


def ledger_lines(ledger: GradeLedger) -> list[Line]:
    return [to_line(row) for row in ledger.recorder.select_notifications(1, 100_000)]


@pytest.mark.parametrize("number", range(5))
def test_of_many_who_write_one_cell_one_gets_through(engine: Engine, number: int) -> None:
    sheet_id = SHEETS[0]
    shared = open_sheets(engine, [sheet_id])
    ledgers = [shared, shared, shared, ledger_on(engine), ledger_on(engine), ledger_on(engine)]

    def writer(ledger: GradeLedger, mark: str) -> Callable[[], str | None]:
        def write() -> str | None:
            try:
                ledger.handle(LAN.about(sheet_id).enters((AN, "midterm", mark, 0)))
            except refusals.CellsMovedOn:
                return None
            return mark

        return write

    won = at_once(*(writer(ledger, f"{mark}.5") for mark, ledger in enumerate(ledgers)))
    (mark,) = [mark for mark in won if mark is not None]
    lines = shared.lines(sheet_id)
    assert [line.fact for line in lines[1:]] == [entered(AN, "midterm", mark)]


@pytest.mark.parametrize("number", range(8))
def test_a_lock_and_an_entry_end_in_one_of_two_orders(engine: Engine, number: int) -> None:
    sheet_id = SHEETS[0]
    first = open_sheets(engine, [sheet_id])
    second = ledger_on(engine)

    def lock() -> str:
        first.handle(NGOC.about(sheet_id).locks())
        return "locked"

    def enter() -> str:
        try:
            second.handle(LAN.about(sheet_id).enters((AN, "midterm", "8.0", 0)))
        except refusals.SheetIsLocked:
            return "refused"
        return "entered"

    works = (lock, enter) if number % 2 else (enter, lock)
    answers = set(at_once(*works))
    told = [type(line.fact) for line in first.lines(sheet_id)[1:]]
    kept = len(first.lines(attempts_stream(sheet_id)))
    assert (answers, told, kept) in [
        ({"locked", "entered"}, [facts.MarkEntered, facts.SheetLocked], 0),
        ({"locked", "refused"}, [facts.SheetLocked], 1),
    ]


def test_a_command_sent_by_many_at_once_happens_once(engine: Engine) -> None:
    sheet_id = SHEETS[0]
    shared = open_sheets(engine, [sheet_id])
    ledgers = [shared, shared, ledger_on(engine), ledger_on(engine)]
    teacher, principal = LAN.about(sheet_id), NGOC.about(sheet_id)
    commands: list[AnyCommand] = [
        teacher.enters(*((pupil, f"regular-{number}", "8.0", 0) for pupil in PUPILS))
        for number in (1, 2, 3)
    ]
    for command in (*commands, principal.locks()):
        answers = at_once(*(partial(ledger.handle, command) for ledger in ledgers))
        assert all(list(answer) == list(answers[0]) for answer in answers)
        assert answers[0]
    assert len(shared.lines(sheet_id)) == 1 + 3 * len(PUPILS) + 1


def test_attempts_refused_at_once_are_all_kept(engine: Engine) -> None:
    sheet_id = SHEETS[0]
    shared = open_sheets(engine, [sheet_id])
    shared.handle(NGOC.about(sheet_id).locks())

    def attempt(ledger: GradeLedger) -> Callable[[], None]:
        def enter() -> None:
            with pytest.raises(refusals.SheetIsLocked):
                ledger.handle(LAN.about(sheet_id).enters((AN, "midterm", "8.0", 0)))

        return enter

    at_once(*(attempt(ledger) for ledger in (shared, shared, ledger_on(engine), ledger_on(engine))))
    kept = shared.lines(attempts_stream(sheet_id))
    assert [line.version for line in kept] == [1, 2, 3, 4]
