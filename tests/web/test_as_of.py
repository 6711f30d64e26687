"""Looking back in pages: a sheet or a class as of a point, and what changed between two."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from ledger.school import commands
from tests.browser.stage import MATHS, PUPILS, SPORTS, Stage
from tests.school import FIX, HOA, KHOA, LAN, NGOC, NOW, QUYEN, VINH
from tests.web.conftest import SignIn
from tests.web.year import SECOND, YEAR, YearStage
from web.as_of.asking import read_point
from web.moments import VIETNAM
from web.refusals import PointUnreadable

AN, BAO = PUPILS[0], PUPILS[1]
BACK = f"/so-diem/{MATHS}/tai-thoi-diem"
COMPARED = f"/so-diem/{MATHS}/so-sanh"
CLASS = "/lop/2026-2027/6A1/tai-thoi-diem"
CLASS_COMPARED = "/lop/2026-2027/6A1/so-sanh"
HERE = LAN.about(MATHS)


def words(html: str) -> str:
    """What a person reads, without marks and with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def cell(html: str, number: int, column: str) -> str:
    found = re.search(rf'<td id="o-{number}-{column}"[^>]*>(.*?)</td>', html, re.DOTALL)
    assert found is not None
    return words(found[1])


def end(stage: Stage) -> int:
    return stage.desk.ledger.recorder.head().position


@pytest.fixture
def told(stage: Stage) -> dict[str, int]:
    """A mark entered at 8:00, cleared at 9:00 and entered again; locked at 10:00; corrected."""
    positions = {}

    def note(name: str) -> None:
        positions[name] = end(stage)

    stage.says(HERE, "enters", (AN, "midterm", "6.5", 0), (BAO, "midterm", "0.0", 0))
    note("entered")
    stage.clock.forward(hours=1)
    stage.says(HERE, "enters", (AN, "midterm", "", stage.version(1, "midterm")))
    stage.says(HERE, "enters", (AN, "midterm", "8.5", stage.version(1, "midterm")))
    note("again")
    stage.clock.forward(hours=1)
    stage.says(NGOC.about(MATHS), "locks")
    note("locked")
    stage.clock.forward(minutes=1)
    stage.says(HERE, "requests", (BAO, "midterm", "4.0", stage.version(2, "midterm")))
    for voice, step in ((HOA, "confirms"), (NGOC, "approves"), (LAN, "executes")):
        stage.says(voice.about(MATHS), step, FIX)
    stage.says(KHOA.about(MATHS), "executes", FIX)
    note("corrected")
    return positions


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2026-11-20", "2026-11-20T23:59:59.999999"),
        ("20/11/2026", "2026-11-20T23:59:59.999999"),
        ("20/11/2026 9:05", "2026-11-20T09:05:59.999999"),
        ("2026-11-20T10:30", "2026-11-20T10:30:59.999999"),
        ("2026-11-20T10:30:15", "2026-11-20T10:30:15.999999"),
        ("2026-11-20T10:30:15.5", "2026-11-20T10:30:15.500000"),
        ("2026-11-20T03:30:00.0Z", "2026-11-20T10:30:00.000000"),
    ],
)
def test_what_is_typed_means_the_whole_of_the_minute_or_the_day(text: str, last: str) -> None:
    asked = read_point(text)
    found = asked.point.moment.astimezone(VIETNAM)  # type: ignore[union-attr]
    assert found.replace(tzinfo=None).isoformat(timespec="microseconds") == last


@pytest.mark.parametrize(
    "text",
    [
        *("", "hôm qua", "2026-13-01", "2026-11-20T25:00", "31/02/2026", "-1", "1e3", "٣"),
        *("9" * 30, "0001-01-01", "9999-12-31T23:59", "2026-11-20T10:30+99:99", "2026-11-20 10:30"),
    ],
)
def test_what_nobody_can_read_is_refused(text: str) -> None:
    with pytest.raises(PointUnreadable):
        read_point(text)


@pytest.mark.parametrize(
    "path",
    [
        f"{BACK}?luc=hom-qua",
        f"{BACK}?dong=-1",
        f"{BACK}?dong=2026-11-20",
        f"{BACK}?luc=123",
        f"{BACK}?luc=2026-11-20&dong=3",
        f"{BACK}?dong={'9' * 40}",
        f"{COMPARED}?tu=x",
        f"{COMPARED}?tu=1&den=x",
        f"{CLASS}?luc=0000-00-00",
        f"{CLASS_COMPARED}?den=x",
    ],
)
def test_an_unreadable_point_is_told_with_its_code(signed_in: SignIn, path: str) -> None:
    answer = signed_in("duc").get(path)
    assert answer.status_code == 422
    assert "Không đọc được thời điểm muốn xem" in answer.text
    assert "point-unreadable" in answer.text


def test_a_sheet_is_shown_as_it_stood_with_a_banner_and_nothing_to_type(
    signed_in: SignIn, told: dict[str, int]
) -> None:
    page = signed_in("lan").get(f"{BACK}?luc=2026-10-05T08:00").text
    assert cell(page, 1, "midterm") == "6,5"
    assert cell(page, 2, "midterm") == "0"
    assert (
        f"Bạn đang xem bảng điểm như lúc 08:00 ngày 05/10/2026 (dòng {told['entered']}); "
        "không sửa được ở đây. Về hiện tại"
    ) in words(page)
    assert 'name="m~' not in page
    assert "<form" not in page.partition("<main")[2].replace('<form method="get"', "")
    later = signed_in("lan").get(f"{BACK}?luc=2026-10-05T09:00").text
    assert cell(later, 1, "midterm") == "8,5"


def test_a_position_is_just_after_its_line_also_between_the_lines_of_the_sheet(
    signed_in: SignIn, told: dict[str, int], stage: Stage
) -> None:
    client = signed_in("lan")
    assert cell(client.get(f"{BACK}?dong={told['again'] - 1}").text, 1, "midterm") == ""
    page = client.get(f"{BACK}?dong={told['again']}").text
    assert f"như ngay sau dòng {told['again']} (09:00 ngày 05/10/2026)" in words(page)
    assert cell(page, 1, "midterm") == "8,5"
    stage.says(VINH.about(SPORTS), "enters", (AN, "midterm", "passed", 0))
    assert cell(client.get(f"{BACK}?dong={end(stage)}").text, 2, "midterm") == "0 4"


def test_columns_stand_as_they_stood_and_a_correction_shows_what_it_replaced(
    signed_in: SignIn, told: dict[str, int]
) -> None:
    client = signed_in("lan")
    assert "đã khóa" not in client.get(f"{BACK}?dong={told['again']}").text
    locked = client.get(f"{BACK}?dong={told['locked']}").text
    assert "Khóa bởi Nguyễn Thị Ngọc" in locked
    assert '<del class="old">' not in locked
    corrected = client.get(f"{BACK}?dong={told['corrected']}").text
    assert cell(corrected, 2, "midterm") == "0 4"


def test_a_deadline_locks_as_of_the_moment_and_not_as_of_today(
    signed_in: SignIn, stage: Stage
) -> None:
    due = NOW + timedelta(hours=5)
    stage.says(NGOC.about(MATHS), "moves_deadline", "final", due)
    stage.clock.forward(days=2)
    client = signed_in("lan")
    assert "nên cột tự khóa" not in client.get(f"{BACK}?luc=2026-10-05T12:00").text
    assert "nên cột tự khóa" in client.get(f"{BACK}?luc=2026-10-05T14:00").text


def test_before_the_sheet_was_opened_the_page_says_so(signed_in: SignIn) -> None:
    client = signed_in("lan")
    for query in ("dong=0", "luc=2026-01-01"):
        answer = client.get(f"{BACK}?{query}")
        assert answer.status_code == 200
        assert "Lúc đó chưa mở bảng điểm" in answer.text
        assert "bảng điểm được mở ở" in words(answer.text)


def test_what_is_still_to_come_shows_what_stands_and_says_so(
    signed_in: SignIn, told: dict[str, int], stage: Stage
) -> None:
    client = signed_in("lan")
    for query in ("luc=2031-01-01", f"dong={end(stage) + 5}"):
        page = client.get(f"{BACK}?{query}").text
        assert "Sổ chưa ghi đến đó" in page
        assert cell(page, 1, "midterm") == "8,5"
    assert "Sổ chưa ghi đến đó" not in client.get(f"{BACK}?dong={told['locked']}").text


def test_without_a_point_there_are_lines_to_choose_from(
    signed_in: SignIn, told: dict[str, int]
) -> None:
    page = signed_in("lan").get(BACK).text
    assert "Đây là bảng điểm hiện tại" in page
    assert f'href="{BACK}?dong={told["entered"] - 2}">trước dòng {told["entered"] - 1}<' in page
    assert f'href="{BACK}?dong={told["entered"]}">sau dòng {told["entered"]}<' in page
    assert "Nhập điểm (2)" in page


def test_pupils_and_teachers_are_those_of_then(signed_in: SignIn, stage: Stage) -> None:
    before = end(stage)
    stage.says(KHOA.about(MATHS), "removes_pupil", BAO)
    stage.says(KHOA.about(MATHS), "adds_teacher", VINH)
    client = signed_in("lan")
    then, now = (client.get(f"{BACK}?dong={at}").text for at in (before, end(stage)))
    assert "đã chuyển" not in then
    assert "Phạm Quang Vinh" not in then.partition("grid-side")[0]
    assert "đã chuyển" in now
    assert "Phạm Quang Vinh" in now.partition("grid-side")[0]


def test_links_lead_back_from_the_grid_and_from_each_line(
    signed_in: SignIn, told: dict[str, int]
) -> None:
    client, line = signed_in("lan"), told["again"]
    assert f'href="{BACK}"' in client.get(f"/so-diem/{MATHS}").text
    for path in (f"/so-diem/{MATHS}/lich-su", f"/so-diem/{MATHS}/o/{AN}/midterm"):
        page = client.get(path).text
        assert f'href="{BACK}?dong={line - 1}"' in page
        assert f'href="{BACK}?dong={line}"' in page


# Comparing.


def test_the_usual_comparison_is_from_the_last_lock_until_now(
    signed_in: SignIn, told: dict[str, int], stage: Stage
) -> None:
    stage.says(NGOC.about(MATHS), "unlocks", stage.clock() + timedelta(hours=1))
    stage.says(HERE, "enters", (AN, "final", "9.0", 0))
    page = words(signed_in("duc").get(COMPARED).text)
    assert f"Từ ngay sau dòng {told['corrected']} đến ngay sau dòng {end(stage)}" in page
    assert "1 ô điểm khác đi" in page
    assert "0 ô tăng điểm" in page


def test_delete_and_re_enter_is_one_change_with_who_and_when(
    signed_in: SignIn, told: dict[str, int]
) -> None:
    answer = signed_in("lan").get(f"{COMPARED}?tu={told['entered']}&den={told['again']}")
    page = words(answer.text)
    assert "1 ô điểm khác đi 1 ô tăng điểm 0 ô giảm điểm" in page
    assert "điểm cũ 6,5 → điểm mới 8,5 tăng" in page
    assert "Xóa điểm: Trần Thị Ngọc Lan (Giáo viên bộ môn), 09:00 ngày 05/10/2026" in page
    assert "Nhập điểm 8,5: Trần Thị Ngọc Lan" in page


def test_only_pupils_whose_marks_changed(signed_in: SignIn, told: dict[str, int]) -> None:
    asked = f"{COMPARED}?tu={told['locked']}&den={told['corrected']}"
    client = signed_in("lan")
    assert client.get(asked).text.count('<td class="stt">') == 5
    only = client.get(f"{asked}&chi_thay_doi=true").text
    assert only.count('<td class="stt">') == 1
    assert "điểm cũ 0 → điểm mới 4" in words(only)
    assert "Khóa lại cột ngay sau khi sửa điểm" in only


def test_two_points_in_the_wrong_order_are_put_in_order(
    signed_in: SignIn, told: dict[str, int]
) -> None:
    page = signed_in("lan").get(f"{COMPARED}?tu={told['again']}&den=2026-10-05T08:00").text
    assert f"Từ lúc 08:00 ngày 05/10/2026 đến ngay sau dòng {told['again']}" in words(page)


def test_identical_points_say_so_and_so_do_changes_that_came_to_nothing(
    signed_in: SignIn, stage: Stage
) -> None:
    client, start = signed_in("lan"), end(stage)
    same = client.get(f"{COMPARED}?tu={start}&den={start}").text
    assert "Hai thời điểm giống hệt nhau" in same
    for text in ("7.0", ""):
        stage.says(HERE, "enters", (AN, "final", text, stage.version(1, "final")))
    back = words(client.get(f"{COMPARED}?tu={start}").text)
    assert "Không có gì khác nhau" in back
    assert "1 ô đã sửa rồi trở lại như cũ" in back
    assert "Lúc đó chưa mở bảng điểm" in client.get(f"{COMPARED}?tu=0&den=0").text


def test_who_came_and_went_between(signed_in: SignIn, stage: Stage) -> None:
    start = end(stage)
    stage.says(KHOA.about(MATHS), "removes_pupil", BAO)
    stage.says(KHOA.about(MATHS), "adds_teacher", VINH)
    page = words(signed_in("lan").get(f"{COMPARED}?tu={start}").text)
    assert "Học sinh rời lớp Lê Minh Chi" in page
    assert "Giáo viên thêm Phạm Quang Vinh" in page


def test_the_fields_hold_what_people_would_type(signed_in: SignIn, told: dict[str, int]) -> None:
    asked = f"{COMPARED}?tu=5/10/2026+8:00&den={told['again']}"
    page = signed_in("lan").get(asked).text
    assert 'name="tu" value="05/10/2026 08:00"' in page
    assert f'name="den" value="{told["again"]}"' in page
    assert "Từ lúc 08:00 ngày 05/10/2026" in words(page)


# A class.


@pytest.mark.parametrize(
    ("username", "status"),
    [*(("duc", 200), ("ngoc", 200), ("khoa", 200), ("hoa", 200))]
    + [(name, 403) for name in ("lan", "vinh", "quyen", "mai")],
)
def test_a_class_is_for_who_leads_it_or_the_school(
    signed_in: SignIn, username: str, status: int
) -> None:
    client = signed_in(username)
    assert client.get(CLASS).status_code == status
    assert client.get(CLASS_COMPARED).status_code == status


def test_a_class_nobody_formed_is_not_found(signed_in: SignIn) -> None:
    client = signed_in("duc")
    assert client.get("/lop/2026-2027/9/9/tai-thoi-diem").status_code == 404
    assert client.get("/lop/2031-2032/6A1/so-sanh").status_code == 404
    assert client.get("/lop/nam-nay/6A1/tai-thoi-diem").status_code == 404


def test_a_class_shows_its_list_its_teachers_and_what_was_filled(
    signed_in: SignIn, stage: Stage
) -> None:
    start = end(stage)
    for column in ("regular-1", "regular-2", "regular-3", "regular-4", "midterm", "final"):
        stage.says(HERE, "enters", (AN, column, "8.0", 0))
    stage.says(KHOA.about(MATHS), "removes_pupil", BAO)
    stage.says(KHOA.about(SPORTS), "removes_pupil", BAO)
    client = signed_in("hoa")
    now = client.get(f"{CLASS}?dong={end(stage)}").text
    assert "Giáo viên chủ nhiệm Lê Thị Hoa" in words(now)
    assert "ĐĐGgk 1/4" in words(now)
    assert "<td>8,0</td>" in now
    assert "đã rời lớp" in now
    assert f'href="{BACK}?dong={end(stage)}"' in now
    then = client.get(f"{CLASS}?dong={start}").text
    assert "ĐĐGgk 0/5" in words(then)
    assert "<td>8,0</td>" not in then
    assert "đã rời lớp" not in then


def test_a_class_before_its_sheets_says_so(signed_in: SignIn) -> None:
    page = signed_in("duc").get(f"{CLASS}?luc=2026-01-01").text
    assert "chưa mở bảng điểm nào" in page


def test_a_class_is_compared_sheet_by_sheet(
    signed_in: SignIn, told: dict[str, int], stage: Stage
) -> None:
    stage.says(VINH.about(SPORTS), "enters", (AN, "midterm", "passed", 0))
    page = signed_in("duc").get(f"{CLASS_COMPARED}?tu={told['entered']}").text
    assert "Toán 2 2 0" in words(page)
    assert "Giáo dục thể chất 1 0 0 1" in words(page)
    assert f"{COMPARED}?tu={told['entered']}&amp;den={end(stage)}" in page
    assert signed_in("duc").get(CLASS_COMPARED).status_code == 200


def test_ways_to_a_class_are_shown_to_who_may_go_there(signed_in: SignIn) -> None:
    assert CLASS in signed_in("hoa").get("/lop").text
    assert CLASS in signed_in("duc").get("/lop").text
    assert CLASS not in signed_in("mai").get("/lop").text
    assert CLASS not in signed_in("lan").get("/lop").text


def test_a_class_of_a_planned_year_has_the_list_of_then(stage: Stage, signed_in: SignIn) -> None:
    year = YearStage(stage)
    year.set_up()
    year.open()
    year.do(commands.FormClass, class_group="6/3", grade=6)
    before = end(stage)
    year.do(commands.LeaveSchool, pupil=PUPILS[0], until=date(2027, 10, 4), reason="Chuyển trường")
    year.do(commands.AssignHomeroom, class_group="6A1", teacher=QUYEN.person, since=SECOND)
    path, client = f"/lop/{YEAR}/6A1/tai-thoi-diem", signed_in("duc")
    then, now = words(client.get(f"{path}?dong={before}").text), words(client.get(path).text)
    assert "Giáo viên chủ nhiệm Lê Thị Hoa" in then
    assert "đã rời lớp" not in then
    assert "Giáo viên chủ nhiệm Đỗ Thị Quyên" in now
    assert "Trần Văn Bảo đã rời lớp 04/10/2027" in now
    assert "Toán Trần Thị Ngọc Lan" in now
    assert signed_in("quyen").get(path).status_code == 200
    empty = client.get(f"/lop/{YEAR}/6/3/tai-thoi-diem").text
    assert "chưa có danh sách lớp và chưa mở bảng điểm nào" in empty
    assert "Lớp chưa có bảng điểm nào" in client.get(f"/lop/{YEAR}/6/3/so-sanh").text
