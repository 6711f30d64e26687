"""A small year through the pages, by keyboard: from the plan to an open semester."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, check_accessible, check_fits
from tests.browser.stage import PUPILS, Stage
from tests.school import HOA
from tests.web.year import PATH, YEAR, YearStage

OpenPage = Callable[..., Page]


@pytest.fixture
def at_year(stage: Stage) -> YearStage:
    return YearStage(stage)


def press(page: Page, name: str) -> None:
    """Reach a button or link by its name and press Enter."""
    button = page.get_by_role("button", name=name)
    (button if button.count() else page.get_by_role("link", name=name)).first.focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_a_year_is_set_up_and_opened_without_a_mouse(
    at_year: YearStage, open_page: OpenPage, size: tuple[int, int]
) -> None:
    page = open_page("khoa", "/quan-tri/nam-hoc", size=size)
    plans_the_year(page)
    plans_subjects(page)
    forms_a_class(page)
    assigns_everything(page)
    enrols_pupils(page)
    opens_the_semester(page)
    assert len(at_year.year.sheets[1]) == 12
    sheet = at_year.stage.desk.ledger.sheet(at_year.year.sheet_id(1, "6A1", "ngu-van"))
    assert list(sheet.numbers) == list(PUPILS[:2])


def recorded(page: Page, count: int) -> None:
    expect(page.get_by_role("status")).to_have_text(f"Đã ghi {count} thay đổi vào sổ.")
    check_fits(page)
    check_accessible(page)


def plans_the_year(page: Page) -> None:
    page.get_by_label("Năm học", exact=True).fill(YEAR)
    for label, day in (
        ("Ngày đầu học kì I", "2027-09-06"),
        ("Ngày cuối học kì I", "2028-01-08"),
        ("Ngày đầu học kì II", "2028-01-10"),
        ("Ngày cuối học kì II", "2028-05-20"),
    ):
        page.get_by_label(label, exact=True).fill(day)
    press(page, "Lập năm học")
    recorded(page, 1)
    expect(page.get_by_text("Năm học chưa có lớp nào").first).to_be_visible()


def plans_subjects(page: Page) -> None:
    page.get_by_role("link", name="Môn học", exact=True).press("Enter")
    for grade in (7, 8, 9):
        page.get_by_role("checkbox", name=f"Khối {grade}").press("Space")
    press(page, "Theo chương trình")
    recorded(page, 12)
    page.get_by_label("Số tiết Công nghệ, khối 6").fill("52")
    page.keyboard.press("Enter")
    recorded(page, 1)
    expect(page.get_by_role("link", name="Công nghệ, khối 6")).to_contain_text("3 cột TX")


def forms_a_class(page: Page) -> None:
    page.goto(f"{PATH}/lop")
    page.get_by_label("Lập lớp").fill("6A1")
    page.keyboard.press("Enter")
    recorded(page, 1)
    page.get_by_label("Giáo viên chủ nhiệm lớp 6A1").select_option(str(HOA.person))
    press(page, "Lưu chủ nhiệm")
    recorded(page, 1)


def assigns_everything(page: Page) -> None:
    page.goto(PATH)
    expect(page.get_by_text("Thiếu 12 phân công")).to_be_visible()
    page.get_by_role("link", name="Phân công giảng dạy").press("Enter")
    page.get_by_label("Giáo viên", exact=True).select_option(label="Trần Thị Ngọc Lan")
    for box in page.get_by_role("checkbox").all():
        box.press("Space")
    press(page, "Phân công vào ô đã chọn")
    recorded(page, 12)
    expect(page.get_by_text("chưa có", exact=True)).to_have_count(0)


def enrols_pupils(page: Page) -> None:
    page.goto(f"{PATH}/danh-sach/6A1")
    page.get_by_label("Mã học sinh").fill("HS0001, HS0002")
    page.keyboard.press("Enter")
    recorded(page, 1)
    expect(page.get_by_role("row", name=re.compile("HS0002"))).to_be_visible()


def opens_the_semester(page: Page) -> None:
    page.goto(PATH)
    press(page, "Mở học kì I…")
    expect(page.get_by_text("12 bảng điểm của 1 lớp sẽ được mở")).to_be_visible()
    check_accessible(page)
    press(page, "Mở học kì I")
    recorded(page, 1)
    expect(page.get_by_text("Đã mở 12 bảng điểm")).to_be_visible()


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_every_page_of_the_year_fits_and_is_accessible(
    at_year: YearStage, open_page: OpenPage, size: tuple[int, int]
) -> None:
    at_year.set_up()
    page = open_page("ngoc", "/quan-tri/nam-hoc", size=size)
    for place in (
        *("", "/khung", "/lich", "/mon-hoc", "/mon-hoc/6/toan", "/lop", "/phan-cong", "/to"),
        *("/ngay-kiem-tra", "/danh-sach/6A1", "/danh-sach/6A1/tiep-nhan", "/nhat-ky"),
        *(f"/danh-sach/6A1/{PUPILS[0]}", "/mo-hoc-ki/1"),
    ):
        page.goto(f"{PATH}{place}")
        check_fits(page)
        check_accessible(page)


def test_a_refused_form_keeps_what_was_typed_without_a_script(
    at_year: YearStage, open_page: OpenPage
) -> None:
    at_year.set_up()
    page = open_page("khoa", f"{PATH}/phan-cong", script=False)
    page.get_by_label("6A1, Toán").check()
    page.get_by_role("button", name="Phân công vào ô đã chọn").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy chọn một người trong danh sách.")
    expect(page.get_by_label("6A1, Toán")).to_be_checked()
