"""States kept in memory: behind others, caught up in one question, however many there are."""

from collections.abc import Sequence
from uuid import UUID, uuid5

import pytest
from eventsourcing.persistence import StoredEvent
from sqlalchemy import Engine

from ledger.application import GradeLedger
from ledger.rulebooks import SCHOOL, SHEETS, YEARS
from ledger.school.commands import SCHOOL_STREAM, year_stream
from ledger.sheet.state import Sheet
from ledger.states import KeptStates, SeenStates
from ledger.store.codec import to_stored_events
from ledger.store.recorder import LedgerRecorder
from ledger.vocabulary import SheetId
from tests.ledger.school.scenario import YEAR_NAME
from tests.opened_year import OpenedYear
from tests.scenario import lines_of
from tests.school import AN, KHOA, LAN, OPENED, SHEET, entered

YEAR = OpenedYear()
FIRST, SECOND, _ = YEAR.pupils("6A1")


def stream(number: int) -> SheetId:
    return SheetId(uuid5(SHEET, str(number)))


def events_of(stream_id: UUID, count: int) -> list[StoredEvent]:
    """A sheet of so many lines: opened, and then a mark in one column after the other."""
    columns = ("regular-1", "regular-2", "midterm", "final")
    facts = [OPENED, *(entered(AN, column, "7.5") for column in columns)][:count]
    return to_stored_events([line._replace(stream_id=stream_id) for line in lines_of(facts)])


def recorder_with(engine: Engine, lengths: Sequence[int]) -> LedgerRecorder:
    """A ledger with one stream for each of these lengths."""
    recorder = LedgerRecorder(engine)
    recorder.insert_events(
        [event for n, count in enumerate(lengths) for event in events_of(stream(n), count)]
    )
    return recorder


def test_newer_lines_of_many_streams_come_in_one_order(engine: Engine) -> None:
    recorder = recorder_with(engine, [1, 2, 3, 4, 5])
    last_seen = {0: 1, 1: 0, 2: 1, 3: 9, 4: 4, 7: 0}
    known: dict[UUID, int] = {stream(number): seen for number, seen in last_seen.items()}
    found = recorder.select_newer(known)
    by_stream: dict[UUID, list[int]] = {}
    for event in found:
        assert isinstance(event.originator_id, UUID)
        by_stream.setdefault(event.originator_id, []).append(event.originator_version)
    assert by_stream == {stream(1): [1, 2], stream(2): [2, 3], stream(4): [5]}
    whole = {(e.originator_id, e.originator_version): e for e in events_of(stream(4), 5)}
    assert whole[stream(4), 5] in found


def test_nothing_is_asked_about_no_stream(engine: Engine) -> None:
    assert recorder_with(engine, [2]).select_newer({}) == []


@pytest.mark.parametrize("count", [999, 1000, 1001, 2001])
def test_more_streams_than_one_statement_takes(engine: Engine, count: int) -> None:
    """A statement takes a thousand of them."""
    recorder = recorder_with(engine, [1 + number % 2 for number in range(count)])
    known: dict[UUID, int] = {stream(number): number % 2 for number in range(count)}
    found = [
        (event.originator_id, event.originator_version) for event in recorder.select_newer(known)
    ]
    assert sorted(found) == sorted((stream(n), 1 + n % 2) for n in range(count))


def ledgers_on(engine: Engine) -> tuple[GradeLedger, GradeLedger]:
    first = GradeLedger(LedgerRecorder(engine))
    YEAR.open(first)
    return first, GradeLedger(LedgerRecorder(engine))


def test_kept_states_are_brought_to_now_whatever_was_known_of_each(engine: Engine) -> None:
    first, second = ledgers_on(engine)
    ids = YEAR.sheet_ids
    assert second.sheets(ids[:2]) == first.sheets(ids[:2])
    first.handle(LAN.about(YEAR.sheet_id()).enters((FIRST, "midterm", "0.0", 0)))
    unknown = stream(99)
    seen = second.sheets([*ids, unknown])
    assert seen == {**first.sheets(ids), unknown: Sheet()}
    assert seen[YEAR.sheet_id()].cell((FIRST, "midterm")).mark.text == "0.0"


def test_a_state_that_is_behind_never_replaces_a_newer_one(engine: Engine) -> None:
    ledger, _ = ledgers_on(engine)
    kept = KeptStates(ledger.recorder)
    old = kept.newest(YEAR.sheet_id(), SHEETS)
    ledger.handle(LAN.about(YEAR.sheet_id()).enters((FIRST, "midterm", "8.0", 0)))
    new = kept.newest(YEAR.sheet_id(), SHEETS)
    kept.keep(YEAR.sheet_id(), old)
    assert kept.kept(YEAR.sheet_id(), SHEETS) == new
    assert (old.version, new.version) == (1, 2)


def test_a_command_sees_its_own_stream_as_kept_and_all_others_as_they_are_now(
    engine: Engine,
) -> None:
    first, second = ledgers_on(engine)
    mine, other = YEAR.sheet_id(), YEAR.sheet_id("6A2")
    kept = KeptStates(second.recorder)
    for sheet_id in (mine, other):
        kept.newest(sheet_id, SHEETS)
    first.handle(LAN.about(mine).enters((FIRST, "midterm", "8.0", 0)))
    first.handle(LAN.about(other).enters((YEAR.pupils("6A2")[0], "midterm", "8.0", 0)))
    seen = SeenStates(kept)
    assert seen.of(mine, SHEETS).version == 1
    assert seen.sheets([other])[other].version == 2
    assert seen.refresh()
    assert seen.of(mine, SHEETS).version == 2
    assert not seen.refresh()


def test_what_an_attempt_decides_is_seen_by_itself_alone_until_it_is_recorded(
    engine: Engine,
) -> None:
    first, _ = ledgers_on(engine)
    kept = KeptStates(first.recorder)
    seen, later = SeenStates(kept), SeenStates(kept)
    decided = SHEETS.evolve(
        seen.of(YEAR.sheet_id(), SHEETS), lines_of([entered(SECOND, "final", "0.0")], after=1)
    )
    seen.decide(YEAR.sheet_id(), decided)
    assert seen.sheets([YEAR.sheet_id()])[YEAR.sheet_id()] is decided
    assert later.sheets([YEAR.sheet_id()])[YEAR.sheet_id()].version == 1
    seen.refresh()
    assert seen.of(YEAR.sheet_id(), SHEETS).version == 1
    seen.decide(YEAR.sheet_id(), decided)
    seen.recorded()
    assert kept.kept(YEAR.sheet_id(), SHEETS) is decided


def test_school_and_year_are_seen_with_the_sheets(engine: Engine) -> None:
    first, second = ledgers_on(engine)
    seen = SeenStates(KeptStates(second.recorder))
    assert (seen.school(), seen.year(YEAR_NAME)) == (first.school(), first.year(YEAR_NAME))
    assert seen.year("2027-2028") == YEARS.nothing_yet
    both = KeptStates(second.recorder).all_newest(
        {SCHOOL_STREAM: SCHOOL, year_stream(YEAR_NAME): YEARS, YEAR.sheet_id(): SHEETS}
    )
    assert both[SCHOOL_STREAM] == first.school()
    assert both[YEAR.sheet_id()] == first.sheet(YEAR.sheet_id())
    assert KHOA.person not in both[SCHOOL_STREAM].staff
