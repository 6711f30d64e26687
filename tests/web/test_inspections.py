"""The monthly inspection through the pages: the matrix, what changed, and the remark."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from starlette.testclient import TestClient

from ledger.people import Pupil
from ledger.school.commands import EnrolPupils, LeaveSchool, YearCommand
from ledger.supervision.commands import RemarkInspection
from ledger.vocabulary import CommandId, PupilId
from tests.browser.scope_stage import YEAR
from tests.browser.stage import Stage, copied_stage
from tests.opened_year import SCHOOL_YEAR, SUMMER
from tests.school import DUC, KHOA, LAN, NGOC, numbered_id
from tests.web.conftest import SignIn
from tests.web.supervised import MATHS_6A2, MATHS_6A3, notes, open_supervised

OCTOBER = f"/kiem-tra/{SCHOOL_YEAR}/6A2/2026-10"
REMARK = "Vào điểm đúng kế hoạch"


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with an open semester, made once."""
    folder = tmp_path_factory.mktemp("inspections") / "school"
    with copied_stage(built_school, folder) as stage:
        open_supervised(stage)
    return folder


def remark(client: TestClient, path: str = OCTOBER, text: str = REMARK) -> httpx2.Response:
    return client.post(path, data={"command_id": str(uuid4()), "remark": text})


def inspect(stage: Stage, class_group: str = "6A2", month: str = "2026-10") -> None:
    notes(stage, DUC, RemarkInspection, class_group=class_group, month=month, remark="Đã kiểm tra")


def do(stage: Stage, command: type[YearCommand], **content: object) -> None:
    asked = {"command_id": CommandId(uuid4()), "by": KHOA.author, "at": stage.clock()}
    stage.desk.handle(command.model_validate({"school_year": SCHOOL_YEAR, **asked, **content}))


def test_a_remark_is_written_and_shown_with_who_wrote_it(signed_in: SignIn) -> None:
    client = signed_in("duc")
    answer = remark(client)
    assert (answer.status_code, answer.headers["location"]) == (303, OCTOBER)
    page = client.get(OCTOBER).text
    assert REMARK in page
    assert "Vũ Minh Đức (phó hiệu trưởng), 08:00 ngày 05/10/2026" in page


def test_the_principal_inspects_in_the_own_role(stage: Stage, signed_in: SignIn) -> None:
    remark(signed_in("ngoc"))
    (said,) = stage.desk.ledger.supervision(SCHOOL_YEAR).remarks["6A2", "2026-10"]
    assert said.by.person == NGOC.person
    assert said.by.role is NGOC.author.role


def test_the_matrix_shows_what_is_inspected_and_what_is_due(
    stage: Stage, signed_in: SignIn
) -> None:
    inspect(stage)
    page = signed_in("duc").get("/kiem-tra").text
    assert 'aria-label="6A2, Tháng 10/2026: đã kiểm tra ngày 05/10/2026"' in page
    assert 'aria-label="6A3, Tháng 10/2026: chưa kiểm tra"' in page
    assert "Tháng 10/2026 còn <b>2</b> lớp chưa kiểm tra." in page
    assert "2026-11" not in page  # what has not begun leads nowhere


def test_a_remark_of_two_letters_is_refused_beside_the_field(
    stage: Stage, signed_in: SignIn
) -> None:
    answer = remark(signed_in("duc"), text="ok")
    assert answer.status_code == 422
    assert "Hãy ghi nội dung, từ 3 đến 500 ký tự." in answer.text
    assert stage.desk.ledger.supervision(SCHOOL_YEAR).remarks == {}


def test_a_month_to_come_is_shown_without_a_form_and_refuses_a_remark(signed_in: SignIn) -> None:
    client = signed_in("duc")
    november = OCTOBER.replace("2026-10", "2026-11")
    assert "<textarea" not in client.get(november).text
    answer = remark(client, november)
    assert answer.status_code == 409
    assert "Tháng 11/2026 chưa đến" in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/kiem-tra/{SCHOOL_YEAR}/9A9/2026-10", 404),
        (f"/kiem-tra/{SCHOOL_YEAR}/6A2/2026-07", 409),
        (f"/kiem-tra/{SCHOOL_YEAR}/6A2/hom-nay", 409),
        ("/kiem-tra/2030-2031/6A2/2030-10", 404),
        ("/kiem-tra/nam-nay/6A2/2030-10", 404),
    ],
)
def test_a_book_that_is_none_is_refused(signed_in: SignIn, path: str, status: int) -> None:
    client = signed_in("duc")
    assert client.get(path).status_code == status
    assert remark(client, path).status_code == status


def test_the_page_tells_who_came_and_left_since_the_last_remark(
    stage: Stage, signed_in: SignIn
) -> None:
    new = PupilId(numbered_id(9001))
    sen = Pupil(pupil_id=new, code="HS9001", family_name="Lý Thị", given_name="Sen")
    stage.desk.people.register_pupils([sen])
    do(stage, LeaveSchool, pupil=YEAR.pupils("6A2")[1], until=SUMMER, reason="Chuyển trường")
    inspect(stage)
    stage.clock.forward(days=1)
    # Noted after the inspection, though it holds from a day before it.
    do(stage, EnrolPupils, class_group="6A2", pupils=(new,), since=SUMMER)
    page = signed_in("duc").get(OCTOBER).text
    assert "Từ lần kiểm tra gần nhất (05/10/2026)" in page
    assert "Lý Thị Sen: vào lớp từ 20/08/2026" in page
    assert "Đinh Thị Na" not in page


def test_the_first_inspection_tells_what_changed_since_the_year_began(
    stage: Stage, signed_in: SignIn
) -> None:
    do(stage, LeaveSchool, pupil=YEAR.pupils("6A2")[1], until=SUMMER, reason="Chuyển trường")
    page = signed_in("duc").get(OCTOBER).text
    assert "Từ đầu năm học" in page
    assert "Đinh Thị Na: rời lớp từ 20/08/2026" in page


def test_the_page_tells_late_and_closed_columns_and_counts_changed_marks(
    stage: Stage, signed_in: SignIn
) -> None:
    inspect(stage)
    stage.clock.forward(days=1)
    lan, first = LAN.about(MATHS_6A2), YEAR.pupils("6A2")[0]
    deadline = stage.clock() + timedelta(hours=1)
    stage.says(NGOC.about(MATHS_6A2), "moves_deadline", "final", deadline)
    stage.says(lan, "enters", (first, "regular-1", "8.0", 0))
    version = stage.desk.ledger.sheet(MATHS_6A2).cell((first, "regular-1")).version
    stage.says(lan, "enters", (first, "regular-1", "6.0", version))
    stage.says(lan, "closes", "regular-1", leaving_blanks=True)
    stage.says(LAN.about(MATHS_6A3), "closes", "regular-1", leaving_blanks=True)
    stage.clock.forward(days=1)
    page = signed_in("duc").get(OCTOBER).text
    assert "6A2 · Toán · ĐĐGck</a>: thiếu 3 điểm, hạn 06/10/2026" in page
    assert "1 cột đã chốt" in page
    assert "<b>1</b> lần đổi, xóa hoặc sửa điểm</a> (0 lần tăng, 1 lần giảm)" in page
    assert "/lich-su?lop=6A2&amp;loai=thay-doi-diem&amp;tu=2026-10-05" in page


def test_the_first_page_tells_the_vice_principal_which_books_are_due(
    stage: Stage, signed_in: SignIn
) -> None:
    inspect(stage)
    assert "Còn 2 lớp chưa kiểm tra</a>: 6A3, 7A1" in signed_in("duc").get("/").text
    for name in ("6A3", "7A1"):
        inspect(stage, name)
    assert "chưa kiểm tra" not in signed_in("duc").get("/").text
    assert "chưa kiểm tra" not in signed_in("lan").get("/").text


def test_an_unknown_year_is_answered_with_the_newest(stage: Stage, signed_in: SignIn) -> None:
    page = signed_in("duc").get("/kiem-tra?nam=2019-2020")
    assert page.status_code == 200
    assert "6A2" in page.text
