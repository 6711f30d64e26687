"""Locks over a scope through the pages: choosing, looking ahead, deciding, reading who decided."""

from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from starlette.testclient import TestClient

from tests.browser.scope_stage import YEAR, open_semester
from tests.browser.stage import PASSWORD, Stage, copied_stage
from tests.opened_year import decides_deadline, decides_lock, first_semester
from tests.school import LAN, LATER, NGOC
from tests.web.conftest import SignIn

EVENING = "2026-10-05T18:00"  # at NOW it is eight in the morning in Việt Nam


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with an open semester of three classes, made once."""
    folder = tmp_path_factory.mktemp("scopes") / "school"
    with copied_stage(built_school, folder) as stage:
        open_semester(stage)
    return folder


def decide(client: TestClient, action: str = "khoa", **more: object) -> httpx2.Response:
    form = {"viec": action, "command_id": str(uuid4()), "reason": "Hết học kì I", **more}
    return client.post("/khoa/quyet-dinh", data=form)


def locked(stage: Stage, column: str = "final") -> list[str]:
    """The sheets whose column is locked, by class and subject."""
    return [
        f"{name} {subject}"
        for name, subject in YEAR.places
        if stage.desk.ledger.sheet(YEAR.sheet_id(name, subject)).is_locked(column, stage.clock())
    ]


EVERYWHERE = [f"{name} {subject}" for name, subject in YEAR.places]


@pytest.mark.parametrize("who", ["ngoc", "duc", "khoa"])
def test_whoever_leads_or_administers_locks_a_semester(
    stage: Stage, signed_in: SignIn, who: str
) -> None:
    client = signed_in(who)
    answer = decide(client)
    assert answer.status_code == 303
    assert locked(stage) == EVERYWHERE
    page = client.get(answer.headers["location"]).text
    assert "Khóa ngay: 6 bảng điểm" in page
    assert "Học kì I; mọi lớp; mọi môn; mọi cột" in page
    assert "08:00 ngày 05/10/2026" in page
    assert "Hết học kì I" in page


def test_only_what_was_chosen_is_locked(stage: Stage, signed_in: SignIn) -> None:
    decide(signed_in("ngoc"), khoi=["6"], mon=["toan"], cot=["midterm"])
    assert locked(stage, "midterm") == ["6A2 toan", "6A3 toan"]
    assert locked(stage) == []


def test_the_preview_counts_what_would_be_locked_and_what_is_missing(
    stage: Stage, signed_in: SignIn
) -> None:
    client = signed_in("duc")
    page = client.get("/khoa/xem-truoc?viec=khoa&cot=midterm&mon=toan").text
    assert "Sẽ khóa 3 bảng điểm, 3 cột; còn thiếu 7 điểm ở 3 bảng." in page
    assert "Trần Thị Ngọc Lan</strong>: thiếu 7 điểm ở 3 cột" in page
    assert "Đinh Thị Ổi (chờ kiểm tra bù)" in page
    assert "thiếu 3: cả lớp chưa có điểm" in page
    assert locked(stage, "midterm") == []


def test_who_lacks_a_mark_is_named_with_why(stage: Stage, signed_in: SignIn) -> None:
    first = YEAR.pupils("6A3")[0]
    stage.says(LAN.about(YEAR.sheet_id("6A3")), "enters", (first, "final", "0.0", 0))
    page = signed_in("duc").get("/khoa/xem-truoc?viec=khoa&cot=final&mon=toan&lop=6A3").text
    assert "thiếu 2: Đinh Thị Na (chưa có điểm), Đinh Thị Ổi (chưa có điểm)" in page


def test_a_zero_is_no_missing_mark(signed_in: SignIn) -> None:
    page = signed_in("duc").get("/khoa/xem-truoc?viec=khoa&cot=midterm&mon=toan&lop=6A2").text
    assert "còn thiếu 1 điểm ở 1 bảng" in page
    assert "Đinh Thị Mận" not in page


def test_what_is_locked_already_is_not_counted_again(stage: Stage, signed_in: SignIn) -> None:
    stage.desk.handle(decides_lock(NGOC.author, first_semester(classes=("6A2",))))
    page = signed_in("ngoc").get("/khoa/xem-truoc?viec=khoa").text
    assert "Sẽ khóa 4 bảng điểm, 20 cột" in page


def test_a_new_deadline_says_what_it_opens_again_and_what_it_leaves_alone(
    stage: Stage, signed_in: SignIn
) -> None:
    client, asked = signed_in("ngoc"), f"/khoa/xem-truoc?viec=dat-han&luc={EVENING}"
    assert "mở lại cho đến hạn mới" not in client.get(asked).text
    stage.desk.handle(decides_deadline(NGOC.author, LATER, first_semester(columns=("final",))))
    stage.desk.handle(decides_lock(NGOC.author, first_semester(classes=("7A1",))))
    stage.clock.forward(hours=2)
    page = signed_in("ngoc").get(asked).text
    assert "4 cột đang khóa vì hết hạn cũ" in page
    assert "10 cột đã có quyết định khóa hoặc mở khóa riêng" in page


def test_a_preview_of_a_scope_without_sheets_says_so(signed_in: SignIn) -> None:
    page = signed_in("ngoc").get("/khoa/xem-truoc?viec=khoa&khoi=9").text
    assert "Phạm vi này không có bảng điểm nào" in page
    assert "<textarea" not in page


def test_the_principal_schedules_a_lock_and_the_sheet_says_who_when_and_why(
    stage: Stage, signed_in: SignIn
) -> None:
    client = signed_in("ngoc")
    assert decide(client, "dat-han", luc=EVENING, cot=["final"]).status_code == 303
    assert locked(stage) == []
    sheet_page = f"/so-diem/{YEAR.sheet_id('6A2')}/khoa"
    assert "Tự khóa sau hạn 18:00 ngày 05/10/2026" in client.get(sheet_page).text
    stage.clock.forward(hours=10, seconds=1)
    assert locked(stage) == EVERYWHERE
    page = signed_in("lan").get(sheet_page).text
    assert (
        "Khóa bởi hạn 18:00 ngày 05/10/2026 do Nguyễn Thị Ngọc (hiệu trưởng) đặt lúc "
        "08:00 ngày 05/10/2026" in page
    )
    assert "Hết học kì I" in page


def test_the_principal_unlocks_for_a_time_with_the_password(
    stage: Stage, signed_in: SignIn
) -> None:
    stage.desk.handle(decides_lock(NGOC.author))
    client = signed_in("ngoc")
    stage.clock.forward(minutes=5)
    preview = client.get(f"/khoa/xem-truoc?viec=mo-khoa&luc={EVENING}&lop=6A2").text
    assert "Nhập lại mật khẩu" in preview
    refused = decide(client, "mo-khoa", luc=EVENING, lop=["6A2"])
    assert refused.status_code == 403
    assert "Hết học kì I</textarea>" in refused.text
    wrong = decide(client, "mo-khoa", luc=EVENING, lop=["6A2"], password="không phải")
    assert wrong.status_code == 403
    assert locked(stage) == EVERYWHERE
    done = decide(client, "mo-khoa", luc=EVENING, lop=["6A2"], password=PASSWORD)
    assert done.status_code == 303
    assert locked(stage) == EVERYWHERE[2:]
    stage.clock.forward(hours=10)
    assert locked(stage) == EVERYWHERE


@pytest.mark.parametrize("who", ["duc", "khoa"])
@pytest.mark.parametrize("action", ["dat-han", "mo-khoa"])
def test_nobody_else_schedules_or_unlocks(
    stage: Stage, signed_in: SignIn, who: str, action: str
) -> None:
    stage.desk.handle(decides_lock(NGOC.author, first_semester(columns=("midterm",))))
    client = signed_in(who)
    assert "Chỉ hiệu trưởng đặt hạn khóa và mở khóa" in client.get("/khoa").text
    preview = client.get(f"/khoa/xem-truoc?viec={action}&luc={EVENING}").text
    assert "<textarea" not in preview
    assert decide(client, action, luc=EVENING).status_code == 403
    assert locked(stage, "midterm") == EVERYWHERE
    assert len(stage.desk.ledger.year("2026-2027").lock_decisions) == 1


def test_a_teacher_learns_nothing_and_locks_nothing(stage: Stage, signed_in: SignIn) -> None:
    answer = decide(signed_in("lan"))
    assert answer.status_code == 403
    assert "6A2" not in answer.text
    assert locked(stage) == []


@pytest.mark.parametrize(
    ("action", "sent", "status", "sentence"),
    [
        ("khoa", {"reason": " "}, 422, "từ 3 đến 500 ký tự"),
        ("dat-han", {"luc": ""}, 422, "Hãy chọn ngày và giờ."),
        ("dat-han", {"luc": "hôm nay"}, 422, "Hãy chọn ngày và giờ."),
        ("dat-han", {"luc": "2026-10-05T07:59"}, 409, "phải ở sau thời điểm này"),
        ("mo-khoa", {"luc": EVENING}, 409, "Không có gì đang khóa để mở."),
        ("khoa", {"khoi": ["9"]}, 409, "không có bảng điểm nào đang được mở"),
        ("khoa", {"lop": ["6A9"]}, 404, "Năm học không có lớp 6A9."),
        ("khoa", {"cot": ["../x"]}, 422, ""),
        ("khoa", {"hoc_ki": "3"}, 422, ""),
        ("xóa", {}, 422, ""),
    ],
)
def test_what_cannot_be_decided_is_said_and_changes_nothing(
    stage: Stage,
    signed_in: SignIn,
    *,
    action: str,
    sent: dict[str, object],
    status: int,
    sentence: str,
) -> None:
    answer = decide(signed_in("ngoc"), action, **sent)
    assert answer.status_code == status
    assert sentence in answer.text
    assert locked(stage) == []
    assert stage.desk.ledger.year("2026-2027").lock_decisions == ()


def test_locking_what_is_locked_says_so(stage: Stage, signed_in: SignIn) -> None:
    stage.desk.handle(decides_lock(NGOC.author))
    answer = decide(signed_in("duc"))
    assert answer.status_code == 409
    assert "không có gì để thay đổi" in answer.text


def test_a_form_sent_twice_decides_once(stage: Stage, signed_in: SignIn) -> None:
    client, one = signed_in("ngoc"), str(uuid4())
    first = decide(client, command_id=one)
    again = decide(client, command_id=one)
    assert (first.status_code, again.headers["location"]) == (303, first.headers["location"])
    assert len(stage.desk.ledger.year("2026-2027").lock_decisions) == 1


def test_the_overview_tells_in_words_how_each_column_stands(
    stage: Stage, signed_in: SignIn
) -> None:
    desk = stage.desk
    desk.handle(decides_lock(NGOC.author, first_semester(columns=("midterm",))))
    desk.handle(decides_deadline(NGOC.author, LATER, first_semester(columns=("final",))))
    stage.says(LAN.about(YEAR.sheet_id("6A2")), "closes", "regular-1", leaving_blanks=True)
    stage.clock.forward(hours=2)
    page = signed_in("khoa").get("/khoa?mon=toan").text
    for words in ("Đã chốt", "Đã khóa", "Hết hạn", "Đang mở", "hạn 09:00 ngày 05/10/2026"):
        assert words in page
    merged = signed_in("khoa").get("/khoa").text
    assert "1 đang mở" in merged
    assert "1 đã chốt" in merged


def test_past_decisions_are_listed_with_who_when_why_and_until(
    stage: Stage, signed_in: SignIn
) -> None:
    client = signed_in("ngoc")
    decide(client, khoi=["6"])
    decide(client, "mo-khoa", luc=EVENING, lop=["6A3"])
    page = client.get("/khoa").text
    assert page.index("Mở đến 18:00 ngày 05/10/2026") < page.index("Đến khi được mở")
    assert "Học kì I; lớp 6A3; mọi môn; mọi cột" in page
    assert "Học kì I; khối 6; mọi môn; mọi cột" in page
    assert "Nguyễn Thị Ngọc (hiệu trưởng)" in page


def test_before_the_semester_is_open_the_page_says_the_next_step(signed_in: SignIn) -> None:
    page = signed_in("ngoc").get("/khoa?hoc_ki=2").text
    assert "Học kì II chưa có bảng điểm nào" in page


def test_in_a_year_that_nobody_planned_the_page_says_the_next_step(
    stage: Stage, signed_in: SignIn
) -> None:
    stage.clock.forward(days=365)
    client = signed_in("ngoc")
    page = client.get("/khoa").text
    assert "Chưa lập năm học 2027-2028" in page
    assert decide(client).status_code == 404


def test_a_decision_that_nobody_made_is_not_found(signed_in: SignIn) -> None:
    assert signed_in("ngoc").get(f"/khoa/quyet-dinh/{uuid4()}").status_code == 404
