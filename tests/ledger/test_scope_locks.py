"""A decision over many sheets is one append, and nobody who writes meanwhile loses anything."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import Engine

from ledger.application import GradeLedger
from ledger.line import Line
from ledger.school import commands, facts
from ledger.school.commands import year_stream
from ledger.sheet import facts as sheet_facts
from ledger.sheet import refusals
from ledger.store.codec import to_line
from ledger.store.recorder import LedgerRecorder
from tests.ledger.invariants import the_tree_holds_every_line
from tests.opened_year import (
    SCHOOL_YEAR,
    OpenedYear,
    asked,
    decides_deadline,
    decides_lock,
    decides_unlock,
    first_semester,
)
from tests.school import DUC, KHOA, LAN, LATER, NEXT_WEEK, NGOC, NOW, TOMORROW

BIG = OpenedYear.of_size(classes=12, subjects=4, pupils=2)
SMALL = OpenedYear(classes=("6A1", "6A2"), subjects=("toan", "ngu-van"), pupil_count=2)


def ledger_on(engine: Engine) -> GradeLedger:
    return GradeLedger(LedgerRecorder(engine))


def opened(engine: Engine, year: OpenedYear) -> GradeLedger:
    ledger = ledger_on(engine)
    year.open(ledger)
    return ledger


def everything(ledger: GradeLedger) -> list[Line]:
    return [to_line(row) for row in ledger.recorder.select_notifications(1, 100_000)]


def is_locked(ledger: GradeLedger, year: OpenedYear, column: str = "final") -> set[bool]:
    sheets = ledger.sheets(year.sheet_ids).values()
    return {sheet.is_locked(column, NOW) for sheet in sheets}


def test_a_lock_over_48_sheets_is_one_append(engine: Engine) -> None:
    ledger = opened(engine, BIG)
    before = everything(ledger)[-1].position
    command = decides_lock(NGOC.author)
    lines = ledger.handle(command)
    decided, *carried = lines
    assert decided.fact == facts.LockDecided(
        scope=command.scope, reason=command.reason, sheet_count=48
    )
    assert decided.stream_id == year_stream(SCHOOL_YEAR)
    assert {line.stream_id for line in carried} == set(BIG.sheet_ids)
    assert {type(line.fact) for line in carried} == {sheet_facts.SheetLocked}
    assert len(carried) == 48
    assert {line.command_id for line in lines} == {command.command_id}
    assert {(line.by, line.at) for line in lines} == {(command.by, command.at)}
    assert [line.position for line in lines] == list(range(before + 1, before + 50))
    assert is_locked(ledger, BIG) == {True}
    the_tree_holds_every_line(ledger.recorder)


def test_sent_twice_a_lock_happens_once(engine: Engine) -> None:
    ledger = opened(engine, SMALL)
    command = decides_lock(NGOC.author)
    first = ledger.handle(command)
    assert ledger_on(engine).handle(command) == first
    assert ledger.handle(command) == first
    assert everything(ledger)[-1].position == first[-1].position


def test_the_year_remembers_who_decided_what_when_and_why(engine: Engine) -> None:
    ledger = opened(engine, SMALL)
    ledger.handle(decides_deadline(NGOC.author, NEXT_WEEK))
    ledger.handle(decides_lock(KHOA.author, first_semester(columns=("midterm",))))
    ledger.handle(decides_unlock(NGOC.author, TOMORROW, first_semester(classes=("6A1",))))
    remembered = ledger_on(engine).year(SCHOOL_YEAR).lock_decisions
    assert [(type(line.fact), line.by, line.at) for line in remembered] == [
        (facts.DeadlineDecided, NGOC.author, NOW),
        (facts.LockDecided, KHOA.author, NOW),
        (facts.UnlockDecided, NGOC.author, NOW),
    ]


def test_a_deadline_decided_over_a_scope_closes_its_columns_when_it_has_passed(
    engine: Engine,
) -> None:
    ledger = opened(engine, SMALL)
    ledger.handle(decides_deadline(NGOC.author, LATER, first_semester(columns=("midterm",))))
    sheet_id = SMALL.sheet_id()
    pupil, other = SMALL.pupils("6A1")
    ledger.handle(LAN.about(sheet_id).at(LATER).enters((pupil, "midterm", "8.0", 0)))
    late = LAN.about(sheet_id).at(TOMORROW)
    with pytest.raises(refusals.DeadlineHasPassed) as refused:
        ledger.handle(late.enters((other, "midterm", "8.0", 0)))
    told = refused.value.details
    assert (told["by"], told["at"], told["deadline"]) == (NGOC.person, NOW, LATER)
    ledger.handle(late.enters((other, "final", "8.0", 0)))


def at_once(works: Sequence[Callable[[], object]]) -> None:
    barrier = Barrier(len(works))

    def start(work: Callable[[], object]) -> None:
        barrier.wait()
        work()

    with ThreadPoolExecutor(len(works)) as threads:
        for _ in threads.map(start, works):
            pass


@pytest.mark.parametrize("number", range(4))
def test_two_locks_over_one_scope_end_as_one(engine: Engine, number: int) -> None:
    ledgers = [opened(engine, SMALL), ledger_on(engine)]
    voices = (NGOC, DUC) if number % 2 else (DUC, NGOC)
    both = [decides_lock(voice.author) for voice in voices]
    at_once([partial(on.handle, one) for one, on in zip(both, ledgers, strict=True)])
    (decided,) = ledgers[0].year(SCHOOL_YEAR).lock_decisions
    assert decided.command_id in {command.command_id for command in both}
    for sheet_id in SMALL.sheet_ids:
        _, locked = ledgers[0].lines(sheet_id)
        assert isinstance(locked.fact, sheet_facts.SheetLocked)
        assert locked.command_id == decided.command_id


@pytest.mark.parametrize("number", range(4))
def test_locks_that_overlap_both_hold(engine: Engine, number: int) -> None:
    ledgers = [opened(engine, SMALL), ledger_on(engine)]
    scopes = [first_semester(classes=("6A1",)), first_semester(subjects=("toan",))]
    both = [decides_lock(NGOC.author, scope) for scope in scopes[:: 1 if number % 2 else -1]]
    at_once([partial(on.handle, one) for one, on in zip(both, ledgers, strict=True)])
    touched = [line.fact.sheet_count for line in ledgers[0].year(SCHOOL_YEAR).lock_decisions]  # type: ignore[attr-defined]
    assert sorted(touched) == [1, 2]  # what they share is locked by the one that came first
    for sheet_id in SMALL.sheet_ids:
        locks = ledgers[1].lines(sheet_id)[1:]
        assert len(locks) == (0 if sheet_id == SMALL.sheet_id("6A2", "ngu-van") else 1)


@pytest.mark.parametrize("number", range(6))
def test_a_mark_of_the_same_moment_is_in_before_the_lock_or_refused(
    engine: Engine, number: int
) -> None:
    first, second = opened(engine, SMALL), ledger_on(engine)
    pupil = SMALL.pupils("6A1")[0]
    answers: list[str] = []

    def lock() -> None:
        first.handle(decides_lock(NGOC.author))

    def enter() -> None:
        try:
            second.handle(LAN.about(SMALL.sheet_id()).enters((pupil, "midterm", "0.0", 0)))
            answers.append("entered")
        except refusals.SheetIsLocked:
            answers.append("refused")

    at_once((lock, enter) if number % 2 else (enter, lock))
    sheet_facts_in_order = [type(line.fact) for line in first.lines(SMALL.sheet_id())[1:]]
    mark = first.sheet(SMALL.sheet_id()).cell((pupil, "midterm")).mark.text
    assert (answers, sheet_facts_in_order, mark) in (
        (["entered"], [sheet_facts.MarkEntered, sheet_facts.SheetLocked], "0.0"),
        (["refused"], [sheet_facts.SheetLocked], ""),
    )
    assert is_locked(first, SMALL) == {True}
    the_tree_holds_every_line(first.recorder)


def test_a_refused_decision_leaves_nothing_behind(engine: Engine) -> None:
    ledger = opened(engine, SMALL)
    before = everything(ledger)
    with pytest.raises(refusals.NothingIsLocked):
        ledger.handle(decides_unlock(NGOC.author, TOMORROW))
    assert everything(ledger) == before


def test_a_lock_sees_a_sheet_that_was_opened_just_before_by_another_process(
    engine: Engine,
) -> None:
    behind = ledger_on(engine)
    SMALL.plan(behind)
    assert not behind.year(SCHOOL_YEAR).opened
    ledger_on(engine).handle(SMALL.opening())
    lines = behind.handle(decides_lock(NGOC.author))
    assert len(lines) == 1 + len(SMALL.sheet_ids)


def test_several_locks_of_one_form_are_one_append(engine: Engine) -> None:
    ledger = opened(engine, SMALL)
    shared = asked(NGOC.author)
    locks = [
        commands.DecideLock(
            school_year=SCHOOL_YEAR,
            scope=first_semester(columns=(column,)),
            reason="Hết học kì",
            **shared,
        )
        for column in ("midterm", "final")
    ]
    lines = ledger.handle_together(locks)
    assert {line.command_id for line in lines} == {shared["command_id"]}
    assert is_locked(ledger, SMALL, "midterm") == is_locked(ledger, SMALL) == {True}
