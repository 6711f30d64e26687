"""The page on which anybody checks a biên bản, as a parent sees it on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, check_accessible, check_fits
from tests.browser.stage import PUPILS, Stage
from tests.school import LAN
from tests.web.filed import correct, dossier_of
from tests.web.published import describe
from tests.web.real_dossier import DOSSIER
from web.dossiers.filing import draft

OpenPage = Callable[..., Page]
PAGE = "/kiem-chung/ho-so"


@pytest.fixture
def paper(stage: Stage) -> bytes:
    """A biên bản that nobody has signed yet."""
    describe(stage)
    correct(stage, DOSSIER, PUPILS[0], "regular-1")
    view = stage.desk.corrections.find(DOSSIER)
    assert view is not None
    dossier = draft(stage.desk, view, LAN.author)
    return stage.desk.evidence.read(dossier.revision.sha256)


def test_a_paper_is_checked_on_a_phone_without_script(
    open_page: OpenPage, paper: bytes, stage: Stage
) -> None:
    drafted = dossier_of(stage, DOSSIER).drafted
    code = f"{DOSSIER}.{drafted.position}.{drafted.root[:16]}"
    page = open_page("lan", f"{PAGE}?bb={code}", size=PHONE, script=False)
    expect(page.get_by_role("status")).to_contain_text("Mã trên giấy đúng là của biên bản này")
    page.get_by_label("Hồ sơ (.zip) hoặc biên bản (.pdf)").set_input_files(
        {"name": "bien-ban.pdf", "mimeType": "application/pdf", "buffer": paper}
    )
    page.get_by_role("button", name="Kiểm chứng").click()
    expect(page.get_by_role("status")).to_contain_text("đúng là bản mới nhất")
    expect(page.get_by_text("chờ ký: giáo viên bộ môn")).to_be_visible()


@pytest.mark.parametrize("code", ["", "?bb=khong-co"], ids=["empty", "unknown"])
def test_it_fits_a_phone_and_is_accessible(open_page: OpenPage, code: str) -> None:
    page = open_page("lan", f"{PAGE}{code}", size=PHONE)
    check_fits(page)
    check_accessible(page)
