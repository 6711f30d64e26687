"""Screening a table of scores in a browser: chosen, read and answered on a laptop and a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, check_accessible, check_fits
from tests.web.screening.files import Row, text
from tests.web.screening.test_screening_page import table

PAGE = "/soi-diem"
LAPTOP = (1366, 768)


def choose(page: Page, rows: list[Row], name: str = "khảo sát tháng 11.csv") -> None:
    content = text(rows).encode()
    page.get_by_label("Bảng điểm (.xlsx hoặc .csv)").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Soi bảng điểm").click()


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_table_is_screened(open_page: Callable[..., Page], size: tuple[int, int]) -> None:
    page = open_page("duc", PAGE, size=size)
    check_fits(page)
    check_accessible(page)
    choose(page, table())
    seen = page.get_by_role("region", name="Nhóm có điểm khác hẳn")
    expect(seen.get_by_role("rowheader", name="1. P<4>")).to_be_visible()
    page.get_by_text("Mọi nhóm, theo q").click()
    check_fits(page)
    check_accessible(page)


def test_a_file_that_offers_no_groups_says_which_columns_it_has(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("ngoc", PAGE, size=PHONE)
    choose(page, [("Mã HS", "Toán"), *((f"H{number}x", number % 9) for number in range(20))])
    expect(page.get_by_role("alert")).to_contain_text("Mã HS (A), Toán (B)")
    check_fits(page)
    check_accessible(page)
