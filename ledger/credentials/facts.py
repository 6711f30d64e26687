"""Every fact about what people confirm and sign with: the file that auditors read.

These are the stored shapes. A field added, renamed or dropped is a new `SHAPE` with an upcaster in
`ledger.store.codec` and a new golden line; `NAME` stays for ever. Who and when are on the line.
A certificate bears a name, so the facts have its hash only.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from ledger.line import Fact
from ledger.vocabulary import Moment, PersonId, Reason, Sha256

# Both are base64url without padding; a public key is COSE (RFC 9052).
Credential = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16,1400}$")]
PublicKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{40,4000}$")]


class SigningWay(StrEnum):
    """How a signature comes about: where the person's key is."""

    UPLOADED = "uploaded"  # signed with a program of the person's own; the PDF comes back
    DEVICE = "device"  # a PKCS#11 token on the machine that runs the ledger
    REMOTE = "remote"  # a signing service (CSC) that asks the person
    SCHOOL = "school"  # the school's own small authority; no public certificate


class PasskeyEnrolled(Fact):
    """A person registered a passkey, with whose public key an approval can be checked for ever."""

    NAME = "passkey-enrolled"
    credential: Credential
    public_key: PublicKey


class PasskeyRevoked(Fact):
    """A passkey no longer counts: lost, replaced, or its owner has left."""

    NAME = "passkey-revoked"
    credential: Credential
    reason: Reason


class AuthenticatorEnrolled(Fact):
    """A person's phone makes codes to confirm with (TOTP); its secret is in the vault alone."""

    NAME = "authenticator-enrolled"


class AuthenticatorRemoved(Fact):
    """A person's codes count no longer: given up by the owner, or lost and removed for them."""

    NAME = "authenticator-removed"
    person: PersonId
    reason: Reason


class CertificateEnrolled(Fact):
    """A person signs with this certificate: SHA-256 of its DER bytes, and while it is valid.

    People are bound to certificates by this line and not by the name that stands in them.
    """

    NAME = "certificate-enrolled"
    person: PersonId
    certificate: Sha256
    way: SigningWay
    valid_from: Moment
    valid_until: Moment


class CertificateWithdrawn(Fact):
    """Nothing may be signed with a certificate from now on; what was signed before stays."""

    NAME = "certificate-withdrawn"
    certificate: Sha256
    reason: Reason


class AuthorityFounded(Fact):
    """The school began an authority of its own, for people without a public certificate.

    `certificate` is the SHA-256 of its root; a new one follows when the old one ends.
    """

    NAME = "authority-founded"
    certificate: Sha256
    valid_until: Moment


AnyCredentialsFact = (
    PasskeyEnrolled
    | PasskeyRevoked
    | AuthenticatorEnrolled
    | AuthenticatorRemoved
    | CertificateEnrolled
    | CertificateWithdrawn
    | AuthorityFounded
)
