"""Locking and unlocking through the page of a sheet."""

from uuid import uuid4

import httpx2
import pytest
from starlette.testclient import TestClient

from tests.browser.stage import MATHS, PASSWORD, Stage
from tests.school import KHOA, NGOC
from tests.web.conftest import SignIn

PAGE = f"/so-diem/{MATHS}/khoa"
EVENING = "2026-10-05T18:00"  # at NOW it is eight in the morning in Việt Nam


def send(client: TestClient, action: str, **more: str) -> httpx2.Response:
    form = {"action": action, "command_id": str(uuid4()), "reason": "Hết hạn nhập điểm", **more}
    return client.post(PAGE, data=form)


def locked(stage: Stage, column: str) -> bool:
    return stage.desk.ledger.sheet(MATHS).is_locked(column, stage.clock())


@pytest.mark.parametrize("who", ["ngoc", "duc", "khoa"])
def test_whoever_leads_or_administers_may_lock(stage: Stage, signed_in: SignIn, who: str) -> None:
    assert send(signed_in(who), "khoa").status_code == 303
    assert locked(stage, "final")


def test_one_column_may_be_locked_alone(stage: Stage, signed_in: SignIn) -> None:
    send(signed_in("khoa"), "khoa", column="midterm")
    assert locked(stage, "midterm")
    assert not locked(stage, "final")


def test_the_page_says_who_locked_when_and_why(signed_in: SignIn) -> None:
    client = signed_in("khoa")
    send(client, "khoa")
    page = client.get(PAGE).text
    assert "Bùi Đăng Khoa (quản trị hệ thống), 08:00 ngày 05/10/2026" in page
    assert "Hết hạn nhập điểm" in page


def test_a_teacher_who_locks_is_refused_and_the_attempt_is_kept(
    stage: Stage, signed_in: SignIn
) -> None:
    answer = send(signed_in("lan"), "khoa")
    assert answer.status_code == 403
    assert "Với vai trò giáo viên bộ môn" in answer.text
    assert not locked(stage, "final")


def test_a_lock_needs_a_reason(stage: Stage, signed_in: SignIn) -> None:
    answer = send(signed_in("ngoc"), "khoa", reason="")
    assert answer.status_code == 422
    assert "từ 3 đến 500 ký tự" in answer.text
    assert not locked(stage, "final")


def test_the_principal_unlocks_until_an_hour_of_vietnamese_time(
    stage: Stage, signed_in: SignIn
) -> None:
    stage.says(KHOA, "locks")
    client = signed_in("ngoc")
    assert send(client, "mo-khoa", until=EVENING).status_code == 303
    assert not locked(stage, "final")
    assert "Mở khóa đến 18:00 ngày 05/10/2026" in client.get(PAGE).text
    stage.clock.forward(hours=9, minutes=59)
    assert not locked(stage, "final")
    stage.clock.forward(minutes=1)
    assert locked(stage, "final")


@pytest.mark.parametrize("who", ["duc", "khoa"])
def test_nobody_else_unlocks(stage: Stage, signed_in: SignIn, who: str) -> None:
    stage.says(NGOC, "locks")
    client = signed_in(who)
    assert "Chỉ hiệu trưởng mở khóa" in client.get(PAGE).text
    assert send(client, "mo-khoa", until=EVENING).status_code == 403
    assert locked(stage, "final")


@pytest.mark.parametrize(
    ("until", "status", "sentence"),
    [("", 422, "Hãy chọn ngày và giờ."), ("2026-10-05T07:00", 409, "phải ở sau thời điểm")],
)
def test_an_unlock_ends_and_ends_later(
    stage: Stage, signed_in: SignIn, until: str, status: int, sentence: str
) -> None:
    stage.says(NGOC, "locks")
    answer = send(signed_in("ngoc"), "mo-khoa", until=until)
    assert answer.status_code == status
    assert sentence in answer.text
    assert locked(stage, "final")


def test_an_unlock_asks_for_the_password_after_five_minutes(
    stage: Stage, signed_in: SignIn
) -> None:
    stage.says(NGOC, "locks")
    client = signed_in("ngoc")
    stage.clock.forward(minutes=5)
    assert send(client, "mo-khoa", until=EVENING).status_code == 403
    assert locked(stage, "final")
    assert send(client, "mo-khoa", until=EVENING, password=PASSWORD).status_code == 303


def test_a_column_that_no_sheet_has_is_not_found(signed_in: SignIn) -> None:
    assert send(signed_in("ngoc"), "khoa", column="regular-9").status_code == 404
    assert send(signed_in("ngoc"), "khoa", column="../x").status_code == 404


def test_the_teacher_sees_the_state_and_no_form(signed_in: SignIn) -> None:
    page = signed_in("lan").get(PAGE).text
    assert "Đang mở" in page
    assert "<textarea" not in page
