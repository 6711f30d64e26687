"""Codes of a phone: set up, given once, and lost; and an approval that takes nothing less."""

import re
from datetime import timedelta

import httpx2
import pyotp
import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from tests.browser.stage import PASSWORD, PUPILS, Stage
from tests.school import DUC, FIX, HOA, KHOA, LAN, NGOC
from tests.staff import SECRET, code_at, delegate, enrol_phone
from tests.web.conftest import SignIn
from tests.web.strict_page import StrictPage
from web.access.authenticators import recovery_code
from web.access.throttling import failure
from web.desk import Desk

OWN = "/toi/xac-nhan"
REQUEST = f"/de-nghi/{FIX}"
APPROVAL = f"{REQUEST}/duyet"
RIGHT = "Mã dự phòng của bạn"


@pytest.fixture
def confirmed(stage: Stage) -> Stage:
    """A request that waits for the principal."""
    stage.says(LAN, "enters", (PUPILS[0], "midterm", "4.5", 0))
    stage.says(LAN, "closes", "midterm", leaving_blanks=True)
    stage.says(LAN, "requests", (PUPILS[0], "midterm", "6.5", stage.version(1, "midterm")))
    stage.says(HOA, "confirms")
    return stage


def send(client: TestClient, path: str, page: str = OWN, **typed: str) -> httpx2.Response:
    """Send a form as the page has it, with what is typed into it."""
    return client.post(path, data={**StrictPage(client.get(page).text).form(path), **typed})


def approve(client: TestClient, **typed: str) -> httpx2.Response:
    return send(client, APPROVAL, REQUEST, **typed)


def secret_shown(html: str) -> str:
    found = re.search(r'Khóa: <span class="mono">([A-Z2-7]+)<', html)
    assert found is not None
    return found[1]


def is_approved(stage: Stage) -> bool:
    (view,) = stage.desk.corrections.list()
    return view.approved_at is not None


def begun(client: TestClient) -> pyotp.TOTP:
    """Begin to set up codes; the phone that has scanned the picture."""
    assert send(client, f"{OWN}/ma").headers["location"] == OWN
    return pyotp.TOTP(secret_shown(client.get(OWN).text))


def test_a_phone_is_set_up_with_a_first_code_and_recovery_codes_are_shown_once(
    stage: Stage, signed_in: SignIn
) -> None:
    client = signed_in("lan")
    phone = begun(client)
    wrong = send(client, f"{OWN}/ma/bat", code="000000")
    assert wrong.status_code == 403
    assert phone.secret in wrong.text
    shown = send(client, f"{OWN}/ma/bat", code=phone.at(stage.clock())).text
    assert RIGHT in shown
    assert len(re.findall(r"<li>(?:\w{4}-){3}\w{4}</li>", shown)) == 8
    page = client.get(OWN).text
    assert "Còn 8 mã dự phòng" in page
    assert phone.secret not in page
    assert LAN.person in stage.desk.ledger.credentials().authenticators


def test_the_password_is_asked_before_a_phone_is_set_up(stage: Stage, signed_in: SignIn) -> None:
    client = signed_in("lan")
    stage.clock.forward(minutes=6)
    assert send(client, f"{OWN}/ma").status_code == 403
    assert send(client, f"{OWN}/ma", password=PASSWORD).status_code == 303


def test_the_secret_and_the_recovery_codes_stand_nowhere_in_clear(
    stage: Stage, signed_in: SignIn
) -> None:
    client = signed_in("lan")
    phone = begun(client)
    shown = send(client, f"{OWN}/ma/bat", code=phone.at(stage.clock())).text
    codes = re.findall(r"<li>((?:\w{4}-){3}\w{4})</li>", shown)
    kept = b"".join(
        path.read_bytes() for path in stage.desk.keys.folder.parent.rglob("*") if path.is_file()
    )
    told = [phone.secret, *codes, *(code.replace("-", "") for code in codes)]
    assert not [text for text in told if text.encode() in kept]


def test_the_password_alone_approves_nothing_and_the_way_out_is_told(
    confirmed: Stage, signed_in: SignIn
) -> None:
    client = signed_in("ngoc")
    page = client.get(REQUEST).text
    assert f'href="{OWN}"' in page
    assert APPROVAL not in page
    statement = "0" * 64
    command = "00000000-0000-4000-8000-00000000c0de"
    answer = client.post(APPROVAL, data={"command_id": command, "statement": statement})
    assert answer.status_code == 403
    assert "chỉ có mật khẩu thì không đủ" in answer.text
    assert not is_approved(confirmed)


def test_a_code_approves_and_says_so_in_the_line(confirmed: Stage, signed_in: SignIn) -> None:
    enrol_phone(confirmed.desk, NGOC)
    client = signed_in("ngoc")
    assert approve(client).status_code == 403
    assert approve(client, code=code_at(confirmed.clock())).status_code == 303
    assert is_approved(confirmed)
    assert "duyệt, xác nhận bằng mật khẩu và mã" in client.get(REQUEST).text


def test_who_acts_for_the_principal_approves_in_the_principals_name(
    confirmed: Stage, signed_in: SignIn
) -> None:
    delegate(confirmed.desk, DUC)
    enrol_phone(confirmed.desk, DUC)
    deputy = signed_in("duc")
    assert "duyệt thay hiệu trưởng" in deputy.get(REQUEST).text
    assert approve(deputy, code=code_at(confirmed.clock())).status_code == 303
    shown = signed_in("lan").get(REQUEST).text
    assert "Vũ Minh Đức" in shown
    assert "duyệt thay hiệu trưởng Nguyễn Thị Ngọc" in shown


@pytest.mark.parametrize(
    ("late", "status"), [(-60, 403), (-30, 303), (0, 303), (30, 303), (60, 403)], ids=str
)
def test_a_phone_may_be_half_a_minute_off(
    confirmed: Stage, signed_in: SignIn, late: int, status: int
) -> None:
    enrol_phone(confirmed.desk, NGOC)
    code = code_at(confirmed.clock() + timedelta(seconds=late))
    assert approve(signed_in("ngoc"), code=code).status_code == status
    assert is_approved(confirmed) == (status == 303)


def test_a_code_is_taken_once_in_whatever_session(confirmed: Stage, signed_in: SignIn) -> None:
    enrol_phone(confirmed.desk, NGOC)
    desk, now, address = confirmed.desk, confirmed.clock(), "10.0.0.9"
    desk.authenticators.check(NGOC.person, code_at(now), address=address, now=now)
    answer = approve(signed_in("ngoc"), code=code_at(now))
    assert answer.status_code == 403
    assert "Mã này đã dùng rồi" in answer.text
    older = approve(signed_in("ngoc"), code=code_at(now - timedelta(seconds=30)))
    assert "Mã này đã dùng rồi" in older.text
    newer = approve(signed_in("ngoc"), code=code_at(now + timedelta(seconds=30)))
    assert newer.status_code == 303


def test_a_code_counts_for_five_minutes_in_its_session_alone(
    confirmed: Stage, signed_in: SignIn
) -> None:
    enrol_phone(confirmed.desk, NGOC)
    desk, clock, client = confirmed.desk, confirmed.clock, signed_in("ngoc")
    (session,) = desk.accounts.sessions(NGOC.person, now=clock())
    desk.authenticators.give(
        NGOC.person, session.session_id, code_at(clock()), address="10.0.0.9", now=clock()
    )
    asks = "Mã xác nhận trên điện thoại"
    assert asks not in client.get(REQUEST).text
    assert asks in signed_in("ngoc").get(REQUEST).text
    clock.forward(minutes=5)
    assert asks in client.get(REQUEST).text


def test_wrong_codes_are_counted_and_a_right_password_forgives_none(
    confirmed: Stage, signed_in: SignIn
) -> None:
    enrol_phone(confirmed.desk, NGOC)
    for _ in range(5):
        answer = approve(signed_in("ngoc"), code="000000")
        assert "Mã không đúng" in answer.text
    blocked = approve(signed_in("ngoc"), code=code_at(confirmed.clock()))
    assert "nhập sai mã xác nhận nhiều lần" in blocked.text
    assert not is_approved(confirmed)
    confirmed.clock.forward(seconds=60)
    assert approve(signed_in("ngoc"), code=code_at(confirmed.clock())).status_code == 303
    with confirmed.desk.engine.connect() as connection:
        assert connection.execute(select(failure)).all() == []


def test_what_has_changed_since_the_page_was_opened_is_not_approved(
    confirmed: Stage, signed_in: SignIn
) -> None:
    enrol_phone(confirmed.desk, NGOC)
    client = signed_in("ngoc")
    form = StrictPage(client.get(REQUEST).text).form(APPROVAL)
    form["statement"] = "1" * 64
    answer = client.post(APPROVAL, data={**form, "code": code_at(confirmed.clock())})
    assert answer.status_code == 409
    assert "từ lúc bạn mở trang đề nghị này đã khác" in answer.text
    assert approve(client).status_code == 303  # the code was right, and still counts


def removed_by(
    client: TestClient, code: str, reason: str = "Đổi điện thoại mới"
) -> httpx2.Response:
    return send(client, f"{OWN}/ma/go", code=code, reason=reason)


def test_codes_are_given_up_with_a_code_and_a_new_phone_is_set_up(
    stage: Stage, signed_in: SignIn
) -> None:
    enrol_phone(stage.desk, LAN)
    client = signed_in("lan")
    assert removed_by(client, "000000").status_code == 403
    assert removed_by(client, code_at(stage.clock()), reason="").status_code == 422
    assert removed_by(client, code_at(stage.clock())).status_code == 303
    assert LAN.person not in stage.desk.ledger.credentials().authenticators
    assert begun(client).secret != SECRET


def test_a_recovery_code_removes_a_lost_phone_once(stage: Stage, signed_in: SignIn) -> None:
    client = signed_in("lan")
    phone = begun(client)
    shown = send(client, f"{OWN}/ma/bat", code=phone.at(stage.clock())).text
    code = re.findall(r"<li>((?:\w{4}-){3}\w{4})</li>", shown)[3]
    assert removed_by(client, f" {code.upper()} ").status_code == 303
    with stage.desk.engine.connect() as connection:
        assert connection.execute(select(recovery_code)).all() == []
    enrol_phone(stage.desk, LAN)
    assert removed_by(client, code).status_code == 403


def test_an_administrator_removes_what_somebody_else_lost_and_says_why(
    confirmed: Stage, signed_in: SignIn
) -> None:
    enrol_phone(confirmed.desk, NGOC)
    page = f"/quan-tri/tai-khoan/{NGOC.person}"
    client = signed_in("khoa")
    lost = send(client, f"{page}/mat-thiet-bi", page, reason="Hiệu trưởng mất điện thoại")
    assert lost.status_code == 303
    assert confirmed.desk.authenticators.since(NGOC.person) is None
    assert "Bật mã xác nhận để duyệt" in signed_in("ngoc").get(REQUEST).text


def test_nobody_removes_their_own_as_administrator_and_nobody_else_may(
    desk: Desk, signed_in: SignIn
) -> None:
    enrol_phone(desk, KHOA)
    form = {"command_id": "00000000-0000-4000-8000-00000000c0de", "reason": "Mất điện thoại"}
    own = f"/quan-tri/tai-khoan/{KHOA.person}"
    assert "mat-thiet-bi" not in signed_in("khoa").get(own).text
    assert signed_in("khoa").post(f"{own}/mat-thiet-bi", data=form).status_code == 403
    assert signed_in("ngoc").post(f"{own}/mat-thiet-bi", data=form).status_code == 403
    assert KHOA.person in desk.ledger.credentials().authenticators
