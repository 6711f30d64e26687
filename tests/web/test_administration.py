"""Opening sheets, who joins and leaves them, and deadlines, through the pages."""

from datetime import UTC, datetime
from uuid import uuid4

import httpx2
import pytest
from starlette.testclient import TestClient

from ledger.vocabulary import SubjectKind, sheet_id_of
from tests.browser.stage import MATHS, PUPILS, Stage
from tests.school import HOA, LAN, QUYEN, VINH
from tests.web.conftest import SignIn

SHEETS = "/quan-tri/so-diem"
PEOPLE = f"{SHEETS}/{MATHS}"


@pytest.fixture
def listed(stage: Stage) -> Stage:
    """The class 8B has a class list of three."""
    stage.desk.people.enrol("2026-2027", "8B", PUPILS[5:8])
    return stage


def opening(client: TestClient, **changed: object) -> httpx2.Response:
    form = {
        "command_id": str(uuid4()),
        "school_year": "2026-2027",
        "semester": "1",
        "class_group": "8b",
        "subject": "cong-nghe",
        "teachers": [str(LAN.person), str(VINH.person)],
        "homeroom_teacher": str(HOA.person),
        "midterm_deadline": "2026-11-10T17:00",
        "demanded": ["teacher-book"],
        **changed,
    }
    return client.post(SHEETS, data=form)


def test_a_sheet_is_opened_for_a_class_with_a_list(listed: Stage, signed_in: SignIn) -> None:
    sheet_id = sheet_id_of("2026-2027", 1, "8B", "cong-nghe")
    answer = opening(signed_in("khoa"))
    assert answer.headers["location"] == f"{SHEETS}/{sheet_id}"
    opened = listed.desk.ledger.sheet(sheet_id).opened
    assert opened is not None
    assert opened.kind is SubjectKind.SCORED
    assert opened.columns == ("regular-1", "regular-2", "regular-3", "midterm", "final")
    assert opened.teachers == (LAN.person, VINH.person)
    assert [(entry.pupil, entry.number) for entry in opened.pupils] == list(
        zip(PUPILS[5:8], (1, 2, 3), strict=True)
    )
    assert [(each.column, each.at) for each in opened.deadlines] == [
        ("midterm", datetime(2026, 11, 10, 10, 0, tzinfo=UTC))
    ]
    assert opened.correction_rules.demanded_evidence == ("teacher-book",)


def test_the_number_of_regular_columns_may_be_given(listed: Stage, signed_in: SignIn) -> None:
    opening(signed_in("khoa"), regular_count="5")
    sheet = listed.desk.ledger.sheet(sheet_id_of("2026-2027", 1, "8B", "cong-nghe"))
    assert len(sheet.columns) == 7


@pytest.mark.parametrize(
    ("changed", "status", "sentence"),
    [
        ({"school_year": "2026-2028"}, 422, "2026-2027"),
        ({"school_year": "2026"}, 422, "2026-2027"),
        ({"class_group": "lớp 8"}, 422, "Hãy ghi tên lớp"),
        ({"subject": "ma-thuat"}, 422, "Hãy chọn môn học"),
        ({"teachers": []}, 422, "Hãy chọn một người"),
        ({"homeroom_teacher": ""}, 422, "Hãy chọn một người"),
        ({"regular_count": "10"}, 422, "từ 1 đến 9"),
        ({"final_deadline": "mai"}, 422, "Hãy chọn ngày và giờ"),
        ({"class_group": "9C"}, 409, "Lớp 9C chưa có danh sách"),
    ],
)
def test_an_unfit_opening_is_shown_again_with_what_was_typed(
    listed: Stage, signed_in: SignIn, changed: dict[str, object], status: int, sentence: str
) -> None:
    answer = opening(signed_in("khoa"), **changed)
    assert answer.status_code == status
    assert sentence in answer.text
    assert 'value="2026-11-10T17:00"' in answer.text
    assert len(listed.desk.gradebook.sheets()) == 2


def test_no_sheet_is_opened_twice(listed: Stage, signed_in: SignIn) -> None:
    client = signed_in("khoa")
    opening(client)
    assert "đã được mở từ trước" in opening(client).text


def change(client: TestClient, what: str, **fields: str) -> httpx2.Response:
    return client.post(f"{PEOPLE}/{what}", data={"command_id": str(uuid4()), **fields})


def test_teachers_join_and_leave(stage: Stage, signed_in: SignIn) -> None:
    client = signed_in("khoa")
    change(client, "them-giao-vien", person=str(VINH.person))
    change(client, "bot-giao-vien", person=str(LAN.person))
    assert stage.desk.ledger.sheet(MATHS).teachers == {VINH.person}
    answer = change(client, "bot-giao-vien", person=str(VINH.person))
    assert answer.status_code == 409
    assert "ít nhất một giáo viên" in answer.text


def test_the_homeroom_teacher_changes(stage: Stage, signed_in: SignIn) -> None:
    change(signed_in("khoa"), "chu-nhiem", person=str(QUYEN.person))
    assert stage.desk.ledger.sheet(MATHS).homeroom_teacher == QUYEN.person


def test_pupils_join_by_code_and_leave(stage: Stage, signed_in: SignIn) -> None:
    client = signed_in("khoa")
    change(client, "them-hoc-sinh", code=" HS0009 ")
    change(client, "bot-hoc-sinh", person=str(PUPILS[0]))
    sheet = stage.desk.ledger.sheet(MATHS)
    assert sheet.numbers[PUPILS[8]] == 6
    assert PUPILS[0] in sheet.left
    assert "đã rời lớp" in client.get(PEOPLE).text


def test_an_unknown_code_or_nobody_chosen_is_said_at_the_field(signed_in: SignIn) -> None:
    client = signed_in("khoa")
    assert "Không có học sinh nào mang mã này." in change(client, "them-hoc-sinh", code="?").text
    assert "Hãy chọn một người" in change(client, "them-giao-vien").text


def test_the_principal_moves_a_deadline(stage: Stage, signed_in: SignIn) -> None:
    fields = {"column": "final", "at": "2026-12-30T17:00", "reason": "Lịch thi lùi lại"}
    assert change(signed_in("ngoc"), "han-nhap", **fields).status_code == 303
    deadline = stage.desk.ledger.sheet(MATHS).deadlines["final"]
    assert deadline == datetime(2026, 12, 30, 10, 0, tzinfo=UTC)
    assert change(signed_in("khoa"), "han-nhap", **fields).status_code == 403


def test_a_teacher_changes_nobody(stage: Stage, signed_in: SignIn) -> None:
    answer = change(signed_in("lan"), "them-giao-vien", person=str(VINH.person))
    assert answer.status_code == 403
    assert "6A1" not in answer.text
    assert stage.desk.ledger.sheet(MATHS).teachers == {LAN.person}
