"""Restricting is easy to do and to undo; the retention is the principal's alone."""

from dataclasses import replace

import pytest

from ledger.privacy import commands, facts, refusals
from ledger.privacy.commands import LiftRestriction, RestrictPersonalData
from ledger.privacy.facts import Retention
from ledger.privacy.retention import CAREFUL_RETENTION
from ledger.refusal import NotForYourRole
from ledger.vocabulary import Author, Role
from tests.every_privacy_fact import PRIVACY
from tests.ledger.privacy.story import NOBODY_LISTED, asks, given
from tests.school import AN, BAO, DUC, KHOA, LAN, MAI, NGOC, REASON, Voice

RESTRICTED = facts.PersonalDataRestricted(pupil=BAO, reason=REASON)
LIFTED = facts.RestrictionLifted(pupil=BAO, reason=REASON)
RETENTION = Retention(years=10, legal_basis="Quyết định số 12/QĐ-THCS")


def restricts(voice: Voice) -> RestrictPersonalData:
    return asks(voice, RestrictPersonalData, pupil=BAO, reason=REASON)


def lifts(voice: Voice) -> LiftRestriction:
    return asks(voice, LiftRestriction, pupil=BAO, reason=REASON)


@pytest.mark.parametrize("voice", [KHOA, NGOC])
def test_one_person_restricts(voice: Voice) -> None:
    given().when(restricts(voice)).then(RESTRICTED)


@pytest.mark.parametrize("voice", [MAI, LAN])
def test_nobody_else_restricts(voice: Voice) -> None:
    given().when(restricts(voice)).then_refused(NotForYourRole)


def test_a_stranger_is_not_restricted() -> None:
    asked = asks(KHOA, RestrictPersonalData, pupil=NOBODY_LISTED, reason=REASON)
    given().when(asked).then_refused(refusals.PupilOnNoClassList)


def test_restricting_twice_changes_nothing() -> None:
    given(KHOA.wrote(RESTRICTED)).when(restricts(NGOC)).then()


def test_the_principal_lifts_a_restriction() -> None:
    given(KHOA.wrote(RESTRICTED)).when(lifts(NGOC)).then(LIFTED)
    given(KHOA.wrote(RESTRICTED)).when(lifts(KHOA)).then_refused(NotForYourRole)
    given().when(lifts(NGOC)).then()
    given(KHOA.wrote(RESTRICTED), NGOC.wrote(LIFTED)).when(restricts(KHOA)).then(RESTRICTED)


def test_who_is_erased_is_neither_restricted_nor_shown_again() -> None:
    for command in (RestrictPersonalData, LiftRestriction):
        asked = asks(NGOC, command, pupil=AN, reason=REASON)
        given(*PRIVACY).when(asked).then_refused(refusals.PersonalDataIsErased)


def test_the_retention_is_set_by_the_principal_in_person() -> None:
    deputy = replace(
        DUC,
        author=Author(person=DUC.person, role=Role.PRINCIPAL, on_behalf_of=NGOC.person),
    )
    sets = asks(NGOC, commands.SetRetention, retention=RETENTION)
    fact = facts.RetentionSet(retention=RETENTION)
    given().when(sets).then(fact)
    given(NGOC.wrote(fact)).when(sets).then()
    given().when(asks(KHOA, commands.SetRetention, retention=RETENTION)).then_refused(
        NotForYourRole
    )
    given().when(asks(deputy, commands.SetRetention, retention=RETENTION)).then_refused(
        refusals.OnlyThePrincipalErases
    )


def test_the_careful_retention_may_be_decided_as_it_is() -> None:
    sets = asks(NGOC, commands.SetRetention, retention=CAREFUL_RETENTION)
    given().when(sets).then(facts.RetentionSet(retention=CAREFUL_RETENTION))
