"""A small school behind a test client; every page it answers is read by a strict browser."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.browser.stage import Stage, build_stage, copied_stage, sign_in_cookie
from tests.web.strict_page import StrictPage
from web.app import create_app
from web.demo.creation import ensure_demo
from web.desk import Desk
from web.settings import Settings

SignIn = Callable[[str], TestClient]


@pytest.fixture(scope="session")
def built_school(
    tmp_path_factory: pytest.TempPathFactory, full_cost_hasher: PasswordHasher
) -> Path:
    """The folder of a school with five pupils, made once, where signing in takes no time."""
    folder = tmp_path_factory.mktemp("school")
    build_stage(folder, pupil_count=5).desk.engine.dispose()
    return folder


@pytest.fixture(scope="session")
def demo_folder(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, full_cost_hasher: PasswordHasher
) -> Path:
    """The folder of a demo school, made once; whoever changes it copies it first.

    Processes that test at once make it once together: the first while any other waits for it.
    """
    base = tmp_path_factory.getbasetemp()
    made = (base if worker_id == "master" else base.parent) / "demo-school"
    with made.with_suffix(".claim").open("w") as claim:
        fcntl.flock(claim, fcntl.LOCK_EX)
        ensure_demo(Settings.in_folder(made), lambda *_: None)
    return Path(shutil.copytree(made, tmp_path_factory.mktemp("demo") / "school"))


@pytest.fixture
def stage(built_school: Path, tmp_path: Path) -> Iterator[Stage]:
    """Give a copy of the school to one test."""
    with copied_stage(built_school, tmp_path / "school") as stage:
        yield stage


@pytest.fixture
def desk(stage: Stage) -> Desk:
    return stage.desk


@pytest.fixture
def app(stage: Stage) -> FastAPI:
    return create_app(stage.desk)


def look(response: httpx2.Response) -> None:
    """Read a page as a strict browser does; a file that is taken away is none of this site's."""
    taken_away = "attachment" in response.headers.get("content-disposition", "")
    if response.headers.get("content-type", "").startswith("text/html") and not taken_away:
        response.read()
        page = StrictPage(response.text)
        assert not page.faults, (response.request.url, page.faults)


def client_of(app: FastAPI, cookies: dict[str, str] | None = None) -> TestClient:
    """A client that sends what browsers send, and follows nothing by itself."""
    client = TestClient(
        app, follow_redirects=False, headers={"Sec-Fetch-Site": "same-origin"}, cookies=cookies
    )
    client.event_hooks = {"response": [look]}
    return client


@pytest.fixture
def anonymous(app: FastAPI) -> TestClient:
    return client_of(app)


@pytest.fixture
def signed_in(app: FastAPI, stage: Stage) -> SignIn:
    """Sign somebody in: `signed_in("ngoc")`."""
    return lambda username: client_of(app, sign_in_cookie(stage, username))
