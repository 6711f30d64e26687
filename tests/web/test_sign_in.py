"""Signing in and out, as a browser meets it."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.browser.stage import PASSWORD, Stage
from tests.web.conftest import SignIn, client_of
from tests.web.strict_page import StrictPage
from web.access.identity import PLAIN_COOKIE, SECURE_COOKIE
from web.desk import Desk

LAN = {"username": "lan", "password": PASSWORD}


def test_a_right_password_opens_the_page_that_was_asked_for(anonymous: TestClient) -> None:
    asked = anonymous.get("/de-nghi?muc=dang-mo")
    assert asked.status_code == 303
    form = StrictPage(anonymous.get(asked.headers["location"]).text).form("/dang-nhap")
    answer = anonymous.post("/dang-nhap", data={**form, **LAN})
    assert answer.headers["location"] == "/de-nghi?muc=dang-mo"
    assert anonymous.get("/de-nghi?muc=dang-mo").status_code == 200


def test_the_name_may_be_typed_in_capitals(anonymous: TestClient) -> None:
    answer = anonymous.post("/dang-nhap", data={"username": " LAN ", "password": PASSWORD})
    assert answer.status_code == 303


@pytest.mark.parametrize("form", [{**LAN, "password": "sai mật khẩu"}, {**LAN, "username": "ai"}])
def test_a_wrong_password_and_an_unknown_name_are_answered_alike(
    anonymous: TestClient, form: dict[str, str]
) -> None:
    answer = anonymous.post("/dang-nhap", data=form)
    assert answer.status_code == 403
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in answer.text
    assert PLAIN_COOKIE not in answer.cookies


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "\\evil", "/a\nb"]
)
def test_signing_in_leads_nowhere_but_to_this_site(anonymous: TestClient, elsewhere: str) -> None:
    answer = anonymous.post("/dang-nhap", data={**LAN, "tiep": elsewhere})
    assert answer.headers["location"] == "/"


def test_the_cookie_is_for_this_site_and_no_script(anonymous: TestClient) -> None:
    cookie = anonymous.post("/dang-nhap", data=LAN).headers["set-cookie"]
    assert cookie.startswith(f"{PLAIN_COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_over_https_the_cookie_is_bound_to_the_host(anonymous: TestClient) -> None:
    cookie = anonymous.post("https://testserver/dang-nhap", data=LAN).headers["set-cookie"]
    assert cookie.startswith(f"{SECURE_COOKIE}=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_signing_in_again_ends_the_session_before(anonymous: TestClient, desk: Desk) -> None:
    first = anonymous.post("/dang-nhap", data=LAN).cookies[PLAIN_COOKIE]
    second = anonymous.post("/dang-nhap", data=LAN).cookies[PLAIN_COOKIE]
    assert first != second
    assert desk.accounts.session(first, now=desk.clock()) is None


def test_signing_out_ends_the_session_on_the_server(signed_in: SignIn, desk: Desk) -> None:
    client = signed_in("lan")
    token = client.cookies[PLAIN_COOKIE]
    assert client.post("/dang-xuat").headers["location"] == "/dang-nhap"
    assert desk.accounts.session(token, now=desk.clock()) is None


def test_signing_out_everywhere_ends_the_other_browser_too(signed_in: SignIn) -> None:
    here, there = signed_in("lan"), signed_in("lan")
    here.post("/dang-xuat-moi-noi")
    assert there.get("/").headers["location"] == "/dang-nhap"


def test_many_wrong_passwords_are_told_how_long_to_wait(
    anonymous: TestClient, stage: Stage
) -> None:
    for _ in range(5):
        anonymous.post("/dang-nhap", data={**LAN, "password": "sai mật khẩu"})
    answer = anonymous.post("/dang-nhap", data=LAN)
    assert answer.status_code == 429
    assert "Hãy thử lại sau 6 giây." in answer.text
    stage.clock.forward(seconds=6)
    assert anonymous.post("/dang-nhap", data=LAN).status_code == 303


def test_the_own_page_says_where_one_is_signed_in(signed_in: SignIn) -> None:
    client = signed_in("lan")
    assert "(máy này)" in client.get("/toi").text


def test_another_password_puts_every_browser_out(signed_in: SignIn, anonymous: TestClient) -> None:
    client, new = signed_in("lan"), "trời hôm nay rất xanh"
    form = {"password": PASSWORD, "new_password": new, "new_password_again": new}
    assert client.post("/toi/mat-khau", data=form).headers["location"] == "/dang-nhap"
    assert anonymous.post("/dang-nhap", data=LAN).status_code == 403
    assert anonymous.post("/dang-nhap", data={**LAN, "password": new}).status_code == 303


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"password": "sai", "new_password": "a" * 12}, "Mật khẩu không đúng"),
        ({"password": PASSWORD, "new_password": "ngắn"}, "ít nhất 10 ký tự"),
        ({"password": PASSWORD, "new_password": "toi la Lan day"}, "không chứa tên đăng nhập"),
    ],
)
def test_a_bad_new_password_changes_nothing(
    signed_in: SignIn, form: dict[str, str], sentence: str
) -> None:
    client = signed_in("lan")
    answer = client.post("/toi/mat-khau", data={**form, "new_password_again": form["new_password"]})
    assert sentence in answer.text
    assert client.get("/toi").status_code == 200


def test_two_different_new_passwords_change_nothing(signed_in: SignIn) -> None:
    form = {"password": PASSWORD, "new_password": "a" * 12, "new_password_again": "b" * 12}
    answer = signed_in("lan").post("/toi/mat-khau", data=form)
    assert answer.status_code == 422
    assert "không giống nhau" in answer.text


def test_the_password_given_again_is_remembered_for_five_minutes(
    signed_in: SignIn, stage: Stage
) -> None:
    client = signed_in("ngoc")
    stage.clock.forward(minutes=6)
    assert client.post("/xac-nhan-lai", data={"password": "sai"}).status_code == 403
    form = {"password": PASSWORD, "tiep": "/de-nghi"}
    assert client.post("/xac-nhan-lai", data=form).headers["location"] == "/de-nghi"
    token = client.cookies[PLAIN_COOKIE]
    session = stage.desk.accounts.session(token, now=stage.clock())
    assert session is not None
    assert session.reauthenticated_at == stage.clock()


def test_a_stranger_sees_a_sign_in_page_and_a_program_a_problem(anonymous: TestClient) -> None:
    assert anonymous.get("/").headers["location"] == "/dang-nhap"
    assert anonymous.post("/dang-xuat").headers["location"] == "/dang-nhap"
    answer = anonymous.get("/api/v1/corrections")
    assert answer.status_code == 401
    assert answer.json()["code"] == "not-signed-in"


def test_an_invented_token_opens_nothing(app: FastAPI) -> None:
    assert client_of(app, {PLAIN_COOKIE: "x" * 43}).get("/").status_code == 303
