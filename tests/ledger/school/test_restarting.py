"""A log begins anew only by two people, and only where published lines are really gone."""

from typing import Any

import pytest

from ledger.school import refusals
from ledger.school.commands import RestartLog
from ledger.school.incarnation import LostLines, PublishedHead
from ledger.vocabulary import Author, Role
from tests.every_restart_fact import RESTORED, head_of, proof_between
from tests.ledger.school.scenario import asks, given, joined
from tests.school import DUC, KHOA, NGOC, Voice

SCHOOL = (joined(NGOC, Role.PRINCIPAL), joined(KHOA, Role.ADMINISTRATOR))


def restarts(voice: Voice, **changed: Any) -> RestartLog:  # noqa: ANN401
    told = {**RESTORED.model_dump(exclude={"lost"}), "there": None, **changed}
    return asks(voice, RestartLog, **told)


def test_the_log_begins_anew_where_lines_are_missing() -> None:
    given(*SCHOOL).when(restarts(NGOC)).then(RESTORED)
    given(*SCHOOL, RESTORED).when(restarts(NGOC)).then_nothing_happens()


def test_a_witness_that_knows_only_a_size_is_enough_to_see_that_lines_are_missing() -> None:
    seen = PublishedHead(size=12)
    given(*SCHOOL).when(restarts(NGOC, published=seen)).then(
        RESTORED.model_copy(update={"published": seen})
    )


def test_lines_written_after_the_restore_do_not_hide_that_others_are_gone() -> None:
    # Seven lines were restored, of which three were cosigned; five more were written since.
    grown = {"restored": head_of(12), "consistency": proof_between(3, 12)}
    published = PublishedHead(size=9, root="9" * 64)
    given(*SCHOOL).when(restarts(NGOC, published=published, there=head_of(9).root, **grown)).then(
        RESTORED.model_copy(
            update={**grown, "published": published, "lost": LostLines(first=4, last=9)}
        )
    )
    unknown = restarts(
        NGOC,
        published=published,
        there=head_of(9).root,
        **{**grown, "consistency": ()},
        continued=None,
    )
    given(*SCHOOL).when(unknown).then(
        RESTORED.model_copy(
            update={
                **grown,
                "published": published,
                "continued": None,
                "consistency": (),
                "lost": LostLines(first=1, last=9),
            }
        )
    )


@pytest.mark.parametrize(
    "published", [PublishedHead(size=7), PublishedHead(size=7, root=head_of(7).root)]
)
def test_a_ledger_that_holds_all_that_was_published_keeps_its_log(
    published: PublishedHead,
) -> None:
    asked = restarts(NGOC, published=published, there=head_of(7).root)
    given(*SCHOOL).when(asked).then_refused(refusals.LedgerIsNotBehind, published=7, restored=7)


def test_a_ledger_that_lost_only_its_key_lost_no_lines() -> None:
    whole = {"published": PublishedHead(size=7, root=head_of(7).root), "key_lost": True}
    given(*SCHOOL).when(restarts(NGOC, **whole, there=head_of(7).root)).then(
        RESTORED.model_copy(update={**whole, "lost": None})
    )
    given(*SCHOOL).when(restarts(NGOC, key_lost=True)).then(
        RESTORED.model_copy(update={"key_lost": True})
    )


def test_a_ledger_that_does_not_continue_its_own_checkpoint_was_altered() -> None:
    for proof in ((), proof_between(2, 7)):
        given(*SCHOOL).when(restarts(NGOC, consistency=proof)).then_refused(
            refusals.LedgerIsAltered, size=3
        )


def test_who_decides_in_the_principals_place_may_begin_it() -> None:
    author = Author(person=DUC.person, role=Role.PRINCIPAL, on_behalf_of=NGOC.person)
    given(*SCHOOL).when(restarts(Voice(author))).then(RESTORED)


def test_two_people_begin_it() -> None:
    both = joined(NGOC, Role.PRINCIPAL, Role.ADMINISTRATOR)
    given(both).when(restarts(NGOC, administrator=NGOC.person)).then_refused(
        refusals.RestartNeedsTwo
    )
    given(*SCHOOL).when(restarts(NGOC, administrator=DUC.person)).then_refused(
        refusals.NotAnAdministrator
    )
