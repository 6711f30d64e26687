"""Marks that come along: from another school, or from another class, wherever they belong."""

import pytest
from sqlalchemy import Engine

from ledger.application import GradeLedger
from ledger.sheet import facts as sheet_facts
from ledger.sheet import refusals as sheet_refusals
from ledger.sheet.state import Sheet
from ledger.vocabulary import Mark, PupilId, SheetId
from tests.ledger.planned_year import (
    FIRST,
    SECOND,
    SPORTS,
    THIRD,
    add_class,
    both_semesters,
    planned_ledger,
    refuse,
    sheet,
    sheet_id,
)
from tests.ledger.school.scenario import (
    SPRING,
    WHY,
)
from tests.ledger.school.test_enrolling import enrols, leaves, moves, takes_in
from tests.ledger.school.test_opening_a_semester import opens
from tests.school import (
    AN,
    DIEP,
    KHOA,
    LAN,
)

PAPER = (
    ("toan", 1, "regular-1", "0.0"),
    ("toan", 1, "midterm", "8.5"),
    (SPORTS, 1, "regular-1", "passed"),
    ("toan", 2, "midterm", "6.0"),
)


@pytest.fixture
def ledger(engine: Engine) -> GradeLedger:
    """Give a ledger with a planned year; no semester is open."""
    return planned_ledger(engine)


@pytest.fixture
def opened(ledger: GradeLedger) -> GradeLedger:
    """Give the same ledger with the first semester open."""
    ledger.handle(opens(KHOA))
    return ledger


def mark(of: Sheet, pupil: PupilId, column: str) -> str:
    return of.cell((pupil, column)).mark.text


def provenance_of(ledger: GradeLedger, of: SheetId) -> list[sheet_facts.Provenance]:
    return [
        line.fact.provenance
        for line in ledger.lines(of)
        if isinstance(line.fact, sheet_facts.MarkBrought)
    ]


def test_a_pupil_of_another_school_brings_marks_into_the_sheets(opened: GradeLedger) -> None:
    opened.handle(takes_in(KHOA, DIEP, *PAPER))
    maths = sheet(opened)
    assert (mark(maths, DIEP, "regular-1"), mark(maths, DIEP, "midterm")) == ("0.0", "8.5")
    assert mark(maths, DIEP, "final") == ""
    assert mark(sheet(opened, "6A1", SPORTS), DIEP, "regular-1") == "passed"
    assert provenance_of(opened, sheet_id()) == [sheet_facts.Provenance(reason=WHY)] * 2
    opened.handle(opens(KHOA, 2))
    assert mark(sheet(opened, semester=2), DIEP, "midterm") == "6.0"


def test_marks_of_a_past_semester_bring_the_pupil_onto_its_sheets(opened: GradeLedger) -> None:
    both_semesters(opened)
    late = takes_in(KHOA, DIEP, *PAPER).model_copy(update={"since": SPRING})
    opened.handle(late)
    assert mark(sheet(opened), DIEP, "regular-1") == "0.0"
    assert mark(sheet(opened, semester=2), DIEP, "midterm") == "6.0"


def test_marks_wait_for_a_semester_that_is_opened_later_in_whatever_class(
    ledger: GradeLedger,
) -> None:
    ledger.handle(takes_in(KHOA, DIEP, *PAPER))
    ledger.handle(moves(KHOA, DIEP, "6A2"))
    ledger.handle(opens(KHOA))
    assert DIEP not in sheet(ledger).numbers
    assert mark(sheet(ledger, "6A2"), DIEP, "regular-1") == "0.0"
    assert mark(sheet(ledger, "6A2"), DIEP, "midterm") == "8.5"


def test_marks_are_not_brought_again_when_a_semester_is_opened_for_a_new_class(
    opened: GradeLedger,
) -> None:
    opened.handle(takes_in(KHOA, DIEP, *PAPER))
    add_class(opened, AN)
    opened.handle(opens(KHOA))
    assert len(provenance_of(opened, sheet_id())) == 2


def test_of_two_papers_the_later_one_holds(ledger: GradeLedger) -> None:
    ledger.handle(takes_in(KHOA, DIEP, *PAPER))
    ledger.handle(leaves(KHOA, DIEP))
    ledger.handle(takes_in(KHOA, DIEP, ("toan", 1, "midterm", "9.0")))
    ledger.handle(opens(KHOA))
    assert mark(sheet(ledger), DIEP, "midterm") == "9.0"
    assert mark(sheet(ledger), DIEP, "regular-1") == "0.0"


def test_who_left_before_the_semester_was_opened_is_not_on_its_sheets(
    ledger: GradeLedger,
) -> None:
    ledger.handle(takes_in(KHOA, DIEP, *PAPER))
    ledger.handle(leaves(KHOA, DIEP))
    ledger.handle(opens(KHOA))
    assert DIEP not in sheet(ledger).numbers
    assert sheet(ledger).numbers == {FIRST: 1, SECOND: 2, THIRD: 3}


def test_a_class_change_takes_the_marks_along(opened: GradeLedger) -> None:
    opened.handle(
        LAN.about(sheet_id()).enters(
            (FIRST, "regular-1", "0.0", 0), (FIRST, "midterm", "awaiting-make-up", 0)
        )
    )
    opened.handle(moves(KHOA, FIRST, "6A2"))
    old, new = sheet(opened), sheet(opened, "6A2")
    assert (FIRST in old.left, old.numbers[FIRST], new.numbers[FIRST]) == (True, 1, 4)
    assert (mark(new, FIRST, "regular-1"), mark(new, FIRST, "midterm")) == (
        "0.0",
        "awaiting-make-up",
    )
    assert mark(old, FIRST, "regular-1") == "0.0"
    from_old = sheet_facts.Provenance(sheet=sheet_id(), reason=WHY)
    assert provenance_of(opened, sheet_id("6A2")) == [from_old] * 2
    assert not provenance_of(opened, sheet_id("6A2", SPORTS))


def test_who_comes_back_to_a_class_finds_its_marks_and_brings_the_new_ones(
    opened: GradeLedger,
) -> None:
    opened.handle(LAN.about(sheet_id()).enters((FIRST, "regular-1", "5.0", 0)))
    opened.handle(moves(KHOA, FIRST, "6A2"))
    opened.handle(LAN.about(sheet_id("6A2")).enters((FIRST, "regular-2", "7.0", 0)))
    opened.handle(moves(KHOA, FIRST, "6A1"))
    back = sheet(opened)
    assert (mark(back, FIRST, "regular-1"), mark(back, FIRST, "regular-2")) == ("5.0", "7.0")
    assert (back.numbers[FIRST], FIRST in back.left) == (1, False)


def test_a_class_formed_in_the_semester_gets_the_marks_of_who_moved_there(
    opened: GradeLedger,
) -> None:
    opened.handle(LAN.about(sheet_id()).enters((FIRST, "regular-1", "5.0", 0)))
    opened.handle(takes_in(KHOA, DIEP, *PAPER))
    enters = LAN.about(sheet_id()).enters((DIEP, "regular-2", "7.0", 0))
    opened.handle(enters)
    add_class(opened)
    opened.handle(moves(KHOA, FIRST, "6A3"))
    opened.handle(moves(KHOA, DIEP, "6A3"))
    opened.handle(opens(KHOA))
    new = sheet(opened, "6A3")
    assert mark(new, FIRST, "regular-1") == "5.0"
    marks = {column: mark(new, DIEP, column) for column in new.columns}
    assert {column: text for column, text in marks.items() if text} == {
        "regular-1": "0.0",
        "regular-2": "7.0",
        "midterm": "8.5",
    }
    assert {one.sheet for one in provenance_of(opened, sheet_id("6A3"))} == {sheet_id()}


def test_a_semester_that_is_over_stays_in_the_old_class(opened: GradeLedger) -> None:
    both_semesters(opened)
    opened.handle(LAN.about(sheet_id()).enters((FIRST, "midterm", "5.0", 0)))
    opened.handle(moves(KHOA, FIRST, "6A2", SPRING))
    assert FIRST in sheet(opened).pupils
    assert FIRST not in sheet(opened, "6A2").numbers
    assert FIRST in sheet(opened, "6A2", semester=2).pupils


def test_marks_that_stand_there_already_are_not_brought_over(opened: GradeLedger) -> None:
    opened.handle(takes_in(KHOA, DIEP, *PAPER))
    opened.handle(leaves(KHOA, DIEP))
    refuse(opened, takes_in(KHOA, DIEP, *PAPER), sheet_refusals.CellsHoldMarks)
    opened.handle(enrols(KHOA, DIEP))
    assert sheet(opened).cell((DIEP, "midterm")).mark == Mark.of("8.5")
