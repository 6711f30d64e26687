"""The page of phổ điểm: its numbers, what it asks, and who may look at whose marks."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ledger.sheet.facts import NumberedPupil
from ledger.vocabulary import Role, sheet_id_of
from tests.browser.stage import MATHS, PUPILS, SPORTS, Stage, build_stage, copied_stage
from tests.school import KHOA, LAN, VINH
from tests.web.conftest import SignIn
from tests.web.supervised import SEMESTER, open_supervised
from web.distributions.scope import SEES_DISTRIBUTIONS

MARKS = ("0.0", "2.0", "3.5", "5.0", "5.0", "6.5", "7.0", "8.0", "8.5", "10.0", "exempt")
PASSED = ("passed", "passed", "not-passed")
HERE = f"/pho-diem?hk={SEMESTER}"
MIDTERM = f"{HERE}&mon=toan&cot=midterm"
OF_6A1 = f"{MIDTERM}&lop=6A1"


@pytest.fixture(scope="session")
def built_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of twelve with a midterm test, beside three small ones, made once."""
    built = tmp_path_factory.mktemp("distributions") / "built"
    build_stage(built, pupil_count=12).desk.engine.dispose()
    folder = built.with_name("school")
    with copied_stage(built, folder) as stage:
        open_supervised(stage)
        cells = [(PUPILS[place], "midterm", mark, 0) for place, mark in enumerate(MARKS)]
        stage.says(LAN.about(MATHS), "enters", *cells)
    return folder


def told(page: str) -> str:
    """The words of a page without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def chart(page: str, figure: str) -> tuple[str, str]:
    """The drawing of a figure, and the table below it."""
    whole = page.split(f'<figure class="chart" id="{figure}">')[1].split("</figure>", maxsplit=1)[0]
    drawing, table = whole.split("</svg>")
    return drawing, table


def rows_of(table: str) -> dict[str, list[str]]:
    rows = re.findall(r'<tr><th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', table, re.DOTALL)
    return {
        told(name).strip(): [told(cell).strip() for cell in re.findall(r"<td.*?</td>", cells)]
        for name, cells in rows
    }


def test_the_numbers_of_a_column_are_told(signed_in: SignIn) -> None:
    page = told(signed_in("duc").get(OF_6A1).text)
    assert "Phổ điểm: Toán · ĐĐGgk · 6A1" in page
    assert "10 điểm Trung bình cộng 5,55 Trung vị 5,75 Tứ phân vị 3,88 và 7,75" in page
    assert "Từ 5 trở lên 70,0%" in page
    assert "Không tính vào phổ điểm: 1 chưa có điểm; 1 miễn." in page


def test_bands_are_counted_with_shares_that_make_the_whole(signed_in: SignIn) -> None:
    page = signed_in("duc").get(OF_6A1).text
    bands = rows_of(page.split('id="khoang"')[1].split("</section>")[0])
    assert [cell.replace(" ", "") for cell in bands["6A1"]] == [
        *("1(10,0%)", "1(10,0%)", "1(10,0%)", "2(20,0%)", "2(20,0%)", "3(30,0%)"),
        *("7(70,0%)", "10(100,0%)"),
    ]
    # With the nought and the 7,5 of 6A2: twelve marks, whose thirds are no whole tenths.
    assert [cell.replace(" ", "") for cell in bands["Khối 6 (3 lớp)"]] == [
        *("2(16,7%)", "1(8,3%)", "1(8,3%)", "2(16,7%)", "3(25,0%)", "3(25,0%)"),
        *("8(66,7%)", "12(100,0%)"),
    ]


def test_the_drawing_and_its_table_say_the_same(signed_in: SignIn) -> None:
    page = signed_in("duc").get(OF_6A1).text
    drawing, table = chart(page, "cot-diem")
    drawn = [int(count) for count in re.findall(r'chart-halo"[^>]*>(\d+)</text>', drawing)]
    tabled = {span: int(count) for span, (count,) in rows_of(table).items()}
    assert drawn == [count for span, count in tabled.items() if count and span != "Tất cả"]
    assert (sum(drawn), tabled["Tất cả"]) == (10, 10)
    boxes, table = chart(page, "hop")
    assert "6A1: trung vị 5,75, 10 điểm" in boxes
    assert rows_of(table)["6A1"] == ["10", "0", "3,88", "5,75", "7,75", "10"]
    stairs, table = chart(page, "cong-don")
    assert "6A1: 50% không quá 5, 80% không quá 8." in told(stairs)
    assert [rows_of(table)[mark][0] for mark in ("0", "5", "8", "10")] == [
        *("10%", "50%", "80%", "100%")
    ]


def test_of_a_handful_only_the_marks_are_shown(signed_in: SignIn) -> None:
    page = signed_in("duc").get(f"{MIDTERM}&lop=6A2").text
    _, table = chart(page, "cham")
    assert rows_of(table) == {"0": ["1"], "7,5": ["1"]}
    assert "Trung bình cộng" not in told(page)
    assert 'id="cot-diem"' not in page


def test_which_column_is_meant_is_asked_and_not_guessed(signed_in: SignIn) -> None:
    page = signed_in("duc").get(f"{HERE}&mon=toan&lop=6A1").text
    assert "Xem phổ điểm của cột nào?" in page
    assert f"{HERE}&amp;mon=toan&amp;lop=6A1&amp;cot=tbmhk" in page
    assert "<svg" not in page


def test_the_average_is_there_once_all_marks_are(stage: Stage, signed_in: SignIn) -> None:
    pupil = PUPILS[9]
    columns = stage.desk.ledger.sheet(MATHS).columns
    cells = [(pupil, column, "7.0", 0) for column in columns if column != "midterm"]
    stage.says(LAN.about(MATHS), "enters", *cells)
    page = signed_in("duc").get(f"{HERE}&mon=toan&lop=6A1&cot=tbmhk").text
    _, table = chart(page, "cham")
    weights = len(columns) - 2 + 5
    average = round((7 * (weights - 2) + 2 * 10) / weights, 1)
    assert rows_of(table) == {f"{average:.1f}".replace(".", ","): ["1"]}
    assert "11 chưa có điểm" in told(page)


def test_a_subject_with_comments_is_told_by_passed(stage: Stage, signed_in: SignIn) -> None:
    asked = f"{HERE}&mon=giao-duc-the-chat&cot=midterm&lop=6A1"
    assert "Cột này chưa có điểm nào" in signed_in("duc").get(asked).text
    cells = [(PUPILS[place], "midterm", mark, 0) for place, mark in enumerate(PASSED)]
    stage.says(VINH.about(SPORTS), "enters", *cells)
    page = signed_in("duc").get(asked).text
    assert rows_of(page.split('id="muc"')[1])["6A1"] == ["2", "1", "66,7%"]
    assert "9 chưa có điểm" in told(page)


def test_a_column_is_followed_from_semester_to_semester(stage: Stage, signed_in: SignIn) -> None:
    later = sheet_id_of("2026-2027", 2, "6A1", "toan")
    listed = tuple(
        NumberedPupil(pupil=pupil, number=number) for number, pupil in enumerate(PUPILS[:10], 1)
    )
    stage.says(KHOA.about(later), "opens", semester=2, pupils=listed)
    cells = [(pupil, "midterm", "7.5", 0) for pupil in PUPILS[:10]]
    stage.says(LAN.about(later), "enters", *cells)
    second = OF_6A1.replace(SEMESTER, "2026-2027.2")
    _, table = chart(signed_in("lan").get(second).text, "qua-hoc-ki")
    assert rows_of(table) == {
        "HK I 26–27": ["10", "3,88", "5,75", "7,75"],
        "HK II 26–27": ["10", "7,5", "7,5", "7,5"],
    }
    # Of the first semester there is nothing before it.
    assert "qua-hoc-ki" not in signed_in("lan").get(OF_6A1).text


def test_parts_lead_to_themselves(signed_in: SignIn) -> None:
    page = signed_in("duc").get(MIDTERM).text
    assert f'<a href="{HERE}&amp;mon=toan&amp;lop=6A2&amp;cot=midterm">6A2</a>' in page
    by_teacher = signed_in("duc").get(f"{MIDTERM}&theo=khoi").text
    assert f'<a href="{HERE}&amp;mon=toan&amp;khoi=7&amp;cot=midterm&amp;theo=khoi">Khối 7</a>' in (
        by_teacher
    )


def test_what_marks_are_compared_with_is_not_more_than_the_person_may_see(
    stage: Stage, signed_in: SignIn
) -> None:
    stage.says(VINH.about(SPORTS), "enters", (PUPILS[0], "midterm", "passed", 0))
    whole, told_so = "Toàn trường (4 lớp)", "Mọi nhóm ở đây chỉ gồm các lớp bạn được xem"
    asked = f"{HERE}&mon=giao-duc-the-chat&cot=midterm&lop=6A1"
    page = signed_in("duc").get(asked).text
    assert whole in page
    assert told_so not in page
    # Vinh teaches in 6A1 alone, and sees the other classes neither alone nor in a sum.
    page = signed_in("vinh").get(asked).text
    assert told_so in page
    assert list(rows_of(page.split('id="muc"')[1])) == ["6A1"]


def test_who_may_look_at_whose_marks(signed_in: SignIn) -> None:
    expected = {
        ("ngoc", OF_6A1): 200,
        ("tuan", OF_6A1): 200,  # heads the department of maths
        ("hoa", OF_6A1): 200,  # homeroom teacher of 6A1
        ("vinh", OF_6A1): 403,  # teaches 6A1 something else
        ("quyen", OF_6A1): 403,  # has another class
        ("quyen", MIDTERM): 403,
        ("tuan", f"{HERE}&mon=giao-duc-the-chat"): 403,
        ("quyen", HERE): 200,  # nothing is asked for, and nothing is shown
        ("mai", HERE): 403,
        ("khoa", HERE): 403,
        ("duc", f"{HERE}&mon=toan&lop=6A9"): 200,  # there is no such class
    }
    found = {(who, asked): signed_in(who).get(asked).status_code for who, asked in expected}
    assert found == expected


def test_who_has_no_sheets_is_told_so(signed_in: SignIn) -> None:
    page = signed_in("quyen").get(HERE).text
    assert "Bạn chưa có bảng điểm nào" in page
    assert "6A1" not in page


def test_nobody_but_staff_with_marks_to_answer_for_looks(anonymous: TestClient) -> None:
    """There are no roles of pupils or parents; whoever is not signed in gets no further."""
    assert set(SEES_DISTRIBUTIONS) == set(Role) - {
        *(Role.ADMINISTRATOR, Role.SECRETARY, Role.SYSTEM)
    }
    assert anonymous.get(OF_6A1).status_code in {303, 401}


def test_what_cannot_be_read_is_left_open(signed_in: SignIn) -> None:
    asked = "/pho-diem?hk=x&mon=toan&khoi=99&gv=lan&cot=oral&theo=x"
    page = signed_in("duc").get(asked)
    assert page.status_code == 200
    assert "Xem phổ điểm của cột nào?" in page.text


def test_a_point_of_the_past_shows_the_marks_of_then(stage: Stage, signed_in: SignIn) -> None:
    before = stage.desk.ledger.recorder.head().position
    stage.clock.forward(hours=1)
    stage.says(
        LAN.about(MATHS), "enters", (PUPILS[0], "midterm", "9.0", stage.version(1, "midterm"))
    )
    duc = signed_in("duc")
    assert "Trung vị 6,75" in told(duc.get(OF_6A1).text)
    then = told(duc.get(f"{OF_6A1}&dong={before}").text)
    assert "Trung vị 5,75" in then
    assert f"Bạn đang xem phổ điểm như ngay sau dòng {before}" in then
    assert duc.get(f"{OF_6A1}&luc=hôm qua").status_code == 422


def test_the_sheet_leads_here_for_who_may_look(signed_in: SignIn) -> None:
    link = f'href="{HERE}&amp;mon=toan&amp;lop=6A1"'
    assert link in signed_in("lan").get(f"/so-diem/{MATHS}").text
    assert link not in signed_in("khoa").get(f"/so-diem/{MATHS}").text
    assert f"{HERE}&amp;khoi=6&amp;mon=toan&amp;cot=midterm" in (
        signed_in("tuan").get("/to/toan-tin?khoi=6&mon=toan&cot=midterm").text
    )
