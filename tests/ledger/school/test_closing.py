"""A year is closed when everything is approved and the witnesses have seen it."""

from dataclasses import replace

import pytest

from ledger.line import Fact
from ledger.refusal import NotForYourRole
from ledger.results.terms import Term
from ledger.school import refusals
from ledger.school.closed import YearClosed
from ledger.school.commands import CloseYear
from ledger.school.rules import decide_year
from tests.every_closing_fact import SEAL
from tests.ledger.results.scenario import JUNE, Book, complete
from tests.ledger.school.closing import closes
from tests.school import DUC, KHOA, LAN, NGOC, Voice

APPROVED = complete().approved(*Term)
CLOSED = YearClosed(school_year="2026-2027", seal=SEAL)


def decided(book: Book, command: CloseYear) -> list[Fact]:
    return list(decide_year(command, book.year(), book))


def test_the_principal_closes_a_year_that_is_approved_and_seen() -> None:
    assert decided(APPROVED, closes(NGOC)) == [CLOSED]


def test_one_class_that_is_not_approved_keeps_the_year_open() -> None:
    half = complete().approved(Term.SEMESTER_1, Term.SEMESTER_2)
    with pytest.raises(refusals.ClassesAreNotApproved) as caught:
        decided(half, closes(NGOC))
    assert caught.value.details == {"classes": ["6A1"]}


def test_a_class_in_which_nobody_ever_was_is_not_waited_for() -> None:
    assert "6A2" in APPROVED.year().classes
    assert decided(APPROVED, closes(NGOC)) == [CLOSED]
    moved = replace(APPROVED, frame=replace(APPROVED.frame, pupils=()))
    with pytest.raises(refusals.ClassesAreNotApproved):
        decided(moved, closes(NGOC))


@pytest.mark.parametrize(
    "command",
    [
        closes(NGOC, None, SEAL.size, "phong-gddt"),
        closes(NGOC, SEAL, SEAL.size + 1, "phong-gddt"),
    ],
)
def test_who_has_not_seen_it_is_named(command: CloseYear) -> None:
    with pytest.raises(refusals.YearIsNotWitnessed) as caught:
        decided(APPROVED, command)
    assert caught.value.details == {"lacking": ["phong-gddt"]}


@pytest.mark.parametrize("voice", [DUC, KHOA, LAN])
def test_nobody_but_the_principal_closes_a_year(voice: Voice) -> None:
    with pytest.raises(NotForYourRole):
        decided(APPROVED, closes(voice))


def test_nor_does_a_deputy_in_the_principals_place() -> None:
    with pytest.raises(refusals.OnlyThePrincipalClosesAYear):
        decided(APPROVED, closes(NGOC.on_behalf_of(DUC)))


def test_a_closed_year_is_closed_again_only_after_later_approvals() -> None:
    closed = APPROVED.year_went_on((CLOSED, NGOC.author, JUNE))
    held = closed.year().closed
    assert held is not None
    assert (held.fact, held.by, held.at) == (CLOSED, NGOC.author, JUNE)
    assert decided(closed, closes(NGOC)) == []
    assert decided(closed, closes(NGOC, None)) == []
    later = SEAL.model_copy(update={"size": SEAL.size + 9})
    again = closes(NGOC, later, SEAL.size + 5)
    assert decided(closed, again) == [CLOSED.model_copy(update={"seal": later})]
