"""Looking back in a browser: choose a line, see the sheet of then, compare it, on any screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, check_accessible, check_fits
from tests.browser.stage import MATHS, PUPILS, Stage
from tests.school import FIX, HOA, KHOA, LAN, NGOC

OpenPage = Callable[..., Page]
BACK = f"/so-diem/{MATHS}/tai-thoi-diem"
HERE = LAN.about(MATHS)


@pytest.fixture
def told(stage: Stage) -> None:
    """A mark deleted and entered again, a lock, a correction, and a pupil who leaves."""
    stage.says(HERE, "enters", *((pupil, "midterm", "6.5", 0) for pupil in PUPILS))
    stage.clock.forward(hours=1)
    stage.says(HERE, "enters", (PUPILS[0], "midterm", "", stage.version(1, "midterm")))
    stage.says(HERE, "enters", (PUPILS[0], "midterm", "8.5", stage.version(1, "midterm")))
    stage.clock.forward(hours=1)
    stage.says(NGOC.about(MATHS), "locks")
    stage.clock.forward(minutes=5)
    stage.says(HERE, "requests", (PUPILS[1], "midterm", "4.0", stage.version(2, "midterm")))
    for voice, step in ((HOA, "confirms"), (NGOC, "approves"), (LAN, "executes")):
        stage.says(voice.about(MATHS), step, FIX)
    stage.says(KHOA.about(MATHS), "executes", FIX)
    stage.says(KHOA.about(MATHS), "removes_pupil", PUPILS[2])


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("size", [LAPTOP, PHONE])
@pytest.mark.parametrize("script", [True, False])
def test_from_the_grid_to_a_line_and_to_what_changed_since(
    open_page: OpenPage, size: tuple[int, int], *, script: bool
) -> None:
    page = open_page("duc", f"/so-diem/{MATHS}", script=script, size=size)
    page.get_by_role("link", name="Xem lại", exact=True).click()
    page.get_by_label("Xem như lúc").fill("2026-10-05T08:00")
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_role("status")).to_contain_text("như lúc 08:00 ngày 05/10/2026")
    expect(page.locator("#o-1-midterm")).to_have_text("6,5")
    expect(page.locator("table.grid input")).to_have_count(0)
    check_fits(page)
    page.get_by_role("link", name="So sánh với hiện tại").click()
    expect(page.get_by_text("2 ô điểm khác đi")).to_be_visible()
    page.get_by_label("Chỉ hiện học sinh có điểm thay đổi").check()
    page.get_by_role("button", name="So sánh").click()
    expect(page.locator("table.grid tbody tr")).to_have_count(2)
    check_fits(page)
    page.go_back()
    page.go_back()
    page.get_by_role("link", name="Về hiện tại").click()
    expect(page).to_have_url(f"{page.url.partition('/so-diem')[0]}/so-diem/{MATHS}")


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("size", [LAPTOP, PHONE])
@pytest.mark.parametrize(
    "path",
    [
        f"{BACK}?luc=2026-10-05T10:00",
        f"{BACK}?dong=0",
        f"/so-diem/{MATHS}/so-sanh?tu=2026-10-05T08:00",
        "/lop/2026-2027/6A1/tai-thoi-diem?luc=2026-10-05",
        "/lop/2026-2027/6A1/so-sanh?tu=2026-10-05T08:00",
        f"/so-diem/{MATHS}/lich-su",
        f"/so-diem/{MATHS}/o/{PUPILS[0]}/midterm",
    ],
)
def test_every_page_that_looks_back_fits_and_is_accessible(
    open_page: OpenPage, path: str, size: tuple[int, int]
) -> None:
    page = open_page("duc", path, size=size)
    check_fits(page)
    check_accessible(page)
