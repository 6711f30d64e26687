"""Every request made about what people confirm and sign with; each has who and when."""

from typing import Final
from uuid import UUID

from ledger.command import Command
from ledger.credentials.facts import Credential, PublicKey, SigningWay
from ledger.vocabulary import Moment, PersonId, Reason, Sha256

# One ledger is one school, so its stream needs no name of its own.
CREDENTIALS_STREAM: Final = UUID("5e1b7c94-2f0a-4d63-8a41-c2d98e6f1b30")


class CredentialsCommand(Command):
    """A request made about passkeys, certificates or the school's own authority."""

    @property
    def stream_id(self) -> UUID:
        return CREDENTIALS_STREAM


class EnrolPasskey(CredentialsCommand):
    """Register a passkey of one's own, whose answer to a challenge was checked before."""

    NAME = "enrol-passkey"
    credential: Credential
    public_key: PublicKey


class RevokePasskey(CredentialsCommand):
    """Let a passkey count no longer: one's own, or as administrator the one of who lost it."""

    NAME = "revoke-passkey"
    credential: Credential
    reason: Reason


class EnrolAuthenticator(CredentialsCommand):
    """Confirm with codes from now on, of which the first was checked before."""

    NAME = "enrol-authenticator"


class RemoveAuthenticator(CredentialsCommand):
    """Confirm with codes no longer: one's own, or as administrator those of who lost them."""

    NAME = "remove-authenticator"
    person: PersonId
    reason: Reason


class EnrolCertificate(CredentialsCommand):
    """Bind a certificate to oneself; `person` is said, so that nobody binds it by mistake."""

    NAME = "enrol-certificate"
    person: PersonId
    certificate: Sha256
    way: SigningWay
    valid_from: Moment
    valid_until: Moment


class WithdrawCertificate(CredentialsCommand):
    """Let nothing be signed with a certificate any more: one's own, or as administrator any."""

    NAME = "withdraw-certificate"
    certificate: Sha256
    reason: Reason


class FoundAuthority(CredentialsCommand):
    """Begin the school's own authority, or a new one, as the principal in person."""

    NAME = "found-authority"
    certificate: Sha256
    valid_until: Moment


AnyCredentialsCommand = (
    EnrolPasskey
    | RevokePasskey
    | EnrolAuthenticator
    | RemoveAuthenticator
    | EnrolCertificate
    | WithdrawCertificate
    | FoundAuthority
)
