"""The verification in a browser: it is followed to its end, and its report fits A4."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from sqlalchemy import text

from ledger.store.triggers import GUARDS
from tests.browser.conftest import PHONE, check_accessible, check_fits
from tests.browser.stage import Stage
from web.wording import verification as words

PAGE = "/kiem-chung/so"
OpenPage = Callable[..., Page]


def change_lines(stage: Stage) -> None:
    """As whoever owns the file does it, and puts the guard back."""
    (guard,) = (one for one in GUARDS["sqlite"] if one.name == "event_no_update")
    with stage.desk.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER event_no_update"))
        connection.execute(text("UPDATE event SET leaf_hash = zeroblob(32) WHERE position > 2"))
        connection.execute(text(guard.statement))


def test_a_verification_is_followed_to_its_end(open_page: OpenPage) -> None:
    page = open_page("duc", PAGE)
    check_accessible(page)
    page.get_by_role("button", name="Kiểm chứng").click()
    expect(page.get_by_text(words.PASSED)).to_be_visible()
    expect(page.get_by_role("link", name="Tải báo cáo để in và ký")).to_be_visible()
    check_accessible(page)


def test_what_was_found_fits_a_phone_without_scripts(open_page: OpenPage, stage: Stage) -> None:
    change_lines(stage)
    page = open_page("ngoc", PAGE, script=False, size=PHONE)
    page.get_by_role("button", name="Kiểm chứng").click()
    while page.get_by_role("link", name="Xem tiến trình mới nhất").is_visible():
        page.get_by_role("link", name="Xem tiến trình mới nhất").click()
    expect(page.get_by_text("Nội dung dòng 3 không khớp với mã băm ghi cùng dòng.")).to_be_visible()
    check_fits(page)


def test_the_report_is_printed_on_a4(
    open_page: OpenPage, browser: Browser, stage: Stage, tmp_path: Path
) -> None:
    change_lines(stage)
    page = open_page("ngoc", PAGE)
    page.get_by_role("button", name="Kiểm chứng").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải báo cáo để in và ký").click()
    report = tmp_path / "bao-cao.html"
    download.value.save_as(report)
    printed = browser.new_page()
    printed.goto(report.as_uri())
    check_accessible(printed)
    pdf = tmp_path / "bao-cao.pdf"
    printed.pdf(path=pdf, prefer_css_page_size=True)
    printed.close()
    pages = PdfReader(pdf).pages
    assert {(round(each.mediabox.width), round(each.mediabox.height)) for each in pages} == {
        (595, 842)
    }
    told = unspaced("".join(each.extract_text() for each in pages))
    for sentence in ("3. Sai lệch", "Nội dung dòng 3", "Người kiểm", words.LIMITS[2]):
        assert unspaced(sentence) in told


def unspaced(shown: str) -> str:
    """Without the spaces that a reader of PDF sees between letters of several fonts."""
    return "".join(shown.split())
