"""Assignments from a file to the year and its open sheets: rows, matrices, names and subjects."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import pytest

from ledger.refusal import NotForYourRole
from ledger.school.commands import JoinStaff
from ledger.vocabulary import CommandId, Role
from tests.school import AN, BAO, CHI, DUC, HOA, KHOA, LAN, MAI, SHEET, VINH
from tests.web.spreadsheets import school as schools
from tests.web.spreadsheets.school import YEAR, form_class, plan_subject
from tests.web.spreadsheets.workbooks import Draw, table, workbook
from web.desk import Desk
from web.settings import Settings
from web.spreadsheets.assignment_import import confirm_assignments, preview_assignments
from web.spreadsheets.assignments import AssignmentsPlan, AssignmentsPreview, Change
from web.spreadsheets.problem import FileRefused

ROWS = ("STT", "Họ và tên", "Môn", "Lớp", "Chủ nhiệm")
MATRIX = ("Lớp", "Toán", "KHTN (Lí)", "Hóa học", "Chủ nhiệm", "Sĩ số")


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Give a school with two classes of grade 6, one of grade 7, and no semester open."""
    desk = schools.school_before_the_year(Settings(database_url, tmp_path))
    plan_subject(desk, "khoa-hoc-tu-nhien")
    plan_subject(desk, "toan", grade=7)
    for name in ("6A1", "6A2", "7B"):
        form_class(desk, name)
    yield desk
    desk.engine.dispose()


def preview(desk: Desk, *draws: Draw) -> AssignmentsPreview:
    shown = preview_assignments(desk, school_year=YEAR, content=workbook(*draws))
    assert all(problem.sentence for problem in (*shown.errors, *shown.warnings))
    return shown


def confirm(
    desk: Desk, plan: AssignmentsPlan, command_id: CommandId | None = None
) -> tuple[int, int]:
    own_id = command_id or CommandId(uuid4())
    return confirm_assignments(desk, KHOA.author, plan=plan, command_id=own_id)


def test_rows_of_a_teachers_classes_become_assignments(desk: Desk) -> None:
    shown = preview(
        desk,
        table(
            ROWS,
            ("Ví dụ", "Nguyễn Văn A", "Toán", "6A1", ""),
            (1, "Trần Thị Ngọc Lan", "Toán", "6A1, 2", "6A2"),
            ("", "", "KHTN", "6A1", ""),
            (2, "Phạm Quang Vinh", "Toán", "7B", ""),
            title="PHÂN CÔNG CHUYÊN MÔN NĂM HỌC 2026-2027",
        ),
    )
    assert not shown.errors
    assert shown.gaining == {LAN.person: {Role.HOMEROOM_TEACHER}}
    assert confirm(desk, shown.plan) == (5, 0)
    year = desk.ledger.year(YEAR)
    assert year.teachers == {
        ("6A1", "toan"): (LAN.person,),
        ("6A2", "toan"): (LAN.person,),
        ("6A1", "khoa-hoc-tu-nhien"): (LAN.person,),
        ("7B", "toan"): (VINH.person,),
    }
    assert year.classes["6A2"].homeroom_teacher == LAN.person
    roles = desk.ledger.school().roles_of(LAN.person, schools.FIRST_DAY)
    assert roles == {Role.SUBJECT_TEACHER, Role.HOMEROOM_TEACHER}


def test_a_matrix_of_classes_and_subjects_becomes_assignments(desk: Desk) -> None:
    shown = preview(
        desk,
        table(MATRIX, ("6A1", "Cô Lan", "P.Q Vinh, Lan", "Lan", "Lê Thị Hoa", 41)),
    )
    assert [problem.code for problem in shown.errors] == ["teacher-unknown"]
    shown = preview(
        desk, table(MATRIX, ("Lớp 6a1", "Cô Lan", "Vinh, Lan", "Lan", "Lê Thị Hoa", 41))
    )
    assert not shown.errors
    told = [problem.sentence for problem in shown.warnings]
    assert "Không lấy các cột: Sĩ số." in told
    assert "Ô B2: “Cô Lan” được hiểu là Trần Thị Ngọc Lan." in told
    confirm(desk, shown.plan)
    year = desk.ledger.year(YEAR)
    assert year.teachers["6A1", "khoa-hoc-tu-nhien"] == (VINH.person, LAN.person)
    assert year.classes["6A1"].homeroom_teacher == HOA.person


def test_a_place_that_the_file_names_gets_its_teachers_and_others_stay(desk: Desk) -> None:
    rows = [(1, "Trần Thị Ngọc Lan", "Toán", "6A1, 6A2, 7B")]
    confirm(desk, preview(desk, table(ROWS[:4], *rows)).plan)
    rows = [(1, "Phạm Quang Vinh", "Toán", "6A1"), (2, "Trần Thị Ngọc Lan", "Toán", "6A2")]
    shown = preview(desk, table(ROWS[:4], *rows))
    assert [(row.class_group, row.person, row.change) for row in shown.rows] == [
        ("6A1", VINH.person, Change.ASSIGNED),
        ("6A1", LAN.person, Change.UNASSIGNED),
        ("6A2", LAN.person, Change.SAME),
    ]
    assert confirm(desk, shown.plan) == (1, 1)
    teachers = desk.ledger.year(YEAR).teachers
    assert teachers["6A1", "toan"] == (VINH.person,)
    assert teachers["7B", "toan"] == (LAN.person,)
    assert not preview(desk, table(ROWS[:4], *rows)).can_be_confirmed


def test_confirmed_twice_it_happens_once(desk: Desk) -> None:
    plan = preview(desk, table(ROWS[:4], (1, "Trần Thị Ngọc Lan", "Toán", "6A1"))).plan
    command_id = CommandId(uuid4())
    assert confirm(desk, plan, command_id) == (1, 0)
    lines = desk.ledger.recorder.head().position
    assert confirm(desk, plan, command_id) == (0, 0)
    assert desk.ledger.recorder.head().position == lines


def test_the_open_sheets_get_their_new_teacher_and_homeroom_teacher(
    database_url: str, tmp_path: Path
) -> None:
    desk = schools.school(Settings(database_url, tmp_path))
    shown = preview(desk, table(ROWS, (1, "Phạm Quang Vinh", "Toán", "6A1", "6A1")))
    assert shown.counts == {Change.ASSIGNED: 2, Change.UNASSIGNED: 2, Change.SAME: 0}
    confirm(desk, shown.plan)
    sheet = desk.ledger.sheet(SHEET)
    assert sheet.teachers == {VINH.person}
    assert sheet.homeroom_teacher == VINH.person
    assert list(sheet.numbers) == [AN, BAO, CHI]
    desk.engine.dispose()


def test_a_teacher_assigns_nobody(desk: Desk) -> None:
    plan = preview(desk, table(ROWS[:4], (1, "Trần Thị Ngọc Lan", "Toán", "6A1"))).plan
    with pytest.raises(NotForYourRole):
        confirm_assignments(desk, LAN.author, plan=plan, command_id=CommandId(uuid4()))


def test_a_teacher_is_named_by_code_too(desk: Desk) -> None:
    mai = desk.people.staff_members()[MAI.person]
    desk.people.change_staff([mai.model_copy(update={"code": "GV07"})])
    head = ("Mã GV", "Họ và tên", "Môn", "Lớp")
    shown = preview(desk, table(head, ("GV07", "Mai H.", "Toán", "6A1")))
    assert [row.person for row in shown.rows] == [MAI.person]


@pytest.mark.parametrize(
    ("rows", "code", "cell"),
    [
        ([(1, "Nguyễn Văn Tám", "Toán", "6A1")], "teacher-unknown", "B2"),
        ([(1, "", "Toán", "6A1")], "teacher-missing", "D2"),
        ([(1, "Lê Thị Hoa", "Toán", "6A9")], "class-unknown", "D2"),
        ([(1, "Lê Thị Hoa", "", "6A1")], "subject-missing", "D2"),
        ([(1, "Lê Thị Hoa", "Cờ vua", "6A1")], "subject-unknown", "C2"),
        ([(1, "Lê Thị Hoa", "Tin học", "6A1")], "subject-not-taught", "C2"),
        (
            [(1, "Lê Thị Hoa", "", "", "6A1"), (2, "Phạm Quang Vinh", "", "", "6A1")],
            "homeroom-twice",
            "E3",
        ),
    ],
)
def test_one_wrong_cell_and_nothing_can_be_confirmed(
    desk: Desk, rows: Sequence[Sequence[object]], code: str, cell: str
) -> None:
    shown = preview(desk, table(ROWS, *rows))
    assert [(problem.code, problem.cell) for problem in shown.errors] == [(code, cell)]
    assert not shown.can_be_confirmed


def test_a_short_name_that_two_people_have_is_asked_about(desk: Desk) -> None:
    other = desk.people.staff_members()[LAN.person]
    twin = other.model_copy(update={"person_id": DUC.person, "family_name": "Đỗ Mai"})
    desk.people.register_staff([twin])
    schools.tell(desk, JoinStaff, person=DUC.person, roles={Role.SUBJECT_TEACHER})
    shown = preview(desk, table(MATRIX[:2], ("6A1", "Lan")))
    assert [problem.code for problem in shown.errors] == ["teacher-not-clear"]
    assert not preview(desk, table(MATRIX[:2], ("6A1", "Mai Lan"))).errors


def test_a_file_of_another_year_is_stopped(desk: Desk) -> None:
    draw = table(MATRIX[:2], ("6A1", "Lan"), title="Năm học 2025-2026")
    assert [problem.code for problem in preview(desk, draw).errors] == ["list-of-other-year"]


def test_a_file_without_assignments_is_refused(desk: Desk) -> None:
    with pytest.raises(FileRefused) as refused:
        preview(desk, table(("Lớp", "Sĩ số"), ("6A1", 41)))
    assert refused.value.problem.code == "no-assignments-found"
