"""What posts and duties mean, and how people sign in."""

import pytest

from ledger.vocabulary import Role
from web.spreadsheets.staff_roles import roles_guessed, roles_named
from web.spreadsheets.usernames import is_username, username_for

TEACHER, HOMEROOM = Role.SUBJECT_TEACHER, Role.HOMEROOM_TEACHER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giáo viên", {TEACHER}),
        ("Phó hiệu trưởng", {Role.VICE_PRINCIPAL}),
        ("Hiệu trưởng", {Role.PRINCIPAL}),
        ("Giáo viên, Tổ trưởng chuyên môn", {TEACHER, Role.DEPARTMENT_HEAD}),
        ("GV kiêm chủ nhiệm lớp", {TEACHER, HOMEROOM}),
        ("Tổ phó", {TEACHER}),
        ("Văn thư", {Role.SECRETARY}),
        ("Bảo vệ", set()),
        ("", set()),
    ],
)
def test_a_duty_stands_for_roles(text: str, expected: set[Role]) -> None:
    assert roles_guessed(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giáo viên bộ môn; Giáo viên chủ nhiệm", {TEACHER, HOMEROOM}),
        ("Quản trị hệ thống", {Role.ADMINISTRATOR}),
        ("secretary", {Role.SECRETARY}),
        ("Thư ký", {Role.SECRETARY}),
    ],
)
def test_roles_are_named_in_vietnamese_or_by_their_code(text: str, expected: set[Role]) -> None:
    assert roles_named(text) == expected


@pytest.mark.parametrize("text", ["Giáo viên, Bảo vệ", "Hệ thống", "system"])
def test_what_names_no_role_is_no_role(text: str) -> None:
    with pytest.raises(ValueError, match=r"Bảo vệ|Hệ thống|system"):
        roles_named(text)


def test_people_sign_in_with_their_given_name_and_initials() -> None:
    assert username_for("Nguyễn Thị Thanh Hà", set()) == "hantt"
    assert username_for("Đặng Đình Đức", {"ducdd", "ducdd2"}) == "ducdd3"
    assert is_username(username_for("Y", set()))
    assert is_username(username_for("王 王", set()))
