"""Every no and every failure reaches a person as a page, a program as problem+json."""

import logging

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.browser.stage import MATHS
from tests.web.conftest import SignIn, client_of
from web.access.identity import PLAIN_COOKIE
from web.desk import Desk

# An id that nothing has.
NOBODY = "9b5935a2-0fdb-4881-901f-d40a8fdc816f"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/khong-co-trang-nay", 404),
        ("/de-nghi/khong-phai-ma", 404),
        (f"/de-nghi/{NOBODY}", 404),
        (f"/so-diem/{NOBODY}/khoa", 404),
        ("/de-nghi?muc=xyz", 422),
    ],
)
def test_a_person_reads_a_page(signed_in: SignIn, path: str, status: int) -> None:
    answer = signed_in("lan").get(path)
    assert answer.status_code == status
    assert 'class="banner bad"' in answer.text
    assert "Về trang chính" in answer.text


def test_a_wrong_method_is_answered_too(signed_in: SignIn) -> None:
    answer = signed_in("lan").post("/de-nghi")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"


def test_a_program_reads_problem_json(signed_in: SignIn) -> None:
    answer = signed_in("lan").get("/api/v1/khong-co")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == "/problems/not-found"
    assert problem["status"] == 404
    assert problem["detail"]


def test_a_malformed_form_is_told_which_field_and_never_what_was_in_it(
    signed_in: SignIn,
) -> None:
    form = {"action": "pha", "command_id": "bí mật", "reason": "x"}
    answer = signed_in("ngoc").post(f"/so-diem/{MATHS}/khoa", data=form)
    assert answer.status_code == 422
    assert "command_id" in answer.text
    assert "bí mật" not in answer.text


def test_a_failure_has_a_number_that_finds_it_in_the_log(
    app: FastAPI, signed_in: SignIn, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    token = signed_in("lan").cookies[PLAIN_COOKIE]
    desk.engine.dispose()
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE session RENAME TO session_gone")
    client = TestClient(
        app, raise_server_exceptions=False, cookies=client_of(app, {PLAIN_COOKIE: token}).cookies
    )
    with caplog.at_level(logging.ERROR, "grade-ledger"):
        answer = client.get("/")
    assert answer.status_code == 500
    incident = caplog.records[-1].message.split()[1]
    assert incident in answer.text
    assert "session" not in answer.text.split("<main")[1]


def test_who_may_not_see_a_sheet_reads_nothing_of_it(signed_in: SignIn) -> None:
    answer = signed_in("quyen").get(f"/so-diem/{MATHS}/khoa")
    assert answer.status_code == 403
    assert "6A1" not in answer.text
    assert "Lan" not in answer.text
