"""Phổ điểm in a browser: on a laptop, on a phone and on paper, without a script."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, check_accessible, check_fits
from tests.browser.stage import MATHS, PUPILS, copied_stage
from tests.school import LAN
from tests.web.supervised import SEMESTER, open_supervised

ASKED = f"/pho-diem?hk={SEMESTER}&mon=toan"
OF_CLASS = f"{ASKED}&cot=midterm&lop=6A1"


@pytest.fixture(scope="session")
def built_class(built_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class of 45 with two tests, and a few marks elsewhere, made once."""
    folder = tmp_path_factory.mktemp("distributions") / "class"
    with copied_stage(built_class, folder) as stage:
        open_supervised(stage)
        for column, step in (("regular-1", 7), ("midterm", 11)):
            marks = [f"{(30 + place * step % 71) / 10:.1f}" for place in range(len(PUPILS))]
            cells = [(pupil, column, mark, 0) for pupil, mark in zip(PUPILS, marks, strict=True)]
            stage.says(LAN.about(MATHS), "enters", *cells)
    return folder


@pytest.mark.parametrize("path", [ASKED, f"{ASKED}&cot=midterm&lop=6A2"])
def test_a_page_fits_and_is_accessible(open_page: Callable[..., Page], path: str) -> None:
    laptop = open_page("duc", path)
    check_fits(laptop)
    check_accessible(laptop)
    check_fits(open_page("duc", path, size=PHONE))


def test_the_form_leads_from_a_sheet_to_a_column_without_scripts(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("lan", f"/so-diem/{MATHS}", script=False, size=PHONE)
    page.get_by_role("link", name="Phổ điểm").last.click()
    page.get_by_label("Cột hay ĐTBmhk").select_option(label="ĐĐGgk")
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_role("heading", name="Phổ điểm: Toán · ĐĐGgk · 6A1")).to_be_visible()
    page.get_by_text("Số liệu của biểu đồ").first.click()
    expect(page.get_by_role("rowheader", name="Tất cả")).to_be_visible()
    check_fits(page)


def test_charts_can_be_read_on_a_phone_and_heard(open_page: Callable[..., Page]) -> None:
    page = open_page("duc", OF_CLASS, size=PHONE)
    check_fits(page)
    heights = page.locator(".chart text").evaluate_all(
        "texts => texts.map(text => text.getBoundingClientRect().height)"
    )
    assert min(heights) >= 9
    drawing = page.get_by_role("img", name="Toán · ĐĐGgk · 6A1 45 điểm, mỗi cột nửa điểm.")
    expect(drawing).to_be_visible()


def test_on_paper_there_are_charts_and_no_forms(open_page: Callable[..., Page]) -> None:
    page = open_page("duc", OF_CLASS)
    check_accessible(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Xem")).to_be_hidden()
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator("#cot-diem svg")).to_be_visible()
    expect(page.get_by_text("Lập lúc")).to_be_visible()
    paper = page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 841" in paper, "A4 that lies on its side"
