"""Importing through the pages: choose a file, see what it would do, confirm, and every no."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from ledger.vocabulary import MIDTERM, PupilId
from tests.school import AN, BAO, HOA, KHOA, LAN, MAI, SHEET, VINH, Voice
from tests.staff import employ
from tests.web.conftest import client_of
from tests.web.spreadsheets.school import school
from tests.web.spreadsheets.workbooks import (
    PUPILS,
    Draw,
    class_list,
    ha_noi,
    ho_chi_minh,
    vnedu,
    workbook,
)
from web.app import create_app
from web.desk import Desk
from web.settings import Settings

PASSWORD = "hoa phượng nở đỏ"
NEW_PUPIL = ("0100000004", "Đỗ Hoàng", "Dũng")
UPLOAD = f"/so-diem/{SHEET}/nhap"
CLASS_LISTS = "/quan-tri/danh-sach-lop"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a school with one class and one sheet."""
    desk = school(Settings.in_folder(tmp_path))
    yield desk
    desk.engine.dispose()


@pytest.fixture
def anonymous(desk: Desk) -> TestClient:
    """Give a browser that nobody has signed in with; it reads every page strictly."""
    return client_of(create_app(desk))


def signed_in(browser: TestClient, desk: Desk, voice: Voice) -> TestClient:
    """Give the person an account and sign in with it."""
    name = f"{voice.author.role}-{voice.person.int % 100}"
    employ(desk, voice.person, voice.author.role, username=name, password=PASSWORD)
    answer = browser.post("/dang-nhap", data={"username": name, "password": PASSWORD})
    assert answer.status_code == 303
    return browser


@pytest.fixture
def lan(desk: Desk, anonymous: TestClient) -> TestClient:
    """Give the browser of the teacher of the sheet."""
    return signed_in(anonymous, desk, LAN)


@pytest.fixture
def khoa(desk: Desk, anonymous: TestClient) -> TestClient:
    """Give the browser of the administrator."""
    return signed_in(anonymous, desk, KHOA)


def upload(browser: TestClient, draw: Draw, **fields: str) -> Response:
    return browser.post(UPLOAD, data=fields, files={"file": ("diem.xlsx", workbook(draw))})


def upload_list(browser: TestClient, draw: Draw, class_group: str = "6A1") -> Response:
    fields = {"school_year": "2026-2027", "class_group": class_group}
    return browser.post(CLASS_LISTS, data=fields, files={"file": ("lop.xlsx", workbook(draw))})


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of the only form that confirms."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


def confirm(browser: TestClient, address: str, page: str) -> Response:
    return browser.post(f"{address}/xac-nhan", data=hidden_fields(page))


def marks(desk: Desk) -> dict[tuple[PupilId, str], str]:
    return {place: cell.mark.text for place, cell in desk.ledger.sheet(SHEET).cells.items()}


@pytest.mark.parametrize("draw", [vnedu(), ha_noi(), ho_chi_minh()])
def test_a_file_is_previewed_confirmed_and_in_the_sheet(
    desk: Desk, lan: TestClient, draw: Draw
) -> None:
    page = upload(lan, draw)
    assert page.status_code == 200
    assert "Xác nhận nhập 10 điểm" in page.text
    assert "Nguyễn Hoài An" in page.text
    assert marks(desk) == {}
    answer = confirm(lan, UPLOAD, page.text)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/so-diem/{SHEET}?da_luu=10"
    assert marks(desk)[BAO, "regular-2"] == "0.0"
    assert marks(desk)[AN, "regular-3"] == "7.1"
    cells = desk.gradebook.sheet(SHEET).cells  # type: ignore[union-attr]
    assert cells[AN, MIDTERM].mark.text == "9.0"


def test_confirming_twice_enters_once(desk: Desk, lan: TestClient) -> None:
    page = upload(lan, vnedu())
    assert confirm(lan, UPLOAD, page.text).status_code == 303
    version = desk.ledger.sheet(SHEET).version
    assert confirm(lan, UPLOAD, page.text).status_code == 303
    assert desk.ledger.sheet(SHEET).version == version


def test_a_mark_changed_after_the_preview_is_a_conflict_and_nothing_is_entered(
    desk: Desk, lan: TestClient
) -> None:
    page = upload(lan, vnedu())
    desk.handle(LAN.enters((AN, "regular-1", "3.0", 0)))
    assert confirm(lan, UPLOAD, page.text).status_code == 409
    assert marks(desk) == {(AN, "regular-1"): "3.0"}


def test_old_and_new_marks_stand_beside_each_other(desk: Desk, lan: TestClient) -> None:
    desk.handle(LAN.enters((AN, "regular-1", "3.0", 0), (BAO, "regular-1", "9.0", 0)))
    page = upload(lan, vnedu()).text
    assert re.search(r'<del class="old">.*?3</del>.*?<ins class="new">.*?8</ins>', page, re.DOTALL)
    assert "1 tăng" in page
    assert "1 giảm" in page


def test_the_same_file_again_has_nothing_to_confirm(desk: Desk, lan: TestClient) -> None:
    confirm(lan, UPLOAD, upload(lan, vnedu()).text)
    page = upload(lan, vnedu()).text
    assert "Không có điểm nào thay đổi" in page
    assert "Xác nhận nhập" not in page


def test_one_wrong_cell_is_named_and_nothing_can_be_confirmed(lan: TestClient) -> None:
    page = upload(lan, vnedu(marks=[(8, "8,25"), (9,)])).text
    assert "Ô F8: “8,25” có nhiều hơn một chữ số thập phân" in page
    assert "too-many-decimals" in page
    assert "Xác nhận nhập" not in page


def test_a_locked_column_is_told_before_confirming(desk: Desk, lan: TestClient) -> None:
    desk.handle(KHOA.locks())
    page = upload(lan, vnedu()).text
    assert "sheet-is-locked" in page
    assert "Xác nhận nhập" not in page


def test_a_file_that_is_no_spreadsheet_is_refused_on_the_form(lan: TestClient) -> None:
    page = lan.post(UPLOAD, files={"file": ("diem.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...")})
    assert page.status_code == 422
    assert "lưu lại thành .xlsx" in page.text
    assert "old-spreadsheet" in page.text


def test_a_form_without_a_file_says_so(lan: TestClient) -> None:
    page = lan.post(UPLOAD, files={"file": ("", b"")})
    assert page.status_code == 422
    assert "Bạn chưa chọn tệp" in page.text


def test_the_form_tells_what_it_takes(lan: TestClient) -> None:
    page = lan.get(UPLOAD)
    assert page.status_code == 200
    assert 'accept=".xlsx' in page.text


def test_a_secretary_enters_periodic_marks_on_behalf_of_the_teacher(
    desk: Desk, anonymous: TestClient
) -> None:
    mai = signed_in(anonymous, desk, MAI)
    assert "Nhập hộ" in mai.get(UPLOAD).text
    page = upload(mai, vnedu(), on_behalf_of=str(LAN.person)).text
    assert "Thư ký chỉ nhập điểm giữa kì và cuối kì" in page
    assert confirm(mai, UPLOAD, page).status_code == 303
    assert {column for _, column in marks(desk)} == {"midterm", "final"}
    assert desk.ledger.sheet(SHEET).cells[AN, MIDTERM].unconfirmed_for == LAN.person


@pytest.mark.parametrize("voice", [VINH, HOA, KHOA])
def test_nobody_else_imports_marks(desk: Desk, anonymous: TestClient, voice: Voice) -> None:
    browser = signed_in(anonymous, desk, voice)
    assert browser.get(UPLOAD).status_code == 403
    assert upload(browser, vnedu()).status_code == 403


def test_a_confirmation_of_somebody_else_is_refused(desk: Desk, anonymous: TestClient) -> None:
    page = upload(signed_in(anonymous, desk, LAN), vnedu()).text
    signed_in(anonymous, desk, VINH)
    assert confirm(anonymous, UPLOAD, page).status_code == 403
    assert marks(desk) == {}


def test_a_confirmation_that_is_no_list_of_cells_is_malformed(lan: TestClient) -> None:
    fields = {"command_id": str(uuid4()), "entries": '[{"pupil": 1}]'}
    assert lan.post(f"{UPLOAD}/xac-nhan", data=fields).status_code == 422


@pytest.mark.parametrize("address", [UPLOAD, CLASS_LISTS])
def test_strangers_are_sent_to_sign_in(anonymous: TestClient, address: str) -> None:
    answer = anonymous.get(address)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/dang-nhap")


def test_a_class_list_registers_enrols_and_adds_to_open_sheets(
    desk: Desk, khoa: TestClient
) -> None:
    page = upload_list(khoa, class_list((*PUPILS, NEW_PUPIL)))
    assert page.status_code == 200
    assert "<b>1</b> mới vào trường" in page.text
    assert "0100000004" not in desk.people.pupils_by_code(["0100000004"])
    answer = confirm(khoa, CLASS_LISTS, page.text)
    assert answer.status_code == 303
    shown = khoa.get(answer.headers["location"]).text
    assert "Đã thêm 1 học sinh vào lớp 6A1" in shown
    assert "Đỗ Hoàng Dũng" in shown
    newcomer = desk.people.pupils_by_code(["0100000004"])["0100000004"].pupil_id
    assert [entry.number for entry in desk.people.class_list("2026-2027", "6A1")] == [1, 2, 3, 4]
    assert desk.ledger.sheet(SHEET).numbers[newcomer] == 4


def test_a_first_list_is_numbered_by_given_name(desk: Desk, khoa: TestClient) -> None:
    pupils = (
        ("0200000001", "Lê Văn", "Đức"),
        ("0200000002", "Trần Thị", "Ân"),
        ("0200000003", "Bùi Thị", "An"),
    )

    def draw(book: object, sheet: object) -> None:
        class_list(pupils, title="DANH SÁCH HỌC SINH LỚP 6A1")(book, sheet)

    confirm(khoa, CLASS_LISTS, upload_list(khoa, draw).text)
    listed = [each.pupil_id for each in desk.people.class_list("2026-2027", "6A1")][3:]
    named = desk.people.pupils(listed)
    assert [named[pupil].given_name for pupil in listed] == ["An", "Ân", "Đức"]


def test_a_list_of_another_class_is_refused_with_the_cell(khoa: TestClient) -> None:
    page = upload_list(khoa, class_list(), class_group="6A2").text
    assert "Ô A1: tệp ghi lớp 6A1, bạn đang nhập lớp 6A2" in page
    assert "Xác nhận danh sách" not in page


def test_pupils_missing_from_the_list_stay(desk: Desk, khoa: TestClient) -> None:
    page = upload_list(khoa, class_list(PUPILS[:2])).text
    assert "Không có trong tệp: Lê Thị Quỳnh Chi" in page
    confirm(khoa, CLASS_LISTS, page)
    assert len(desk.people.class_list("2026-2027", "6A1")) == 3


def test_class_and_school_year_are_asked_for(khoa: TestClient) -> None:
    page = khoa.post(CLASS_LISTS, data={"class_group": "", "school_year": "26"})
    assert page.status_code == 422
    assert 'id="class_group-error"' in page.text
    assert 'id="school_year-error"' in page.text


def test_teachers_import_no_class_lists(desk: Desk, lan: TestClient) -> None:
    assert lan.get(CLASS_LISTS).status_code == 403
    assert upload_list(lan, class_list()).status_code == 403
    plan = '{"school_year": "2026-2027", "class_group": "6A1", "pupils": []}'
    fields = {"command_id": str(uuid4()), "plan": plan}
    assert lan.post(f"{CLASS_LISTS}/xac-nhan", data=fields).status_code == 403
