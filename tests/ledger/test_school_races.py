"""Several people at the year at once: one legal order, nothing lost, nothing half done."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import Engine

from ledger.application import GradeLedger
from ledger.command import Command
from ledger.refusal import Refused
from ledger.school import facts
from ledger.sheet import facts as sheet_facts
from ledger.sheet import refusals as sheet_refusals
from ledger.store.codec import to_line
from ledger.store.recorder import LedgerRecorder
from ledger.vocabulary import PupilId
from tests.ledger.invariants import follow_marks, the_tree_holds_every_line
from tests.ledger.school.scenario import YEAR_NAME
from tests.ledger.school.test_enrolling import enrols, leaves, moves
from tests.ledger.school.test_opening_a_semester import opens
from tests.ledger.test_concurrency import at_once
from tests.opened_year import OpenedYear
from tests.school import DUC, KHOA, LAN, numbered_id

YEAR = OpenedYear()
FIRST, SECOND, THIRD = YEAR.pupils("6A1")
NEWCOMERS = [PupilId(numbered_id(number)) for number in range(501, 507)]


def ledgers_on(engine: Engine, *, opened: bool = True) -> tuple[GradeLedger, GradeLedger]:
    """Two ledgers with caches of their own on one database, as two processes have them."""
    first = GradeLedger(LedgerRecorder(engine))
    YEAR.plan(first)
    if opened:
        first.handle(opens(KHOA))
    return first, GradeLedger(LedgerRecorder(engine))


def answer(ledger: GradeLedger, command: Command) -> Callable[[], str | None]:
    """Hand it in; the code of the refusal, if it is refused."""

    def hand_in() -> str | None:
        try:
            ledger.handle(command)
        except Refused as refused:
            return refused.code
        return None

    return hand_in


def every_stream_is_whole(ledger: GradeLedger) -> None:
    rows = ledger.recorder.select_notifications(1, 100_000)
    assert [row.id for row in rows] == list(range(1, len(rows) + 1))
    versions: dict[object, int] = {}
    for line in map(to_line, rows):
        versions[line.stream_id] = versions.get(line.stream_id, 0) + 1
        assert line.version == versions[line.stream_id]
    the_tree_holds_every_line(ledger.recorder)


@pytest.mark.parametrize("number", range(4))
def test_two_administrators_open_a_semester_and_it_is_opened_once(
    engine: Engine, number: int
) -> None:
    first, second = ledgers_on(engine, opened=False)
    works = [answer(first, opens(KHOA)), answer(second, opens(DUC))]
    assert at_once(*(works if number % 2 else works[::-1])) == [None, None]
    rows = map(to_line, first.recorder.select_notifications(1, 100_000))
    told = [type(line.fact) for line in rows]
    assert told.count(facts.SemesterOpened) == 1
    assert told.count(sheet_facts.SheetOpened) == len(YEAR.places)
    every_stream_is_whole(first)


@pytest.mark.parametrize("number", range(3))
def test_newcomers_of_several_administrators_all_get_numbers_of_their_own(
    engine: Engine, number: int
) -> None:
    first, second = ledgers_on(engine)
    ledgers = (first, second, first, second, first, second)
    voices = (KHOA, DUC) * 3
    works = [
        answer(ledger, enrols(voice, pupil))
        for ledger, voice, pupil in zip(ledgers, voices, NEWCOMERS, strict=True)
    ]
    assert at_once(*works[number:], *works[:number]) == [None] * len(works)
    group = first.year(YEAR_NAME).classes["6A1"]
    assert sorted(place.number for place in group.places.values()) == list(range(1, 10))
    for subject in YEAR.subjects:
        sheet = first.sheet(YEAR.sheet_id("6A1", subject))
        assert sheet.numbers == {pupil: place.number for pupil, place in group.places.items()}
    every_stream_is_whole(first)


@pytest.mark.parametrize("number", range(6))
def test_a_mark_entered_while_the_pupil_changes_class_goes_along_or_is_refused(
    engine: Engine, number: int
) -> None:
    first, second = ledgers_on(engine)
    enters = LAN.about(YEAR.sheet_id()).enters((FIRST, "midterm", "0.0", 0))
    works = [answer(second, enters), answer(first, moves(KHOA, FIRST, "6A2"))]
    answers = at_once(*(works if number % 2 else works[::-1]))
    refused = [code for code in answers if code]
    brought = first.sheet(YEAR.sheet_id("6A2")).cell((FIRST, "midterm")).mark.text
    assert (refused, brought) in [
        ([], "0.0"),
        ([sheet_refusals.PupilHasLeft.code], ""),
    ]
    follow_marks(first.lines(YEAR.sheet_id()))
    every_stream_is_whole(first)


@pytest.mark.parametrize("number", range(4))
def test_marks_entered_while_the_list_changes_are_all_kept(engine: Engine, number: int) -> None:
    first, second = ledgers_on(engine)
    enters = [
        LAN.about(YEAR.sheet_id()).enters((pupil, "regular-1", "7.5", 0))
        for pupil in (FIRST, SECOND)
    ]
    works = [
        answer(second, enters[0]),
        answer(first, enrols(KHOA, NEWCOMERS[0])),
        answer(second, enters[1]),
        answer(first, leaves(DUC, THIRD)),
    ]
    assert at_once(*works[number:], *works[:number]) == [None] * len(works)
    sheet = second.sheet(YEAR.sheet_id())
    assert [sheet.cell((pupil, "regular-1")).mark.text for pupil in (FIRST, SECOND)] == ["7.5"] * 2
    assert sheet.pupils == [FIRST, SECOND, NEWCOMERS[0]]
    every_stream_is_whole(first)


def test_a_change_sent_by_many_at_once_happens_once(engine: Engine) -> None:
    first, second = ledgers_on(engine)
    command = moves(KHOA, FIRST, "6A2")
    answers = at_once(*(partial(one.handle, command) for one in (first, second, first, second)))
    assert all(list(one) == list(answers[0]) for one in answers)
    assert len(answers[0]) == 1 + 2 * len(YEAR.subjects)
    assert first.year(YEAR_NAME).version == second.year(YEAR_NAME).version
    every_stream_is_whole(first)
