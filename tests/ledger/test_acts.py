"""One form may mean several commands: they are one append, all of them or none."""

from uuid import uuid4

import pytest

from ledger.application import GradeLedger
from ledger.refusal import CommandIdReused
from ledger.sheet import facts, refusals
from ledger.vocabulary import Mark
from tests.ledger.test_application import ledger, recorded
from tests.school import AN, BAO, LAN, SHEET

__all__ = ["ledger"]


def test_several_commands_of_one_form_are_one_append(ledger: GradeLedger) -> None:
    form = LAN.with_id(uuid4())
    both = [form.enters((AN, "midterm", "8.0", 0)), form.enters((BAO, "midterm", "0.0", 0))]
    lines = ledger.handle_together(both)
    assert [(line.version, line.position) for line in lines] == [(2, 2), (3, 3)]
    assert ledger.handle_together(both) == lines
    assert recorded(ledger) == 3


def test_each_command_of_a_form_is_decided_on_what_those_before_have_made(
    ledger: GradeLedger,
) -> None:
    form = LAN.with_id(uuid4())
    (_, changed) = ledger.handle_together(
        [form.enters((AN, "midterm", "8.0", 0)), form.enters((AN, "midterm", "9.0", 2))]
    )
    assert isinstance(changed.fact, facts.MarkChanged)
    assert ledger.sheet(SHEET).cell((AN, "midterm")).mark == Mark.of("9.0")


def test_one_refusal_leaves_nothing_of_the_whole_form(ledger: GradeLedger) -> None:
    form, before = LAN.with_id(uuid4()), recorded(ledger)
    with pytest.raises(refusals.CellsMovedOn):
        ledger.handle_together(
            [form.enters((AN, "midterm", "8.0", 0)), form.enters((AN, "midterm", "9.0", 0))]
        )
    assert recorded(ledger) == before
    assert ledger.sheet(SHEET).cell((AN, "midterm")).mark.is_blank


def test_the_id_of_a_form_means_that_form(ledger: GradeLedger) -> None:
    form = LAN.with_id(uuid4())
    ledger.handle_together([form.enters((AN, "midterm", "8.0", 0))])
    with pytest.raises(CommandIdReused):
        ledger.handle_together(
            [form.enters((AN, "midterm", "8.0", 0)), form.enters((BAO, "midterm", "7.0", 0))]
        )
