"""The entry grid over HTTP: who may type where, what a plain form saves, closing columns."""

import re
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from tests.browser.stage import MATHS, PUPILS, SPORTS, Stage
from tests.school import KHOA, LAN, MAI, NGOC, TOMORROW
from tests.web.conftest import SignIn

GRID = f"/so-diem/{MATHS}"
LAN_HERE, MAI_HERE = LAN.about(MATHS), MAI.about(MATHS).on_behalf_of(LAN)
AN, BAO = PUPILS[0], PUPILS[1]


def fields_in(html: str) -> list[str]:
    return re.findall(r'name="(m~[^"]*)"', html)


def columns_open(html: str) -> set[str]:
    return {name.split("~")[2] for name in fields_in(html)}


def send(client: TestClient, **cells: str) -> tuple[int, str]:
    """Post typed cells by the number and column of their anchor, as the page would."""
    html = client.get(GRID).text
    named = {}
    for key, text in cells.items():
        number, column = key[1:].split("_", 1)
        pupil, column = PUPILS[int(number) - 1], column.replace("_", "-")
        (name,) = [f for f in fields_in(html) if f.startswith(f"m~{pupil}~{column}~")]
        named[name] = text
    answer = client.post(f"{GRID}/diem", data={"command_id": str(uuid4()), **named})
    return answer.status_code, answer.headers.get("location", answer.text)


def test_the_teacher_types_in_every_open_column(signed_in: SignIn) -> None:
    answer = signed_in("lan").get(GRID)
    assert answer.status_code == 200
    assert "Toán · 6A1 · Học kì I" in answer.text
    assert len(fields_in(answer.text)) == 5 * 6


@pytest.mark.parametrize("username", ["hoa", "ngoc", "duc", "khoa"])
def test_others_with_a_part_in_the_sheet_read_it(signed_in: SignIn, username: str) -> None:
    answer = signed_in(username).get(GRID)
    assert (answer.status_code, fields_in(answer.text)) == (200, [])
    assert "Chỉ xem" in answer.text


@pytest.mark.parametrize("username", ["vinh", "quyen"])
def test_teachers_of_other_sheets_see_nothing(signed_in: SignIn, username: str) -> None:
    for path in (GRID, f"{GRID}/cot", f"{GRID}/cot/final", f"{GRID}/lich-su"):
        assert signed_in(username).get(path).status_code == 403


@pytest.mark.parametrize("path", ["", "/cot", "/cot/final", "/lich-su", f"/o/{AN}/final"])
def test_nobody_reads_a_sheet_without_signing_in(anonymous: TestClient, path: str) -> None:
    answer = anonymous.get(f"{GRID}{path}")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/dang-nhap")


def test_a_sheet_that_is_not_there_is_not_found(signed_in: SignIn) -> None:
    assert signed_in("lan").get(f"/so-diem/{uuid4()}").status_code == 404


def test_the_secretary_types_in_periodic_columns_for_a_chosen_teacher(
    signed_in: SignIn, stage: Stage
) -> None:
    client = signed_in("mai")
    assert columns_open(client.get(GRID).text) == {"midterm", "final"}
    html = client.get(f"/so-diem/{SPORTS}?thay={STAGE_VINH}").text
    assert re.search(rf'name="on_behalf_of" value="{STAGE_VINH}"', html)
    assert send(client, o1_midterm="8,5")[0] == 303
    cell = stage.desk.ledger.sheet(MATHS).cell((AN, "midterm"))
    assert (cell.mark.text, cell.unconfirmed_for) == ("8.5", LAN.person)


STAGE_VINH = "00000000-0000-4000-8000-000000000002"


def test_a_closed_column_takes_first_marks_only(signed_in: SignIn, stage: Stage) -> None:
    stage.says(LAN_HERE, "enters", (AN, "final", "8.0", 0), (BAO, "final", "awaiting-make-up", 0))
    stage.says(LAN_HERE, "closes", "final", leaving_blanks=True)
    names = fields_in(signed_in("lan").get(GRID).text)
    assert {name.split("~")[1] for name in names if "~final~" in name} == {
        str(pupil) for pupil in PUPILS[1:5]
    }


def test_a_locked_column_says_by_whom_when_and_why(signed_in: SignIn, stage: Stage) -> None:
    stage.says(NGOC.about(MATHS), "locks_column", "final")
    stage.says(NGOC.about(MATHS), "locks_column", "midterm")
    stage.says(NGOC.about(MATHS), "unlocks_column", "midterm", TOMORROW)
    html = signed_in("lan").get(GRID).text
    assert columns_open(html).isdisjoint({"final"})
    told = "Khóa bởi Nguyễn Thị Ngọc (Hiệu trưởng) lúc 08:00 ngày 05/10/2026. Lý do: Chấm sót câu 4"
    assert told in html
    assert "Mở khóa đến 08:00 ngày 06/10/2026" in html


def test_a_deadline_that_passed_closes_its_column(signed_in: SignIn, stage: Stage) -> None:
    stage.says(NGOC.about(MATHS), "moves_deadline", "midterm", stage.clock())
    stage.clock.forward(minutes=1)
    html = signed_in("lan").get(GRID).text
    assert "midterm" not in columns_open(html)
    assert "Đã quá hạn nhập 08:00 ngày 05/10/2026 nên cột tự khóa." in html


def test_a_pupil_who_left_is_struck_and_read_only(signed_in: SignIn, stage: Stage) -> None:
    stage.says(LAN_HERE, "enters", (AN, "final", "8.0", 0))
    stage.says(KHOA.about(MATHS), "removes_pupil", AN)
    html = signed_in("lan").get(GRID).text
    assert 'class="gone"' in html
    assert not [name for name in fields_in(html) if str(AN) in name]


def test_a_plain_form_saves_what_was_touched_and_nothing_else(
    signed_in: SignIn, stage: Stage
) -> None:
    stage.says(LAN_HERE, "enters", (AN, "final", "0.0", 0))
    version = stage.desk.ledger.sheet(MATHS).version
    client = signed_in("lan")
    status, location = send(client, o1_final="0", o2_final="7 ,5", o3_final=" ")
    assert (status, location) == (303, f"{GRID}?da_luu=1")
    assert stage.desk.ledger.sheet(MATHS).version == version + 1
    assert (stage.mark(1, "final"), stage.mark(2, "final")) == ("0.0", "7.5")
    assert "Đã lưu 1 ô." in client.get(location).text


def test_nothing_touched_saves_nothing(signed_in: SignIn, stage: Stage) -> None:
    version = stage.desk.ledger.sheet(MATHS).version
    client = signed_in("lan")
    _, location = send(client)
    assert "Không có ô nào thay đổi." in client.get(location).text
    assert stage.desk.ledger.sheet(MATHS).version == version


def test_errors_come_back_at_their_cells_as_typed(signed_in: SignIn, stage: Stage) -> None:
    status, html = send(signed_in("lan"), o1_regular_1="10,1", o2_regular_1="Đ", o3_regular_1="0")
    assert status == 422
    assert "2 ô chưa lưu được" in html
    assert 'href="#o-1-regular-1"' in html
    assert 'value="10,1"' in html
    assert "Điểm không hợp với môn học: Lê Minh Chi (ĐĐGtx 1)" in html
    assert stage.mark(3, "regular-1") == "0.0"


def test_a_form_that_no_page_of_ours_made_is_refused(signed_in: SignIn) -> None:
    client = signed_in("lan")
    for data in (
        {"m~x~final~0~": "7"},
        {"command_id": "x"},
        {"command_id": str(uuid4()), f"m~{AN}~tenth~0~": "7"},
        {"command_id": str(uuid4()), f"m~{AN}~final~0~nonsense": "7"},
    ):
        assert client.post(f"{GRID}/diem", data=data).status_code == 400


def test_writing_on_another_teachers_sheet_is_refused_and_kept(
    signed_in: SignIn, stage: Stage
) -> None:
    data = {"command_id": str(uuid4()), f"m~{AN}~final~0~": "7"}
    assert signed_in("vinh").post(f"{GRID}/diem", data=data).status_code == 403
    data["command_id"] = str(uuid4())
    assert signed_in("ngoc").post(f"{GRID}/diem", data=data).status_code == 403
    rows = stage.desk.history.of_cell(MATHS, AN, "final", attempts=True)
    assert [row.refusal for row in rows] == ["not-your-sheet", "not-for-your-role"]


def test_closing_a_column_shows_the_blanks_first(signed_in: SignIn, stage: Stage) -> None:
    stage.says(LAN_HERE, "enters", (AN, "final", "8.0", 0))
    client = signed_in("lan")
    page = client.get(f"{GRID}/cot/final").text
    assert "Tôi biết 4 học sinh chưa có điểm" in page
    refused = client.post(f"{GRID}/cot/final/chot", data={"command_id": str(uuid4())})
    assert refused.status_code == 409
    assert "còn thiếu điểm của" in refused.text
    data = {"command_id": str(uuid4()), "leaving_blanks": "true"}
    assert client.post(f"{GRID}/cot/final/chot", data=data).status_code == 303
    assert "Đã chốt bởi Trần Thị Ngọc Lan" in client.get(f"{GRID}/cot/final").text


def test_a_column_is_reopened_with_a_reason_and_later_by_the_principals_side(
    signed_in: SignIn, stage: Stage
) -> None:
    stage.says(LAN_HERE, "closes", "final", leaving_blanks=True)
    stage.clock.forward(minutes=31)
    reopening = {"command_id": str(uuid4()), "reason": "Nhập nhầm cột"}
    refused = signed_in("lan").post(f"{GRID}/cot/final/mo-lai", data=reopening)
    assert (refused.status_code, "thời gian tự mở lại đã hết" in refused.text) == (409, True)
    reopening = {**reopening, "command_id": str(uuid4())}
    assert signed_in("duc").post(f"{GRID}/cot/final/mo-lai", data=reopening).status_code == 303
    assert "final" not in stage.desk.ledger.sheet(MATHS).closed


def test_only_the_teacher_closes(signed_in: SignIn) -> None:
    data = {"command_id": str(uuid4()), "leaving_blanks": "true"}
    assert signed_in("ngoc").post(f"{GRID}/cot/final/chot", data=data).status_code == 403


def test_the_teacher_confirms_what_was_entered_for_her(signed_in: SignIn, stage: Stage) -> None:
    stage.says(MAI_HERE, "enters", (AN, "final", "8.0", 0))
    client = signed_in("lan")
    assert "1 điểm ở cột" in client.get(GRID).text
    data = {"command_id": str(uuid4())}
    assert client.post(f"{GRID}/cot/final/xac-nhan", data=data).status_code == 303
    assert "đang chờ xác nhận" not in client.get(GRID).text


def test_a_sheet_of_45_pupils_costs_as_many_questions_as_one_of_five(
    signed_in: SignIn, stage: Stage
) -> None:
    client = signed_in("lan")

    def questions() -> int:
        asked: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
            asked.append(statement)

        event.listen(stage.desk.engine, "before_cursor_execute", note)
        assert client.get(GRID).status_code == 200
        event.remove(stage.desk.engine, "before_cursor_execute", note)
        return len(asked)

    stage.says(MAI_HERE, "enters", (AN, "midterm", "8.0", 0))
    few = questions()
    for pupil in PUPILS[5:]:
        stage.says(KHOA.about(MATHS), "adds_pupil", pupil)
    every = [(pupil, "midterm", "8.0", 0) for pupil in PUPILS[1:]]
    stage.says(MAI_HERE, "enters", *every)
    assert questions() == few <= 16
