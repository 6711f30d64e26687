"""Approving on a phone: one screen, a code or a passkey, and a signature that stays checkable."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from ledger.sheet.facts import CorrectionApproved
from ledger.verification.approvals import signs
from projections.verification import verify_school
from tests.browser.conftest import PHONE, check_accessible, check_fits
from tests.browser.stage import MATHS, PUPILS, Stage, served
from tests.school import FIX, HOA, LAN, NGOC
from tests.staff import SECRET, code_at, enrol_phone

OWN = "/toi/xac-nhan"
REQUEST = f"/de-nghi/{FIX}"
OpenPage = Callable[..., Page]


@pytest.fixture
def address(stage: Stage) -> Iterator[str]:
    """The machine itself by its name: browsers know passkeys there without HTTPS."""
    with served(stage) as url:
        yield url.replace("127.0.0.1", "localhost")


@pytest.fixture
def asked(stage: Stage) -> Stage:
    """A request with evidence, which the homeroom teacher has confirmed."""
    stage.says(LAN, "enters", (PUPILS[0], "midterm", "4.5", 0))
    stage.says(LAN, "closes", "midterm", leaving_blanks=True)
    stage.says(LAN, "requests", (PUPILS[0], "midterm", "6.5", stage.version(1, "midterm")))
    stage.says(HOA, "confirms")
    return stage


def with_a_passkey(page: Page) -> None:
    """Give the browser an authenticator that asks its owner, who always agrees."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def approval(stage: Stage) -> CorrectionApproved:
    facts = (line.fact for line in stage.desk.ledger.lines(MATHS))
    return next(fact for fact in facts if isinstance(fact, CorrectionApproved))


def test_a_passkey_signs_an_approval_that_the_lines_alone_prove(
    asked: Stage, open_page: OpenPage
) -> None:
    page = open_page("ngoc", OWN, size=PHONE)
    with_a_passkey(page)
    page.get_by_role("button", name="Tạo khóa truy cập").click()
    expect(page.get_by_text("Hủy khóa này")).to_be_visible()
    page.goto(REQUEST)
    page.get_by_role("button", name="Duyệt và ký xác nhận").click()
    expect(page.get_by_text("ký xác nhận bằng khóa truy cập")).to_be_visible()
    approved = approval(asked)
    assert approved.attestation is not None
    assert approved.attestation.assertion is not None
    assert approved.statement is not None
    (passkey,) = asked.desk.ledger.credentials().passkeys_of(NGOC.person)
    assert signs(approved.statement, approved.attestation.assertion, passkey.public_key)
    assert not signs("0" * 64, approved.attestation.assertion, passkey.public_key)
    report = verify_school(asked.desk.engine)
    assert (report.checked["approvals"], "approval-proof-wrong" in report.counts) == (1, False)


def test_a_passkey_that_stays_silent_approves_nothing_and_the_code_remains(
    asked: Stage, open_page: OpenPage
) -> None:
    enrol_phone(asked.desk, NGOC)
    page = open_page("ngoc", OWN, size=PHONE)
    with_a_passkey(page)
    page.get_by_role("button", name="Tạo khóa truy cập").click()
    expect(page.get_by_text("Hủy khóa này")).to_be_visible()
    page.goto(REQUEST)
    page.evaluate("() => { navigator.credentials.get = async () => { throw Error(); }; }")
    page.get_by_role("button", name="Duyệt và ký xác nhận").click()
    expect(page.get_by_text("Chưa ký được")).to_be_visible()
    page.get_by_label("Mã xác nhận").fill(code_at(asked.clock()))
    page.get_by_role("button", name="Duyệt bằng mã xác nhận").click()
    expect(page.get_by_text("Đã duyệt").first).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_a_request_is_decided_on_one_screen_of_a_phone(
    asked: Stage, open_page: OpenPage, *, script: bool
) -> None:
    enrol_phone(asked.desk, NGOC)
    asked.clock.moment += timedelta(minutes=6)
    page = open_page("ngoc", REQUEST, size=PHONE, script=script)
    check_fits(page)
    for name in ("Duyệt", "Từ chối đề nghị này", "Hỏi lại người đề nghị"):
        below = page.get_by_text(name, exact=True).first.bounding_box()
        assert below is not None
        assert below["y"] + below["height"] <= PHONE[1], name
    page.get_by_label("Mã xác nhận").fill(code_at(asked.clock()))
    page.get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.get_by_text("Đã duyệt").first).to_be_visible()


@pytest.mark.parametrize("path", [REQUEST, OWN])
def test_the_pages_fit_a_phone_and_are_accessible(
    asked: Stage, open_page: OpenPage, path: str
) -> None:
    asked.desk.authenticators.begin(NGOC.person, secret=SECRET)
    page = open_page("ngoc", path, size=PHONE)
    check_fits(page)
    check_accessible(page)
