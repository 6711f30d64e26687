"""The page that screens a table: what it shows, what it refuses, and that it keeps nothing."""

import html
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.school import NGOC
from tests.staff import employ
from tests.web.conftest import client_of
from tests.web.screening.files import Row, book, text
from tests.web.spreadsheets import school as schools
from web.app import create_app
from web.desk import Desk
from web.settings import Settings

PASSWORD = "hoa phượng nở đỏ"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a school."""
    desk = schools.school(Settings.in_folder(tmp_path))
    yield desk
    desk.engine.dispose()


@pytest.fixture
def ngoc(desk: Desk) -> TestClient:
    """Give the browser of the principal."""
    browser = client_of(create_app(desk))
    employ(desk, NGOC.person, NGOC.author.role, username="ngoc", password=PASSWORD)
    browser.post("/dang-nhap", data={"username": "ngoc", "password": PASSWORD})
    return browser


def table() -> list[Row]:
    """Six rooms of forty; one has three points too many."""
    chance = Random(1)
    rows: list[Row] = [("Phòng thi", "SBD", "Họ tên", "Toán", "Ngữ văn")]
    for number in range(240):
        ability = chance.gauss(5, 1)
        scores = [round(min(max(ability + chance.gauss(0, 0.7), 0), 7), 2) for _ in range(2)]
        scores[0] += 3 if number % 6 == 4 else 0
        rows.append((f"P<{number % 6}>", f"{number:05}", f"Trần Kín Đáo {number}", *scores))
    return rows


def sent(browser: TestClient, content: bytes, **fields: str) -> Response:
    return browser.post("/soi-diem", data=fields, files={"file": ("diem.csv", content)})


@pytest.mark.parametrize("content", [text(table()).encode(), book(table())], ids=["text", "book"])
def test_a_file_is_answered_with_what_was_understood_and_seen(
    ngoc: TestClient, content: bytes
) -> None:
    answer = sent(ngoc, content)
    assert answer.status_code == 200
    said = html.unescape(answer.text)
    assert "6 nhóm theo cột “Phòng thi”, 240 em, 480 điểm" in said
    assert '<th scope="row">1. P&lt;4&gt;<br>' in answer.text
    assert "Toán: trung bình" in said
    assert "không phải kết luận có sai phạm" in said


def test_the_groups_may_be_chosen(ngoc: TestClient) -> None:
    rows = [("Lớp", "Nhà", "Toán"), *((f"9A{i % 3}", f"N{i % 2}", i % 7) for i in range(60))]
    answer = sent(ngoc, text(rows).encode(), group="B")
    assert "2 nhóm theo cột “Nhà”" in html.unescape(answer.text)
    assert '<option value="B" selected>' in answer.text


@pytest.mark.parametrize(
    ("content", "group", "code"),
    [
        (b"", "", "file-is-empty"),
        (bytes(11 * 1024**2), "", "file-too-large"),
        (b"xyz", "", "no-header-found"),
        (text(table()).encode(), "Huy\u1ec7n", "no-such-column"),
    ],
    ids=["empty", "large", "no-table", "no-column"],
)
def test_what_cannot_be_screened_is_told_with_its_code(
    ngoc: TestClient, content: bytes, group: str, code: str
) -> None:
    answer = sent(ngoc, content, group=group)
    assert answer.status_code == 422
    assert code in answer.text


def test_nothing_of_the_file_is_kept(ngoc: TestClient, desk: Desk, tmp_path: Path) -> None:
    before = desk.ledger.recorder.head()
    sent(ngoc, text(table()).encode())
    assert desk.ledger.recorder.head() == before
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any("Kín Đáo".encode() in path.read_bytes() for path in kept)
