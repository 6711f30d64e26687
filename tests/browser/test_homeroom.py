"""The homeroom teacher's pages in a browser: they fit, axe finds nothing, a phone can save."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, check_accessible, check_fits
from tests.browser.scope_stage import open_semester
from tests.browser.stage import copied_stage
from tests.opened_year import SCHOOL_YEAR

CLASS = f"/chu-nhiem/{SCHOOL_YEAR}/6A3"
PAGES = (
    "/chu-nhiem",
    f"{CLASS}/chuyen-can?thang=2026-10",
    f"{CLASS}/ren-luyen?ki=hoc-ki-1",
    f"{CLASS}/ren-luyen?ki=ca-nam",
)


@pytest.fixture(scope="session")
def built_class(built_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with semester I open, made once."""
    folder = tmp_path_factory.mktemp("homeroom") / "class"
    with copied_stage(built_class, folder) as stage:
        open_semester(stage)
    return folder


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_and_is_accessible(open_page: Callable[..., Page], path: str) -> None:
    laptop = open_page("hoa", path)
    check_fits(laptop)
    check_accessible(laptop)
    check_fits(open_page("hoa", path, size=PHONE))


def test_a_level_and_a_comment_are_saved_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page("hoa", PAGES[2], size=PHONE)
    page.get_by_role("combobox", name="mức rèn luyện").first.select_option("Khá")
    page.get_by_role("textbox", name="nhận xét").first.fill("Chăm học, hay giúp bạn.")
    page.get_by_role("button", name="Lưu rèn luyện và nhận xét").click()
    expect(page.get_by_role("combobox", name="mức rèn luyện").first).to_have_value("Khá")
    expect(page.get_by_role("textbox", name="nhận xét").first).to_have_value(
        "Chăm học, hay giúp bạn."
    )
