"""An approval is checked anew from the lines: what was approved, and by which passkey."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ledger.credentials.state import NO_CREDENTIALS_YET
from ledger.line import Line
from ledger.sheet.attestation import ApprovalMethod, Attestation
from ledger.sheet.facts import CorrectionApproved
from tests.school import LAN
from tests.web.dossiers.unpacked import Left
from web.dossiers.account import Account, account_of
from web.dossiers.approval import approval_flaws
from web.dossiers.bundle import Bundle
from web.dossiers.flaws import Flaw
from web.dossiers.proven import prove_lines


@pytest.fixture(scope="module")
def account(left: Left) -> Account:
    bundle = Bundle.parse(left.content)
    return account_of(bundle.manifest.correction_id, prove_lines(bundle.lines, left.policy).lines)


def flaws(account: Account) -> set[tuple[Flaw, str]]:
    found = approval_flaws(account.decided_on, account.approved, account.credentials)
    return {(one.flaw, one.where) for one in found}


def approved(account: Account, **changed: object) -> Line:
    return account.approved._replace(fact=account.approved.fact.model_copy(update=changed))


def test_an_approval_by_passkey_holds(account: Account) -> None:
    assert flaws(account) == set()


def test_another_reason_is_not_what_was_approved(account: Account) -> None:
    asked = replace(account.decided_on, reason="Một lí do khác")
    assert flaws(replace(account, decided_on=asked)) == {(Flaw.APPROVAL_DIFFERS, "statement")}


def test_a_signature_of_something_else_is_found(account: Account) -> None:
    fact = account.approved.fact
    assert isinstance(fact, CorrectionApproved)
    assert fact.attestation
    assert fact.attestation.assertion
    other = fact.attestation.assertion.model_copy(update={"signature": "A" * 90})
    line = approved(
        account, attestation=Attestation(method=ApprovalMethod.PASSKEY, assertion=other)
    )
    assert flaws(replace(account, approved=line)) == {(Flaw.APPROVAL_DIFFERS, "assertion")}


def test_a_passkey_of_somebody_else_or_of_nobody_approves_nothing(account: Account) -> None:
    nobody = {(Flaw.APPROVAL_DIFFERS, "passkey")}
    assert flaws(replace(account, credentials=NO_CREDENTIALS_YET)) == nobody
    of_lan = account.credentials.draft()
    for key, passkey in of_lan.passkeys.items():
        of_lan.passkeys[key] = replace(passkey, person=LAN.person)
    assert flaws(replace(account, credentials=of_lan)) == nobody


def test_a_passkey_counts_until_it_is_revoked(account: Account) -> None:
    for hours, expected in ((1, set()), (-1, {(Flaw.APPROVAL_DIFFERS, "passkey")})):
        revoked = account.credentials.draft()
        at = account.approved.at + timedelta(hours=hours)
        for key, passkey in revoked.passkeys.items():
            revoked.passkeys[key] = replace(passkey, revoked_at=at)
        assert flaws(replace(account, credentials=revoked)) == expected


@pytest.mark.parametrize(
    "changed",
    [
        {"statement": None, "attestation": None},
        {"attestation": Attestation(method=ApprovalMethod.PASSWORD_TOTP)},
    ],
    ids=["nothing kept", "a code"],
)
def test_what_nobody_can_check_again_is_told(account: Account, changed: dict[str, object]) -> None:
    line = approved(account, **changed)
    assert flaws(replace(account, approved=line)) == {(Flaw.APPROVED_WITHOUT_FACTOR, "")}
