"""The pages of personal data in a browser: they fit a laptop and a phone, and axe finds nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ledger.privacy.commands import RestrictPersonalData
from ledger.privacy.facts import ErasureId
from tests.browser.conftest import PHONE, check_accessible, check_fits
from tests.browser.stage import Stage, copied_stage
from tests.school import KHOA, numbered_id
from tests.web.leavers import (
    ERASURE,
    MATHS,
    MINH,
    NGA,
    PERSONAL,
    YEAR,
    ask_to_erase,
    decides,
    erase,
    open_old_year,
)

OTHER = ErasureId(numbered_id(8302))
PAGES = (
    ("ngoc", PERSONAL),
    ("mai", f"{PERSONAL}?nam={YEAR}"),
    ("khoa", f"{PERSONAL}/hoc-sinh/{NGA}"),
    ("ngoc", f"{PERSONAL}/hoc-sinh/{MINH}"),
    ("ngoc", f"{PERSONAL}/yeu-cau/{OTHER}"),
    ("ngoc", f"{PERSONAL}/yeu-cau/{ERASURE}"),
    ("ngoc", f"{PERSONAL}/luu-giu"),
    ("khoa", f"{PERSONAL}/so-theo-doi"),
    ("lan", f"/so-diem/{MATHS}"),
)


@pytest.fixture(scope="session")
def built_class(built_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with a pupil who is erased, and one who is restricted and waits for it."""
    folder = tmp_path_factory.mktemp("personal") / "class"
    with copied_stage(built_class, folder) as stage:
        open_old_year(stage)
        ask_to_erase(stage)
        erase(stage)
        ask_to_erase(stage, MINH, OTHER)
        decides(stage, KHOA, RestrictPersonalData, pupil=MINH, reason="Đơn của phụ huynh")
    return folder


@pytest.mark.parametrize(("who", "path"), PAGES, ids=lambda value: value)
def test_a_page_fits_and_is_accessible(open_page: Callable[..., Page], who: str, path: str) -> None:
    laptop = open_page(who, path)
    check_fits(laptop)
    check_accessible(laptop)
    check_fits(open_page(who, path, size=PHONE))


def test_a_request_is_approved_on_a_phone_without_scripts(
    stage: Stage, open_page: Callable[..., Page]
) -> None:
    page = open_page("ngoc", "/", script=False, size=PHONE)
    page.get_by_role("link", name="1 yêu cầu xóa dữ liệu cá nhân chờ bạn quyết định").click()
    waiting = page.get_by_role("region", name="Yêu cầu xóa đang chờ", exact=True)
    waiting.get_by_role("link", name="Tạ Quang Minh").click()
    page.get_by_label("Tôi đã kiểm tra căn cứ").check()
    page.get_by_role("button", name="Xóa vĩnh viễn").click()
    expect(page.get_by_text("(đã xóa dữ liệu cá nhân) #008102")).to_be_visible()
    assert not stage.desk.vault.known_of([MINH])
