"""A served school, and pages of people who are signed in; a page that complains fails its test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.stage import Stage, build_stage, copied_stage, served, sign_in_cookie

LAPTOP = (1366, 768)
PHONE = (360, 740)


@pytest.fixture(scope="session")
def built_class(tmp_path_factory: pytest.TempPathFactory, full_cost_hasher: PasswordHasher) -> Path:
    """The folder of a school with a class of 45, made once, where signing in takes no time."""
    folder = tmp_path_factory.mktemp("class")
    build_stage(folder).desk.engine.dispose()
    return folder


@pytest.fixture
def stage(built_class: Path, tmp_path: Path) -> Iterator[Stage]:
    """Give a copy of the school to one test."""
    with copied_stage(built_class, tmp_path / "school") as stage:
        yield stage


@pytest.fixture
def address(stage: Stage) -> Iterator[str]:
    with served(stage) as url:
        yield url


class Complaints(list[str]):
    """What the browser complained of: errors of scripts, and what the policy refused."""

    def listen(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        # A refused save and a missing network are answered in the page; the browser notes them too.
        expected = "Failed to load resource" in message.text
        if message.type in {"error", "warning"} and not expected:
            self.append(message.text)


@pytest.fixture
def open_page(browser: Browser, stage: Stage, address: str) -> Iterator[Callable[..., Page]]:
    """Open a page as somebody: `open_page("lan", "/lop", script=False, size=PHONE)`."""
    contexts: list[BrowserContext] = []
    complaints = Complaints()

    def opened(
        username: str, path: str, *, script: bool = True, size: tuple[int, int] = LAPTOP
    ) -> Page:
        context = browser.new_context(
            base_url=address,
            java_script_enabled=script,
            locale="vi-VN",
            viewport={"width": size[0], "height": size[1]},
        )
        contexts.append(context)
        cookies = sign_in_cookie(stage, username).items()
        context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in cookies]
        )
        page = context.new_page()
        complaints.listen(page)
        answer = page.goto(path)
        # A page of an error fits every screen and says nothing of the page that was asked for.
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def check_fits(page: Page) -> None:
    """The page itself never scrolls sideways."""
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0, f"{page.url} is {width} px too wide"


def check_accessible(page: Page) -> None:
    """Axe finds nothing."""
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
