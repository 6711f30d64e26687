"""What every answer carries, and which writing requests are not ours."""

from uuid import uuid4

import pytest
from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from tests.browser.stage import PASSWORD, Stage, sign_in_cookie
from tests.web.conftest import SignIn
from web.access.security import BODY_LIMIT, comes_from_here


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site", "origin": "http://school", "host": "school"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"origin": "http://10.0.0.5:8000", "host": "10.0.0.5:8000"}, True),
        ({"origin": "http://10.0.0.5", "host": "10.0.0.5:8000"}, False),
        ({"origin": "http://evil.example", "host": "school"}, False),
        ({"origin": "null", "host": "school"}, False),
        ({"host": "school"}, False),
        ({}, False),
    ],
)
def test_only_our_own_pages_may_write(headers: dict[str, str], ours: bool) -> None:  # noqa: FBT001  (a column of the table)
    assert comes_from_here(Headers(headers)) is ours


@pytest.mark.parametrize("path", ["/dang-xuat", "/dang-nhap", "/api/v1/sheets/x/marks"])
def test_a_request_from_elsewhere_is_refused_before_anything_else(
    app: FastAPI, stage: Stage, path: str
) -> None:
    client = TestClient(app, cookies=sign_in_cookie(stage, "lan"))
    for origin in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        answer = client.post(path, headers=origin, data={"username": "lan", "password": PASSWORD})
        assert answer.status_code == 403
        assert "comes-from-elsewhere" in answer.text


def test_every_page_has_a_strict_policy(anonymous: TestClient, signed_in: SignIn) -> None:
    for answer in (
        anonymous.get("/dang-nhap"),
        signed_in("lan").get("/"),
        anonymous.get("/khong-co"),
        anonymous.get("/api/v1/corrections"),
    ):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert answer.headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in answer.headers


def test_https_is_remembered(anonymous: TestClient) -> None:
    answer = anonymous.get("https://testserver/dang-nhap")
    assert "max-age" in answer.headers["strict-transport-security"]


def test_a_static_file_with_its_content_in_the_address_may_be_kept(anonymous: TestClient) -> None:
    page = anonymous.get("/dang-nhap").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in anonymous.get(address).headers["cache-control"]
    assert anonymous.get("/static/style.css").headers["cache-control"] == "no-cache"
    assert anonymous.get("/static/../settings.py").status_code == 404


def test_a_body_beyond_the_limit_is_refused_with_a_sentence(anonymous: TestClient) -> None:
    answer = anonymous.post("/dang-nhap", content=bytes(BODY_LIMIT + 1))
    assert answer.status_code == 413
    assert "12 MB" in answer.text


def test_a_body_of_untold_length_is_refused(anonymous: TestClient) -> None:
    answer = anonymous.post("/dang-nhap", content=iter([b"username=lan"]))
    assert answer.status_code == 411


def test_a_dossier_that_comes_back_signed_may_be_larger(anonymous: TestClient) -> None:
    answer = anonymous.post(f"/ho-so/{uuid4()}/ky/tep", content=bytes(BODY_LIMIT + 1))
    assert answer.status_code == 303
