"""The list of one's own sheets, and of all sheets for who leads the school."""

from fastapi.testclient import TestClient

from tests.browser.stage import MATHS, PUPILS, SPORTS, Stage
from tests.school import LAN, NGOC, TOMORROW
from tests.web.conftest import SignIn


def test_a_teacher_sees_the_own_sheets_only(signed_in: SignIn) -> None:
    lan, vinh = signed_in("lan").get("/lop").text, signed_in("vinh").get("/lop").text
    assert f"/so-diem/{MATHS}" in lan
    assert f"/so-diem/{MATHS}" not in vinh
    assert f"/so-diem/{SPORTS}" in vinh


def test_a_homeroom_teacher_sees_the_own_class(signed_in: SignIn) -> None:
    assert "Lớp tôi chủ nhiệm" in signed_in("hoa").get("/lop").text
    assert "Chưa có bảng điểm nào" in signed_in("quyen").get("/lop").text


def test_who_leads_the_school_sees_every_class(signed_in: SignIn) -> None:
    page = signed_in("duc").get("/lop").text
    assert f"/so-diem/{MATHS}" in page
    assert f"/so-diem/{SPORTS}" in page


def test_a_sheet_shows_how_far_it_is_filled_and_what_is_due(
    signed_in: SignIn, stage: Stage
) -> None:
    stage.says(LAN.about(MATHS), "enters", *[(pupil, "final", "0.0", 0) for pupil in PUPILS[:3]])
    stage.says(NGOC.about(MATHS), "moves_deadline", "midterm", TOMORROW)
    stage.says(NGOC.about(MATHS), "locks_column", "final")
    page = signed_in("lan").get("/lop").text
    assert "Đã nhập 10%" in page
    assert "Hạn ĐĐGgk: 08:00 ngày 06/10/2026" in page
    assert "1 cột khóa" in page


def test_nobody_sees_classes_without_signing_in(anonymous: TestClient) -> None:
    assert anonymous.get("/lop").status_code == 303
