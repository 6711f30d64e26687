"""The register, keeping, and signing means in a browser: they fit, axe finds nothing, they work."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ledger.dossiers.state import DossierStatus
from tests.browser.conftest import PHONE, check_accessible, check_fits
from tests.browser.stage import Stage, copied_stage
from tests.school import LAN
from tests.web.filed import (
    ARCHIVED,
    OLD,
    certificate_of,
    dossier_of,
    file_dossiers,
    file_old_dossier,
)
from tests.web.leavers import YEAR, open_old_year
from tests.web.published import describe

PAGES = (
    ("ngoc", "/ho-so?muc=tat-ca"),
    ("khoa", "/ho-so/luu-giu"),
    ("ngoc", f"/ho-so/luu-giu/{OLD}"),
    ("ngoc", f"/ho-so/luu-giu/thoi-han/{YEAR}"),
    ("khoa", f"/ho-so/giay-da-in?nam={YEAR}"),
    ("lan", "/toi/chu-ky"),
    ("ngoc", "/quan-tri/chu-ky"),
    ("khoa", f"/quan-tri/chu-ky/{certificate_of(LAN)}"),
    ("ngoc", "/"),
)


@pytest.fixture(scope="session")
def built_class(built_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with dossiers in every state, and one whose time is over."""
    folder = tmp_path_factory.mktemp("filed") / "class"
    with copied_stage(built_class, folder) as stage:
        describe(stage)
        file_dossiers(stage)
        open_old_year(stage)
        file_old_dossier(stage)
    return folder


@pytest.mark.parametrize(("who", "path"), PAGES, ids=lambda value: value)
def test_a_page_fits_and_is_accessible(open_page: Callable[..., Page], who: str, path: str) -> None:
    laptop = open_page(who, path)
    check_fits(laptop)
    check_accessible(laptop)
    check_fits(open_page(who, path, size=PHONE))


def test_a_dossier_is_found_on_a_phone_without_scripts(open_page: Callable[..., Page]) -> None:
    page = open_page("ngoc", "/ho-so", script=False, size=PHONE)
    page.get_by_label("Số, học sinh, lớp").fill("bao")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Tất cả (1)").click()
    expect(page.get_by_role("link", name="01/BB-THCSHP")).to_be_visible()
    expect(page.get_by_role("link", name="01/BB-THCSHP")).to_have_attribute(
        "href", f"/ho-so/{ARCHIVED}"
    )


def test_two_people_dispose_of_a_dossier_without_scripts(
    stage: Stage, open_page: Callable[..., Page]
) -> None:
    office = open_page("mai", "/ho-so/luu-giu", script=False)
    office.get_by_role("checkbox", name=f"01/BB-THCSHP, năm học {YEAR}").check()
    office.get_by_label("Lý do tiêu hủy").fill("Hết thời hạn lưu")
    office.get_by_role("button", name="Đề nghị tiêu hủy").click()
    principal = open_page("ngoc", "/", script=False, size=PHONE)
    principal.get_by_role("link", name="1 đề nghị tiêu hủy").click()
    principal.get_by_role("link", name=f"01/BB-THCSHP, năm học {YEAR}").click()
    principal.get_by_label("Tôi đã kiểm tra thời hạn lưu").check()
    principal.get_by_role("button", name="Tiêu hủy hồ sơ").click()
    expect(principal.get_by_text("đã hủy", exact=True)).to_be_visible()
    assert dossier_of(stage, OLD).status is DossierStatus.DISPOSED


def test_a_teacher_makes_a_key_of_the_school(stage: Stage, open_page: Callable[..., Page]) -> None:
    principal = open_page("ngoc", "/quan-tri/chu-ky", script=False)
    principal.get_by_role("button", name="Lập nơi cấp").click()
    expect(principal.get_by_text("Đang dùng")).to_be_visible()
    teacher = open_page("vinh", "/toi/chu-ky", size=PHONE)
    teacher.get_by_label("Mã PIN", exact=True).fill("260503")
    teacher.get_by_label("Nhập lại mã PIN", exact=True).fill("260503")
    teacher.get_by_role("button", name="Tạo khóa").click()
    expect(teacher.get_by_text("dùng được")).to_be_visible()
    check_accessible(teacher)
    assert len(stage.desk.ledger.credentials().authorities) == 1


def test_the_printed_register_has_only_the_register(open_page: Callable[..., Page]) -> None:
    page = open_page("ngoc", "/ho-so?muc=tat-ca", script=False)
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="03/BB-THCSHP")).to_be_visible()
    expect(page.get_by_role("button", name="Tìm")).to_be_hidden()
    expect(page.get_by_role("link", name="Tải sổ đăng ký (Excel)")).to_be_hidden()
