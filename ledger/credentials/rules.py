"""Who may register and end passkeys, codes and certificates: everybody their own."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from ledger.authority import only_for
from ledger.credentials import commands, facts, refusals
from ledger.credentials.state import Credentials
from ledger.line import Fact
from ledger.vocabulary import Author, PersonId, Role


def enrol_passkey(
    command: commands.EnrolPasskey, credentials: Credentials
) -> list[facts.AnyCredentialsFact]:
    """One's own only: who registers it is who it confirms for."""
    known = credentials.passkeys.get(command.credential)
    if known is None:
        enrolled = facts.PasskeyEnrolled(
            credential=command.credential, public_key=command.public_key
        )
        return [enrolled]
    told_again = known.person == command.by.person and known.public_key == command.public_key
    if known.revoked_at is None and told_again:
        return []
    raise refusals.PasskeyTaken


def revoke_passkey(
    command: commands.RevokePasskey, credentials: Credentials
) -> list[facts.AnyCredentialsFact]:
    known = credentials.passkeys.get(command.credential)
    _owner_or_administrator(command.by, known.person if known else None)
    if known is None:
        raise refusals.NoSuchPasskey
    if known.revoked_at is not None:
        return []
    return [facts.PasskeyRevoked(credential=command.credential, reason=command.reason)]


def enrol_authenticator(
    command: commands.EnrolAuthenticator, credentials: Credentials
) -> list[facts.AnyCredentialsFact]:
    enrolled = command.by.person in credentials.authenticators
    return [] if enrolled else [facts.AuthenticatorEnrolled()]


def remove_authenticator(
    command: commands.RemoveAuthenticator, credentials: Credentials
) -> list[facts.AnyCredentialsFact]:
    _owner_or_administrator(command.by, command.person)
    if command.person not in credentials.authenticators:
        return []
    return [facts.AuthenticatorRemoved(person=command.person, reason=command.reason)]


def enrol_certificate(
    command: commands.EnrolCertificate, credentials: Credentials
) -> list[facts.AnyCredentialsFact]:
    if command.person != command.by.person:
        raise refusals.CertificateIsYourOwn
    known = credentials.certificates.get(command.certificate)
    if known is not None and known.person != command.person:
        raise refusals.CertificateTaken
    if known is not None and known.withdrawn_at is not None:
        raise refusals.CertificateIsWithdrawn(at=known.withdrawn_at)
    if not command.valid_from <= command.at < command.valid_until:
        raise refusals.CertificateNotValidNow(
            valid_from=command.valid_from, valid_until=command.valid_until
        )
    if known is not None and known.way is command.way:
        return []
    enrolled = facts.CertificateEnrolled(**command.model_dump(exclude={"command_id", "by", "at"}))
    return [enrolled]


def withdraw_certificate(
    command: commands.WithdrawCertificate, credentials: Credentials
) -> list[facts.AnyCredentialsFact]:
    known = credentials.certificates.get(command.certificate)
    _owner_or_administrator(command.by, known.person if known else None)
    if known is None:
        raise refusals.NoSuchCertificate
    if known.withdrawn_at is not None:
        return []
    withdrawn = facts.CertificateWithdrawn(certificate=command.certificate, reason=command.reason)
    return [withdrawn]


def found_authority(
    command: commands.FoundAuthority, credentials: Credentials
) -> list[facts.AnyCredentialsFact]:
    """In person only: every internal signature of the school rests on it."""
    only_for(command.by, Role.PRINCIPAL)
    if command.by.on_behalf_of is not None:
        raise refusals.OnlyThePrincipalFounds
    if command.valid_until <= command.at:
        raise refusals.CertificateNotValidNow(valid_until=command.valid_until)
    if any(one.certificate == command.certificate for one in credentials.authorities):
        return []
    founded = facts.AuthorityFounded(
        certificate=command.certificate, valid_until=command.valid_until
    )
    return [founded]


def _owner_or_administrator(by: Author, owner: PersonId | None) -> None:
    if by.person != owner:
        only_for(by, Role.ADMINISTRATOR)


_Rule = Callable[[Any, Credentials], Sequence[Fact]]
CREDENTIALS_RULES: Final[Mapping[type[commands.CredentialsCommand], _Rule]] = MappingProxyType(
    {
        commands.EnrolPasskey: enrol_passkey,
        commands.RevokePasskey: revoke_passkey,
        commands.EnrolAuthenticator: enrol_authenticator,
        commands.RemoveAuthenticator: remove_authenticator,
        commands.EnrolCertificate: enrol_certificate,
        commands.WithdrawCertificate: withdraw_certificate,
        commands.FoundAuthority: found_authority,
    }
)


def decide_credentials(
    command: commands.CredentialsCommand, credentials: Credentials
) -> Sequence[Fact]:
    """The facts that the command makes, [] where it is so already; raises `Refused`."""
    return CREDENTIALS_RULES[type(command)](command, credentials)
