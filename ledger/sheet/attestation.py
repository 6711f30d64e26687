"""What the principal confirmed an approval with, kept so that anybody can check it again."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from ledger.vocabulary import Value

# Bytes as text: base64url without padding.
Base64Url = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16,8000}$")]


class ApprovalMethod(StrEnum):
    """How the principal showed to be the one at the keyboard."""

    # The ledger's word alone: a code proves nothing to who did not see it checked.
    PASSWORD_TOTP = "password-totp"  # noqa: S105  (a word that is stored, no secret)
    PASSKEY = "passkey"


class Assertion(Value):
    """A passkey's answer (WebAuthn): its challenge is the SHA-256 of the approval.

    The signature is over `authenticator_data` and the SHA-256 of `client_data`, which holds the
    challenge. The public key is in the fact that registered the credential.
    """

    credential: Base64Url
    client_data: Base64Url
    authenticator_data: Base64Url
    signature: Base64Url


class Attestation(Value):
    """How an approval was confirmed; with a passkey, its assertion."""

    method: ApprovalMethod
    assertion: Assertion | None = None

    @model_validator(mode="after")
    def _a_passkey_asserts(self) -> Self:
        if (self.method is ApprovalMethod.PASSKEY) != (self.assertion is not None):
            message = "a passkey, and nothing else, leaves an assertion"
            raise ValueError(message)
        return self
