"""Everybody registers their own; an administrator ends what somebody lost; nothing is forgotten."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeVar
from uuid import uuid4

import pytest

from ledger.credentials import commands, facts, refusals
from ledger.credentials.commands import CredentialsCommand
from ledger.credentials.facts import SigningWay
from ledger.credentials.rules import decide_credentials
from ledger.credentials.state import NO_CREDENTIALS_YET, Credentials, evolve_credentials
from ledger.line import Fact
from ledger.refusal import NotForYourRole, Refused
from ledger.vocabulary import CommandId
from tests.every_credentials_fact import AUTHORITY, CERTIFICATE, CREDENTIALS, PASSKEY, PUBLIC_KEY
from tests.scenario import Past, lines_of
from tests.school import DUC, KHOA, LAN, LATER, MAI, NGOC, NOW, REASON, TOMORROW, VINH, Voice

Kind = TypeVar("Kind", bound=CredentialsCommand)

SINCE, UNTIL = NOW - timedelta(days=1), NOW + timedelta(days=365)
ENROLLED = facts.PasskeyEnrolled(credential=PASSKEY, public_key=PUBLIC_KEY)
REVOKED = facts.PasskeyRevoked(credential=PASSKEY, reason=REASON)
BOUND = facts.CertificateEnrolled(
    person=LAN.person,
    certificate=CERTIFICATE,
    way=SigningWay.DEVICE,
    valid_from=SINCE,
    valid_until=UNTIL,
)
WITHDRAWN = facts.CertificateWithdrawn(certificate=CERTIFICATE, reason=REASON)
FOUNDED = facts.AuthorityFounded(certificate=AUTHORITY, valid_until=UNTIL)


def asks(voice: Voice, command: type[Kind], **content: Any) -> Kind:  # noqa: ANN401
    asked = {"command_id": CommandId(uuid4()), "by": voice.author, "at": voice.moment}
    return command(**{**asked, **content})


def enrols(voice: Voice, *, public_key: str = PUBLIC_KEY) -> commands.EnrolPasskey:
    return asks(voice, commands.EnrolPasskey, credential=PASSKEY, public_key=public_key)


def revokes(voice: Voice) -> commands.RevokePasskey:
    return asks(voice, commands.RevokePasskey, credential=PASSKEY, reason=REASON)


def binds(voice: Voice, **changed: object) -> commands.EnrolCertificate:
    return asks(voice, commands.EnrolCertificate, **{**BOUND.model_dump(), **changed})


def withdraws(voice: Voice) -> commands.WithdrawCertificate:
    return asks(voice, commands.WithdrawCertificate, certificate=CERTIFICATE, reason=REASON)


def founds(voice: Voice) -> commands.FoundAuthority:
    return asks(voice, commands.FoundAuthority, certificate=AUTHORITY, valid_until=UNTIL)


def after(*past: Past) -> Credentials:
    return evolve_credentials(NO_CREDENTIALS_YET, lines_of(past))


def decided(command: CredentialsCommand, *past: Past) -> Sequence[Fact]:
    return decide_credentials(command, after(*past))


def refused(reason: type[Refused], command: CredentialsCommand, *past: Past) -> None:
    with pytest.raises(Refused) as caught:
        decided(command, *past)
    assert type(caught.value) is reason


@pytest.mark.parametrize("voice", [LAN, NGOC, MAI], ids=["teacher", "principal", "secretary"])
def test_everybody_registers_a_passkey_of_their_own(voice: Voice) -> None:
    assert decided(enrols(voice)) == [ENROLLED]
    (passkey,) = after(voice.wrote(ENROLLED)).passkeys_of(voice.person)
    assert (passkey.credential, passkey.public_key) == (PASSKEY, PUBLIC_KEY)


def test_a_passkey_is_registered_once_and_for_one_person() -> None:
    mine = NGOC.wrote(ENROLLED)
    assert decided(enrols(NGOC), mine) == []
    refused(refusals.PasskeyTaken, enrols(NGOC, public_key=PUBLIC_KEY[::-1]), mine)
    refused(refusals.PasskeyTaken, enrols(DUC), mine)
    refused(refusals.PasskeyTaken, enrols(NGOC), mine, NGOC.wrote(REVOKED))


def test_a_lost_passkey_is_revoked_by_its_owner_or_an_administrator() -> None:
    mine = NGOC.wrote(ENROLLED)
    assert decided(revokes(NGOC), mine) == [REVOKED]
    assert decided(revokes(KHOA), mine) == [REVOKED]
    refused(NotForYourRole, revokes(DUC), mine)
    refused(refusals.NoSuchPasskey, revokes(KHOA))
    refused(NotForYourRole, revokes(LAN))
    assert decided(revokes(NGOC), mine, NGOC.wrote(REVOKED)) == []


def test_a_revoked_passkey_stays_known_with_its_key_and_no_longer_counts() -> None:
    state = after(NGOC.wrote(ENROLLED), KHOA.at(LATER).wrote(REVOKED))
    assert state.passkeys_of(NGOC.person) == []
    assert state.passkeys[PASSKEY].public_key == PUBLIC_KEY
    assert state.passkeys[PASSKEY].revoked_at == LATER


def test_codes_are_begun_by_their_owner_once_until_they_are_removed() -> None:
    begins = asks(NGOC, commands.EnrolAuthenticator)
    begun = NGOC.wrote(facts.AuthenticatorEnrolled())
    gone = KHOA.wrote(facts.AuthenticatorRemoved(person=NGOC.person, reason=REASON))
    assert decided(begins) == [facts.AuthenticatorEnrolled()]
    assert decided(begins, begun) == []
    assert decided(begins, begun, gone) == [facts.AuthenticatorEnrolled()]
    assert after(begun).authenticators == {NGOC.person: NOW}
    assert after(begun, gone).authenticators == {}


@pytest.mark.parametrize("voice", [NGOC, KHOA], ids=["owner", "administrator"])
def test_lost_codes_are_removed_by_their_owner_or_an_administrator(voice: Voice) -> None:
    removes = asks(voice, commands.RemoveAuthenticator, person=NGOC.person, reason=REASON)
    begun = NGOC.wrote(facts.AuthenticatorEnrolled())
    removed = facts.AuthenticatorRemoved(person=NGOC.person, reason=REASON)
    assert decided(removes, begun) == [removed]
    assert decided(removes) == []
    of_another = asks(DUC, commands.RemoveAuthenticator, person=NGOC.person, reason=REASON)
    refused(NotForYourRole, of_another, begun)


def test_a_certificate_is_bound_by_its_owner_alone() -> None:
    assert decided(binds(LAN)) == [BOUND]
    refused(refusals.CertificateIsYourOwn, binds(KHOA))
    refused(refusals.CertificateTaken, binds(VINH, person=VINH.person), LAN.wrote(BOUND))
    refused(refusals.CertificateIsWithdrawn, binds(LAN), LAN.wrote(BOUND), LAN.wrote(WITHDRAWN))


def test_a_certificate_bound_again_changes_the_way_of_signing_only() -> None:
    mine = LAN.wrote(BOUND)
    assert decided(binds(LAN), mine) == []
    (changed,) = decided(binds(LAN, way=SigningWay.UPLOADED), mine)
    assert changed == BOUND.model_copy(update={"way": SigningWay.UPLOADED})


@pytest.mark.parametrize("moment", [SINCE - timedelta(seconds=1), UNTIL], ids=["before", "after"])
def test_a_certificate_is_bound_only_while_it_is_valid(moment: Any) -> None:  # noqa: ANN401
    refused(refusals.CertificateNotValidNow, binds(LAN.at(moment)))


def test_a_certificate_is_withdrawn_by_its_owner_or_an_administrator() -> None:
    mine = LAN.wrote(BOUND)
    assert decided(withdraws(LAN), mine) == [WITHDRAWN]
    assert decided(withdraws(KHOA), mine) == [WITHDRAWN]
    refused(NotForYourRole, withdraws(VINH), mine)
    refused(refusals.NoSuchCertificate, withdraws(KHOA))
    assert decided(withdraws(LAN), mine, KHOA.wrote(WITHDRAWN)) == []


def test_a_certificate_is_usable_while_valid_and_not_withdrawn() -> None:
    bound = after(LAN.wrote(BOUND)).certificates[CERTIFICATE]
    assert [bound.is_usable(at) for at in (SINCE, NOW, UNTIL)] == [True, True, False]
    assert not bound.is_usable(SINCE - timedelta(seconds=1))
    state = after(LAN.wrote(BOUND), KHOA.at(LATER).wrote(WITHDRAWN))
    assert state.certificates_of(LAN.person) == []
    assert state.certificates[CERTIFICATE].is_usable(NOW)
    assert not state.certificates[CERTIFICATE].is_usable(LATER)


def test_the_principal_founds_the_authority_in_person() -> None:
    assert decided(founds(NGOC)) == [FOUNDED]
    assert decided(founds(NGOC), NGOC.wrote(FOUNDED)) == []
    refused(NotForYourRole, founds(KHOA))
    deputy = NGOC.on_behalf_of(DUC)
    refused(refusals.OnlyThePrincipalFounds, founds(deputy))
    refused(refusals.CertificateNotValidNow, founds(NGOC.at(UNTIL)))


def test_a_later_authority_follows_and_the_first_stays_known() -> None:
    later = FOUNDED.model_copy(update={"certificate": "b0" * 32})
    state = after(NGOC.wrote(FOUNDED), NGOC.at(TOMORROW).wrote(later))
    assert [one.certificate for one in state.authorities] == [AUTHORITY, "b0" * 32]
    assert state.authority == state.authorities[-1]
    assert NO_CREDENTIALS_YET.authority is None


def test_evolving_leaves_the_state_before_as_it_was() -> None:
    before = after(*CREDENTIALS[:1])
    evolve_credentials(before, lines_of(CREDENTIALS[1:], after=1))
    assert before == after(*CREDENTIALS[:1])
