"""The list of a class, and pupils who come, change class or leave, through the pages."""

from uuid import uuid4

import pytest

from ledger.sheet.state import Sheet
from tests.browser.stage import PUPILS, Stage
from tests.web.conftest import SignIn
from tests.web.year import FIRST, PATH, YearStage, send

DAY = FIRST.isoformat()
LIST = "/danh-sach/6A1"
NEWCOMER = {
    "code": "HS9001",
    "family_name": "Phan Thị",
    "given_name": "Diệu",
    "birth_date": "2015-04-30",
    "since": DAY,
    "reason": "Trường THCS Lê Lợi, bảng điểm ngày 1/10",
}


@pytest.fixture
def at_year(stage: Stage) -> YearStage:
    at_year = YearStage(stage)
    at_year.set_up()
    return at_year


def sheet(at_year: YearStage, class_group: str = "6A1", subject: str = "toan") -> Sheet:
    sheet_id = at_year.year.sheet_id(1, class_group, subject)
    return at_year.stage.desk.ledger.sheet(sheet_id)


def test_pupils_come_by_their_codes_to_the_end_of_the_list(
    at_year: YearStage, signed_in: SignIn
) -> None:
    at_year.open()
    client = signed_in("khoa")
    answer = send(client, LIST, codes=" HS0009, HS0007 ", since=DAY)
    assert answer.headers["location"] == f"{PATH}{LIST}?da_ghi=1"
    places = at_year.year.classes["6A1"].places
    assert (places[PUPILS[8]].number, places[PUPILS[6]].number) == (4, 5)
    assert PUPILS[8] in sheet(at_year).numbers


@pytest.mark.parametrize(
    ("codes", "status", "sentence"),
    [
        ("HS0009 ?", 422, "Không có học sinh nào mang mã này."),
        ("", 422, "Không có học sinh nào"),
        ("HS0005", 409, "Học sinh đang ở lớp 6A2"),
    ],
)
def test_a_code_that_does_not_fit_enrols_nobody(
    at_year: YearStage, signed_in: SignIn, codes: str, status: int, sentence: str
) -> None:
    answer = send(signed_in("khoa"), LIST, codes=codes, since=DAY)
    assert answer.status_code == status
    assert sentence in answer.text
    assert len(at_year.year.classes["6A1"].places) == 3


def test_a_pupil_of_another_school_brings_marks(at_year: YearStage, signed_in: SignIn) -> None:
    at_year.open()
    client = signed_in("khoa")
    marks = {
        "mark~1~toan~regular-1~": "0",
        "mark~1~toan~midterm~": "8,5",
        "mark~1~nghe-thuat~midterm~": "Đ",
        "mark~2~toan~final~": "",
    }
    answer = send(client, f"{LIST}/tiep-nhan", **NEWCOMER, **marks)
    assert answer.headers["location"] == f"{PATH}{LIST}?da_ghi=1"
    pupil = at_year.stage.desk.people.pupils_by_code(["HS9001"])["HS9001"]
    assert pupil.full_name == "Phan Thị Diệu"
    assert sheet(at_year).cell((pupil.pupil_id, "regular-1")).mark.text == "0.0"
    assert sheet(at_year).cell((pupil.pupil_id, "midterm")).mark.text == "8.5"
    assert sheet(at_year, subject="nghe-thuat").cell((pupil.pupil_id, "midterm")).mark.passed
    assert "Trường THCS Lê Lợi" in client.get(f"{PATH}{LIST}").text


def test_the_same_transfer_sent_twice_is_one_pupil(at_year: YearStage, signed_in: SignIn) -> None:
    once = str(uuid4())
    for _ in range(2):
        answer = send(signed_in("khoa"), f"{LIST}/tiep-nhan", **NEWCOMER, command_id=once)
        assert answer.headers["location"] == f"{PATH}{LIST}?da_ghi=1"
    assert len(at_year.year.classes["6A1"].places) == 4


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"mark~1~toan~midterm~": "8,55"}, "Có điểm không đọc được"),
        ({"mark~1~toan~midterm~": "Đ"}, "Điểm không hợp"),
        ({"mark~1~nghe-thuat~midterm~": "8"}, "Điểm không hợp"),
        ({"code": "HS0009"}, "của một học sinh khác tên"),
        ({"code": ""}, "Hãy ghi mã học sinh"),
        ({"given_name": " "}, "Hãy ghi đủ họ đệm và tên"),
        ({"birth_date": "hôm qua"}, "Hãy chọn ngày"),
        ({"since": "0001-01-01"}, "Hãy chọn ngày"),
        ({"reason": ""}, "Hãy ghi lý do"),
    ],
)
def test_an_unfit_transfer_is_shown_again_and_registers_nobody(
    at_year: YearStage, signed_in: SignIn, changed: dict[str, str], sentence: str
) -> None:
    marks = {"mark~1~toan~final~": "7,5"}
    answer = send(signed_in("khoa"), f"{LIST}/tiep-nhan", **{**NEWCOMER, **marks, **changed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="7,5"' in answer.text
    assert len(at_year.year.classes["6A1"].places) == 3
    assert not at_year.stage.desk.people.pupils_by_code(["HS9001"])


def test_a_pupil_changes_class_with_the_marks(at_year: YearStage, signed_in: SignIn) -> None:
    at_year.open()
    client = signed_in("khoa")
    fields = {"to_class": "6A2", "since": DAY, "reason": "Gia đình xin chuyển"}
    answer = send(client, f"{LIST}/{PUPILS[0]}/chuyen-lop", **fields)
    assert answer.headers["location"] == f"{PATH}/danh-sach/6A2?da_ghi=1"
    assert PUPILS[0] in sheet(at_year).left
    assert sheet(at_year, "6A2").numbers[PUPILS[0]] == 3
    page = client.get(f"{PATH}{LIST}").text
    assert "Chuyển sang lớp 6A2 từ 06/09/2027" in page
    assert "Gia đình xin chuyển" in page


def test_a_pupil_leaves_and_stays_on_the_list_struck_through(
    at_year: YearStage, signed_in: SignIn
) -> None:
    client = signed_in("khoa")
    once = str(uuid4())
    fields = {"until": DAY, "reason": "Chuyển đến Trường THCS Lê Lợi", "command_id": once}
    for _ in range(2):  # the second time it is answered as the first
        answer = send(client, f"{LIST}/{PUPILS[0]}/roi-truong", **fields)
        assert answer.headers["location"] == f"{PATH}{LIST}?da_ghi=1"
    page = client.get(f"{PATH}{LIST}").text
    assert "Rời trường, ngày cuối 06/09/2027" in page
    assert "Chuyển đến Trường THCS Lê Lợi" in page
    assert "<s>" in page
    assert client.get(f"{PATH}{LIST}/{PUPILS[0]}").status_code == 404


def test_what_is_missing_in_a_change_is_said_at_its_field(
    at_year: YearStage, signed_in: SignIn
) -> None:
    client = signed_in("khoa")
    changing = send(client, f"{LIST}/{PUPILS[0]}/chuyen-lop", to_class="9Z", since="", reason="")
    assert (changing.status_code, changing.text.count('class="field-error"')) == (422, 3)
    leaving = send(client, f"{LIST}/{PUPILS[0]}/roi-truong", until="", reason="")
    assert (leaving.status_code, leaving.text.count('class="field-error"')) == (422, 2)
    assert at_year.year.class_of(PUPILS[0]) == "6A1"


def test_a_class_or_pupil_that_is_not_there_is_not_found(
    at_year: YearStage, signed_in: SignIn
) -> None:
    client = signed_in("khoa")
    assert client.get(f"{PATH}/danh-sach/9Z").status_code == 404
    assert client.get(f"{PATH}{LIST}/{PUPILS[4]}").status_code == 404
    assert client.get(f"{PATH}{LIST}/ai-do").status_code == 404
