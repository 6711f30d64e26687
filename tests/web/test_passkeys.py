"""Passkeys: registered for their owner, and a signature of one approval is good for no other."""

import json
import re
from html import unescape
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from ledger.sheet.attestation import ApprovalMethod
from ledger.sheet.facts import CorrectionApproved
from ledger.vocabulary import CorrectionId
from projections.verification import verify_school
from tests.browser.stage import MATHS, PUPILS, Stage, sign_in_cookie
from tests.passkeys import ORIGIN, Phone, enrol_passkey, revoke_passkey
from tests.school import FIX, HOA, LAN, NGOC, VINH, numbered_id
from tests.web.conftest import client_of
from tests.web.strict_page import StrictPage

OWN = "/toi/xac-nhan"
REQUEST = f"/de-nghi/{FIX}"
APPROVAL = f"{REQUEST}/duyet"
OTHER = CorrectionId(numbered_id(955))


@pytest.fixture
def confirmed(stage: Stage) -> Stage:
    """A request that waits for the principal."""
    stage.says(LAN, "enters", (PUPILS[0], "midterm", "4.5", 0), (PUPILS[1], "midterm", "7.0", 0))
    stage.says(LAN, "closes", "midterm", leaving_blanks=True)
    stage.says(LAN, "requests", (PUPILS[0], "midterm", "6.5", stage.version(1, "midterm")))
    stage.says(HOA, "confirms")
    return stage


@pytest.fixture
def principal(app: FastAPI, stage: Stage) -> TestClient:
    """The principal at the machine itself, where browsers know passkeys."""
    client = client_of(app, sign_in_cookie(stage, "ngoc"))
    client.base_url = ORIGIN
    return client


def asked(client: TestClient, page: str) -> dict[str, Any]:
    """What the page asks the browser for."""
    found = re.search(r'data-options="([^"]+)"', client.get(page).text)
    assert found is not None
    options: dict[str, Any] = json.loads(unescape(found[1]))
    return options


def send(client: TestClient, path: str, page: str, answer: str) -> httpx2.Response:
    """Send the form that a passkey answers."""
    form = StrictPage(client.get(page).text).form(path)
    return client.post(path, data={**form, "answer": answer})


def statement(client: TestClient) -> str:
    return StrictPage(client.get(REQUEST).text).form(APPROVAL)["statement"]


def approval(stage: Stage) -> CorrectionApproved | None:
    facts = (line.fact for line in stage.desk.ledger.lines(MATHS))
    return next((fact for fact in facts if isinstance(fact, CorrectionApproved)), None)


def test_a_passkey_is_registered_and_approves_with_a_signature_that_stays(
    confirmed: Stage, principal: TestClient
) -> None:
    phone = Phone()
    page = principal.get(OWN).text
    form = StrictPage(page).form(f"{OWN}/khoa")
    found = re.search(r'data-options="([^"]+)"', page)
    assert found is not None
    answer = phone.registers(json.loads(unescape(found[1])))
    assert principal.post(f"{OWN}/khoa", data={**form, "answer": answer}).status_code == 303
    (passkey,) = confirmed.desk.ledger.credentials().passkeys_of(NGOC.person)
    assert passkey.public_key == phone.public_key
    shown = statement(principal)
    assert send(principal, APPROVAL, REQUEST, phone.signs(shown)).status_code == 303
    approved = approval(confirmed)
    assert approved is not None
    assert approved.attestation is not None
    assert (approved.statement, approved.attestation.method) == (shown, ApprovalMethod.PASSKEY)
    report = verify_school(confirmed.desk.engine)
    assert (report.checked["approvals"], "approval-proof-wrong" in report.counts) == (1, False)


@pytest.mark.parametrize(
    "phone", [Phone(asks=False), Phone()], ids=["asked for nothing", "of another page"]
)
def test_a_passkey_that_is_not_made_for_this_page_is_not_registered(
    stage: Stage, principal: TestClient, phone: Phone
) -> None:
    options = asked(principal, OWN)  # the page is shown again below, with another challenge
    answer = send(principal, f"{OWN}/khoa", OWN, phone.registers(options))
    assert answer.status_code == 409
    assert "trả lời cho một nội dung hay một trang khác" in answer.text
    assert stage.desk.ledger.credentials().passkeys == {}


def test_passkeys_are_told_of_where_they_cannot_be(confirmed: Stage, principal: TestClient) -> None:
    phone = Phone()
    enrol_passkey(confirmed.desk, NGOC, phone)
    shown = statement(principal)
    principal.base_url = "http://10.0.0.5"
    assert "chỉ dùng được khi trang mở qua HTTPS" in principal.get(OWN).text
    assert "chỉ dùng được khi trang mở qua HTTPS" in principal.get(REQUEST).text
    form = {"command_id": str(numbered_id(1)), "statement": shown, "answer": phone.signs(shown)}
    answer = principal.post(APPROVAL, data=form)
    assert "Ở trang này hãy dùng mã xác nhận" in answer.text
    assert approval(confirmed) is None


def answers(stage: Stage, mine: Phone, shown: str) -> dict[str, str]:
    """Everything that is not the signature of this approval by this person's passkey."""
    other, forged, told = Phone(), Phone(), json.loads(mine.signs(shown))
    enrol_passkey(stage.desk, VINH, other)
    revoked = Phone()
    enrol_passkey(stage.desk, NGOC, revoked)
    revoke_passkey(stage.desk, NGOC, revoked)
    impostor = Phone(key=forged.key, credential_id=mine.credential_id)
    careless = Phone(key=mine.key, credential_id=mine.credential_id, asks=False)
    return {
        "of another approval": mine.signs("ab" * 32),
        "for another site": mine.signs(shown, origin="https://so-diem.example"),
        "by another person's passkey": other.signs(shown),
        "by a revoked passkey": revoked.signs(shown),
        "by a passkey nobody knows": forged.signs(shown),
        "by another key under its name": impostor.signs(shown),
        "without finger, face or PIN": careless.signs(shown),
        "cut off": json.dumps({**told, "response": {}}),
        "no answer": "[1]",
        "no JSON": "passkey",
    }


def test_nothing_else_is_taken_for_a_signature_of_this_approval(
    confirmed: Stage, principal: TestClient
) -> None:
    mine = Phone()
    enrol_passkey(confirmed.desk, NGOC, mine)
    shown = statement(principal)
    for what, answer in answers(confirmed, mine, shown).items():
        refused = send(principal, APPROVAL, REQUEST, answer)
        assert (what, refused.status_code) == (what, 409)
        assert "Chưa thực hiện được" in refused.text
    assert approval(confirmed) is None
    assert send(principal, APPROVAL, REQUEST, mine.signs(shown)).status_code == 303


def test_the_signature_of_one_approval_approves_no_other(
    confirmed: Stage, principal: TestClient
) -> None:
    mine = Phone()
    enrol_passkey(confirmed.desk, NGOC, mine)
    signed = mine.signs(statement(principal))
    confirmed.says(
        LAN,
        "requests",
        (PUPILS[1], "midterm", "9.0", confirmed.version(2, "midterm")),
        correction_id=OTHER,
    )
    confirmed.says(HOA, "confirms", OTHER)
    other = f"/de-nghi/{OTHER}"
    assert send(principal, f"{other}/duyet", other, signed).status_code == 409
    form = StrictPage(principal.get(other).text).form(f"{other}/duyet")
    with_its_statement = {**form, "statement": statement(principal), "answer": signed}
    answer = principal.post(f"{other}/duyet", data=with_its_statement)
    assert "đề nghị này đã khác" in answer.text
    assert approval(confirmed) is None


def test_a_passkey_is_revoked_by_its_owner(stage: Stage, principal: TestClient) -> None:
    enrol_passkey(stage.desk, NGOC, Phone())
    path = f"{OWN}/khoa/huy"
    form = StrictPage(principal.get(OWN).text).form(path)
    assert principal.post(path, data={**form, "reason": ""}).status_code == 422
    assert principal.post(path, data={**form, "reason": "Đổi điện thoại"}).status_code == 303
    assert stage.desk.ledger.credentials().passkeys_of(NGOC.person) == []
