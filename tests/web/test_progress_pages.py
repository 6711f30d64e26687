"""The pages of progress: who sees what, the numbers, the bars, the names and the reminders."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from ledger.school.commands import LeaveSchool
from ledger.vocabulary import CommandId
from tests.browser.scope_stage import YEAR
from tests.browser.stage import MATHS, Stage, copied_stage
from tests.opened_year import SCHOOL_YEAR, SUMMER
from tests.school import KHOA, LAN, NGOC, numbered_id
from tests.web.conftest import SignIn
from tests.web.supervised import MATHS_6A2, MATHS_6A3, open_supervised
from web.wording.supervision_words import percent_name


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with an open semester and a department, made once."""
    folder = tmp_path_factory.mktemp("progress") / "school"
    with copied_stage(built_school, folder) as stage:
        open_supervised(stage)
    return folder


@pytest.fixture
def late(stage: Stage) -> Stage:
    """The midterm of 6A3 is past its deadline, its final test is due in three days."""
    now = stage.clock()
    principal = NGOC.about(MATHS_6A3)
    stage.says(principal, "moves_deadline", "midterm", now + timedelta(hours=1))
    stage.says(principal, "moves_deadline", "final", now + timedelta(days=5))
    stage.clock.forward(days=2)
    return stage


def row_of(page: str, label: str) -> list[str]:
    """The numbers of the first row of a table that begins with this label."""
    row = page.split(f">{label}</a></th>")[1].split("</tr>", maxsplit=1)[0]
    return re.findall(r'<td class="number">(\d+)', row)


def test_the_overview_counts_entered_expected_missing_and_awaited(signed_in: SignIn) -> None:
    page = signed_in("duc").get("/tien-do?theo=lop").text
    # Ten columns of three pupils; two marks are there and one test waits for its make-up.
    assert row_of(page, "Lớp 6A2") == ["2", "30", "27", "1", "0"]
    assert row_of(page, "Lớp 6A3") == ["0", "30", "30", "0", "0"]


def test_the_bar_tells_the_same_numbers_as_its_row(signed_in: SignIn) -> None:
    page = signed_in("duc").get("/tien-do?theo=lop").text
    said = "Lớp 6A2: đã nhập 2 trên 30 điểm, chờ kiểm tra bù 1, còn thiếu 27"
    assert f'role="img"><title>{said}</title>' in page
    assert 'class="bar-entered" width="6.7"' in page
    assert 'class="bar-awaiting" x="6.7" width="3.3"' in page


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("giao-vien", ["Trần Thị Ngọc Lan"]),
        ("lop", ["Lớp 6A1", "Lớp 6A2", "Lớp 7A1"]),
        ("mon", ["Toán", "Giáo dục thể chất"]),
        ("cot", ["ĐĐGtx 1", "ĐĐGgk", "ĐĐGck"]),
    ],
)
def test_columns_are_shown_by_what_is_chosen(signed_in: SignIn, by: str, labels: list[str]) -> None:
    page = signed_in("duc").get(f"/tien-do?theo={by}").text
    for label in labels:
        assert f">{label}</a></th>" in page


def test_only_columns_of_a_standing_are_shown_where_one_is_chosen(
    late: Stage, signed_in: SignIn
) -> None:
    client = signed_in("duc")
    page = client.get("/tien-do?theo=lop&tinh_trang=qua-han").text
    assert row_of(page, "Lớp 6A3") == ["0", "3", "3", "0", "1"]
    assert "Lớp 6A2</a></th>" not in page
    assert "Không có cột nào ở tình trạng này" in client.get("/tien-do?tinh_trang=da-du").text


def test_a_teacher_sees_the_own_columns_and_a_homeroom_teacher_the_own_class(
    signed_in: SignIn,
) -> None:
    assert "Lớp 6A2</a></th>" in signed_in("lan").get("/tien-do").text
    vinh = signed_in("vinh").get("/tien-do").text
    assert "Lớp 6A1</a></th>" in vinh
    assert "Lớp 6A2</a></th>" not in vinh
    assert "Lớp 7A1</a></th>" in signed_in("hoa").get("/tien-do").text
    assert "Bạn chưa có cột điểm nào" in signed_in("quyen").get("/tien-do").text


def test_a_department_head_sees_the_subjects_of_the_department_alone(signed_in: SignIn) -> None:
    page = signed_in("tuan").get("/tien-do?theo=mon").text
    assert ">Toán</a></th>" in page
    # Sports only where Lan, a member, teaches it with another teacher.
    assert row_of(page, "Giáo dục thể chất")[1] == "20"
    assert "Tổ Toán – Tin</a>" in page


def test_a_group_lists_its_columns_the_most_pressing_first(late: Stage, signed_in: SignIn) -> None:
    page = signed_in("duc").get("/tien-do/nhom/lop/6A3").text
    columns = re.findall(r">6A3 · Toán · (\S+)</a>", page)
    assert columns[:2] == ["ĐĐGgk", "ĐĐGck"]
    assert page.index("Quá hạn") < page.index("Sắp đến hạn") < page.index("Đang nhập")


def test_a_group_that_is_none_is_not_found(signed_in: SignIn) -> None:
    client = signed_in("duc")
    for path in ("lop/9A9", "giao-vien/ai-do", "khoi/6"):
        assert client.get(f"/tien-do/nhom/{path}").status_code == 404


def test_a_column_names_the_pupils_who_lack_a_mark(signed_in: SignIn) -> None:
    page = signed_in("duc").get(f"/tien-do/cot/{MATHS_6A2}/midterm").text
    assert "Học sinh chưa có điểm (1)" in page
    assert "Đinh Thị Ổi" in page
    assert "Vắng, chờ kiểm tra bù" in page
    assert "Đinh Thị Mận" not in page  # a nought is a mark
    assert "2 trên 3 điểm (66,7%)" in page


def test_a_leaver_is_missed_no_more(stage: Stage, signed_in: SignIn) -> None:
    leaver = YEAR.pupils("6A2")[2]
    stage.desk.handle(
        LeaveSchool(
            command_id=CommandId(numbered_id(77)),
            by=KHOA.author,
            at=stage.clock(),
            school_year=SCHOOL_YEAR,
            pupil=leaver,
            until=SUMMER,
            reason="Chuyển trường theo gia đình",
        )
    )
    page = signed_in("duc").get(f"/tien-do/cot/{MATHS_6A2}/midterm").text
    assert "Cột đã đủ điểm" in page
    assert "2 trên 2 điểm (100%)" in page


def test_an_unknown_column_or_sheet_is_not_found(signed_in: SignIn) -> None:
    client = signed_in("duc")
    assert client.get(f"/tien-do/cot/{MATHS_6A2}/regular-9").status_code == 404
    assert client.get(f"/tien-do/cot/{numbered_id(5)}/midterm").status_code == 404


def test_the_head_may_look_into_a_column_of_the_department(signed_in: SignIn) -> None:
    tuan = signed_in("tuan")
    assert tuan.get(f"/tien-do/cot/{MATHS}/midterm").status_code == 200
    sports = YEAR.sheet_id("6A2", "giao-duc-the-chat")
    assert tuan.get(f"/tien-do/cot/{sports}/midterm").status_code == 403


def test_reminders_tell_each_teacher_what_is_late_and_what_is_coming_due(
    late: Stage, signed_in: SignIn
) -> None:
    page = signed_in("duc").get("/tien-do/nhac").text
    assert "Kính gửi thầy/cô Trần Thị Ngọc Lan," in page
    assert "- 6A3 · Toán · ĐĐGgk: còn thiếu 3 điểm, đã quá hạn ngày 05/10/2026" in page
    assert "- 6A3 · Toán · ĐĐGck: còn thiếu 3 điểm, hạn 10/10/2026" in page
    assert "6A2" not in page.split("Kính gửi")[1].split("</textarea>")[0]


def test_nobody_is_reminded_while_nothing_presses(signed_in: SignIn) -> None:
    assert "Không có ai cần nhắc" in signed_in("ngoc").get("/tien-do/nhac").text


def test_the_first_page_tells_what_is_late_and_due(late: Stage, signed_in: SignIn) -> None:
    leader, teacher = signed_in("duc").get("/").text, signed_in("lan").get("/").text
    assert "1 cột quá hạn" in leader
    assert "1 cột sắp đến hạn" in leader
    assert "Cột đã quá hạn còn thiếu điểm (1)" in teacher
    assert "1 cột quá hạn" not in teacher  # the number is for who watches over others


def test_a_late_column_that_is_open_again_is_told_once(late: Stage, signed_in: SignIn) -> None:
    late.says(NGOC.about(MATHS_6A3), "unlocks_column", "midterm", late.clock() + timedelta(days=1))
    page = signed_in("lan").get("/").text
    assert page.count("6A3 · Toán · ĐĐGgk") == 1
    assert "Cột đã quá hạn còn thiếu điểm" not in page


def test_a_mark_is_counted_as_soon_as_it_is_entered(stage: Stage, signed_in: SignIn) -> None:
    stage.says(LAN.about(MATHS_6A3), "enters", (YEAR.pupils("6A3")[0], "final", "0.0", 0))
    page = signed_in("lan").get("/tien-do?theo=lop").text
    assert row_of(page, "Lớp 6A3")[0] == "1"


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 30, "0%"), (1, 8, "12,5%"), (1, 3, "33,3%"), (2, 3, "66,7%"), (5, 5, "100%"), (0, 0, "–")],
)
def test_a_share_is_told_with_a_comma(part: int, whole: int, said: str) -> None:
    assert percent_name(part, whole) == said
