"""The principal locks a semester in the browser: choose, look ahead, confirm, read who decided."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, check_accessible, check_fits
from tests.browser.scope_stage import YEAR, decide_once, open_semester
from tests.browser.stage import Stage, copied_stage

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def built_class(built_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with an open semester and one decision, made once."""
    folder = tmp_path_factory.mktemp("scopes") / "school"
    with copied_stage(built_class, folder) as stage:
        open_semester(stage)
        decide_once(stage)
    return folder


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_scope_is_locked_after_a_look_at_what_is_missing(
    open_page: OpenPage, stage: Stage, *, script: bool
) -> None:
    page = open_page("ngoc", "/khoa", script=script)
    page.get_by_label("Khối 6").check()
    page.get_by_label("Toán", exact=True).check()
    page.get_by_label("ĐĐGgk", exact=True).check()
    page.get_by_role("button", name="Xem trước").click()
    expect(
        page.get_by_text("Sẽ khóa 2 bảng điểm, 2 cột; còn thiếu 4 điểm ở 2 bảng.")
    ).to_be_visible()
    expect(page.get_by_text("Đinh Thị Ổi (chờ kiểm tra bù)")).to_be_visible()
    page.get_by_label("Lý do").fill("Hết hạn nhập điểm giữa kì")
    page.get_by_role("button", name="Khóa 2 bảng điểm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Khóa ngay: 2 bảng điểm")
    expect(page.get_by_text("Hết hạn nhập điểm giữa kì")).to_be_visible()
    assert stage.desk.ledger.sheet(YEAR.sheet_id("6A2")).is_locked("midterm", stage.clock())
    page.get_by_role("link", name="Về trang khóa điểm").click()
    row = page.get_by_role("row").filter(has_text="Hết hạn nhập điểm giữa kì")
    expect(row).to_contain_text("Nguyễn Thị Ngọc (hiệu trưởng)")
    expect(row).to_contain_text("Học kì I; khối 6; môn Toán; cột ĐĐGgk")


def test_a_teacher_reads_in_the_grid_who_locked_and_why(open_page: OpenPage) -> None:
    page = open_page("lan", f"/so-diem/{YEAR.sheet_id('7A1')}/khoa")
    expect(page.get_by_role("row").filter(has_text="ĐĐGgk")).to_contain_text("Nguyễn Thị Ngọc")


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize(
    "path",
    ["/khoa", "/khoa/xem-truoc?viec=khoa", "/khoa/xem-truoc?viec=mo-khoa&luc=2026-10-06T18:00"],
)
def test_the_pages_fit_and_are_accessible(
    open_page: OpenPage, size: tuple[int, int], path: str
) -> None:
    page = open_page("ngoc", path, size=size)
    check_fits(page)
    check_accessible(page)


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_page_of_a_decision_fits_and_is_accessible(
    open_page: OpenPage, size: tuple[int, int]
) -> None:
    page = open_page("duc", "/khoa", size=size)
    page.get_by_role("link", name="Khóa ngay").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Khóa ngay: 2 bảng điểm")
    check_fits(page)
    check_accessible(page)
