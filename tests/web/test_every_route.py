"""Every route answers who may, refuses who may not, and sends strangers to sign in."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import httpx2
import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from ledger.school.calendar import local_day
from tests.browser.scope_stage import decide_once
from tests.browser.stage import MATHS, PUPILS, Stage, copied_stage
from tests.school import LAN
from tests.web.conftest import SignIn
from tests.web.filed import file_old_dossier
from tests.web.files import picture
from tests.web.leavers import ask_to_erase, open_old_year
from tests.web.published import describe
from tests.web.routes_table import OPEN, PLACES, PROGRAMS, ROWS, Row
from tests.web.signalled import ask_lan, report
from tests.web.supervised import open_supervised, propose
from tests.web.year import YearStage
from web.corrections.evidence import Upload, take_in
from web.routes import routers


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with a year that is set up, made once."""
    folder = tmp_path_factory.mktemp("years") / "school"
    with copied_stage(built_school, folder) as stage:
        YearStage(stage).set_up()
        open_supervised(stage)
        propose(stage)
        ask_lan(stage)
        report(stage)
        decide_once(stage)
        open_old_year(stage)
        file_old_dossier(stage)
        ask_to_erase(stage)
        describe(stage)
        stage.desk.publisher.publish()
    return folder


@pytest.fixture
def made(stage: Stage) -> Mapping[str, str]:
    """A sheet with a closed column and a correction that carries a file: its hash, and a line."""
    (kept,) = take_in([Upload("test-paper", "a.png", picture())], stage.desk.evidence)  # type: ignore[arg-type]
    stage.says(LAN, "enters", (PUPILS[0], "midterm", "4.5", 0), (PUPILS[1], "midterm", "5.0", 0))
    stage.says(LAN, "closes", "midterm", leaving_blanks=True)
    version = stage.version(2, "midterm")
    stage.says(LAN, "requests", (PUPILS[1], "midterm", "6.5", version), evidence=(kept,))
    line = stage.desk.history.of_cell(MATHS, PUPILS[0], "midterm")[0]
    day = local_day(stage.clock())
    unsent = stage.desk.unsent.keep(LAN.person, picture(), today=day)
    return {"sha256": kept.sha256, "position": str(line.position), "unsent": unsent}


def send(client: TestClient, row: Row, made: Mapping[str, str]) -> httpx2.Response:
    path = row.path.format_map({**PLACES, **made})
    if row.method == "GET":
        return client.get(path)
    if row in PROGRAMS:
        return client.post(path, json=dict(row.sent))
    return client.post(path, data=dict(row.sent))


def is_to_sign_in(answer: httpx2.Response) -> bool:
    return answer.headers.get("location", "").startswith("/dang-nhap")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.path}")
def test_a_route_knows_who_may_and_who_may_not(
    made: Mapping[str, str], signed_in: SignIn, anonymous: TestClient, row: Row
) -> None:
    stranger = send(anonymous, row, made)
    if row in PROGRAMS:
        assert (stranger.status_code, stranger.json()["code"]) == (401, "not-signed-in")
    elif row not in OPEN:
        assert (stranger.status_code, is_to_sign_in(stranger)) == (303, True)
    if row.wrong:
        assert send(signed_in(row.wrong), row, made).status_code in {403, 404}
    right = send(signed_in(row.right), row, made)
    allowed = {200, 303, 400, 409, 422} if row.method == "POST" else {200}
    assert right.status_code in ({*allowed, 403} if row in OPEN else allowed), right.text


def declared() -> Iterator[tuple[str, str]]:
    """Method and path of every route of every module."""

    def inside(routes: Iterable[object], prefix: str) -> Iterator[tuple[str, str]]:
        for route in routes:
            if isinstance(route, APIRoute):
                yield from ((method, prefix + route.path) for method in route.methods or ())
            else:
                inner, context = vars(route)["original_router"], vars(route)["include_context"]
                yield from inside(inner.routes, prefix + context.prefix)

    for router in routers():
        yield from inside(router.routes, "")


def pattern_of(path: str) -> str:
    """The addresses of a route; a class's name may hold a slash, but none of the rows' does."""
    return re.sub(r"{\w+(:path)?}", "[^/]+", path)


def test_every_route_has_its_row() -> None:
    # A path may end in a name out of a closed set, each of which is asked for on its own.
    asked = {(row.method, row.path) for row in ROWS}
    missing = [
        (method, path)
        for method, path in declared()
        if not any(
            each_method == method and re.fullmatch(pattern_of(path), each_path)
            for each_method, each_path in asked
        )
    ]
    assert missing == []


def test_every_row_has_its_route() -> None:
    patterns = [(method, pattern_of(path)) for method, path in declared()]
    for row in ROWS:
        assert any(
            method == row.method and re.fullmatch(pattern, row.path) for method, pattern in patterns
        ), row
