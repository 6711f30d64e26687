"""Whether each approval is of what was approved, and signed by the passkey it names."""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Final, get_args
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from webauthn.helpers import (
    decode_credential_public_key,
    decoded_public_key_to_cryptography,
    verify_signature,
)
from webauthn.helpers.exceptions import WebAuthnException

from ledger.credentials.facts import PasskeyEnrolled, PasskeyRevoked
from ledger.credentials.state import NO_CREDENTIALS_YET, Credentials, evolve_credentials
from ledger.line import Line
from ledger.sheet.approving import statement_of
from ledger.sheet.attestation import Assertion
from ledger.sheet.correction import Correction, StepTaken, moved_on, requested
from ledger.sheet.facts import CorrectionApproved, CorrectionRequested
from ledger.verification.checks import Batch
from ledger.verification.findings import Finding
from ledger.verification.source import Source
from ledger.vocabulary import CorrectionId, SheetId

_STEPS: Final = get_args(StepTaken)
# In the authenticator's data: the hash of the host, then flags.
_FLAGS_AT: Final = 32
_PRESENT_AND_VERIFIED: Final = 0b101


class ApprovalCheck:
    """The statement of every approval, made anew from the lines before it, and its signature."""

    def __init__(self) -> None:
        self._credentials = NO_CREDENTIALS_YET
        self._corrections: dict[tuple[UUID, CorrectionId], Correction] = {}
        self._checked = 0

    @property
    def checked(self) -> Mapping[str, int]:
        return {"approvals": self._checked}

    def take(self, batch: Batch) -> Iterator[Finding]:
        for line in batch.lines:
            if line:
                yield from self._of_line(line)

    def finish(self, source: Source) -> Iterator[Finding]:  # noqa: ARG002  (as every check)
        yield from ()

    def _of_line(self, line: Line) -> Iterator[Finding]:
        fact = line.fact
        if isinstance(fact, PasskeyEnrolled) or (
            isinstance(fact, PasskeyRevoked) and fact.credential in self._credentials.passkeys
        ):
            self._credentials = evolve_credentials(self._credentials, [line])
        elif isinstance(fact, CorrectionRequested):
            self._corrections[line.stream_id, fact.correction_id] = requested(fact, line)
        elif isinstance(fact, _STEPS):
            yield from self._of_step(fact, line)

    def _of_step(self, step: StepTaken, line: Line) -> Iterator[Finding]:
        place = (line.stream_id, step.correction_id)
        known = self._corrections.get(place)
        if known is None:
            return  # of a request that cannot be read, which is told elsewhere
        if isinstance(step, CorrectionApproved):
            yield from self._of_approval(step, known, line)
        self._corrections[place] = moved_on(known, step, line)

    def _of_approval(
        self, fact: CorrectionApproved, correction: Correction, line: Line
    ) -> Iterator[Finding]:
        if fact.statement is None:
            return  # of the days when nothing was kept
        self._checked += 1
        stands = statement_of(SheetId(line.stream_id), correction, line.by)
        assertion = fact.attestation.assertion if fact.attestation else None
        wrong = fact.statement if fact.statement != stands else ""
        if not wrong and assertion and not _is_signed(stands, assertion, self._credentials, line):
            wrong = assertion.credential
        if wrong:
            where = str(fact.correction_id)
            yield Finding("approval-proof-wrong", line.position, where, stands, wrong)


def _is_signed(statement: str, assertion: Assertion, credentials: Credentials, line: Line) -> bool:
    """Whether a passkey of the line's author, registered and not revoked by then, signed it."""
    passkey = credentials.passkeys.get(assertion.credential)
    if passkey is None or passkey.person != line.by.person or passkey.revoked_at is not None:
        return False
    return signs(statement, assertion, passkey.public_key)


def signs(statement: str, assertion: Assertion, public_key: str) -> bool:
    """Whether an assertion is of a statement (SHA-256, hex), by the key (COSE, base64url).

    Whoever held the passkey was asked for finger, face or PIN. Of which page it was asked stays
    with the page: only what was signed is looked at here.
    """
    try:
        client_data = _bytes(assertion.client_data)
        told = json.loads(client_data)
        if (told["type"], _bytes(told["challenge"])) != ("webauthn.get", bytes.fromhex(statement)):
            return False
        data = _bytes(assertion.authenticator_data)
        if data[_FLAGS_AT] & _PRESENT_AND_VERIFIED != _PRESENT_AND_VERIFIED:
            return False
        key = decode_credential_public_key(_bytes(public_key))
        verify_signature(
            public_key=decoded_public_key_to_cryptography(key),
            signature_alg=key.alg,
            signature=_bytes(assertion.signature),
            data=data + hashlib.sha256(client_data).digest(),
        )
    except (InvalidSignature, WebAuthnException, ValueError, KeyError, IndexError, TypeError):
        return False
    return True


def _bytes(base64url: str) -> bytes:
    return base64.urlsafe_b64decode(base64url + "=" * (-len(base64url) % 4))
