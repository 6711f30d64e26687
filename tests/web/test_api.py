"""The JSON interface: each action and reading, its answers and its problems."""

from base64 import b64encode
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from tests.browser.stage import MATHS, PASSWORD, PUPILS, SPORTS, Stage
from tests.school import LAN, MAI, NGOC, TOMORROW
from tests.staff import code_at, enrol_phone
from tests.web.conftest import SignIn

API = "/api/v1"
SHEET = f"{API}/sheets/{MATHS}"
AN, BAO, CHI = map(str, PUPILS[:3])
HERE = LAN.about(MATHS)
WHY = "Chấm sót câu 4"


def asked(**more: object) -> dict[str, Any]:
    return {"command_id": str(uuid4()), **more}


def entry(pupil: str, column: str, mark: str, read_version: int = 0) -> dict[str, Any]:
    return {"pupil": pupil, "column": column, "mark": mark, "read_version": read_version}


def photo() -> str:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "white").save(drawn, "PNG")
    return b64encode(drawn.getvalue()).decode()


def correction(read_version: int, **more: object) -> dict[str, Any]:
    cells = [entry(AN, "final", "8,5", read_version)]
    evidence = [{"kind": "test-paper", "name": "bai.png", "content": photo()}]
    why = {"cause": "typing", "found_by": "pupil", "reason": WHY}
    return asked(correction_id=str(uuid4()), cells=cells, evidence=evidence, **why, **more)


def test_a_batch_answers_cell_by_cell(signed_in: SignIn, stage: Stage) -> None:
    stage.says(MAI.about(MATHS).on_behalf_of(LAN), "enters", (PUPILS[0], "final", "9.5", 0))
    entries = [entry(AN, "final", "8"), entry(BAO, "final", "0"), entry(CHI, "final", "7,25")]
    answer = signed_in("lan").post(f"{SHEET}/marks", json=asked(entries=entries))
    assert answer.status_code == 200
    conflict, saved, rejected = answer.json()["cells"]
    assert (conflict["outcome"], conflict["mark"], conflict["by"]) == (
        "conflict",
        "9,5",
        "Hoàng Thị Mai",
    )
    assert (saved["outcome"], saved["mark"], saved["version"]) == ("saved", "0", 3)
    assert (rejected["outcome"], rejected["code"]) == ("rejected", "not-a-mark")
    assert stage.mark(2, "final") == "0.0"


def test_a_batch_sent_twice_happens_once(signed_in: SignIn, stage: Stage) -> None:
    client, batch = signed_in("lan"), asked(entries=[entry(AN, "final", "8")])
    first = client.post(f"{SHEET}/marks", json=batch)
    assert client.post(f"{SHEET}/marks", json=batch).json() == first.json()
    other = {**batch, "entries": [entry(AN, "final", "9")]}
    again = client.post(f"{SHEET}/marks", json=other)
    assert (again.status_code, again.json()["code"]) == (409, "command-id-reused")
    assert stage.mark(1, "final") == "8.0"


def test_a_secretary_names_the_teacher(signed_in: SignIn, stage: Stage) -> None:
    batch = asked(entries=[entry(AN, "final", "cđ")], on_behalf_of=str(LAN.person))
    answer = signed_in("mai").post(f"{API}/sheets/{SPORTS}/marks", json=batch)
    assert answer.json()["cells"][0]["outcome"] == "saved"
    cell = stage.desk.ledger.sheet(SPORTS).cell((PUPILS[0], "final"))
    assert cell.unconfirmed_for == LAN.person


@pytest.mark.parametrize(
    ("username", "status", "code"),
    [("vinh", 403, "not-your-sheet"), ("ngoc", 403, "not-for-your-role")],
)
def test_whole_refusals_are_problems(
    signed_in: SignIn, username: str, status: int, code: str
) -> None:
    batch = asked(entries=[entry(AN, "final", "8")])
    answer = signed_in(username).post(f"{SHEET}/marks", json=batch)
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert problem["type"] == f"/problems/{code}"


def test_malformed_requests_are_problems_too(signed_in: SignIn) -> None:
    client = signed_in("lan")
    for body in (
        {},
        asked(entries=[]),
        asked(entries=[entry(AN, "tenth", "8")]),
        asked(entries=[entry(AN, "final", "8")], extra=1),
    ):
        answer = client.post(f"{SHEET}/marks", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
    broken = client.post(f"{SHEET}/marks", content=b"{")
    assert broken.headers["content-type"] == "application/problem+json"


def test_nobody_without_a_session_gets_more_than_a_problem(anonymous: TestClient) -> None:
    for path in ("/me", "/sheets", f"/sheets/{MATHS}", "/history", "/corrections"):
        answer = anonymous.get(f"{API}{path}")
        assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")
    batch = asked(entries=[entry(AN, "final", "8")])
    assert anonymous.post(f"{SHEET}/marks", json=batch).status_code == 401


def test_a_page_of_another_site_cannot_write(signed_in: SignIn) -> None:
    answer = signed_in("lan").post(
        f"{SHEET}/marks",
        json=asked(entries=[entry(AN, "final", "8")]),
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "comes-from-elsewhere")


def test_a_sheet_is_read_whole_by_who_sees_it(signed_in: SignIn, stage: Stage) -> None:
    stage.says(HERE, "enters", (PUPILS[0], "final", "0.0", 0))
    reading = signed_in("hoa").get(SHEET).json()
    assert reading["sheet"]["class_group"] == "6A1"
    assert reading["pupils"][0]["name"] == "Trần Văn Bảo"
    (cell,) = reading["cells"]
    assert (cell["mark"], cell["shown"], cell["version"]) == ("0.0", "0", 2)
    assert signed_in("vinh").get(SHEET).status_code == 403
    assert [sheet["subject"] for sheet in signed_in("vinh").get(f"{API}/sheets").json()] == [
        "giao-duc-the-chat"
    ]


def test_who_is_asking(signed_in: SignIn) -> None:
    me = signed_in("hoa").get(f"{API}/me").json()
    assert (me["full_name"], me["roles"]) == ("Lê Thị Hoa", ["homeroom-teacher", "subject-teacher"])


def test_columns_are_closed_confirmed_and_reopened(signed_in: SignIn, stage: Stage) -> None:
    stage.says(MAI.about(MATHS).on_behalf_of(LAN), "enters", (PUPILS[0], "final", "9.5", 0))
    client, column = signed_in("lan"), f"{SHEET}/columns/final"
    waiting = client.post(f"{column}/close", json=asked())
    assert waiting.json()["code"] == "entries-await-confirmation"
    assert client.post(f"{column}/confirm", json=asked()).json()["facts"] == ["entries-confirmed"]
    assert client.post(f"{column}/close", json=asked()).json()["code"] == "column-has-blanks"
    closed = client.post(f"{column}/close", json=asked(leaving_blanks=True))
    assert closed.json()["facts"] == ["column-closed"]
    reopened = client.post(f"{column}/reopen", json=asked(reason=WHY))
    assert reopened.json()["facts"] == ["column-reopened"]


def test_locks_and_unlocks(signed_in: SignIn, stage: Stage) -> None:
    client, column = signed_in("ngoc"), f"{SHEET}/columns/final"
    assert client.post(f"{SHEET}/lock", json=asked(reason=WHY)).json()["facts"] == ["sheet-locked"]
    stage.clock.forward(minutes=6)
    unlocking = {"reason": WHY, "until": TOMORROW.isoformat()}
    again = client.post(f"{column}/unlock", json=asked(**unlocking))
    assert (again.status_code, again.json()["code"]) == (403, "password-needed")
    for path, fact in ((column, "column-unlocked"), (SHEET, "sheet-unlocked")):
        opened = client.post(f"{path}/unlock", json=asked(**unlocking, password=PASSWORD))
        assert fact in opened.json()["facts"]
    locked = client.post(f"{column}/lock", json=asked(reason=WHY))
    assert locked.json()["facts"] == ["column-locked"]
    assert signed_in("lan").post(f"{SHEET}/lock", json=asked(reason=WHY)).status_code == 403


def approve(principal: TestClient, stage: Stage, step: str) -> list[str]:
    """What approving records, with what the principal read and a code of the phone."""
    enrol_phone(stage.desk, NGOC)
    shown = principal.get(f"{step}/approval").json()
    approval = asked(statement=shown["statement"], code=code_at(stage.clock()))
    facts: list[str] = principal.post(f"{step}/approve", json=approval).json()["facts"]
    return facts


def test_a_program_approves_only_what_it_read_and_with_a_second_factor(
    signed_in: SignIn, stage: Stage
) -> None:
    stage.says(HERE, "enters", (PUPILS[0], "final", "7.5", 0))
    stage.says(NGOC.about(MATHS), "locks")
    request = correction(2)
    step = f"{API}/corrections/{request['correction_id']}"
    signed_in("lan").post(f"{SHEET}/corrections", json=request)
    signed_in("hoa").post(f"{step}/confirm", json=asked())
    principal = signed_in("ngoc")
    shown = principal.get(f"{step}/approval").json()
    assert sha256(shown["text"].encode()).hexdigest() == shown["statement"]
    alone = asked(password=PASSWORD, statement=shown["statement"])
    refused = principal.post(f"{step}/approve", json=alone)
    assert (refused.status_code, refused.json()["code"]) == (403, "second-factor-needed")
    enrol_phone(stage.desk, NGOC)
    unread = principal.post(f"{step}/approve", json=asked(code=code_at(stage.clock())))
    assert (unread.status_code, unread.json()["code"]) == (409, "approval-is-stale")


def test_a_correction_from_request_to_execution(signed_in: SignIn, stage: Stage) -> None:
    stage.says(HERE, "enters", (PUPILS[0], "final", "7.5", 0))
    stage.says(NGOC.about(MATHS), "locks")
    request = correction(2)
    step = f"{API}/corrections/{request['correction_id']}"
    teacher = signed_in("lan")
    assert teacher.post(f"{SHEET}/corrections", json=request).json()["facts"] == [
        "correction-requested"
    ]
    early = signed_in("ngoc").post(f"{step}/approve", json=asked())
    assert (early.status_code, early.json()["code"]) == (409, "awaits-confirmation")
    asks = {"reason": "Bài chấm ngày nào?"}
    questioned = signed_in("hoa").post(f"{step}/ask-back", json=asked(**asks))
    assert questioned.json()["facts"] == ["correction-asked-back"]
    waiting = signed_in("hoa").post(f"{step}/confirm", json=asked())
    assert (waiting.status_code, waiting.json()["code"]) == (409, "correction-awaits-answer")
    file = {"kind": "teacher-book", "name": "so.png", "content": photo()}
    answered = teacher.post(f"{step}/answer", json=asked(answer="Ngày 20/10.", evidence=[file]))
    assert answered.json()["facts"] == ["correction-answered"]
    assert signed_in("hoa").post(f"{step}/confirm", json=asked()).status_code == 200
    assert approve(signed_in("ngoc"), stage, step) == ["correction-approved"]
    for username in ("lan", "khoa"):
        answer = signed_in(username).post(f"{step}/execute", json=asked())
        assert answer.status_code == 200, answer.json()
    assert stage.mark(1, "final") == "8.5"
    assert answer.json()["facts"][-1] == "column-relocked"
    read = teacher.get(step).json()
    assert (read["status"], read["number"]) == ("executed", 1)
    assert (read["cause"], read["found_by"]) == ("typing", "pupil")
    assert read["late_because"] == ["final-mark", "book-closed"]
    assert [one["answer"] for one in read["questions"]] == ["Ngày 20/10."]
    assert [each["correction_id"] for each in teacher.get(f"{API}/corrections").json()] == [
        request["correction_id"]
    ]
    assert signed_in("vinh").get(step).status_code == 404
    assert signed_in("vinh").get(f"{API}/corrections").json() == []


def test_a_correction_is_refused_with_a_reason_or_withdrawn(
    signed_in: SignIn, stage: Stage
) -> None:
    stage.says(HERE, "enters", (PUPILS[0], "final", "7.5", 0))
    stage.says(NGOC.about(MATHS), "locks")
    teacher = signed_in("lan")
    for username, what, body in (
        ("hoa", "refuse", {"reason": WHY}),
        ("lan", "withdraw", {}),
    ):
        request = correction(2)
        assert teacher.post(f"{SHEET}/corrections", json=request).status_code == 200
        step = f"{API}/corrections/{request['correction_id']}"
        silent = signed_in("hoa").post(f"{step}/refuse", json=asked())
        assert silent.json()["code"] == "form-incomplete"
        taken = signed_in(username).post(f"{step}/{what}", json=asked(**body))
        assert taken.status_code == 200, taken.json()
    assert teacher.post(f"{API}/corrections/{uuid4()}/execute", json=asked()).status_code == 404


def test_evidence_is_looked_at_and_marks_are_read_as_typed(signed_in: SignIn, stage: Stage) -> None:
    stage.says(HERE, "enters", (PUPILS[0], "final", "7.5", 0))
    stage.says(NGOC.about(MATHS), "locks")
    teacher = signed_in("lan")
    forged = [{"kind": "other", "name": "x.pdf", "content": b64encode(b"MZ").decode()}]
    request = {**correction(2), "evidence": forged}
    assert teacher.post(f"{SHEET}/corrections", json=request).json()["code"] == "evidence-unfit"
    request = {**correction(2), "cells": [entry(AN, "final", "85", 2)]}
    assert teacher.post(f"{SHEET}/corrections", json=request).json()["code"] == "form-incomplete"


def test_histories_are_read_by_who_may(signed_in: SignIn, stage: Stage) -> None:
    for text in ("7.0", "8.0", "9.0"):
        stage.says(HERE, "enters", (PUPILS[0], "final", text, stage.version(1, "final")))
    mark = signed_in("lan").get(f"{SHEET}/cells/{AN}/final/history").json()
    assert [row["after"] for row in mark] == ["7.0", "8.0", "9.0"]
    page = signed_in("lan").get(f"{SHEET}/history?limit=2").json()
    assert [row["after"] for row in page["rows"]] == ["9.0", "8.0"]
    rest = signed_in("lan").get(f"{SHEET}/history?truoc={page['before']}").json()
    assert [row["kind"] for row in rest["rows"]] == ["mark-entered", "sheet-opened"]
    assert (page["counts"]["up"], page["counts"]["down"]) == (2, 0)
    assert signed_in("duc").get(f"{API}/history?mon=toan").json()["counts"]["total"] == 4
    assert signed_in("lan").get(f"{API}/history").status_code == 403


def test_the_description_names_every_action(anonymous: TestClient) -> None:
    described = anonymous.get(f"{API}/openapi.json").json()
    assert f"{API}/sheets/{{sheet_id}}/marks" in described["paths"]
    assert all(path.startswith(API) for path in described["paths"])
