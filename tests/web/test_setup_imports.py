"""Setting up a year through the pages: choose a file, see what it would do, confirm, every no."""

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from ledger.people import Pupil
from ledger.vocabulary import Role
from tests.school import AN, BAO, CHI, DIEP, KHOA, LAN, NGOC, SHEET, VINH, Voice
from tests.staff import employ
from tests.web.conftest import client_of
from tests.web.spreadsheets import school as schools
from tests.web.spreadsheets.school import YEAR, listed
from tests.web.spreadsheets.workbooks import PUPILS, Draw, class_list, sector_list, table, workbook
from web.app import create_app
from web.desk import Desk
from web.settings import Settings
from web.spreadsheets.reader import read_workbook

PASSWORD = "hoa phượng nở đỏ"
IMPORTS = f"/quan-tri/nam-hoc/{YEAR}/nhap"
LISTS, STAFF, ASSIGNMENTS = (f"{IMPORTS}/{kind}" for kind in ("danh-sach", "nhan-su", "phan-cong"))
NEW_PUPIL = ("0100000004", "Đỗ Hoàng", "Anh")
MANY = sector_list(
    [
        ("6A1", "0100000001", "Nguyễn Hoài Ánh", "05/08/2015", "Nữ", "Tày"),
        ("6A2", "0100000011", "Lê Văn Đức", "42221", "Nam", "Kinh"),
        ("6A2", "0100000012", "Trần Thị Ân", "", "Nữ", ""),
    ]
)
OWN = ("STT", "Họ và tên", "Tên đăng nhập", "Vai trò")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a school with one class and one open sheet."""
    desk = schools.school(Settings.in_folder(tmp_path))
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
def khoa(desk: Desk, anonymous: TestClient) -> TestClient:
    """Give the browser of the administrator."""
    return signed_in(anonymous, desk, KHOA)


@pytest.fixture
def ngoc(desk: Desk, anonymous: TestClient) -> TestClient:
    """Give the browser of the principal."""
    return signed_in(anonymous, desk, NGOC)


def upload(browser: TestClient, address: str, draw: Draw, **fields: str) -> Response:
    return browser.post(address, data=fields, files={"file": ("tep.xlsx", workbook(draw))})


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of the only form that confirms."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


def confirm(browser: TestClient, address: str, page: str, **more: str | Sequence[str]) -> Response:
    return browser.post(f"{address}/xac-nhan", data={**hidden_fields(page), **more})


def test_a_class_list_is_previewed_confirmed_and_on_the_list(desk: Desk, khoa: TestClient) -> None:
    page = upload(khoa, LISTS, class_list((*PUPILS, NEW_PUPIL)))
    assert page.status_code == 200
    assert "<b>1</b> mới vào trường" in page.text
    assert "Không lấy các cột: SĐT" in page.text
    assert "0100000004" not in desk.people.pupils_by_code(["0100000004"])
    answer = confirm(khoa, LISTS, page.text)
    assert answer.status_code == 303
    shown = khoa.get(answer.headers["location"]).text
    assert "Đã thêm 1 học sinh vào danh sách các lớp" in shown
    assert listed(desk, "6A1") == ["An", "Bảo", "Chi", "Anh"]
    assert len(desk.ledger.sheet(SHEET).numbers) == 4


def test_new_classes_and_differences_are_confirmed_by_ticking(desk: Desk, khoa: TestClient) -> None:
    page = upload(khoa, LISTS, MANY).text
    assert "Nguyễn Hoài Ánh" in page
    assert "Lập lớp mới: 6A2." in page
    asked = confirm(khoa, LISTS, page)
    assert asked.status_code == 422
    assert "6A2" not in desk.ledger.year(YEAR).classes
    assert asked.text.count('type="checkbox"') == 2
    ticked = {"differences_seen": "true", "new_classes_seen": "true"}
    assert confirm(khoa, LISTS, asked.text, **ticked).status_code == 303
    assert listed(desk, "6A2") == ["Ân", "Đức"]
    assert desk.people.pupils([AN])[AN].given_name == "An"


def test_a_difference_is_taken_where_it_is_ticked(desk: Desk, khoa: TestClient) -> None:
    page = upload(khoa, LISTS, MANY).text
    ticked = {"differences_seen": "true", "new_classes_seen": "true", "take": "0100000001"}
    confirm(khoa, LISTS, page, **ticked)
    assert desk.people.pupils([AN])[AN].given_name == "Ánh"


def test_confirming_twice_changes_nothing_more(desk: Desk, khoa: TestClient) -> None:
    page = upload(khoa, LISTS, class_list((*PUPILS, NEW_PUPIL))).text
    assert confirm(khoa, LISTS, page).status_code == 303
    position = desk.ledger.recorder.head().position
    assert confirm(khoa, LISTS, page).status_code == 303
    assert desk.ledger.recorder.head().position == position


def test_pupils_missing_from_the_file_stay(desk: Desk, khoa: TestClient) -> None:
    page = upload(khoa, LISTS, class_list(PUPILS[:2])).text
    assert "Có trong lớp, không có trong tệp: Lê Thị Quỳnh Chi" in page
    confirm(khoa, LISTS, page)
    assert desk.ledger.year(YEAR).classes["6A1"].present == [AN, BAO, CHI]


def test_a_pupil_of_another_class_is_told_and_nothing_can_be_confirmed(
    desk: Desk, khoa: TestClient
) -> None:
    elsewhere = Pupil(
        pupil_id=DIEP, code=NEW_PUPIL[0], family_name=NEW_PUPIL[1], given_name=NEW_PUPIL[2]
    )
    desk.people.register_pupils([elsewhere])
    schools.form_class(desk, "6A2")
    schools.enrol(desk, "6A2", DIEP)
    page = upload(khoa, LISTS, class_list((*PUPILS, NEW_PUPIL))).text
    assert "đang học lớp 6A2" in page
    assert "pupil-in-other-class" in page
    assert "Xác nhận danh sách" not in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({}, "Bạn chưa chọn tệp"), ({"class_group": "Lá"}, "“Lá” không phải tên lớp")],
)
def test_what_is_wrong_with_the_form_is_said_on_it(
    khoa: TestClient, fields: dict[str, str], sentence: str
) -> None:
    page = khoa.post(LISTS, data=fields, files={"file": ("", b"")})
    assert page.status_code == 422
    assert sentence in page.text


def test_a_list_of_staff_makes_people_and_accounts_told_once(desk: Desk, ngoc: TestClient) -> None:
    page = upload(
        ngoc,
        STAFF,
        table(
            OWN, (1, "Đỗ Thị Quỳnh Anh", "", "Giáo viên bộ môn"), (2, "Vũ Minh Đức", "", "Thư ký")
        ),
    ).text
    assert "<b>2</b> tài khoản mới" in page
    answer = confirm(ngoc, STAFF, page)
    assert answer.status_code == 200
    passwords = re.findall(r'<td class="mono nowrap">([a-z0-9-]{14})</td>', answer.text)
    assert len(passwords) == 2
    assert desk.accounts.sign_in("anhdtq", passwords[0], address="", device="", now=desk.clock())
    again = confirm(ngoc, STAFF, page)
    assert "không xem lại được" in again.text
    assert passwords[0] not in again.text


def test_accounts_ask_for_the_password_again_and_the_plan_is_not_lost(
    desk: Desk, ngoc: TestClient
) -> None:
    page = upload(ngoc, STAFF, table(OWN, (1, "Vũ Minh Đức", "", "Thư ký"))).text
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE session SET reauthenticated_at = '2026-01-01 00:00:00'")
    asked = confirm(ngoc, STAFF, page)
    assert asked.status_code == 403
    assert desk.accounts.all()[-1].username != "ducvm"
    assert 'name="password"' in asked.text
    answer = confirm(ngoc, STAFF, asked.text, password=PASSWORD)
    assert answer.status_code == 200
    assert "ducvm" in answer.text


def test_an_administrator_lets_nobody_decide(desk: Desk, khoa: TestClient) -> None:
    page = upload(khoa, STAFF, table(OWN, (1, "Vũ Minh Đức", "", "Phó hiệu trưởng"))).text
    assert "only-the-principal" in page
    assert '<button class="button primary">Xác nhận' not in page
    deputies = desk.ledger.school().members(Role.VICE_PRINCIPAL, schools.FIRST_DAY)
    assert deputies == []


def test_assignments_are_previewed_confirmed_and_in_the_sheet(desk: Desk, khoa: TestClient) -> None:
    head = ("STT", "Họ và tên", "Môn", "Lớp", "Chủ nhiệm")
    page = upload(khoa, ASSIGNMENTS, table(head, (1, "Phạm Quang Vinh", "Toán", "6A1", "6A1"))).text
    assert "<b>2</b> được phân công" in page
    assert "được thêm vai trò giáo viên chủ nhiệm" in page
    answer = confirm(khoa, ASSIGNMENTS, page)
    assert answer.headers["location"].endswith("da_ghi=3")
    assert "Đã ghi 3 thay đổi" in khoa.get(answer.headers["location"]).text
    assert desk.ledger.sheet(SHEET).teachers == {VINH.person}


def test_an_assignment_that_stands_already_is_nothing_to_confirm(khoa: TestClient) -> None:
    head = ("STT", "Họ và tên", "Môn", "Lớp")
    page = upload(khoa, ASSIGNMENTS, table(head, (1, "Trần Thị Ngọc Lan", "Toán", "6A1"))).text
    assert "Không có thay đổi nào" in page
    assert "Xác nhận phân công" not in page


@pytest.mark.parametrize("address", [LISTS, STAFF, ASSIGNMENTS])
def test_each_import_has_a_form_to_download_and_says_what_it_takes(
    khoa: TestClient, address: str
) -> None:
    assert f'href="{address}/tep-mau"' in khoa.get(address).text
    answer = khoa.get(f"{address}/tep-mau")
    assert answer.headers["content-disposition"].endswith(f'-{YEAR}.xlsx"')
    assert read_workbook(answer.content)[0].rows


@pytest.mark.parametrize("address", [LISTS, STAFF, ASSIGNMENTS])
def test_teachers_set_up_nothing(desk: Desk, anonymous: TestClient, address: str) -> None:
    lan = signed_in(anonymous, desk, LAN)
    assert lan.get(address).status_code == 403
    assert upload(lan, address, class_list()).status_code == 403
    fields = {"command_id": str(uuid4()), "plan": "{}"}
    assert lan.post(f"{address}/xac-nhan", data=fields).status_code == 403


@pytest.mark.parametrize("address", [LISTS, STAFF, ASSIGNMENTS])
def test_a_plan_that_is_none_is_malformed(khoa: TestClient, address: str) -> None:
    fields = {"command_id": str(uuid4()), "plan": '{"people": [1]}'}
    assert khoa.post(f"{address}/xac-nhan", data=fields).status_code == 422


def test_a_plan_of_another_year_is_malformed(khoa: TestClient) -> None:
    fields = {"command_id": str(uuid4()), "plan": '{"school_year": "2027-2028", "classes": []}'}
    assert khoa.post(f"{LISTS}/xac-nhan", data=fields).status_code == 422


def test_a_year_that_is_not_planned_has_no_imports(khoa: TestClient) -> None:
    assert khoa.get("/quan-tri/nam-hoc/2031-2032/nhap/danh-sach").status_code == 404
