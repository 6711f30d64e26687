"""Lists of staff from a file to the school: who joins, in which roles, with which account."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import pytest

from ledger.refusal import NotForYourRole
from ledger.school.refusals import OnlyThePrincipalMakesDeciders
from ledger.vocabulary import Author, CommandId, PersonId, Role
from tests.school import DUC, KHOA, LAN, NGOC, VINH
from tests.web.spreadsheets import school as schools
from tests.web.spreadsheets.school import YEAR
from tests.web.spreadsheets.workbooks import table, workbook
from web.desk import Desk
from web.refusals import FileIsStale
from web.settings import Settings
from web.spreadsheets.problem import FileRefused
from web.spreadsheets.staff_import import NewAccount, confirm_staff, preview_staff
from web.spreadsheets.staff_lists import StaffPlan, StaffPreview, StaffStanding

OWN = ("STT", "Họ và tên", "Tên đăng nhập", "Vai trò", "Tổ", "Môn dạy")
SECTOR = (
    "STT",
    "Mã\nđịnh danh",
    "Họ tên",
    "Ngày sinh",
    "Chức vụ",
    "Nhiệm vụ",
    "CMND",
    "Trạng thái",
)


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Give a school with six people on its staff, and a planned year."""
    desk = schools.school_before_the_year(Settings(database_url, tmp_path))
    yield desk
    desk.engine.dispose()


def preview(desk: Desk, *rows: Sequence[object], by: Author = NGOC.author) -> StaffPreview:
    shown = preview_staff(desk, by, school_year=YEAR, content=workbook(table(*rows)))
    assert all(problem.sentence for problem in (*shown.errors, *shown.warnings))
    return shown


def confirm(
    desk: Desk,
    plan: StaffPlan,
    *,
    by: Author = NGOC.author,
    take: Sequence[PersonId] = (),
    command_id: CommandId | None = None,
) -> Sequence[NewAccount]:
    return confirm_staff(
        desk,
        by,
        school_year=YEAR,
        plan=plan,
        take=take,
        command_id=command_id or CommandId(uuid4()),
    )


def roles(desk: Desk, username: str) -> frozenset[Role]:
    account = next(one for one in desk.accounts.all() if one.username == username)
    return desk.ledger.school().roles_of(account.person, schools.FIRST_DAY)


def test_a_newcomer_joins_with_roles_and_an_account_told_once(desk: Desk) -> None:
    shown = preview(
        desk,
        OWN,
        ("Ví dụ", "Nguyễn Văn A", "anv", "Giáo viên bộ môn", "", ""),
        (
            1,
            "Đỗ Thị Quỳnh Anh",
            "",
            "Giáo viên bộ môn; Tổ trưởng chuyên môn",
            "Tổ Toán – Tin",
            "Toán",
        ),
        (2, "Vũ Minh Đức", "duc.vm", "Quản trị hệ thống", "", ""),
    )
    assert shown.counts == {StaffStanding.NEW: 2}
    assert shown.departments == ("Tổ Toán – Tin",)
    accounts = confirm(desk, shown.plan)
    assert [(one.full_name, one.username) for one in accounts] == [
        ("Đỗ Thị Quỳnh Anh", "anhdtq"),
        ("Vũ Minh Đức", "duc.vm"),
    ]
    assert roles(desk, "anhdtq") == {Role.SUBJECT_TEACHER, Role.DEPARTMENT_HEAD}
    assert roles(desk, "duc.vm") == {Role.ADMINISTRATOR}
    for one in accounts:
        assert desk.accounts.sign_in(
            one.username, one.password, address="", device="", now=desk.clock()
        )


def test_a_department_is_formed_with_its_head_members_and_subjects(desk: Desk) -> None:
    shown = preview(
        desk,
        OWN,
        (1, "Đỗ Thị Quỳnh Anh", "", "Tổ trưởng chuyên môn", "Tổ Toán – Tin", "Toán, Tin học"),
        (2, "Trần Thị Ngọc Lan", "", "Giáo viên bộ môn", "Tổ Toán – Tin", "Toán"),
        (3, "Phạm Quang Vinh", "", "Giáo viên bộ môn", "Tổ Ngữ văn", "Văn"),
    )
    assert [problem.code for problem in shown.warnings] == ["department-without-head"]
    confirm(desk, shown.plan)
    formed = desk.ledger.year(YEAR).departments
    assert list(formed) == ["to-toan-tin"]
    assert formed["to-toan-tin"].members == (formed["to-toan-tin"].head, LAN.person)
    assert formed["to-toan-tin"].subjects == ("toan", "tin-hoc")


def test_the_sector_file_gives_codes_and_guessed_roles_and_nothing_else(desk: Desk) -> None:
    shown = preview(
        desk,
        SECTOR,
        (
            1,
            "3100000001",
            "Trần Thị Ngọc Lan",
            "1/1/1980",
            "Giáo viên",
            "Chủ nhiệm",
            "031",
            "Đang làm việc",
        ),
        (2, "3100000002", "Đỗ Thị Quỳnh Anh", "1/1/1980", "Giáo viên", "", "031", "Đang làm việc"),
        (3, "3100000003", "Bùi Văn Bảo", "1/1/1980", "Bảo vệ", "", "031", "Đang làm việc"),
        (4, "3100000004", "Lê Văn Hưu", "1/1/1980", "Giáo viên", "", "031", "Đã nghỉ hưu"),
    )
    assert [row.standing for row in shown.rows] == ["changed", "new", "left-out", "left-out"]
    assert shown.unread == ("Ngày sinh", "CMND")
    assert shown.rows[0].gained == (Role.HOMEROOM_TEACHER,)
    confirm(desk, shown.plan)
    directory = desk.people.staff_members()
    assert directory[LAN.person].code == "3100000001"
    assert desk.ledger.school().staff[LAN.person].roles == {
        Role.SUBJECT_TEACHER,
        Role.HOMEROOM_TEACHER,
    }
    again = preview(
        desk, SECTOR, (1, "3100000001", "Trần Thị Ngọc Lan", "", "Giáo viên", "", "", "")
    )
    assert again.counts == {StaffStanding.KNOWN: 1}
    assert not again.can_be_confirmed


def test_confirmed_twice_it_happens_once(desk: Desk) -> None:
    plan = preview(desk, OWN, (1, "Đỗ Thị Quỳnh Anh", "", "Thư ký", "", "")).plan
    command_id = CommandId(uuid4())
    assert len(confirm(desk, plan, command_id=command_id)) == 1
    lines = desk.ledger.recorder.head().position
    assert confirm(desk, plan, command_id=command_id) == []
    assert desk.ledger.recorder.head().position == lines


def test_a_name_that_differs_is_kept_unless_it_is_taken(desk: Desk) -> None:
    confirm(
        desk,
        preview(desk, SECTOR, (1, "31", "Trần Thị Ngọc Lan", "", "Giáo viên", "", "", "")).plan,
    )
    shown = preview(desk, SECTOR, (1, "31", "Trần Thị Ngọc Liên", "", "Giáo viên", "", "", ""))
    assert [row.known_as for row in shown.renamed] == ["Trần Thị Ngọc Lan"]
    confirm(desk, shown.plan)
    assert desk.people.staff_members()[LAN.person].given_name == "Lan"
    confirm(desk, shown.plan, take=[LAN.person])
    assert desk.people.staff_members()[LAN.person].given_name == "Liên"


def test_only_the_principal_lets_people_decide(desk: Desk) -> None:
    row = (1, "Vũ Minh Đức", "", "Phó hiệu trưởng", "", "")
    shown = preview(desk, OWN, row, by=KHOA.author)
    assert [problem.code for problem in shown.errors] == ["only-the-principal"]
    plan = preview(desk, OWN, row).plan
    with pytest.raises(OnlyThePrincipalMakesDeciders):
        confirm(desk, plan, by=KHOA.author)
    assert desk.accounts.all() == []


def test_nobody_opens_the_principals_account_by_a_list_but_the_principal(desk: Desk) -> None:
    row = (1, "Nguyễn Thị Ngọc", "", "Giáo viên bộ môn", "", "")
    with pytest.raises(OnlyThePrincipalMakesDeciders):
        confirm(desk, preview(desk, OWN, row, by=KHOA.author).plan, by=KHOA.author)
    assert desk.accounts.all() == []


def test_a_code_given_to_somebody_else_meanwhile_stops_it_all(desk: Desk) -> None:
    plan = preview(desk, SECTOR, (1, "31", "Đỗ Thị Quỳnh Anh", "", "Giáo viên", "", "", "")).plan
    vinh = desk.people.staff_members()[VINH.person]
    desk.people.change_staff([vinh.model_copy(update={"code": "31"})])
    with pytest.raises(FileIsStale):
        confirm(desk, plan)


def test_a_teacher_imports_no_staff(desk: Desk) -> None:
    plan = preview(desk, OWN, (1, "Đỗ Thị Quỳnh Anh", "", "Thư ký", "", "")).plan
    with pytest.raises(NotForYourRole):
        confirm(desk, plan, by=LAN.author)
    assert "anhdtq" not in {one.username for one in desk.accounts.all()}


@pytest.mark.parametrize(
    ("rows", "code", "cell"),
    [
        ([(1, "Anh", "", "Thư ký")], "name-unreadable-staff", "B2"),
        ([(1, "", "anhdt", "Thư ký")], "name-missing", "2"),
        ([(1, "Đỗ Quỳnh Anh", "Quỳnh Anh", "Thư ký")], "username-unreadable", "C2"),
        ([(1, "Đỗ Quỳnh Anh", "", "Bảo vệ")], "role-unknown", "D2"),
        ([(1, "Đỗ Anh", "", "Thư ký"), (2, "Đỗ  Anh", "", "Thư ký")], "staff-listed-twice", "B3"),
    ],
)
def test_one_wrong_cell_and_nothing_can_be_confirmed(
    desk: Desk, rows: Sequence[Sequence[object]], code: str, cell: str
) -> None:
    shown = preview(desk, OWN, *rows)
    assert [(problem.code, problem.cell) for problem in shown.errors] == [(code, cell)]
    assert not shown.can_be_confirmed


def test_two_people_of_one_name_need_codes(desk: Desk) -> None:
    twin = desk.people.staff_members()[LAN.person].model_copy(update={"person_id": DUC.person})
    desk.people.register_staff([twin])
    shown = preview(desk, OWN, (1, "Trần Thị Ngọc Lan", "", "Thư ký"))
    assert [problem.code for problem in shown.errors] == ["staff-name-shared"]


def test_a_file_without_names_and_roles_is_no_list_of_staff(desk: Desk) -> None:
    with pytest.raises(FileRefused) as refused:
        preview(desk, ("Mã lớp", "Sĩ số"), ("6A1", 40))
    assert refused.value.problem.code == "no-staff-list-found"
