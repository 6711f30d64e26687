"""An approval is checked again from the lines alone: what was approved, whose passkey signed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final
from uuid import UUID

import pytest

from ledger.line import Line
from ledger.sheet.approving import statement_of
from ledger.sheet.attestation import ApprovalMethod, Assertion, Attestation
from ledger.sheet.facts import CorrectionApproved
from ledger.store.codec import to_stored_events
from ledger.store.recorder import CommandKey
from ledger.verification.approvals import signs
from ledger.vocabulary import CommandId
from tests.ledger.verification.scene import Scene
from tests.passkeys import Phone, enrol_passkey, revoke_passkey
from tests.school import DUC, FIX, HOA, NGOC, NOW, SHEET

on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

MINE: Final = Phone()
BY_CODE: Final = Attestation(method=ApprovalMethod.PASSWORD_TOTP)


def by_passkey(assertion: Assertion) -> Attestation:
    return Attestation(method=ApprovalMethod.PASSKEY, assertion=assertion)


@pytest.fixture
def asked(scene: Scene) -> Scene:
    """The principal has a passkey, and a confirmed request waits."""
    scene.school.handle(HOA.confirms())
    enrol_passkey(scene.school.ledger, NGOC, MINE)
    return scene


def stated(scene: Scene) -> str:
    correction = scene.school.ledger.sheet(SHEET).corrections[FIX]
    return statement_of(SHEET, correction, NGOC.author)


def record(scene: Scene, statement: str, attestation: Attestation | None) -> None:
    """Write an approval as a program does that checks nothing."""
    fact = CorrectionApproved(correction_id=FIX, statement=statement, attestation=attestation)
    command_id = UUID(int=77)
    version = scene.school.ledger.sheet(SHEET).version + 1
    line = Line(SHEET, version, fact, NGOC.author, NOW, CommandId(command_id))
    scene.school.ledger.recorder.insert_events(
        to_stored_events([line]), command=CommandKey(command_id, bytes(32))
    )
    scene.school.projections.catch_up()


def found(scene: Scene) -> list[str]:
    return [each.where for each in scene.verified().findings if each.code == "approval-proof-wrong"]


@on_one_database
def test_a_signed_approval_and_one_by_code_are_found_right(asked: Scene) -> None:
    record(asked, stated(asked), by_passkey(MINE.asserts(stated(asked))))
    report = asked.verified()
    assert report.is_clean
    assert report.checked["approvals"] == 1


def of_another_text(_scene: Scene) -> Attestation:
    return by_passkey(MINE.asserts("ab" * 32))


def by_a_stranger(scene: Scene) -> Attestation:
    return by_passkey(Phone().asserts(stated(scene)))


def by_another_person(scene: Scene) -> Attestation:
    other = Phone()
    enrol_passkey(scene.school.ledger, DUC, other)
    return by_passkey(other.asserts(stated(scene)))


def by_a_revoked_one(scene: Scene) -> Attestation:
    revoke_passkey(scene.school.ledger, NGOC, MINE)
    return by_passkey(MINE.asserts(stated(scene)))


def by_another_key_under_its_name(scene: Scene) -> Attestation:
    forged = Phone(credential_id=MINE.credential_id)
    return by_passkey(forged.asserts(stated(scene)))


def without_asking(scene: Scene) -> Attestation:
    return by_passkey(replace(MINE, asks=False).asserts(stated(scene)))


@on_one_database
@pytest.mark.parametrize(
    "attest",
    [
        of_another_text,
        by_a_stranger,
        by_another_person,
        by_a_revoked_one,
        by_another_key_under_its_name,
        without_asking,
    ],
)
def test_a_signature_that_is_not_the_approvers_is_found(
    asked: Scene, attest: Callable[[Scene], Attestation]
) -> None:
    record(asked, stated(asked), attest(asked))
    assert found(asked) == [str(FIX)]


@on_one_database
def test_an_approval_by_code_of_something_else_is_found(asked: Scene) -> None:
    record(asked, "cd" * 32, BY_CODE)
    assert found(asked) == [str(FIX)]


@on_one_database
def test_a_passkey_revoked_later_has_signed_rightly(asked: Scene) -> None:
    record(asked, stated(asked), by_passkey(MINE.asserts(stated(asked))))
    revoke_passkey(asked.school.ledger, NGOC, MINE)
    asked.school.projections.catch_up()
    assert found(asked) == []


@pytest.mark.parametrize("part", ["client_data", "authenticator_data", "signature"])
def test_an_assertion_that_is_none_signs_nothing(part: str) -> None:
    right = MINE.asserts("ab" * 32)
    broken = right.model_copy(update={part: "bm90aGluZy1hdC1hbGw"})
    assert signs("ab" * 32, right, MINE.public_key)
    assert not signs("ab" * 32, broken, MINE.public_key)
    assert not signs("ab" * 32, right, "bm90aGluZy1hdC1hbGw" * 3)
