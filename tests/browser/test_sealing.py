"""The sealing in a real browser: the card on the first screen, its page, and closing a year."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, check_accessible, check_fits
from tests.browser.stage import PUPILS, Stage, watch
from tests.ledger.witnesses import Watchers
from tests.school import LAN
from tests.web.published import describe
from tests.web.year import PATH, YearStage


@pytest.fixture
def watchers(stage: Stage) -> Watchers:
    """Two witnesses, one of which is away since the second checkpoint."""
    describe(stage)
    YearStage(stage).set_up()
    desk, watchers = stage.desk, Watchers("pho-hieu-truong", "phong-gddt")
    desk.publisher.publish()
    watchers.log = desk.keys.log_keys()[-1].verifier
    watchers.decide(desk.keys, "all")
    watchers.decide(desk.keys, "all", "policy-close-year")
    watch(stage, watchers)
    for number in range(3):
        stage.says(LAN, "enters", (PUPILS[number], "final", "8.0", 0))
        stage.clock.forward(minutes=1)
        watchers["phong-gddt"].at_home = number == 0
        stage.desk.publisher.publish()
    stage.clock.forward(minutes=20)
    return watchers


@pytest.mark.parametrize("path", ["/", "/niem-phong", PATH, f"{PATH}/niem-phong"])
def test_a_page_of_the_sealing_fits_and_is_accessible(
    watchers: Watchers, open_page: Callable[..., Page], path: str
) -> None:
    laptop = open_page("ngoc", path)
    check_fits(laptop)
    check_accessible(laptop)
    check_fits(open_page("ngoc", path, size=PHONE))


def test_the_gap_is_seen_and_closes_when_the_witness_is_back(
    watchers: Watchers, stage: Stage, open_page: Callable[..., Page]
) -> None:
    page = open_page("ngoc", "/")
    card = page.get_by_role("region", name="Niêm phong sổ")
    expect(card).to_contain_text("chưa đủ nhân chứng xác nhận")
    expect(card).to_contain_text("không trả lời")
    card.get_by_role("link", name="Xem các lần niêm phong").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Niêm phong sổ")
    expect(page.locator("svg .seals-gap")).to_have_count(1)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Tải về").first.click()
    assert saved.value.suggested_filename.startswith("dau-so-")
    watchers["phong-gddt"].at_home = True
    stage.desk.publisher.publish()
    page.reload()
    expect(page.locator("svg .seals-gap")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)
