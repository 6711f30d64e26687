"""A batch of typed cells: what can be saved is saved, and every cell gets its own answer."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from ledger.application import GradeLedger
from ledger.sheet.refusals import NotYourSheet, SecretaryNeedsATeacher
from ledger.store.recorder import LedgerRecorder
from ledger.vocabulary import Author, CommandId, PupilId
from tests.school import (
    AN,
    BAO,
    CHI,
    HOA,
    KHOA,
    LAN,
    MAI,
    NGOC,
    NOW,
    SHEET,
    VINH,
    Voice,
    numbered_id,
)
from web.grid.entering import Batch, CellOutcome, TypedCell, save_cells

Typed = tuple[PupilId, str, str, int]


class Entry:
    """A school with one open sheet, and one save after another."""

    def __init__(self, engine: Engine) -> None:
        self.ledger = GradeLedger(LedgerRecorder(engine))
        self.ledger.handle(KHOA.opens())

    def saves(
        self, *cells: Typed, by: Voice | Author = LAN, command_id: UUID | None = None
    ) -> list[CellOutcome]:
        batch = Batch(
            command_id=CommandId(command_id or uuid4()),
            sheet_id=SHEET,
            by=by if isinstance(by, Author) else by.author,
            at=NOW,
            cells=tuple(TypedCell(*cell) for cell in cells),
        )
        return save_cells(batch, handle=self.ledger.handle, sheet_now=self.ledger.sheet)

    def mark(self, pupil: PupilId, column: str) -> str:
        return self.ledger.sheet(SHEET).cell((pupil, column)).mark.text


def told(outcomes: list[CellOutcome]) -> list[tuple[str, str | None]]:
    return [(outcome.outcome.value, outcome.code) for outcome in outcomes]


@pytest.fixture
def entry(engine: Engine) -> Entry:
    return Entry(engine)


def test_a_batch_is_saved_and_each_cell_gets_the_version_to_go_on_from(entry: Entry) -> None:
    outcomes = entry.saves((AN, "midterm", "8,5", 0), (BAO, "midterm", "0", 0))
    assert told(outcomes) == [("saved", None), ("saved", None)]
    assert [outcome.version for outcome in outcomes] == [2, 3]
    assert (entry.mark(AN, "midterm"), entry.mark(BAO, "midterm")) == ("8.5", "0.0")


def test_what_is_no_mark_does_not_hold_up_the_others(entry: Entry) -> None:
    outcomes = entry.saves(
        (AN, "midterm", "85", 0), (BAO, "midterm", "7,25", 0), (CHI, "midterm", "7 ,5", 0)
    )
    assert told(outcomes) == [
        ("rejected", "not-a-mark"),
        ("rejected", "not-a-mark"),
        ("saved", None),
    ]
    assert entry.mark(CHI, "midterm") == "7.5"


def test_one_conflict_does_not_lose_the_other_cells(entry: Entry) -> None:
    entry.saves((AN, "midterm", "9,5", 0))
    outcomes = entry.saves((AN, "midterm", "8", 0), (BAO, "midterm", "7", 0))
    assert told(outcomes) == [("conflict", "cells-moved-on"), ("saved", None)]
    assert (entry.mark(AN, "midterm"), entry.mark(BAO, "midterm")) == ("9.5", "7.0")


def test_a_conflict_tells_what_stands_there_and_from_where_to_overwrite_it(entry: Entry) -> None:
    entry.saves((AN, "midterm", "9,5", 0))
    (conflict,) = entry.saves((AN, "midterm", "8", 0))
    assert (conflict.now.mark.text, conflict.now.by) == ("9.5", LAN.person)
    assert told(entry.saves((AN, "midterm", "8", conflict.version))) == [("saved", None)]
    assert entry.mark(AN, "midterm") == "8.0"


def test_the_same_mark_by_two_people_is_no_conflict(entry: Entry) -> None:
    entry.saves((AN, "midterm", "9,5", 0))
    assert told(entry.saves((AN, "midterm", "9.5", 0))) == [("saved", None)]


def test_closed_and_locked_columns_are_answered_cell_by_cell(entry: Entry) -> None:
    entry.saves((AN, "midterm", "8", 0), (AN, "final", "8", 0))
    entry.ledger.handle(LAN.closes("midterm", leaving_blanks=True))
    entry.ledger.handle(NGOC.locks_column("final"))
    outcomes = entry.saves(
        (AN, "midterm", "9", 2),
        (BAO, "midterm", "7", 0),
        (AN, "final", "9", 3),
        (AN, "regular-1", "6", 0),
    )
    assert told(outcomes) == [
        ("rejected", "column-is-closed"),
        ("saved", None),
        ("rejected", "sheet-is-locked"),
        ("saved", None),
    ]


def test_every_kind_of_bad_cell_is_told_apart(entry: Entry) -> None:
    stranger = PupilId(numbered_id(199))
    entry.ledger.handle(KHOA.removes_pupil(CHI))
    outcomes = entry.saves(
        (AN, "regular-1", "Đ", 0),
        (AN, "regular-2", "0*", 0),
        (stranger, "regular-1", "7", 0),
        (CHI, "regular-1", "7", 0),
        (AN, "regular-9", "7", 0),
        (BAO, "regular-1", "7", 0),
    )
    assert told(outcomes) == [
        ("rejected", "mark-does-not-fit-subject"),
        ("rejected", "zero-by-rule-is-for-periodic-tests"),
        ("rejected", "pupil-not-on-sheet"),
        ("rejected", "pupil-has-left"),
        ("rejected", "no-such-column"),
        ("saved", None),
    ]


def test_a_cell_typed_twice_is_nobodys_guess(entry: Entry) -> None:
    outcomes = entry.saves((AN, "final", "7", 0), (AN, "final", "8", 0), (BAO, "final", "9", 0))
    twice = ("rejected", "cell-named-twice")
    assert told(outcomes) == [twice, twice, ("saved", None)]
    assert entry.mark(AN, "final") == ""


def test_a_secretary_saves_the_periodic_cells_of_a_mixed_batch(entry: Entry) -> None:
    by = MAI.on_behalf_of(LAN)
    outcomes = entry.saves((AN, "regular-1", "7", 0), (AN, "midterm", "8", 0), by=by)
    assert told(outcomes) == [
        ("rejected", "secretary-enters-periodic-tests-only"),
        ("saved", None),
    ]


def test_a_request_refused_as_a_whole_is_refused(entry: Entry) -> None:
    with pytest.raises(NotYourSheet):
        entry.saves((AN, "midterm", "8", 0), by=VINH)
    with pytest.raises(SecretaryNeedsATeacher):
        entry.saves((AN, "midterm", "8", 0), by=MAI.on_behalf_of(HOA))


def test_a_batch_sent_again_after_a_lost_answer_happens_once(entry: Entry) -> None:
    entry.saves((AN, "midterm", "9,5", 0))
    cells = ((AN, "midterm", "8", 0), (BAO, "midterm", "7", 0), (CHI, "midterm", "x", 0))
    command_id = uuid4()
    first = entry.saves(*cells, command_id=command_id)
    version = entry.ledger.sheet(SHEET).version
    assert told(entry.saves(*cells, command_id=command_id)) == told(first)
    assert entry.ledger.sheet(SHEET).version == version


def test_a_batch_sent_again_meets_what_happened_in_between(entry: Entry) -> None:
    cells = ((AN, "midterm", "8", 0), (BAO, "midterm", "7", 0), (CHI, "midterm", "x", 0))
    command_id = uuid4()
    entry.saves(*cells, command_id=command_id)
    entry.saves((BAO, "midterm", "5", 3))
    again = entry.saves(*cells, command_id=command_id)
    assert told(again)[0] == ("saved", None)
    assert entry.mark(BAO, "midterm") == "5.0"
