"""What the pages of supervision say while nothing is planned or opened yet."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ledger.vocabulary import Role
from tests.browser.stage import Clock, Stage, sign_in_cookie
from tests.school import DUC
from tests.staff import employ
from tests.web.conftest import SignIn, client_of
from web.app import create_app
from web.desk import open_desk
from web.settings import Settings


@pytest.fixture
def nowhere(tmp_path: Path) -> TestClient:
    """The vice-principal of a school that has opened nothing."""
    clock = Clock()
    desk = open_desk(Settings.in_folder(tmp_path / "new"), clock=clock)
    employ(desk, DUC.person, Role.VICE_PRINCIPAL, username="duc")
    return client_of(create_app(desk), sign_in_cookie(Stage(desk, clock), "duc"))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/tien-do", "Chưa mở học kì nào"),
        ("/tien-do/nhac", "Chưa mở học kì nào"),
        ("/kiem-tra", "Chưa có lớp nào để kiểm tra"),
        ("/to", "Chưa có tổ chuyên môn nào"),
    ],
)
def test_a_school_without_a_semester_is_told_what_comes_first(
    nowhere: TestClient, path: str, said: str
) -> None:
    answer = nowhere.get(path)
    assert answer.status_code == 200
    assert said in answer.text


def test_there_is_nothing_to_do_before_a_semester_is_open(nowhere: TestClient) -> None:
    assert "Không có việc nào đang chờ bạn" in nowhere.get("/").text
    assert nowhere.get("/to/toan-tin").status_code == 404
    assert nowhere.get("/tien-do/nhom/lop/6A1").status_code == 404


def test_sheets_of_a_year_that_was_never_planned_have_their_progress(signed_in: SignIn) -> None:
    client = signed_in("duc")
    assert "Lớp 6A1</a></th>" in client.get("/tien-do?theo=lop").text
    assert "Chưa có lớp nào để kiểm tra" in client.get("/kiem-tra").text


def test_who_was_proposed_nothing_is_told_so(signed_in: SignIn) -> None:
    assert "Không có đề xuất nào" in signed_in("lan").get("/de-xuat").text
