"""A correction through the pages: asked for, confirmed, approved, executed, and every no."""

from uuid import UUID, uuid4

import httpx2
import pytest
from starlette.testclient import TestClient

from ledger.vocabulary import CorrectionId
from tests.browser.stage import MATHS, PASSWORD, PUPILS, Stage
from tests.school import FIX, HOA, KHOA, LAN, NGOC
from tests.staff import code_at, enrol_phone
from tests.web.conftest import SignIn
from tests.web.files import picture
from tests.web.strict_page import StrictPage
from web.wording.corrections import APPROVED_WITH

ASKING = f"/so-diem/{MATHS}/de-nghi"
FIRST = f"{PUPILS[0]}:midterm"
GROUNDS = {"cause": "adding-up", "found_by": "pupil"}


@pytest.fixture
def official(stage: Stage) -> Stage:
    """A midterm column with marks for two pupils, closed."""
    stage.says(LAN, "enters", (PUPILS[0], "midterm", "4.5", 0), (PUPILS[1], "midterm", "7.0", 0))
    stage.says(LAN, "closes", "midterm", leaving_blanks=True)
    return stage


@pytest.fixture
def requested(official: Stage) -> str:
    """The page of a correction that the teacher has asked for."""
    version = official.version(1, "midterm")
    official.says(LAN, "requests", (PUPILS[0], "midterm", "6.5", version))
    return f"/de-nghi/{FIX}"


def ask(
    client: TestClient, *, marks: dict[str, str], reason: str = "Cộng sót câu 4", photo: bool = True
) -> httpx2.Response:
    """Fill in the form as the page gives it, and send it."""
    query = "&".join(f"o={key}" for key in marks)
    page = StrictPage(client.get(f"{ASKING}?{query}").text)
    typed = {f"sua:{key}": mark for key, mark in marks.items()}
    files = {"test-paper": ("bài.png", picture(), "image/png")} if photo else {}
    return client.post(
        ASKING,
        data={**page.form(ASKING), **typed, "reason": reason, **GROUNDS},
        files={**files, "other": ("", b"", "application/octet-stream")},
    )


def take(client: TestClient, page: str, step: str, **more: str) -> httpx2.Response:
    return client.post(f"{page}/{step}", data={"command_id": str(uuid4()), **more})


def approve(client: TestClient, stage: Stage, page: str, **more: str) -> httpx2.Response:
    """Send the form of the page with the code that the person's phone shows now."""
    form = StrictPage(client.get(page).text).form(f"{page}/duyet")
    return client.post(f"{page}/duyet", data={**form, "code": code_at(stage.clock()), **more})


def status(stage: Stage, page: str) -> str:
    view = stage.desk.corrections.find(CorrectionId(UUID(page.rpartition("/")[2])))
    assert view is not None
    return view.status


def test_a_correction_goes_its_way_from_form_to_locked_column(
    official: Stage, signed_in: SignIn
) -> None:
    page = ask(signed_in("lan"), marks={FIRST: "6,5"}).headers["location"]
    assert status(official, page) == "requested"
    assert take(signed_in("hoa"), page, "xac-nhan").headers["location"] == page
    enrol_phone(official.desk, NGOC)
    assert approve(signed_in("ngoc"), official, page).headers["location"] == page
    for who in ("lan", "khoa"):
        assert take(signed_in(who), page, "thuc-hien").headers["location"] == page
    assert official.mark(1, "midterm") == "6.5"
    assert official.desk.ledger.sheet(MATHS).is_locked("midterm", official.clock())
    shown = signed_in("lan").get(page).text
    assert "Điểm đã được sửa và cột đã khóa lại." in shown
    approved = f"duyệt{APPROVED_WITH['password-totp']}</p>"
    assert shown.index("gửi đề nghị") < shown.index("xác nhận") < shown.index(approved)


def test_one_record_may_correct_several_marks(official: Stage, signed_in: SignIn) -> None:
    second = f"{PUPILS[1]}:midterm"
    page = ask(signed_in("lan"), marks={FIRST: "6,5", second: "-"}).headers["location"]
    shown = StrictPage(signed_in("hoa").get(page).text).text
    assert "2 ô điểm" in shown
    assert "(trống)" in shown


def test_a_field_left_empty_leaves_its_mark_alone(official: Stage, signed_in: SignIn) -> None:
    second = f"{PUPILS[1]}:midterm"
    page = ask(signed_in("lan"), marks={FIRST: "6,5", second: ""}).headers["location"]
    view = official.desk.corrections.find(CorrectionId(UUID(page.rpartition("/")[2])))
    assert view is not None
    assert [line.pupil for line in view.lines] == [PUPILS[0]]


@pytest.mark.parametrize(
    ("changed", "code", "sentence"),
    [
        ({"marks": {FIRST: ""}}, 422, "ít nhất một ô"),
        ({"marks": {FIRST: "8,25"}}, 422, "không đọc được"),
        ({"marks": {FIRST: "11"}}, 422, "không đọc được"),
        ({"reason": " "}, 422, "từ 3 đến 500 ký tự"),
        ({"photo": False}, 409, "thiếu minh chứng"),
        ({"marks": {FIRST: "4,5"}}, 409, "trùng với điểm đang ghi"),
        ({"marks": {FIRST: "Đ"}}, 409, "không hợp với môn học"),
    ],
)
def test_an_unfit_request_is_shown_again_with_what_was_typed(
    official: Stage, signed_in: SignIn, changed: dict[str, object], code: int, sentence: str
) -> None:
    form = {"marks": {FIRST: "6,5"}, "reason": "Cộng sót câu 4", **changed}
    answer = ask(signed_in("lan"), **form)  # type: ignore[arg-type]
    assert answer.status_code == code
    page = StrictPage(answer.text)
    assert sentence in page.text
    assert page.form(ASKING)[f"sua:{FIRST}"] == form["marks"][FIRST]  # type: ignore[index]
    assert official.desk.corrections.list() == []


def test_a_mark_that_moved_while_the_form_lay_open_is_shown_as_it_is_now(
    official: Stage, signed_in: SignIn
) -> None:
    client = signed_in("lan")
    fields = StrictPage(client.get(f"{ASKING}?o={FIRST}").text).form(ASKING)
    official.says(LAN, "reopens", "midterm")
    version = official.version(1, "midterm")
    official.says(LAN, "enters", (PUPILS[0], "midterm", "5.0", version))
    official.says(LAN, "closes", "midterm", leaving_blanks=True)
    answer = client.post(
        ASKING,
        data={**fields, f"sua:{FIRST}": "6,5", "reason": "Cộng sót", **GROUNDS},
        files={"other": ("a.png", picture(), "image/png")},
    )
    assert answer.status_code == 409
    assert "thay đổi sau khi bạn mở trang" in answer.text
    assert StrictPage(answer.text).form(ASKING)[f"doc:{FIRST}"] == str(
        official.version(1, "midterm")
    )


def test_sent_twice_the_form_is_one_request(official: Stage, signed_in: SignIn) -> None:
    client = signed_in("lan")
    fields = StrictPage(client.get(f"{ASKING}?o={FIRST}").text).form(ASKING)
    form = {**fields, f"sua:{FIRST}": "6,5", "reason": "Cộng sót", **GROUNDS}
    answers = {
        client.post(ASKING, data=form, files={"other": ("a.png", picture(), "image/png")}).headers[
            "location"
        ]
        for _ in range(2)
    }
    assert len(answers) == len(official.desk.corrections.list()) == 1


def test_the_form_offers_official_columns_only(official: Stage, signed_in: SignIn) -> None:
    client = signed_in("lan")
    assert 'name="cot" value="midterm"' in client.get(ASKING).text
    assert 'value="final"' not in client.get(ASKING).text
    assert "Điểm đúng của" in client.get(f"{ASKING}?cot=midterm").text
    assert "Điểm đúng của" not in client.get(f"{ASKING}?cot=final").text


def test_a_sheet_without_official_columns_sends_to_the_grid(signed_in: SignIn) -> None:
    assert "không cần đề nghị" in signed_in("lan").get(ASKING).text


@pytest.mark.parametrize(
    ("who", "buttons"),
    [
        ("lan", {"Rút đề nghị"}),
        ("hoa", {"Xác nhận", "Từ chối"}),
        ("ngoc", {"Từ chối"}),
        ("duc", set()),
        ("khoa", set()),
    ],
)
def test_a_fresh_request_offers_each_person_exactly_their_steps(
    requested: str, signed_in: SignIn, who: str, buttons: set[str]
) -> None:
    assert offered(signed_in(who).get(requested).text) == buttons


@pytest.mark.parametrize(
    ("who", "buttons"), [("ngoc", {"Duyệt", "Từ chối"}), ("hoa", set()), ("lan", {"Rút đề nghị"})]
)
def test_a_confirmed_request_waits_for_the_principal(
    official: Stage, requested: str, signed_in: SignIn, who: str, buttons: set[str]
) -> None:
    official.says(HOA, "confirms")
    enrol_phone(official.desk, NGOC)
    page = signed_in(who).get(requested).text
    assert offered(page) == buttons
    assert "Đang chờ hiệu trưởng duyệt." in page


@pytest.mark.parametrize(
    ("who", "buttons"),
    [
        ("lan", {"Thực hiện sửa điểm", "Rút đề nghị"}),
        ("khoa", {"Thực hiện sửa điểm"}),
        ("ngoc", set()),
    ],
)
def test_an_approved_request_waits_for_teacher_and_administrator(
    official: Stage, requested: str, signed_in: SignIn, who: str, buttons: set[str]
) -> None:
    official.says(HOA, "confirms")
    official.says(NGOC, "approves")
    assert offered(signed_in(who).get(requested).text) == buttons


def offered(html: str) -> set[str]:
    labels = ("Xác nhận", "Duyệt", "Từ chối", "Thực hiện sửa điểm", "Rút đề nghị")
    return {label for label in labels if f">{label}</button>" in html}


def test_a_step_that_is_not_theirs_is_refused_and_kept(
    official: Stage, requested: str, signed_in: SignIn
) -> None:
    answer = take(signed_in("lan"), requested, "duyet")
    assert answer.status_code == 403
    assert "việc này dành cho hiệu trưởng" in answer.text
    assert status(official, requested) == "requested"


def test_a_principal_who_confirms_too_early_is_told_whose_turn_it_is(
    requested: str, signed_in: SignIn
) -> None:
    answer = take(signed_in("ngoc"), requested, "duyet")
    assert answer.status_code == 409
    assert "Giáo viên chủ nhiệm chưa xác nhận" in answer.text


def test_an_approval_asks_for_the_password_after_five_minutes(
    official: Stage, requested: str, signed_in: SignIn
) -> None:
    official.says(HOA, "confirms")
    enrol_phone(official.desk, NGOC)
    client = signed_in("ngoc")
    assert "Nhập lại mật khẩu" not in client.get(requested).text
    official.clock.forward(minutes=5)
    assert "Nhập lại mật khẩu" in client.get(requested).text
    assert approve(client, official, requested).status_code == 403
    wrong = approve(client, official, requested, password="sai")
    assert wrong.status_code == 403
    assert "chưa có gì được thực hiện" in wrong.text
    assert status(official, requested) == "confirmed"
    assert approve(client, official, requested, password=PASSWORD).status_code == 303
    assert status(official, requested) == "approved"


def test_a_refusal_needs_a_reason_and_shows_it(
    official: Stage, requested: str, signed_in: SignIn
) -> None:
    client = signed_in("ngoc")
    assert take(client, requested, "tu-choi").status_code == 422
    assert status(official, requested) == "requested"
    take(client, requested, "tu-choi", reason="Minh chứng không rõ")
    assert "Minh chứng không rõ" in client.get(requested).text


def test_who_asked_may_withdraw(official: Stage, requested: str, signed_in: SignIn) -> None:
    take(signed_in("lan"), requested, "rut")
    assert status(official, requested) == "withdrawn"


def test_a_mark_that_moved_voids_the_request_and_the_page_says_so(
    official: Stage, requested: str, signed_in: SignIn
) -> None:
    official.says(LAN, "reopens", "midterm")
    version = official.version(1, "midterm")
    official.says(LAN, "enters", (PUPILS[0], "midterm", "5.0", version))
    page = signed_in("ngoc").get(requested).text
    assert "đã đổi từ 4,5 thành 5, nên đề nghị mất hiệu lực." in page
    assert offered(page) == set()
    # What becomes of the mark later is another story.
    official.says(LAN, "enters", (PUPILS[0], "midterm", "", official.version(1, "midterm")))
    assert "đã đổi từ 4,5 thành 5, nên" in signed_in("ngoc").get(requested).text


def test_a_correction_says_what_went_wrong_who_found_it_and_why_it_is_late(
    official: Stage, signed_in: SignIn
) -> None:
    official.says(NGOC.about(MATHS), "locks")
    page = ask(signed_in("lan"), marks={FIRST: "6,5"}).headers["location"]
    shown = signed_in("hoa").get(page).text
    assert "Cộng nhầm điểm: Cộng sót câu 4" in shown
    assert "Người phát hiện: học sinh." in shown
    assert "Sai sót được phát hiện sau khi sổ đã khóa." in shown
    assert "cộng nhầm điểm" in signed_in("hoa").get("/").text
    listed = signed_in("hoa").get("/de-nghi").text
    assert "Cộng nhầm điểm" in listed
    assert "Muộn" in listed


@pytest.mark.parametrize("who", ["vinh", "quyen", "mai"])
def test_who_has_no_part_in_it_does_not_learn_that_it_exists(
    requested: str, signed_in: SignIn, who: str
) -> None:
    client = signed_in(who)
    assert client.get(requested).status_code == 404
    assert take(client, requested, "duyet").status_code == 404
    assert "ĐN-" not in client.get("/de-nghi?muc=dang-mo").text


def test_the_list_has_what_waits_for_oneself_first(
    official: Stage, requested: str, signed_in: SignIn
) -> None:
    assert "ĐN-0001" in signed_in("hoa").get("/de-nghi").text
    teacher = signed_in("lan")
    assert "Không có đề nghị nào đang chờ bạn." in teacher.get("/de-nghi").text
    assert "ĐN-0001" in teacher.get("/de-nghi?muc=dang-mo").text
    assert "ĐN-0001" not in teacher.get("/de-nghi?muc=da-xong").text
    take(teacher, requested, "rut")
    assert "ĐN-0001" in teacher.get("/de-nghi?muc=da-xong").text


def test_the_list_is_filtered_by_year_and_cause(
    official: Stage, requested: str, signed_in: SignIn
) -> None:
    client, here = signed_in("hoa"), "/de-nghi?muc=cho-toi"
    assert "ĐN-0001" in client.get(f"{here}&nam_hoc=2026-2027&nguyen_nhan=adding-up").text
    assert "ĐN-0001" in client.get(f"{here}&nam_hoc=&nguyen_nhan=").text
    for other in ("nam_hoc=2025-2026", "nguyen_nhan=typing"):
        page = client.get(f"{here}&{other}").text
        assert "ĐN-0001" not in page
        assert "Không có đề nghị nào như bạn lọc." in page
    assert client.get(f"{here}&nguyen_nhan=nothing").status_code == 422


def test_the_first_page_tells_what_waits(
    official: Stage, requested: str, signed_in: SignIn
) -> None:
    assert "đang chờ bạn (1)" in signed_in("hoa").get("/").text
    assert "Đề nghị của bạn chưa xong (1)" in signed_in("lan").get("/").text
    assert "Không có việc nào" in signed_in("khoa").get("/").text
    official.says(HOA, "confirms")
    official.says(NGOC, "approves")
    official.says(LAN, "executes")
    official.says(KHOA, "executes")
    assert "Không có việc nào" in signed_in("ngoc").get("/").text


def test_only_teachers_of_the_sheet_may_ask(official: Stage, signed_in: SignIn) -> None:
    assert signed_in("vinh").get(ASKING).status_code == 403
    assert signed_in("hoa").get(ASKING).status_code == 403
