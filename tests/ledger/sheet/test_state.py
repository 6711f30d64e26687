"""The state of a sheet: made by its lines alone, in any portions, and the same again."""

from typing import get_args

import pytest

from ledger.line import Fact
from ledger.sheet import commands, facts
from ledger.sheet.commands import AnyCommand, SheetCommand
from ledger.sheet.decide import RULES
from ledger.sheet.facts import AnyFact
from ledger.sheet.state import Sheet, evolve, replay
from ledger.vocabulary import Mark
from tests.every_fact import ASKING, ATTEMPT, LATER_KINDS, SEMESTER
from tests.scenario import given, lines_of
from tests.school import (
    AN,
    BAO,
    CHI,
    DIEP,
    HOA,
    LAN,
    LATER,
    NEXT_WEEK,
    NGOC,
    NOW,
    OPENED,
    REASON,
    TOMORROW,
    entered,
    opened_with,
)

LINES = lines_of([*SEMESTER, *LATER_KINDS, *ASKING])


def test_every_fact_of_a_sheet_changes_a_sheet() -> None:
    happened = {type(line.fact) for line in LINES}
    assert happened == set(get_args(AnyFact)) - {facts.AttemptRefused}
    assert replay(LINES).version == len(LINES)


def test_a_refused_attempt_is_no_line_of_a_sheet() -> None:
    with pytest.raises(KeyError, match="AttemptRefused"):
        replay(lines_of([ATTEMPT]))


@pytest.mark.parametrize("portion", [1, 2, 7])
def test_lines_in_portions_make_the_same_state(portion: int) -> None:
    sheet = Sheet()
    for start in range(0, len(LINES), portion):
        sheet = evolve(sheet, LINES[start : start + portion])
    assert sheet == replay(LINES)


def test_an_earlier_state_stays_as_it_was() -> None:
    for version, line in enumerate(LINES):
        sheet = replay(LINES[:version])
        evolve(sheet, [line])
        assert sheet == replay(LINES[:version])


def test_the_semester_ends_as_it_was_lived() -> None:
    sheet = replay(LINES)
    assert sheet.teachers == {LAN.person}
    assert sheet.homeroom_teacher == HOA.person
    assert sheet.numbers == {AN: 1, BAO: 2, CHI: 3, DIEP: 4}
    assert sheet.pupils == [AN, BAO, DIEP]
    assert sheet.cell((AN, "midterm")).mark == Mark.of("8.5")
    assert sheet.cell((BAO, "midterm")).mark == Mark.of("5.0")
    assert sheet.cell((BAO, "regular-1")).mark.is_blank
    assert sheet.cell((BAO, "regular-1")).version == 14
    assert sheet.cell((DIEP, "final")).version == 0
    assert set(sheet.closed) == {"midterm"}
    assert sheet.is_locked("midterm", LATER)
    assert not sheet.is_locked("regular-1", LATER)
    assert sheet.is_locked("regular-1", TOMORROW)
    assert not sheet.in_correction


def test_marks_are_official_once_closed_or_locked() -> None:
    deadline = facts.Deadline(column="final", at=NOW)
    sheet = given(
        opened_with(deadlines=(deadline,)),
        facts.ColumnClosed(column="regular-1"),
        facts.ColumnLocked(column="regular-2", reason=REASON),
    ).sheet
    official = [column for column in sheet.columns if sheet.is_official(column, LATER)]
    assert official == ["regular-1", "regular-2", "final"]
    assert not sheet.is_official("final", NOW)


def test_a_mark_that_waits_for_a_teacher_waits_for_nobody_else() -> None:
    assert (
        not given(OPENED, entered(AN, "midterm", "8.0"))
        .sheet.cells[(AN, "midterm")]
        .unconfirmed_for
    )


def test_a_lock_decided_last_forgets_the_deadline() -> None:
    deadline = facts.Deadline(column="midterm", at=NOW)
    unlocked = facts.ColumnUnlocked(column="midterm", until=NEXT_WEEK, reason=REASON)
    sheet = given(opened_with(deadlines=(deadline,)), NGOC.wrote(unlocked)).sheet
    assert not sheet.is_locked("midterm", TOMORROW)
    assert not sheet.is_past_deadline("midterm", TOMORROW)


def test_every_command_has_a_rule_and_a_name_of_its_own() -> None:
    asked = _leaves(AnyCommand)
    assert asked == set(RULES)
    assert len({command.NAME for command in asked}) == len(asked)
    declared = {
        kind
        for kind in vars(commands).values()
        if isinstance(kind, type) and issubclass(kind, SheetCommand) and kind is not SheetCommand
    }
    assert declared == asked


def test_every_fact_is_listed_with_a_permanent_name_of_its_own() -> None:
    declared = {
        kind
        for kind in vars(facts).values()
        if isinstance(kind, type) and issubclass(kind, Fact) and kind is not Fact
    }
    assert declared == set(get_args(AnyFact))
    assert len({kind.NAME for kind in declared}) == len(declared)


def _leaves(union: object) -> set[type[SheetCommand]]:
    """The classes of a union of unions."""
    inner = get_args(union)
    if not inner:
        assert isinstance(union, type)
        return {union}
    return set().union(*(_leaves(part) for part in inner))
