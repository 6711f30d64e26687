"""The whole story through the pages: entry, lock, refusal, correction, lock again, history."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.stage import MATHS, PASSWORD, PUPILS, Stage
from tests.school import NGOC
from tests.staff import code_at, enrol_phone

GRID = f"/so-diem/{MATHS}"
MARK = f"{GRID}/o/{PUPILS[0]}/final"
OpenPage = Callable[..., Page]


@pytest.fixture
def test_paper(tmp_path: Path) -> Path:
    photo = tmp_path / "bai-kiem-tra.png"
    Image.new("RGB", (400, 300), "white").save(photo)
    return photo


def test_a_mark_from_entry_to_an_executed_correction(
    stage: Stage, open_page: OpenPage, test_paper: Path
) -> None:
    teacher = open_page("lan", GRID)
    teacher_types(teacher)
    stale = open_page("lan", GRID)
    principal_locks(open_page("ngoc", f"{GRID}/khoa"))
    stale_page_is_refused(stale)
    teacher_closes_nothing_more(open_page("lan", f"{GRID}/cot/final"))
    request = teacher_asks(open_page("lan", GRID), test_paper)
    homeroom_teacher_confirms(open_page("hoa", request))
    enrol_phone(stage.desk, NGOC)
    principal = open_page("ngoc", request)
    stage.clock.forward(minutes=6)  # The password was given too long ago.
    principal.reload()
    principal_approves(principal, code_at(stage.clock()))
    for username in ("lan", "khoa"):
        executes(open_page(username, request))
    assert stage.mark(1, "final") == "8.5"
    the_sheet_is_locked_and_corrected(open_page("lan", GRID))
    history_tells_all(open_page("duc", MARK))


def teacher_types(page: Page) -> None:
    """Enter the column and close it."""
    page.locator("#o-1-final input").click()
    page.keyboard.type("6,5")
    page.keyboard.press("Enter")
    expect(page.locator("#save-state")).to_have_text(re.compile(r"Đã lưu \d"))
    page.get_by_role("link", name="Chốt cột…").click()
    page.get_by_role("row", name="ĐĐGck").get_by_role("link", name="Chốt cột…").click()
    page.get_by_label("vẫn chốt").check()
    page.get_by_role("button", name="Chốt cột ĐĐGck").click()
    expect(page.get_by_text("Đã chốt bởi Trần Thị Ngọc Lan")).to_be_visible()


def principal_locks(page: Page) -> None:
    form = page.locator("form", has=page.get_by_role("button", name="Khóa", exact=True))
    form.get_by_label("Lý do").fill("Hết học kì I")
    form.get_by_role("button", name="Khóa", exact=True).click()
    expect(page.get_by_role("row", name="ĐĐGck")).to_contain_text("Đã khóa")


def stale_page_is_refused(page: Page) -> None:
    """A page opened before the lock still types, and is told who locked and why."""
    page.locator("#o-2-final input").click()
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    expect(page.locator("#issues")).to_contain_text("Hết học kì I")
    page.get_by_role("button", name="Bỏ chữ đã gõ").click()


def teacher_closes_nothing_more(page: Page) -> None:
    expect(page.get_by_text("Khóa bởi Nguyễn Thị Ngọc (Hiệu trưởng)")).to_be_visible()
    expect(page.get_by_role("button", name="Mở lại")).to_have_count(0)


def teacher_asks(page: Page, paper: Path) -> str:
    """Ask from the locked cell, with a photo; return the path of the request."""
    page.locator("#o-1-final").click()
    page.locator("#cell-card").get_by_role("link", name="Đề nghị sửa").click()
    page.get_by_label("Điểm đúng của").fill("8,5")
    page.get_by_role("textbox", name="Lý do").fill("Cộng sót câu 4 (2,0 điểm)")
    page.get_by_label("Nguyên nhân").select_option("Cộng nhầm điểm")
    page.get_by_label("Ai phát hiện").select_option("Học sinh")
    page.get_by_label("Bài kiểm tra", exact=True).set_input_files(paper)
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.get_by_text("Chờ xác nhận").first).to_be_visible()
    return "/" + page.url.split("/", 3)[3]


def homeroom_teacher_confirms(page: Page) -> None:
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_text("Chờ duyệt").first).to_be_visible()


def principal_approves(page: Page, code: str) -> None:
    page.get_by_label("mật khẩu").fill(PASSWORD)
    page.get_by_label("Mã xác nhận").fill(code)
    page.get_by_role("button", name="Duyệt").click()
    expect(page.get_by_text("chờ thực hiện").first).to_be_visible()


def executes(page: Page) -> None:
    page.get_by_role("button", name=re.compile("[Tt]hực hiện")).click()
    expect(page.get_by_role("button", name=re.compile("[Tt]hực hiện"))).to_have_count(0)


def the_sheet_is_locked_and_corrected(page: Page) -> None:
    expect(page.locator("#o-1-final del")).to_have_text("6,5")
    expect(page.locator("#o-1-final")).to_contain_text("8,5")
    expect(page.locator("#grid input")).to_have_count(0)


def history_tells_all(page: Page) -> None:
    """Every step is there, the refused attempt too, newest first."""
    timeline = page.locator(".timeline")
    for step in (
        "Nhập điểm",
        "Gửi đề nghị sửa điểm",
        "Xác nhận đề nghị sửa điểm",
        "Duyệt đề nghị sửa điểm",
        "Sửa điểm theo đề nghị đã duyệt",
    ):
        expect(timeline.get_by_text(step).first).to_be_visible()
    page.goto(f"{GRID}/lich-su?tu_choi=true")
    for step in ("Chốt cột điểm", "Khóa bảng điểm", "Thao tác bị từ chối", "Khóa lại cột ngay"):
        expect(page.locator("table.list").get_by_text(step).first).to_be_visible()
