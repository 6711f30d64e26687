"""A dossier in a browser: three people sign it, the principal on a phone in one screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, check_accessible, check_fits
from tests.browser.stage import Stage, copied_stage
from tests.school import FIX
from tests.web.signing_staff import PIN, correct_a_mark, filed, give_keys

OpenPage = Callable[..., Page]
PAGE = f"/ho-so/{FIX}"


@pytest.fixture(scope="session")
def built_class(built_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with a final mark that was corrected, and people who have keys."""
    folder = tmp_path_factory.mktemp("dossiers") / "class"
    with copied_stage(built_class, folder) as stage:
        correct_a_mark(stage, "final")
        give_keys(stage)
    return folder


def test_a_dossier_from_its_first_page_to_the_archive(stage: Stage, open_page: OpenPage) -> None:
    teacher = open_page("lan", PAGE)
    looks_right(teacher)
    teacher.get_by_role("button", name="Lập biên bản").click()
    expect(teacher.get_by_text("chờ ký: giáo viên bộ môn Trần Thị Ngọc Lan")).to_be_visible()
    mistypes(teacher)
    signs(teacher)
    administrator = open_page("khoa", PAGE)
    signs(administrator)
    principal = open_page("ngoc", PAGE, size=PHONE)
    looks_right(principal)
    whole_form_is_on_the_screen(principal)
    signs(principal)
    expect(principal.get_by_text("đủ chữ ký, chờ sửa sổ giấy")).to_be_visible()
    expect(principal.get_by_text("Toàn vẹn:")).to_have_count(3)
    administrator.reload()
    looks_right(administrator)
    ticks_off(administrator)
    expect(administrator.get_by_text("Đã lưu trữ.")).to_be_visible()
    assert filed(stage.desk).archived


def looks_right(page: Page) -> None:
    """On both screens: it fits, and axe finds nothing."""
    here = page.viewport_size
    assert here is not None
    for width, height in (LAPTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        check_fits(page)
        check_accessible(page)
    page.set_viewport_size(here)


def mistypes(page: Page) -> None:
    page.get_by_label("Mã PIN chữ ký của bạn").fill("000000")
    page.get_by_role("button", name="Ký bằng chữ ký nội bộ").click()
    expect(page.get_by_role("alert")).to_contain_text("Mã PIN không đúng")
    looks_right(page)


def signs(page: Page) -> None:
    page.get_by_label("Mã PIN chữ ký của bạn").fill(PIN)
    page.get_by_role("button", name="Ký bằng chữ ký nội bộ").click()
    expect(page.get_by_role("button", name="Ký bằng chữ ký nội bộ")).to_have_count(0)


def whole_form_is_on_the_screen(page: Page) -> None:
    """Nothing has to be pushed up before the principal sees what it is about and signs."""
    expect(page.get_by_text("8,5")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Mở biên bản để xem, in")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Ký bằng chữ ký nội bộ")).to_be_in_viewport(ratio=1)


def ticks_off(page: Page) -> None:
    for _ in range(4):
        page.get_by_label("Đã sửa ở đâu").first.fill("Trang 12, dòng 7, mực đỏ")
        page.get_by_role("button", name="Đã sửa").first.click()
