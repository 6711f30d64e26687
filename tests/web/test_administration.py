"""The list of all sheets, and moving the deadline of one column, through the pages."""

from datetime import UTC, datetime
from uuid import uuid4

import httpx2
from starlette.testclient import TestClient

from tests.browser.stage import MATHS, Stage
from tests.web.conftest import SignIn

SHEETS = "/quan-tri/so-diem"
SHEET = f"{SHEETS}/{MATHS}"


def moving(client: TestClient, **changed: str) -> httpx2.Response:
    form = {
        "command_id": str(uuid4()),
        "column": "final",
        "at": "2026-12-30T17:00",
        "reason": "Lịch thi lùi lại",
        **changed,
    }
    return client.post(f"{SHEET}/han-nhap", data=form)


def test_the_list_leads_to_every_sheet_and_to_the_year_that_opens_them(signed_in: SignIn) -> None:
    page = signed_in("khoa").get(SHEETS).text
    assert f'href="/so-diem/{MATHS}"' in page
    assert f'href="{SHEET}"' in page
    assert 'href="/quan-tri/nam-hoc"' in page


def test_the_principal_moves_a_deadline(stage: Stage, signed_in: SignIn) -> None:
    assert moving(signed_in("ngoc")).status_code == 303
    deadline = stage.desk.ledger.sheet(MATHS).deadline_of("final")
    assert deadline == datetime(2026, 12, 30, 10, 0, tzinfo=UTC)


def test_only_the_principal_moves_a_deadline(stage: Stage, signed_in: SignIn) -> None:
    assert moving(signed_in("khoa")).status_code == 403
    assert "final" not in stage.desk.ledger.sheet(MATHS).deadlines


def test_an_unfit_deadline_is_said_at_its_field(signed_in: SignIn) -> None:
    answer = moving(signed_in("ngoc"), at="mai", reason="?")
    assert answer.status_code == 422
    assert "Hãy chọn ngày và giờ." in answer.text
    assert "Hãy ghi lý do" in answer.text


def test_a_teacher_learns_nothing_of_the_sheet(signed_in: SignIn) -> None:
    answer = moving(signed_in("lan"))
    assert answer.status_code == 403
    assert "6A1" not in answer.text
