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
    Draw,
    ha_noi,
    ho_chi_minh,
    vnedu,
    workbook,
)
from web.app import create_app
from web.desk import Desk
from web.settings import Settings

PASSWORD = "hoa phượng nở đỏ"
UPLOAD = f"/so-diem/{SHEET}/nhap"


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


def upload(browser: TestClient, draw: Draw, **fields: str) -> Response:
    return browser.post(UPLOAD, data=fields, files={"file": ("diem.xlsx", workbook(draw))})


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


def test_strangers_are_sent_to_sign_in(anonymous: TestClient) -> None:
    answer = anonymous.get(UPLOAD)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/dang-nhap")
