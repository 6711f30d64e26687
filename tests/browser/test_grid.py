"""The entry grid in a browser: keys, paste, undo, conflicts, a lost network, and no script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import LAPTOP, PHONE, check_accessible, check_fits
from tests.browser.stage import MATHS, PUPILS, SPORTS, Stage, sign_in_cookie
from tests.school import KHOA, LAN, MAI, NGOC

GRID = f"/so-diem/{MATHS}"
OpenPage = Callable[..., Page]
LAN_HERE, MAI_HERE = LAN.about(MATHS), MAI.about(MATHS).on_behalf_of(LAN)
SAVED = re.compile(r"Đã lưu \d")


def cell(page: Page, number: int, column: str) -> Locator:
    return page.locator(f"#o-{number}-{column}")


def typed_in(page: Page, number: int, column: str) -> Locator:
    return cell(page, number, column).locator("input")


def state(page: Page) -> Locator:
    return page.locator("#save-state")


def paste(page: Page, text: str) -> None:
    """Paste as a spreadsheet does: text on the clipboard, into the cell that has the focus."""
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const options = { clipboardData: data, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def test_typing_with_enter_fills_a_column_and_saves_itself(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page("lan", GRID)
    typed_in(page, 1, "regular-1").click()
    for text in ("8,5", "7.5", "0", "10", "v"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    expect(typed_in(page, 6, "regular-1")).to_be_focused()
    expect(state(page)).to_have_text(SAVED)
    expect(typed_in(page, 2, "regular-1")).to_have_value("7,5")
    marks = [stage.mark(number, "regular-1") for number in range(1, 6)]
    assert marks == ["8.5", "7.5", "0.0", "10.0", "awaiting-make-up"]
    page.reload()
    expect(typed_in(page, 3, "regular-1")).to_have_value("0")


def test_enter_stops_at_the_end_of_a_column(open_page: OpenPage) -> None:
    page = open_page("lan", GRID)
    typed_in(page, 45, "midterm").click()
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    expect(typed_in(page, 45, "midterm")).to_be_focused()
    expect(page.locator("#notice")).to_have_text("Hết cột ĐĐGgk.")


def test_the_keys_of_a_spreadsheet_move_edit_and_undo(open_page: OpenPage, stage: Stage) -> None:
    stage.says(LAN_HERE, "enters", (PUPILS[1], "regular-2", "6.0", 0))
    page = open_page("lan", GRID)
    typed_in(page, 2, "regular-1").click()
    page.keyboard.press("ArrowRight")
    expect(typed_in(page, 2, "regular-2")).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.type(",5")
    page.keyboard.press("Shift+Enter")
    expect(typed_in(page, 1, "regular-2")).to_be_focused()
    expect(typed_in(page, 2, "regular-2")).to_have_value("6,5")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Delete")
    expect(typed_in(page, 2, "regular-2")).to_have_value("")
    page.keyboard.press("Control+z")
    expect(typed_in(page, 2, "regular-2")).to_have_value("6,5")
    page.keyboard.press("Control+z")
    expect(typed_in(page, 2, "regular-2")).to_have_value("6")
    page.keyboard.press("Control+y")
    expect(typed_in(page, 2, "regular-2")).to_have_value("6,5")
    page.keyboard.type("1")
    page.keyboard.press("Escape")
    expect(typed_in(page, 2, "regular-2")).to_have_value("6,5")
    page.keyboard.press("Control+End")
    expect(typed_in(page, 45, "final")).to_be_focused()
    page.keyboard.press("Home")
    expect(typed_in(page, 45, "regular-1")).to_be_focused()
    page.keyboard.press("PageUp")
    expect(typed_in(page, 35, "regular-1")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_the_grid_is_one_tab_stop(open_page: OpenPage) -> None:
    page = open_page("lan", GRID)
    assert page.locator("#grid [tabindex='0']").count() == 1
    typed_in(page, 1, "final").click()
    page.keyboard.press("Tab")
    assert (
        page.evaluate("document.getElementById('grid').contains(document.activeElement)") is False
    )


def test_a_pasted_column_is_saved_but_for_its_errors_and_undone_at_once(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page("lan", GRID)
    typed_in(page, 1, "regular-1").click()
    values = ["8,5"] * 45
    values[4], values[9] = "85", "7,25"
    paste(page, "\r\n".join(values) + "\r\n")
    expect(state(page)).to_have_text("Chưa lưu 2 ô")
    expect(page.locator("#issue-state")).to_have_text("2 ô lỗi")
    expect(page.locator("#notice")).to_contain_text("Đã dán 45 ô từ cột ĐĐGtx 1.")
    expect(page.locator("#notice")).to_contain_text("2 ô không hợp lệ")
    expect(cell(page, 5, "regular-1")).to_have_class(re.compile("invalid"))
    expect(page.locator("#issues li")).to_have_count(2)
    expect(cell(page, 45, "regular-1")).to_have_class(re.compile("saved"))
    assert [stage.mark(number, "regular-1") for number in (1, 5, 10, 45)] == ["8.5", "", "", "8.5"]
    page.get_by_role("button", name="Hoàn tác").click()
    expect(state(page)).to_have_text(SAVED)
    expect(typed_in(page, 45, "regular-1")).to_have_value("")
    assert stage.mark(1, "regular-1") == ""


def test_a_paste_never_runs_past_the_table_or_into_closed_cells(
    stage: Stage, open_page: OpenPage
) -> None:
    stage.says(LAN_HERE, "enters", (PUPILS[39], "regular-2", "6.0", 0))
    stage.says(LAN_HERE, "closes", "regular-2", leaving_blanks=True)
    page = open_page("lan", GRID)
    typed_in(page, 39, "regular-1").click()
    paste(page, "7\t8\r\n" * 10)
    notice = page.locator("#notice")
    expect(notice).to_contain_text("Đã dán 13 ô")
    expect(notice).to_contain_text("Bỏ 1 ô vì đã chốt")
    expect(notice).to_contain_text("Bỏ 6 ô vì vượt ra ngoài bảng.")
    expect(state(page)).to_have_text(SAVED)
    assert (stage.mark(40, "regular-2"), stage.mark(41, "regular-2")) == ("6.0", "8.0")


@pytest.mark.parametrize(("button", "mark"), [("Giữ của họ", "9.5"), ("Ghi đè của tôi", "8.0")])
def test_a_conflict_is_shown_and_decided_by_the_person(
    stage: Stage, open_page: OpenPage, button: str, mark: str
) -> None:
    page = open_page("lan", GRID)
    stage.says(MAI_HERE, "enters", (PUPILS[0], "midterm", "9.5", 0))
    typed_in(page, 1, "midterm").click()
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(page.locator("#issue-state")).to_have_text("1 ô xung đột")
    expect(cell(page, 1, "midterm")).to_have_class(re.compile("conflict"))
    expect(page.locator("#issues")).to_contain_text(
        "Của tôi 8 · Trên máy chủ 9,5 (Hoàng Thị Mai, 08:00)"
    )
    assert stage.mark(2, "midterm") == "7.0"
    page.get_by_role("button", name=button).click()
    expect(page.locator("#issues-card")).to_be_hidden()
    expect(state(page)).to_have_text(re.compile("Đã lưu"))
    assert stage.mark(1, "midterm") == mark


def test_a_save_that_lost_the_network_is_sent_again_once(stage: Stage, open_page: OpenPage) -> None:
    page = open_page("lan", GRID)
    sent: list[Any] = []

    def lose_the_answer(route: Route) -> None:
        sent.append(route.request.post_data_json)
        if len(sent) == 1:
            route.fetch()  # It arrives; only the answer is lost.
            route.abort()
        else:
            route.continue_()

    page.route("**/api/v1/**/marks", lose_the_answer)
    typed_in(page, 1, "final").click()
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    expect(state(page)).to_have_text("Chưa lưu 1 ô — mất mạng")
    expect(state(page)).to_have_text(SAVED)
    assert [batch["command_id"] for batch in sent] == [sent[0]["command_id"]] * 2
    changes = stage.desk.history.of_cell(MATHS, PUPILS[0], "final")
    assert [row.kind for row in changes] == ["mark-entered"]


def test_cells_not_saved_outlive_the_session_and_the_page(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page("lan", GRID)
    page.context.clear_cookies()
    typed_in(page, 1, "final").click()
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Phiên làm việc đã hết.")).to_be_visible()
    url = page.url.removesuffix(GRID)
    page.context.add_cookies(
        [{"name": n, "value": v, "url": url} for n, v in sign_in_cookie(stage, "lan").items()]
    )
    page.on("dialog", lambda dialog: dialog.accept())  # The page warns before it is left.
    page.reload()
    expect(typed_in(page, 1, "final")).to_have_value("8")
    expect(state(page)).to_have_text(SAVED)
    assert stage.mark(1, "final") == "8.0"


def test_without_script_the_form_saves_and_brings_back_what_it_cannot(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page("lan", GRID, script=False)
    stage.says(MAI_HERE, "enters", (PUPILS[0], "midterm", "9.5", 0))
    stage.says(MAI_HERE, "enters", (PUPILS[4], "midterm", "3.0", 0))
    typed_in(page, 1, "midterm").fill("8")
    typed_in(page, 2, "midterm").fill("7,5")
    typed_in(page, 3, "midterm").fill("85")
    page.get_by_role("button", name="Lưu").click()
    summary = page.locator(".error-summary")
    expect(summary).to_contain_text("2 ô chưa lưu được")
    expect(summary).to_contain_text("Của tôi 8 · Trên máy chủ 9,5 (Hoàng Thị Mai")
    expect(typed_in(page, 1, "midterm")).to_have_value("8")
    expect(typed_in(page, 3, "midterm")).to_have_value("85")
    # What nobody touched here is neither sent nor a conflict.
    expect(typed_in(page, 5, "midterm")).to_have_value("3")
    assert [stage.mark(number, "midterm") for number in (1, 2, 3)] == ["9.5", "7.5", ""]
    typed_in(page, 3, "midterm").fill("8,5")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".banner.ok")).to_have_text("Đã lưu 2 ô.")
    assert [stage.mark(number, "midterm") for number in (1, 3)] == ["8.0", "8.5"]


def test_a_locked_sheet_is_read_only_and_says_why(stage: Stage, open_page: OpenPage) -> None:
    stage.says(LAN_HERE, "enters", (PUPILS[0], "midterm", "9.5", 0))
    stage.says(NGOC.about(MATHS), "locks")
    page = open_page("lan", GRID)
    expect(page.locator("#grid input")).to_have_count(0)
    expect(state(page)).to_have_text("Đã khóa")
    expect(page.locator(".banner:visible")).to_contain_text(
        "Khóa bởi Nguyễn Thị Ngọc (Hiệu trưởng)"
    )
    cell(page, 1, "midterm").click()
    page.locator("#cell-card").get_by_role("link", name="Đề nghị sửa").click()
    expect(page.get_by_role("heading", name="Đề nghị sửa điểm", level=1)).to_be_visible()
    expect(page.get_by_role("row", name="Trần Văn Bảo")).to_contain_text("9,5")


def test_a_lock_that_comes_while_typing_loses_no_typed_mark(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page("lan", GRID)
    stage.says(NGOC.about(MATHS), "locks_column", "final")
    typed_in(page, 1, "final").click()
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    expect(cell(page, 1, "final")).to_have_class(re.compile("invalid"))
    expect(page.locator("#issues")).to_contain_text("đã bị khóa bởi hiệu trưởng Nguyễn Thị Ngọc")
    expect(typed_in(page, 1, "final")).to_have_value("8")
    page.get_by_role("button", name="Bỏ chữ đã gõ").click()
    expect(typed_in(page, 1, "final")).to_have_value("")


def test_the_secretary_enters_periodic_marks_and_the_teacher_confirms(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page("mai", GRID)
    expect(page.locator("#o-1-regular-1 input")).to_have_count(0)
    typed_in(page, 1, "midterm").click()
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    expect(state(page)).to_have_text(SAVED)
    teacher = open_page("lan", GRID)
    expect(cell(teacher, 1, "midterm")).to_have_class(re.compile("behalf"))
    teacher.get_by_role("button", name="Xác nhận cột ĐĐGgk").click()
    expect(cell(teacher, 1, "midterm")).not_to_have_class(re.compile("behalf"))


def test_a_comment_subject_takes_words_only(stage: Stage, open_page: OpenPage) -> None:
    page = open_page("lan", f"/so-diem/{SPORTS}")
    typed_in(page, 1, "regular-1").click()
    for text in ("đ", "cđ", "8"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    expect(page.locator("#issues")).to_contain_text("Môn này nhận xét bằng Đ hoặc CĐ.")
    expect(state(page)).to_have_text("Chưa lưu 1 ô")
    expect(cell(page, 2, "regular-1")).to_have_class(re.compile("saved"))
    assert [stage.mark(n, "regular-1", SPORTS) for n in (1, 2, 3)] == ["passed", "not-passed", ""]


def test_the_history_of_a_cell_is_one_key_away(stage: Stage, open_page: OpenPage) -> None:
    stage.says(LAN_HERE, "enters", (PUPILS[0], "final", "8.0", 0))
    page = open_page("lan", GRID)
    typed_in(page, 1, "final").click()
    page.keyboard.press("Alt+h")
    expect(page.locator("#cell-card .timeline")).to_contain_text("Nhập điểm 8")


PAGES = (
    ("lan", GRID),
    ("mai", GRID),
    ("duc", GRID),
    ("lan", "/lop"),
    ("duc", "/lop"),
    ("lan", f"{GRID}/cot"),
    ("lan", f"{GRID}/cot/midterm"),
    ("lan", f"{GRID}/lich-su"),
    ("lan", f"{GRID}/o/{PUPILS[0]}/midterm"),
    ("lan", f"{GRID}/o/{PUPILS[3]}/final"),
    ("duc", "/lich-su?tu_choi=true"),
)


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_pages_are_accessible_and_fit(
    stage: Stage, open_page: OpenPage, size: tuple[int, int]
) -> None:
    stage.says(
        MAI_HERE, "enters", (PUPILS[0], "midterm", "9.5", 0), (PUPILS[1], "midterm", "6.0", 0)
    )
    stage.says(LAN_HERE, "enters", (PUPILS[0], "regular-1", "0.0", 0))
    stage.says(LAN_HERE, "closes", "regular-1", leaving_blanks=True)
    stage.says(KHOA.about(MATHS), "removes_pupil", PUPILS[2])
    stage.says(NGOC.about(MATHS), "locks_column", "final")
    for username, path in PAGES:
        page = open_page(username, path, size=size)
        check_fits(page)
        check_accessible(page)
        page.close()


def test_eighteen_pupils_are_seen_at_once_on_a_small_laptop(open_page: OpenPage) -> None:
    page = open_page("lan", GRID, size=(1366, 650))
    seen = page.evaluate(
        """() => Array.from(document.querySelectorAll("#grid tbody tr"))
          .filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length"""
    )
    assert seen >= 18
