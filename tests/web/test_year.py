"""Planning a year, its checklist, opening a semester, and the log, through the pages."""

from datetime import date
from typing import get_args
from uuid import uuid4

import httpx2
import pytest
from starlette.testclient import TestClient

from ledger.line import Fact
from ledger.school.facts import AnyYearFact
from ledger.vocabulary import CommandId
from tests.browser.stage import PUPILS, Stage
from tests.every_closing_fact import CLOSING
from tests.every_lock_fact import LOCKS
from tests.every_school_fact import YEAR as EVERY_YEAR_LINE
from tests.school import LAN
from tests.web.conftest import SignIn
from tests.web.year import FIRST, FRAMES, PATH, YEAR, YearStage, send
from web.wording.catalogue import NOBODY
from web.wording.year_lines import year_sentence
from web.year.frames import first_calendar_year, school_year_on, usual_frames

YEARS = "/quan-tri/nam-hoc"


@pytest.fixture
def at_year(stage: Stage) -> YearStage:
    return YearStage(stage)


def planning(client: TestClient, **changed: str) -> httpx2.Response:
    form = {
        "command_id": str(uuid4()),
        "school_year": YEAR,
        "first_begins": "2027-09-06",
        "first_ends": "2028-01-08",
        "second_begins": "2028-01-10",
        "second_ends": "2028-05-20",
        **changed,
    }
    return client.post(YEARS, data=form)


def test_a_year_is_planned_with_its_two_semesters(at_year: YearStage, signed_in: SignIn) -> None:
    answer = planning(signed_in("khoa"))
    assert answer.headers["location"] == f"{PATH}?da_ghi=1"
    assert at_year.year.planned is not None
    assert at_year.year.planned.semesters == FRAMES
    assert YEAR in signed_in("khoa").get(YEARS).text


@pytest.mark.parametrize(
    ("changed", "status", "sentence"),
    [
        ({"school_year": "2027-2029"}, 422, "2026-2027"),
        ({"school_year": "1999-2000"}, 422, "2026-2027"),
        ({"first_begins": "mai"}, 422, "Hãy chọn ngày."),
        ({"second_begins": "2027-12-01"}, 409, "Ngày của hai học kì không hợp lí"),
    ],
)
def test_an_unfit_plan_is_shown_again_with_what_was_typed(
    at_year: YearStage, signed_in: SignIn, changed: dict[str, str], status: int, sentence: str
) -> None:
    answer = planning(signed_in("khoa"), **changed)
    assert answer.status_code == status
    assert sentence in answer.text
    assert 'value="2028-05-20"' in answer.text
    assert at_year.year.planned is None


def test_a_year_is_planned_once(at_year: YearStage, signed_in: SignIn) -> None:
    at_year.plan()
    assert "đã được lập" in planning(signed_in("khoa")).text


@pytest.mark.parametrize(
    ("starts", "first", "second"),
    [
        (2026, date(2026, 9, 7), date(2027, 1, 11)),  # 5/9 is a Saturday
        (2027, date(2027, 9, 6), date(2028, 1, 10)),  # a Sunday
        (2022, date(2022, 9, 12), date(2023, 1, 16)),  # a Monday: all schools open, and rest
    ],
)
def test_the_proposed_semesters_begin_on_the_monday_after_the_opening_day(
    starts: int, first: date, second: date
) -> None:
    frames = usual_frames(starts)
    assert (frames[0].first, frames[1].first) == (first, second)
    assert frames[0].last.weekday() == frames[1].last.weekday() == 5
    assert frames[1].last.month == 5


def test_the_year_of_work_changes_in_june() -> None:
    assert school_year_on(date(2027, 5, 31)) == "2026-2027"
    assert school_year_on(date(2027, 6, 1)) == "2027-2028"


@pytest.mark.parametrize("text", ["2026", "2026-2028", "2010-2011", "٢٠٢٦-2027", "26-27", ""])
def test_what_is_no_school_year_is_seen(text: str) -> None:
    assert first_calendar_year(text) is None


def test_an_unplanned_year_is_not_found(signed_in: SignIn) -> None:
    answer = signed_in("khoa").get(f"{YEARS}/2030-2031")
    assert answer.status_code == 404
    assert "Chưa lập năm học 2030-2031" in answer.text


def test_the_checklist_counts_what_there_is_and_names_what_is_missing(
    at_year: YearStage, signed_in: SignIn
) -> None:
    at_year.plan()
    client = signed_in("khoa")
    assert "Năm học chưa có lớp nào" in client.get(PATH).text
    send(client, "/mon-hoc/theo-chuong-trinh", grades=["6"])
    send(client, "/lop", classes="6A1-6A3")
    page = client.get(PATH).text
    for words in (
        "12 môn",
        "3 lớp",
        "Thiếu 36 phân công",
        "Thiếu 3 lớp: 6A1, 6A2, 6A3",
        "danh sách lớp </span>6A2</a>",
        "6A3</a> chưa có giáo viên: mọi môn.",
    ):
        assert words in page, words


def test_a_semester_is_opened_after_a_page_that_says_what_will_be_opened(
    at_year: YearStage, signed_in: SignIn
) -> None:
    at_year.set_up()
    client = signed_in("duc")
    asked = client.get(f"{PATH}/mo-hoc-ki/1").text
    assert "4 bảng điểm của 2 lớp sẽ được mở" in asked
    assert "Còn 4 bài kiểm tra" in asked
    assert send(client, "/mo-hoc-ki/1").headers["location"] == f"{PATH}?da_ghi=1"
    assert len(at_year.year.sheets[1]) == 4
    sheet = at_year.stage.desk.ledger.sheet(at_year.year.sheet_id(1, "6A1", "toan"))
    assert list(sheet.numbers) == list(PUPILS[:3])
    assert "Mọi lớp và môn đã có bảng điểm" in client.get(f"{PATH}/mo-hoc-ki/1").text
    assert "Đã mở 4 bảng điểm" in client.get(PATH).text


def test_a_class_formed_later_gets_its_sheets_too(at_year: YearStage, signed_in: SignIn) -> None:
    at_year.set_up()
    at_year.open()
    client = signed_in("khoa")
    send(client, "/lop", classes="6A3")
    page = client.get(PATH).text
    assert "Còn thiếu trước khi mở thêm" in page
    assert "danh sách lớp </span>6A3</a>" in page


def test_a_semester_that_is_not_ready_says_everything_that_is_missing(
    at_year: YearStage, signed_in: SignIn
) -> None:
    at_year.plan()
    send(signed_in("khoa"), "/lop", classes="6A1")
    answer = send(signed_in("khoa"), "/mo-hoc-ki/1")
    assert answer.status_code == 409
    for words in ("Khối 6 chưa có môn học", "Chưa có giáo viên chủ nhiệm", "Chưa có học sinh"):
        assert words in answer.text
    assert not at_year.year.opened


def test_the_log_tells_every_line_the_newest_first(at_year: YearStage, signed_in: SignIn) -> None:
    at_year.set_up()
    send(signed_in("khoa"), "/lop", classes="7A1")
    page = signed_in("ngoc").get(f"{PATH}/nhat-ky").text
    newest, older = page.index("Lập lớp 7A1, khối 7."), page.index("Lập năm học 2027-2028")
    assert newest < older
    assert "Bùi Đăng Khoa (quản trị hệ thống)" in page
    assert "Trần Thị Ngọc Lan dạy Toán lớp 6A1 từ 06/09/2027." in page


def test_the_log_is_read_page_by_page(at_year: YearStage, signed_in: SignIn) -> None:
    at_year.plan()
    client = signed_in("khoa")
    send(client, "/lop", classes="6A1-6A60")
    assert "trang=2" in client.get(f"{PATH}/nhat-ky").text
    second = client.get(f"{PATH}/nhat-ky?trang=2").text
    assert "Lập năm học 2027-2028" in second
    assert "trang=1" in second
    assert "Không có dòng nào" in client.get(f"{PATH}/nhat-ky?trang=9").text


def test_every_line_of_a_year_has_a_sentence_of_its_own() -> None:
    told = [
        fact if isinstance(fact, Fact) else fact[0] for fact in (*EVERY_YEAR_LINE, *LOCKS, *CLOSING)
    ]
    assert {type(fact) for fact in told} == set(get_args(AnyYearFact))
    sentences = [year_sentence(fact, NOBODY) for fact in told]
    assert len(set(sentences)) == len(sentences)
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)


def test_a_form_sent_twice_is_recorded_once(at_year: YearStage, signed_in: SignIn) -> None:
    at_year.plan()
    once = CommandId(uuid4())
    client = signed_in("khoa")
    for _ in range(2):
        answer = send(client, "/lop", classes="6A1", command_id=str(once))
        assert answer.headers["location"] == f"{PATH}/lop?da_ghi=1"
    assert at_year.year.version == 2


def test_a_form_without_its_id_is_no_form_of_ours(at_year: YearStage, signed_in: SignIn) -> None:
    at_year.plan()
    assert send(signed_in("khoa"), "/lop", classes="6A1", command_id="?").status_code == 400


@pytest.mark.parametrize("place", ["", "/khung", "/lop", "/phan-cong", "/nhat-ky"])
def test_a_teacher_sees_no_page_of_the_year(
    at_year: YearStage, signed_in: SignIn, place: str
) -> None:
    at_year.set_up()
    assert signed_in("lan").get(f"{PATH}{place}").status_code == 403


def test_what_the_year_decides_is_on_the_sheets_at_once(
    at_year: YearStage, signed_in: SignIn
) -> None:
    at_year.set_up()
    at_year.open()
    client = signed_in("khoa")
    send(
        client,
        "/phan-cong",
        teacher=str(LAN.person),
        day=FIRST.isoformat(),
        places=["6A1~nghe-thuat"],
    )
    card = at_year.stage.desk.gradebook.sheet(at_year.year.sheet_id(1, "6A1", "nghe-thuat"))
    assert card is not None
    assert LAN.person in card.card.teachers
