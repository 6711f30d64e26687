"""Whether an approval is of what was asked, and was confirmed with what its line says."""

from collections.abc import Iterator

from ledger.credentials.state import Credentials
from ledger.line import Line
from ledger.sheet.approving import statement_of
from ledger.sheet.attestation import ApprovalMethod
from ledger.sheet.correction import Correction
from ledger.sheet.facts import CorrectionApproved
from ledger.verification.approvals import signs
from ledger.vocabulary import SheetId
from web.dossiers.flaws import Flaw, Found


def approval_flaws(
    decided_on: Correction, approved: Line, credentials: Credentials
) -> Iterator[Found]:
    """Check it anew from the lines; `decided_on` is the correction as it stood before."""
    fact = approved.fact
    assert isinstance(fact, CorrectionApproved), "the line of an approval"
    if fact.statement is None or fact.attestation is None:
        yield Found(Flaw.APPROVED_WITHOUT_FACTOR)
        return
    if fact.statement != statement_of(SheetId(approved.stream_id), decided_on, approved.by):
        yield Found(Flaw.APPROVAL_DIFFERS, "statement", fact.statement)
    if fact.attestation.method is not ApprovalMethod.PASSKEY:
        yield Found(Flaw.APPROVED_WITHOUT_FACTOR)
        return
    assertion = fact.attestation.assertion
    assert assertion, "a passkey asserts"
    passkey = credentials.passkeys.get(assertion.credential)
    revoked = passkey is not None and passkey.revoked_at and passkey.revoked_at < approved.at
    if passkey is None or passkey.person != approved.by.person or revoked:
        yield Found(Flaw.APPROVAL_DIFFERS, "passkey", assertion.credential)
    elif not signs(fact.statement, assertion, passkey.public_key):
        yield Found(Flaw.APPROVAL_DIFFERS, "assertion", assertion.credential)
