"""A teacher asks for a whole column in the browser: pasted, shifted, photographed, looked at."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import LAPTOP, PHONE, check_accessible, check_fits
from tests.browser.stage import MATHS, PUPILS, Stage, copied_stage
from tests.school import LAN
from tests.web.files import picture

OpenPage = Callable[..., Page]
FORM = f"/so-diem/{MATHS}/de-nghi?cot=midterm"


@pytest.fixture(scope="session")
def built_class(built_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class with a closed column of 45 marks, made once."""
    folder = tmp_path_factory.mktemp("asking") / "school"
    with copied_stage(built_class, folder) as stage:
        marks = [f"{number % 10}.{number % 7}" for number in range(45)]
        entries = [(pupil, "midterm", mark, 0) for pupil, mark in zip(PUPILS, marks, strict=True)]
        stage.says(LAN, "enters", *entries)
        stage.says(LAN, "closes", "midterm")
    return folder


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_slipped_column_is_asked_for_with_a_photo(
    open_page: OpenPage, stage: Stage, *, script: bool
) -> None:
    page = open_page("lan", FORM, script=script)
    page.get_by_text("Cả cột bị lệch một dòng").click()
    page.get_by_label("Bị lệch từ học sinh").select_option(index=2)
    page.get_by_role("button", name="Dịch xuống một dòng").click()
    page.get_by_role("textbox", name="Điểm đúng của").nth(1).fill("8,5")
    page.get_by_label("Bài kiểm tra", exact=True).set_input_files(
        {"name": "bài.png", "mimeType": "image/png", "buffer": picture()}
    )
    # Nothing is said yet of why: what is refused loses neither marks nor photo.
    page.get_by_role("button", name="Xem ảnh hưởng").click()
    expect(page.get_by_role("checkbox", name="Bài kiểm tra")).to_be_checked()
    page.get_by_label("Nguyên nhân").select_option("Nhập lệch hàng hoặc lệch cột")
    page.get_by_label("Ai phát hiện").select_option("Giáo viên bộ môn")
    page.get_by_role("textbox", name="Lý do").fill("Nhập lệch từ dòng thứ hai")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.get_by_text("44 ô điểm")).to_be_visible()
    (view,) = stage.desk.corrections.list()
    assert [line.after for line in view.lines[1:]] == [line.before for line in view.lines[:-1]]


def test_photos_are_shown_small_and_made_smaller_before_they_are_sent(
    open_page: OpenPage,
) -> None:
    page = open_page("lan", FORM, size=PHONE)
    field = page.get_by_label("Bài kiểm tra", exact=True)
    large, small = (
        FilePayload(name=name, mimeType="image/png", buffer=content)
        for name, content in (("bài 1.png", picture(size=(4000, 3000))), ("bài 2.png", picture()))
    )
    field.set_input_files([large])
    expect(page.get_by_role("button", name="Bỏ tệp bài 1.jpg")).to_be_visible()
    field.set_input_files([small])
    expect(page.locator(".thumbs canvas")).to_have_count(2)
    page.get_by_role("button", name="Bỏ tệp bài 2.png").click()
    expect(page.locator(".thumbs canvas")).to_have_count(1)
    assert field.evaluate("input => Array.from(input.files, (file) => file.name)") == ["bài 1.jpg"]
    size = field.evaluate(
        "async (input) => { const made = await createImageBitmap(input.files[0]);"
        " return [made.width, made.height]; }"
    )
    assert size == [2600, 1950]


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_form_fits_and_is_accessible_whatever_it_tells(
    open_page: OpenPage, size: tuple[int, int]
) -> None:
    page = open_page("lan", FORM.partition("?")[0], size=size)
    check_fits(page)
    page.get_by_label("ĐĐGgk").check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_text("Dán cột điểm đúng").click()
    page.get_by_label("Điểm đúng, chép từ Excel").fill("HS0001\t8,25\nHS0099\t7")
    page.get_by_role("button", name="Đối chiếu").click()
    expect(page.get_by_text("2 chỗ sai trong 2 dòng")).to_be_visible()
    check_fits(page)
    check_accessible(page)
    page.get_by_label("Điểm đúng, chép từ Excel").fill("9\n9,5\n10")
    page.get_by_label("Bài kiểm tra", exact=True).set_input_files(
        {"name": "bài.png", "mimeType": "image/png", "buffer": picture()}
    )
    page.get_by_role("button", name="Đối chiếu").click()
    expect(page.get_by_text("Đã đối chiếu 3 dòng")).to_be_visible()
    check_fits(page)
    check_accessible(page)
