"""The pages of supervision in a browser: they fit a laptop and a phone, and axe finds nothing."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, check_accessible, check_fits
from tests.browser.stage import Stage, copied_stage
from tests.opened_year import SCHOOL_YEAR
from tests.school import LAN, NGOC
from tests.web.supervised import MATHS_6A2, MATHS_6A3, open_supervised, propose

PAGES = (
    ("duc", "/tien-do"),
    ("duc", "/tien-do?theo=lop&tinh_trang=qua-han"),
    ("duc", "/tien-do/nhom/lop/6A3"),
    ("duc", f"/tien-do/cot/{MATHS_6A2}/midterm"),
    ("duc", "/tien-do/nhac"),
    ("duc", "/kiem-tra"),
    ("duc", f"/kiem-tra/{SCHOOL_YEAR}/6A2/2026-10"),
    ("ngoc", "/to"),
    ("tuan", "/to/toan-tin?khoi=6&mon=toan&cot=midterm"),
    ("lan", "/de-xuat"),
    ("duc", "/"),
    ("lan", "/"),
)


@pytest.fixture(scope="session")
def built_class(built_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with a department, something late, something due and a proposal, made once."""
    folder = tmp_path_factory.mktemp("supervision") / "class"
    with copied_stage(built_class, folder) as stage:
        open_supervised(stage)
        propose(stage)
        principal, now = NGOC.about(MATHS_6A3), stage.clock()
        stage.says(principal, "moves_deadline", "midterm", now + timedelta(hours=1))
        stage.says(principal, "moves_deadline", "final", now + timedelta(days=5))
    return folder


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """Two days later."""
    stage.clock.forward(days=2)
    return stage


@pytest.mark.parametrize(("who", "path"), PAGES, ids=lambda value: value)
def test_a_page_fits_and_is_accessible(open_page: Callable[..., Page], who: str, path: str) -> None:
    laptop = open_page(who, path)
    check_fits(laptop)
    check_accessible(laptop)
    check_fits(open_page(who, path, size=PHONE))


def test_an_inspection_is_written_on_a_phone_without_scripts(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("duc", "/kiem-tra", script=False, size=PHONE)
    page.get_by_label("6A2, Tháng 10/2026: chưa kiểm tra").click()
    page.get_by_label("Nhận xét cuối sổ").fill("Vào điểm đúng kế hoạch")
    page.get_by_role("button", name="Ghi nhận xét").click()
    expect(page.get_by_text("Vũ Minh Đức (phó hiệu trưởng)")).to_be_visible()


def test_a_head_proposes_from_the_class_that_misses_the_target(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("tuan", "/to/toan-tin")
    page.get_by_role("link", name="Khối 6 · Toán · ĐĐGgk").click()
    page.get_by_role("link", name="Đề xuất với Trần Thị Ngọc Lan về lớp 6A3").click()
    expect(page.get_by_label("Lớp, môn, giáo viên")).to_have_value(f"{MATHS_6A3}.{LAN.person}")
    page.get_by_label("Đề xuất cách xử lý").fill("Phụ đạo thêm hai buổi")
    page.get_by_role("button", name="Gửi đề xuất").click()
    expect(page.get_by_text("Phụ đạo thêm hai buổi")).to_be_visible()
