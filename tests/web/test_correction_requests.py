"""The form of a request: right marks compared, a column shifted, files that stay with it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx2
import pytest
from starlette.testclient import TestClient

from ledger.school.calendar import local_day
from ledger.sheet.facts import NumberedPupil
from ledger.sheet.grounds import CorrectionRules, EvidenceKind, LateReason
from ledger.vocabulary import CorrectionId, sheet_id_of
from projections.corrections import CorrectionView
from tests.browser.stage import MATHS, PUPILS, Stage, build_stage, sign_in_cookie
from tests.school import CLOCKWORK, KHOA, LAN, VINH
from tests.web.conftest import SignIn, client_of
from tests.web.files import pdf, picture
from tests.web.spreadsheets.workbooks import workbook
from tests.web.strict_page import StrictPage
from web.app import create_app
from web.wording import LATE

ASKING = f"/so-diem/{MATHS}/de-nghi"
COLUMN = f"{ASKING}?cot=midterm"
GROUNDS = {"cause": "wrong-row", "found_by": "teacher", "reason": "Nhập lệch một dòng"}
PHOTO = {"test-paper": ("bài.png", picture(), "image/png")}
MARKS = ("4.5", "7.0", "0.0", "9.5", "10.0")


@pytest.fixture
def official(stage: Stage) -> Stage:
    """A midterm column with five marks, closed."""
    close_column(stage, MARKS)
    return stage


@pytest.fixture
def teacher(official: Stage, signed_in: SignIn) -> TestClient:
    return signed_in("lan")


def close_column(stage: Stage, marks: tuple[str, ...]) -> None:
    entries = [(pupil, "midterm", mark, 0) for pupil, mark in zip(PUPILS, marks, strict=False)]
    stage.says(LAN, "enters", *entries)
    stage.says(LAN, "closes", "midterm", leaving_blanks=True)


def field(number: int) -> str:
    return f"sua:{PUPILS[number - 1]}:midterm"


def fields(html: str) -> dict[str, str]:
    """What the form would send: a box not ticked is not sent, and none here is."""
    sent = StrictPage(html).form(ASKING)
    unsent = ("bo:", "test-paper", "teacher-book", "learning-product", "other", "tep")
    return {name: value for name, value in sent.items() if not name.startswith(unsent)}


def press(
    client: TestClient, act: str, *, page: str = "", files: object = None, **typed: object
) -> httpx2.Response:
    """Press a button of the form as it stands on a page, with some fields typed."""
    sent = {**fields(page or client.get(COLUMN).text), **GROUNDS, **typed, "viec": act}
    return client.post(ASKING, data=sent, files=files)  # type: ignore[arg-type]


def proposals(html: str) -> dict[int, str]:
    """The marks typed in the form, by the numbers of the pupils."""
    sent = fields(html)
    typed = {number: sent.get(field(number), "") for number in range(1, len(PUPILS) + 1)}
    return {number: text for number, text in typed.items() if text}


def request_of(stage: Stage, answer: httpx2.Response) -> CorrectionView:
    found = stage.desk.corrections.find(
        CorrectionId(UUID(answer.headers["location"].rpartition("/")[2]))
    )
    assert found is not None
    return found


def test_only_lines_that_differ_are_proposed(teacher: TestClient) -> None:
    answer = press(teacher, "doi-chieu", dan="4,5\r\n7.5\r\n\u00a00,0\r\n\r\n9\r\n")
    assert proposals(answer.text) == {2: "7,5", 5: "9"}
    text = StrictPage(answer.text).text
    assert "Đã đối chiếu 5 dòng: 2 dòng khác với điểm đang ghi." in text
    assert "lần lượt theo số thứ tự" in text
    assert '<del class="old">7</del>' in answer.text


def test_lines_that_say_whose_they_are_need_no_order(teacher: TestClient) -> None:
    answer = press(teacher, "doi-chieu", dan="HS0005\t9\nHS0001\t5")
    assert proposals(answer.text) == {1: "5", 5: "9"}
    assert "lần lượt theo số thứ tự" not in answer.text


def test_an_excel_file_is_compared_and_kept_nowhere(official: Stage, teacher: TestClient) -> None:
    content = workbook(lambda _book, sheet: sheet.write_column(0, 0, [4.5, 7, 0, 9.5, "8,5"]))
    before = sorted(official_files(official))
    answer = press(teacher, "doi-chieu", files={"tep": ("điểm.xlsx", content)})
    assert proposals(answer.text) == {5: "8,5"}
    assert sorted(official_files(official)) == before


def official_files(stage: Stage) -> Iterator[Path]:
    folder = Path(stage.desk.engine.url.database or "").parent
    return (path for path in folder.rglob("*") if path.is_file() and "ledger.db" not in path.name)


def test_errors_are_told_by_line_and_nothing_typed_is_lost(teacher: TestClient) -> None:
    pasted = "HS0001\t8,25\nHS0099\t7"
    answer = press(teacher, "doi-chieu", dan=pasted, **{field(3): "6"})
    page = StrictPage(answer.text)
    assert "2 chỗ sai trong 2 dòng, chưa lấy dòng nào" in page.text
    assert "too-many-decimals" in page.text
    assert "Dòng 2: mã HS0099" in page.text
    assert "HS0099" in answer.text.split('name="dan"')[1].split("</textarea>")[0]
    assert proposals(answer.text) == {3: "6"}
    assert fields(answer.text)["cause"] == ""  # a select's choice is not in its own tag
    assert '<option value="wrong-row" selected>' in answer.text


def test_a_comparison_without_anything_to_compare_shows_the_form(teacher: TestClient) -> None:
    assert press(teacher, "doi-chieu").status_code == 200


@pytest.mark.parametrize(
    ("act", "row", "proposed", "told"),
    [
        ("dich-xuong", 2, {2: "-", 3: "7", 4: "0", 5: "9,5"}, "Điểm 10 của"),
        ("dich-len", 2, {2: "0", 3: "9,5", 4: "10", 5: "-"}, "Điểm 7 của"),
        ("dich-xuong", 5, {5: "-"}, "Điểm 10 của"),
    ],
)
def test_a_slipped_column_is_shifted_by_one_row(
    teacher: TestClient, act: str, row: int, proposed: dict[int, str], told: str
) -> None:
    answer = press(teacher, act, tu=field(row).removeprefix("sua:"))
    assert proposals(answer.text) == proposed
    assert told in answer.text
    assert "không còn điểm nào" in answer.text


def test_shifting_back_proposes_only_what_was_dropped(teacher: TestClient) -> None:
    row = field(2).removeprefix("sua:")
    there = press(teacher, "dich-xuong", tu=row).text
    back = press(teacher, "dich-len", page=there, tu=row)
    assert proposals(back.text) == {5: "-"}


@pytest.mark.parametrize("row", ["", "x:midterm", f"{PUPILS[0]}:final"])
def test_a_shift_needs_a_row_of_the_column(teacher: TestClient, row: str) -> None:
    answer = press(teacher, "dich-xuong", tu=row)
    assert answer.status_code == 422
    assert "Hãy chọn học sinh đầu tiên bị lệch." in answer.text


def test_a_shift_over_a_cell_of_another_request_is_refused(
    official: Stage, teacher: TestClient
) -> None:
    version = official.version(3, "midterm")
    official.says(LAN, "requests", (PUPILS[2], "midterm", "6.5", version))
    page = teacher.get(COLUMN).text
    assert field(3) not in fields(page)
    assert "đang trong một đề nghị khác" in page
    answer = press(teacher, "dich-xuong", tu=field(2).removeprefix("sua:"))
    assert answer.status_code == 409
    assert proposals(answer.text) == {}
    assert "đang nằm trong một đề nghị khác" in answer.text


def test_a_line_left_out_is_not_asked_for(official: Stage, teacher: TestClient) -> None:
    page = press(teacher, "doi-chieu", dan="5\n7,5").text
    left_out = {field(1).replace("sua:", "bo:"): "1"}
    answer = press(teacher, "gui", page=page, files=PHOTO, **left_out)
    assert [line.pupil for line in request_of(official, answer).lines] == [PUPILS[1]]


def test_a_mark_that_moved_meanwhile_is_told_beside_it(
    official: Stage, teacher: TestClient
) -> None:
    page = teacher.get(COLUMN).text
    official.says(LAN, "reopens", "midterm")
    official.says(LAN, "enters", (PUPILS[0], "midterm", "5.0", official.version(1, "midterm")))
    official.says(LAN, "closes", "midterm", leaving_blanks=True)
    answer = press(teacher, "xem", page=page, **{field(1): "6"})
    assert answer.text.count("vừa thay đổi") == 1


def test_what_is_no_mark_is_told_in_its_row(teacher: TestClient) -> None:
    answer = press(teacher, "xem", **{field(1): "8,25"})
    assert answer.status_code == 422
    assert answer.text.count("không phải là điểm") == 1
    assert proposals(answer.text) == {1: "8,25"}


def test_cause_and_finder_have_to_be_chosen(teacher: TestClient) -> None:
    answer = press(teacher, "gui", cause="", found_by="nobody", **{field(1): "6"})
    assert answer.status_code == 422
    assert "Hãy chọn nguyên nhân sai." in answer.text
    assert "Hãy chọn ai phát hiện." in answer.text


def test_several_columns_go_on_one_record(stage: Stage, signed_in: SignIn) -> None:
    close_column(stage, MARKS)
    stage.says(LAN, "enters", (PUPILS[0], "final", "8.0", 0))
    stage.says(LAN, "closes", "final", leaving_blanks=True)
    client = signed_in("lan")
    page = client.get(f"{ASKING}?cot=midterm&cot=final").text
    sent = {**fields(page), **GROUNDS, "dan": "HS0001\t5\t9", "viec": "doi-chieu"}
    # A repeated field stands once in what a strict page tells of a form.
    page = client.post(ASKING, data={**sent, "cot": ["midterm", "final"]}).text
    sent = {**fields(page), **GROUNDS, "viec": "gui"}
    columns = {"cot": ["midterm", "final"]}
    view = request_of(stage, client.post(ASKING, data={**sent, **columns}, files=PHOTO))
    assert [(line.column, line.after.text) for line in view.lines] == [
        ("midterm", "5.0"),
        ("final", "9.0"),
    ]


def test_files_stay_with_a_form_that_is_refused(official: Stage, teacher: TestClient) -> None:
    refused = press(teacher, "gui", files=PHOTO)
    assert refused.status_code == 422
    (kept,) = kept_files(refused.text)
    assert official.desk.evidence.digests() == frozenset()
    assert teacher.get(f"/minh-chung-chua-gui/{kept.partition(':')[2]}").content[:4] == b"\x89PNG"
    answer = press(teacher, "gui", page=refused.text, giu=kept, **{field(1): "6"})
    (evidence,) = request_of(official, answer).evidence
    assert f"{evidence.kind}:{evidence.sha256}" == kept
    assert official.desk.evidence.read(evidence.sha256)


def kept_files(html: str) -> list[str]:
    return [part.split('"')[0] for part in html.split('name="giu" value="')[1:]]


def test_a_kept_file_may_be_left_out(official: Stage, teacher: TestClient) -> None:
    page = press(teacher, "xem", files=PHOTO).text
    book = {"teacher-book": ("sổ.pdf", pdf(), "application/pdf")}
    answer = press(teacher, "gui", page=page, giu=[], files=book, **{field(1): "6"})
    assert [file.kind for file in request_of(official, answer).evidence] == ["teacher-book"]


def test_one_unfit_file_leaves_the_others_with_the_form(teacher: TestClient) -> None:
    files = [
        ("test-paper", ("a.png", picture())),
        ("other", ("b.heic", b"0000ftypheic" + bytes(9))),
    ]
    answer = press(teacher, "gui", files=files, **{field(1): "6"})
    assert answer.status_code == 409
    assert "b.heic" in StrictPage(answer.text).text
    assert len(kept_files(answer.text)) == 1


def test_nobody_names_a_file_of_somebody_else(
    official: Stage, teacher: TestClient, signed_in: SignIn
) -> None:
    today = local_day(official.clock())
    digest = official.desk.unsent.keep(VINH.person, picture(), today=today)
    assert teacher.get(f"/minh-chung-chua-gui/{digest}").status_code == 404
    assert signed_in("vinh").get(f"/minh-chung-chua-gui/{digest}").status_code == 200
    for named in (f"other:{digest}", "other:../../ledger.db", "nothing", f"x:{digest}"):
        answer = press(teacher, "gui", giu=named, **{field(1): "6"})
        assert answer.status_code == 409
        assert "không còn được giữ" in answer.text
        assert kept_files(answer.text) == []
    assert official.desk.corrections.list() == []


def test_what_is_not_sent_goes_after_a_day_and_alarms_nobody(
    official: Stage, teacher: TestClient
) -> None:
    (kept,) = kept_files(press(teacher, "xem", files=PHOTO).text)
    digest = kept.partition(":")[2]
    official.clock.forward(days=1)
    assert official.desk.unsent.read(LAN.person, digest, today=local_day(official.clock()))
    official.clock.forward(days=1)
    official.desk.unsent.keep(LAN.person, pdf(), today=local_day(official.clock()))
    names = {path.name for path in official_files(official)}
    assert digest not in names
    assert official.desk.evidence.digests() == frozenset()


def test_sent_twice_with_a_kept_file_it_is_one_request(
    official: Stage, teacher: TestClient
) -> None:
    page = press(teacher, "xem", files=PHOTO).text
    (kept,) = kept_files(page)
    answers = {
        press(teacher, "gui", page=page, giu=kept, **{field(1): "6"}).headers["location"]
        for _ in range(2)
    }
    assert len(answers) == len(official.desk.corrections.list()) == 1


def test_kinds_that_the_school_demands_are_marked_and_named_when_missing(
    stage: Stage, signed_in: SignIn
) -> None:
    sheet_id = sheet_id_of("2026-2027", 1, "6A9", "toan")
    rules = CorrectionRules(demanded_evidence=(EvidenceKind.TEACHER_BOOK, EvidenceKind.TEST_PAPER))
    numbered = (NumberedPupil(pupil=PUPILS[0], number=1),)
    opening = {"class_group": "6A9", "pupils": numbered, "correction_rules": rules}
    stage.says(KHOA.about(sheet_id), "opens", **opening)
    stage.says(LAN.about(sheet_id), "enters", (PUPILS[0], "midterm", "4.5", 0))
    stage.says(LAN.about(sheet_id), "closes", "midterm", leaving_blanks=True)
    asking, client = f"/so-diem/{sheet_id}/de-nghi", signed_in("lan")
    html = client.get(f"{asking}?cot=midterm").text
    assert html.count("(bắt buộc)") == 2
    sent = {**StrictPage(html).form(asking), **GROUNDS, field(1): "6", "viec": "gui"}
    answer = client.post(asking, data=sent, files=PHOTO)
    assert answer.status_code == 409
    assert "còn thiếu minh chứng: ảnh sổ cá nhân của giáo viên." in answer.text
    assert len(kept_files(answer.text)) == 1


def test_before_sending_the_form_says_when_corrections_end_and_why_it_is_late(
    official: Stage, teacher: TestClient
) -> None:
    assert "chưa đặt hạn sửa điểm" in teacher.get(COLUMN).text
    official.says(CLOCKWORK, "moves_correction_day", official.clock() + timedelta(minutes=5))
    page = teacher.get(COLUMN).text
    assert "– chưa qua." in page
    assert "đường muộn" not in page
    official.clock.forward(minutes=6)
    late = press(teacher, "xem", **{field(1): "6"}).text
    assert "– đã qua." in late
    assert "đường muộn" in late
    assert LATE[LateReason.AFTER_LAST_DAY] in late


@pytest.mark.parametrize("who", ["vinh", "hoa"])
def test_others_press_no_button(official: Stage, signed_in: SignIn, who: str) -> None:
    for act in ("doi-chieu", "xem", "gui"):
        answer = signed_in(who).post(ASKING, data={"viec": act}, files=PHOTO)
        assert answer.status_code == 403


def test_forty_five_lines_are_one_request(database_url: str, tmp_path: Path) -> None:
    stage = build_stage(tmp_path / "school", url=database_url)
    close_column(stage, tuple(f"{number % 10}.{number % 7}" for number in range(45)))
    client = client_of(create_app(stage.desk), sign_in_cookie(stage, "lan"))
    page = press(client, "dich-xuong", tu=field(1).removeprefix("sua:")).text
    assert len(proposals(page)) == 45
    answer = press(client, "gui", page=page, files=PHOTO, **{field(1): "8,5"})
    view = request_of(stage, answer)
    assert len(view.lines) == 45
    assert [line.after for line in view.lines[1:]] == [line.before for line in view.lines[:-1]]
    assert view.status == "requested"
    stage.desk.engine.dispose()
