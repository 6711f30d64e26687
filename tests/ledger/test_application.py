"""Where rules meet the store: once, whole, decided again after a lost race, attempts kept."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import StoredEvent
from sqlalchemy import Engine

from ledger.application import GradeLedger, attempts_stream
from ledger.line import Line
from ledger.refusal import CommandIdReused, Refused
from ledger.sheet import facts, refusals
from ledger.sheet.commands import AnyCommand
from ledger.sheet.facts import AttemptRefused
from ledger.sheet.state import replay
from ledger.store.recorder import LedgerRecorder
from ledger.vocabulary import Author, CommandId, Mark, SessionId, SheetId
from tests.school import (
    AN,
    BAO,
    CHI,
    DIEP,
    HOA,
    KHOA,
    LAN,
    LATER,
    MAI,
    NGOC,
    NOW,
    OPENED,
    SHEET,
    VINH,
    entered,
    numbered_id,
)

ONE_ID = CommandId(UUID("00000000-0000-4000-8000-00000000c0de"))


def another(engine: Engine) -> GradeLedger:
    """A ledger of its own on the same database, as a second process has it."""
    return GradeLedger(LedgerRecorder(engine))


@pytest.fixture
def ledger(engine: Engine) -> GradeLedger:
    opened = another(engine)
    opened.handle(KHOA.opens())
    return opened


def recorded(ledger: GradeLedger) -> int:
    return ledger.recorder.max_notification_id() or 0


def attempts(ledger: GradeLedger) -> list[Line]:
    return ledger.lines(attempts_stream(SHEET))


def test_a_command_becomes_lines_with_their_places(ledger: GradeLedger) -> None:
    command = LAN.enters((AN, "midterm", "8.0", 0), (BAO, "midterm", "6.5", 0))
    lines = ledger.handle(command)
    assert lines == [
        Line(SHEET, 2, entered(AN, "midterm", "8.0"), LAN.author, NOW, command.command_id, 2),
        Line(SHEET, 3, entered(BAO, "midterm", "6.5"), LAN.author, NOW, command.command_id, 3),
    ]
    assert [line.fact for line in ledger.lines(SHEET)] == [OPENED, *(line.fact for line in lines)]


def test_the_state_is_the_replay_of_the_lines(ledger: GradeLedger, engine: Engine) -> None:
    ledger.handle(LAN.enters((AN, "midterm", "8.0", 0)))
    ledger.handle(NGOC.locks())
    assert ledger.sheet(SHEET) == replay(ledger.lines(SHEET)) == another(engine).sheet(SHEET)


def test_nothing_is_recorded_of_what_is_so_already(ledger: GradeLedger) -> None:
    ledger.handle(LAN.enters((AN, "midterm", "8.0", 0)))
    before = recorded(ledger)
    assert list(ledger.handle(LAN.enters((AN, "midterm", "8.0", 2)))) == []
    assert list(ledger.handle(KHOA.adds_teacher(LAN))) == []
    assert recorded(ledger) == before


def test_a_command_sent_twice_happens_once(ledger: GradeLedger, engine: Engine) -> None:
    command = LAN.with_id(ONE_ID).enters((AN, "midterm", "8.0", 0))
    lines = ledger.handle(command)
    # The same request, sent again by another session a little later.
    again = command.model_copy(
        update={
            "at": LATER,
            "by": Author(person=LAN.person, role=LAN.author.role, session=SessionId(uuid4())),
        }
    )
    ledger.handle(LAN.enters((AN, "midterm", "9.0", 2)))
    for sent in (ledger.handle(command), ledger.handle(again), another(engine).handle(again)):
        assert list(sent) == list(lines)
    assert ledger.sheet(SHEET).cell((AN, "midterm")).mark == Mark.of("9.0")
    assert recorded(ledger) == 3


def test_a_command_that_is_refused_by_now_is_answered_as_it_was(ledger: GradeLedger) -> None:
    command = LAN.enters((AN, "midterm", "8.0", 0))
    lines = ledger.handle(command)
    ledger.handle(NGOC.locks())
    assert list(ledger.handle(command)) == list(lines)
    assert attempts(ledger) == []


def test_a_decision_that_is_no_longer_so_is_not_made_twice(ledger: GradeLedger) -> None:
    unlock = NGOC.unlocks(LATER)
    ledger.handle(NGOC.locks())
    lines = ledger.handle(unlock)
    ledger.handle(NGOC.locks())
    assert list(ledger.handle(unlock)) == list(lines)
    assert ledger.sheet(SHEET).is_locked("midterm", NOW)


@pytest.mark.parametrize(
    "command",
    [
        LAN.with_id(ONE_ID).enters((AN, "midterm", "9.0", 0)),
        LAN.with_id(ONE_ID).enters((AN, "midterm", "8.0", 2)),
        LAN.with_id(ONE_ID).enters((AN, "final", "8.0", 0)),
        LAN.with_id(ONE_ID).closes("midterm"),
        NGOC.with_id(ONE_ID).locks(),
        VINH.with_id(ONE_ID).enters((AN, "midterm", "8.0", 0)),
        HOA.with_id(ONE_ID).enters((AN, "midterm", "8.0", 0)),
    ],
    ids=["mark", "version read", "cell", "command", "role", "person", "refused anyway"],
)
def test_a_command_id_means_one_command(ledger: GradeLedger, command: AnyCommand) -> None:
    ledger.handle(LAN.with_id(ONE_ID).enters((AN, "midterm", "8.0", 0)))
    with pytest.raises(CommandIdReused) as caught:
        ledger.handle(command)
    assert caught.value.details == {"command_id": ONE_ID}
    assert recorded(ledger) == 2


def test_a_command_id_means_one_sheet(ledger: GradeLedger) -> None:
    other = OPENED.model_copy(update={"class_group": "6A2"})
    sheet_id = SheetId(numbered_id(1002))
    ledger.handle(KHOA.about(sheet_id).opens(class_group=other.class_group))
    ledger.handle(LAN.with_id(ONE_ID).enters((AN, "midterm", "8.0", 0)))
    with pytest.raises(CommandIdReused):
        ledger.handle(LAN.about(sheet_id).with_id(ONE_ID).enters((AN, "midterm", "8.0", 0)))


def test_a_conflict_in_one_cell_refuses_the_whole_batch_and_names_it(ledger: GradeLedger) -> None:
    ledger.handle(LAN.enters((AN, "midterm", "8.0", 0)))
    before = recorded(ledger)
    with pytest.raises(refusals.CellsMovedOn) as caught:
        ledger.handle(LAN.enters((BAO, "midterm", "7.0", 0), (AN, "midterm", "9.0", 0)))
    standing = ledger.sheet(SHEET).cell((AN, "midterm"))
    assert caught.value.details == {"cells": [(AN, "midterm", standing)]}
    assert recorded(ledger) == before
    assert ledger.sheet(SHEET).cell((BAO, "midterm")).mark.is_blank


def test_a_lost_race_is_decided_again(ledger: GradeLedger, engine: Engine) -> None:
    other = another(engine)
    other.sheet(SHEET)
    ledger.handle(LAN.enters((AN, "midterm", "8.0", 0)))
    (line,) = other.handle(LAN.enters((BAO, "midterm", "7.0", 0)))
    assert (line.version, line.position) == (3, 3)


class RivalRecorder(LedgerRecorder):
    """A recorder that lets another writer in first, each time it has read a stream."""

    def __init__(self, engine: Engine, moves: Iterator[AnyCommand]) -> None:
        super().__init__(engine)
        self.other = GradeLedger(LedgerRecorder(engine))
        self.moves = moves

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[StoredEvent]:
        read = super().select_events(originator_id, gt=gt, lte=lte, desc=desc, limit=limit)
        if move := next(self.moves, None):
            self.other.handle(move)
        return read


def test_a_race_lost_between_reading_and_writing_is_decided_again(
    ledger: GradeLedger, engine: Engine
) -> None:
    faster = iter([LAN.enters((BAO, "midterm", "7.0", 0)), LAN.enters((CHI, "midterm", "5.0", 0))])
    (line,) = GradeLedger(RivalRecorder(engine, faster)).handle(
        LAN.enters((AN, "midterm", "8.0", 0))
    )
    assert line.version == 4
    assert replay(ledger.lines(SHEET)).cell((AN, "midterm")).version == 4


def test_a_race_lost_on_the_same_cell_is_a_conflict(ledger: GradeLedger, engine: Engine) -> None:
    faster = iter([LAN.enters((AN, "midterm", "7.0", 0))])
    with pytest.raises(refusals.CellsMovedOn):
        GradeLedger(RivalRecorder(engine, faster)).handle(LAN.enters((AN, "midterm", "8.0", 0)))
    assert replay(ledger.lines(SHEET)).cell((AN, "midterm")).mark == Mark.of("7.0")


def test_a_lock_that_was_faster_refuses_the_entry(ledger: GradeLedger, engine: Engine) -> None:
    with pytest.raises(refusals.SheetIsLocked):
        GradeLedger(RivalRecorder(engine, iter([NGOC.locks()]))).handle(
            LAN.enters((AN, "midterm", "8.0", 0))
        )
    assert [line.fact.refusal for line in attempts(ledger)] == [  # type: ignore[attr-defined]
        "sheet-is-locked"
    ]


def test_a_race_lost_to_oneself_is_no_conflict(ledger: GradeLedger, engine: Engine) -> None:
    command = LAN.enters((AN, "midterm", "8.0", 0))
    (line,) = GradeLedger(RivalRecorder(engine, iter([command]))).handle(command)
    assert line.version == 2
    assert recorded(ledger) == 2


def test_a_refused_attempt_is_kept_once_in_a_stream_of_its_own(ledger: GradeLedger) -> None:
    ledger.handle(NGOC.locks())
    refused = LAN.at(LATER).enters((AN, "midterm", "8.0", 0), (BAO, "final", "7.0", 0))
    for _ in range(3):
        with pytest.raises(refusals.SheetIsLocked):
            ledger.handle(refused)
    fact = AttemptRefused(
        sheet=SHEET,
        command="enter-marks",
        refusal="sheet-is-locked",
        cells=((AN, "midterm"), (BAO, "final")),
    )
    assert attempts(ledger) == [
        Line(attempts_stream(SHEET), 1, fact, LAN.author, LATER, refused.command_id)
    ]
    assert len(ledger.lines(SHEET)) == 2


def test_each_attempt_is_kept_after_the_last(ledger: GradeLedger) -> None:
    ledger.handle(NGOC.locks())
    refused: list[AnyCommand] = [
        LAN.enters((AN, "midterm", "8.0", 0)),
        VINH.enters((AN, "midterm", "8.0", 0)),
        KHOA.unlocks(LATER),
        MAI.enters((AN, "midterm", "8.0", 0)),
        HOA.approves(),
        LAN.requests((AN, "midterm", "8.0", 0)),
    ]
    for command in refused[:-1]:
        with pytest.raises(Refused):
            ledger.handle(command)
    ledger.handle(refused[-1])
    with pytest.raises(refusals.NotYourRequest):
        ledger.handle(VINH.withdraws())
    kept = attempts(ledger)
    assert [line.version for line in kept] == [1, 2, 3, 4, 5, 6]
    told = [line.fact for line in kept]
    assert all(isinstance(fact, AttemptRefused) for fact in told)
    assert [(fact.command, fact.refusal) for fact in told] == [  # type: ignore[attr-defined]
        ("enter-marks", "sheet-is-locked"),
        ("enter-marks", "not-your-sheet"),
        ("unlock-sheet", "not-for-your-role"),
        ("enter-marks", "secretary-needs-a-teacher"),
        ("approve-correction", "not-for-your-role"),
        ("withdraw-correction", "not-your-request"),
    ]


def test_a_slip_is_not_kept(ledger: GradeLedger) -> None:
    before = recorded(ledger)
    slips: list[AnyCommand] = [
        LAN.enters((DIEP, "midterm", "8.0", 0)),
        LAN.enters((AN, "regular-1", "zero-by-rule", 0)),
        LAN.enters((AN, "regular-9", "8.0", 0)),
        LAN.closes("midterm"),
        LAN.executes(),
        NGOC.unlocks(LATER),
    ]
    for command in slips:
        with pytest.raises(Refused):
            ledger.handle(command)
    assert recorded(ledger) == before


def test_a_refused_command_may_succeed_later(ledger: GradeLedger) -> None:
    ledger.handle(NGOC.locks())
    command = LAN.enters((AN, "midterm", "8.0", 0))
    with pytest.raises(refusals.SheetIsLocked):
        ledger.handle(command)
    ledger.handle(NGOC.unlocks(NOW + timedelta(days=1)))
    (line,) = ledger.handle(command)
    assert line.fact == entered(AN, "midterm", "8.0")
    assert len(attempts(ledger)) == 1


def test_a_sheet_that_is_not_open_has_no_lines(engine: Engine) -> None:
    ledger = another(engine)
    with pytest.raises(refusals.SheetNotOpen):
        ledger.handle(LAN.enters((AN, "midterm", "8.0", 0)))
    assert recorded(ledger) == 0


def test_two_ledgers_on_one_database_see_each_other(ledger: GradeLedger, engine: Engine) -> None:
    other = another(engine)
    for number in range(4):
        writer, reader = (ledger, other) if number % 2 else (other, ledger)
        version = reader.sheet(SHEET).cell((AN, "midterm")).version
        writer.handle(LAN.enters((AN, "midterm", f"{number}.0", version)))
        assert reader.sheet(SHEET) == writer.sheet(SHEET)


class Watched(LedgerRecorder):
    """A recorder that remembers how many events each of its readings of a stream brought."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.brought: list[int] = []

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[StoredEvent]:
        events = super().select_events(originator_id, gt=gt, lte=lte, desc=desc, limit=limit)
        self.brought.append(len(events))
        return events


def test_only_newer_lines_are_read(ledger: GradeLedger, engine: Engine) -> None:
    watched = Watched(engine)
    other = GradeLedger(watched)
    ledger.handle(LAN.enters((AN, "midterm", "8.0", 0)))
    other.sheet(SHEET)
    other.sheet(SHEET)
    ledger.handle(LAN.enters((BAO, "midterm", "8.0", 0), (CHI, "midterm", "8.0", 0)))
    other.sheet(SHEET)
    other.handle(LAN.enters((AN, "final", "8.0", 0)))
    other.sheet(SHEET)
    # What it wrote itself it knows, and an accepted command reads nothing beforehand; only a ledger
    # that has just started reads a sheet whole.
    assert watched.brought == [2, 0, 2, 0]


def test_correction_facts_carry_the_person_who_took_the_step(ledger: GradeLedger) -> None:
    ledger.handle(NGOC.locks())
    ledger.handle(LAN.requests((AN, "midterm", "8.0", 0)))
    ledger.handle(HOA.confirms())
    ledger.handle(NGOC.approves())
    ledger.handle(KHOA.executes())
    lines = ledger.handle(LAN.executes())
    assert [type(line.fact) for line in lines] == [
        facts.CorrectionExecutionAgreed,
        facts.MarkCorrected,
        facts.CorrectionExecuted,
        facts.ColumnRelocked,
    ]
    assert {line.by for line in lines} == {LAN.author}
    positions = [line.position for line in lines]
    assert positions == list(range(positions[0], positions[0] + 4))
