"""The principal asks something back on a phone, and the teacher answers with a photo."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, check_accessible, check_fits
from tests.browser.stage import MATHS, PUPILS, Stage
from tests.school import ANSWER, FIX, HOA, LAN, NGOC, QUESTION
from tests.web.files import picture

OpenPage = Callable[..., Page]
PAGE = f"/de-nghi/{FIX}"


def test_a_question_and_its_answer_on_a_phone(open_page: OpenPage, stage: Stage) -> None:
    stage.says(LAN, "enters", (PUPILS[0], "midterm", "4.5", 0))
    stage.says(LAN, "closes", "midterm", leaving_blanks=True)
    stage.says(NGOC.about(MATHS), "locks")
    stage.says(LAN, "requests", (PUPILS[0], "midterm", "6.5", stage.version(1, "midterm")))
    stage.says(HOA, "confirms")
    principal = open_page("ngoc", PAGE, size=PHONE)
    principal.get_by_text("Hỏi lại người đề nghị").click()
    principal.get_by_label("Câu hỏi").fill(QUESTION)
    check_fits(principal)
    check_accessible(principal)
    principal.get_by_role("button", name="Hỏi lại").click()
    expect(principal.get_by_text("Đã hỏi lại; đang chờ")).to_be_visible()
    teacher = open_page("lan", "/", size=PHONE)
    teacher.get_by_role("link", name="1 ô điểm").first.click()
    teacher.get_by_label("Câu trả lời của bạn").fill(ANSWER)
    teacher.get_by_text("Gửi kèm minh chứng").click()
    teacher.get_by_label("Bài kiểm tra").set_input_files(
        {"name": "bài.png", "mimeType": "image/png", "buffer": picture()}
    )
    check_fits(teacher)
    check_accessible(teacher)
    teacher.get_by_role("button", name="Gửi câu trả lời").click()
    expect(teacher.get_by_text(ANSWER)).to_be_visible()
    expect(teacher.get_by_text("Kèm theo: Bài kiểm tra")).to_be_visible()
    for size in (LAPTOP, PHONE):
        listed = open_page("ngoc", "/de-nghi", size=size)
        check_fits(listed)
        check_accessible(listed)
