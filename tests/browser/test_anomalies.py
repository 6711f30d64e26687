"""The pages of signals in a browser: they fit a laptop and a phone, and axe finds nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ledger.signals.commands import EscalateSignal
from tests.browser.conftest import PHONE, check_accessible, check_fits
from tests.browser.stage import Stage, copied_stage
from tests.school import DUC
from tests.web.published import describe
from tests.web.signalled import LIST, PAGE, acts, answer, ask_lan, report
from tests.web.supervised import open_supervised

MONTH = f"{LIST}/bao-cao/2026-10"
PAGES = (
    ("duc", LIST),
    ("duc", PAGE),
    ("ngoc", PAGE),
    ("duc", f"{LIST}/bao-cao"),
    ("duc", MONTH),
    ("ngoc", MONTH),
    ("lan", "/toi/cau-hoi"),
    ("ngoc", "/"),
)


@pytest.fixture(scope="session")
def built_class(built_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with a signal that was asked, answered and escalated, and reported; made once."""
    folder = tmp_path_factory.mktemp("signals") / "class"
    with copied_stage(built_class, folder) as stage:
        open_supervised(stage)
        describe(stage)
        ask_lan(stage)
        answer(stage)
        acts(stage, DUC, EscalateSignal, reason="Cần hiệu trưởng kết luận")
        report(stage)
    return folder


@pytest.mark.parametrize(("who", "path"), PAGES, ids=lambda value: value)
def test_a_page_fits_and_is_accessible(open_page: Callable[..., Page], who: str, path: str) -> None:
    laptop = open_page(who, path)
    check_fits(laptop)
    check_accessible(laptop)
    check_fits(open_page(who, path, size=PHONE))


def test_the_principal_closes_and_reopens_on_a_phone_without_scripts(
    open_page: Callable[..., Page], stage: Stage
) -> None:
    page = open_page("ngoc", PAGE, script=False, size=PHONE)
    page.get_by_label("Có lí do chính đáng").check()
    page.get_by_label("Vì sao").fill("Tổ đã thống nhất lại đáp án")
    page.get_by_role("button", name="Đóng dấu hiệu").click()
    expect(page.get_by_text("đóng: có lí do chính đáng")).to_be_visible()
    page.get_by_label("Vì sao mở lại").fill("Phụ huynh có đơn")
    page.get_by_role("button", name="Mở lại dấu hiệu").click()
    expect(page.get_by_text("Phụ huynh có đơn")).to_be_visible()
    expect(page.get_by_role("button", name="Đóng dấu hiệu")).to_be_visible()
