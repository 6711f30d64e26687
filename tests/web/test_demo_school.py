"""Who is at the demo school before anything happens: invented, and like a school."""

from collections import Counter

import pytest

from ledger.vocabulary import Role
from web.demo.days import november
from web.demo.marks import score
from web.demo.names import FullName, username_of
from web.demo.school import School, demo_school


@pytest.fixture(scope="module")
def school() -> School:
    return demo_school()


def test_the_school_has_what_a_school_has(school: School) -> None:
    assert len(school.classes) == 16
    assert 580 <= sum(len(plan.pupils) for plan in school.classes) <= 620
    assert Counter(class_name for class_name, _ in school.sheets) == dict.fromkeys(
        (plan.name for plan in school.classes), 12
    )
    roles = Counter(role for plan in school.staff.values() for role in plan.roles)
    assert set(roles) == set(Role) - {Role.SYSTEM}
    assert (roles[Role.PRINCIPAL], roles[Role.VICE_PRINCIPAL], roles[Role.SECRETARY]) == (1, 2, 1)
    assert (roles[Role.ADMINISTRATOR], roles[Role.HOMEROOM_TEACHER]) == (2, 16)


def test_pupil_codes_have_ten_digits_and_are_nobody_elses(school: School) -> None:
    codes = [
        pupil.code for plan in school.classes for pupil in plan.present(november(20, 8).date())
    ]
    assert all(len(code) == 10 and code.isdecimal() for code in codes)
    assert len(set(codes)) == len(codes)


def test_a_homeroom_teacher_teaches_the_class(school: School) -> None:
    for plan in school.classes:
        teaching = {p for s in school.sheets.values() if s.class_plan is plan for p in s.teachers}
        assert plan.homeroom_teacher in teaching


@pytest.mark.parametrize(
    ("name", "username"),
    [
        (FullName("Nguyễn Thị Thanh", "Hà"), "hantt"),
        (FullName("Đỗ Đức", "Đạt"), "datdd"),
        (FullName("Ứng Hoàng", "Ưng"), "unguh"),
    ],
)
def test_usernames_are_plain_letters(name: FullName, username: str) -> None:
    assert username_of(name) == username


def test_quarters_are_rounded_half_up() -> None:
    assert [score(value).text for value in (7.25, 7.75, -1.0, 11.0)] == [
        "7.3",
        "7.8",
        "0.0",
        "10.0",
    ]
