"""How the demo school plans its year, from the two semesters to the opening of the first."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from ledger.school.commands import (
    AssignHomeroom,
    AssignTeacher,
    FormClass,
    FormDepartment,
    OpenSemester,
    PlanSubject,
    PlanYear,
    SetClassList,
    SetTestDate,
)
from ledger.school.policy import SEED_REGULATION
from ledger.school.subjects import GRADES, programme_for
from ledger.vocabulary import FINAL, MIDTERM, Role
from web.demo.days import FIRST_DAY, SCHOOL_YEAR, SEMESTER, SEMESTERS, moment
from web.demo.school import ClassPlan, School
from web.demo.stage import Act, Actor, AskedOfYear, Script

_YEAR_PLANNED: Final = date(2026, 8, 10)
_CLASSES_FORMED: Final = date(2026, 8, 12)
_TEACHERS_ASSIGNED: Final = date(2026, 8, 17)
_LISTS_SET: Final = date(2026, 8, 24)
_TESTS_SET: Final = date(2026, 8, 31)
_TEST_DAYS: Final = "Theo kế hoạch giáo dục của nhà trường năm học 2026-2027."


class _Department(NamedTuple):
    """A department: its title, the teams whose members it has, its head first, its subjects."""

    title: str
    teams: tuple[str, ...]
    subjects: tuple[str, ...]


_DEPARTMENTS: Final = {
    "toan-tin": _Department("Tổ Toán – Tin", ("toán", "tin"), ("toan", "tin-hoc")),
    "ngu-van-ngoai-ngu": _Department(
        "Tổ Ngữ văn – Ngoại ngữ", ("văn", "anh"), ("ngu-van", "ngoai-ngu-1")
    ),
    "khoa-hoc-tu-nhien": _Department(
        "Tổ Khoa học tự nhiên – Công nghệ",
        ("lí", "sinh", "công-nghệ"),
        ("khoa-hoc-tu-nhien", "cong-nghe"),
    ),
    "khoa-hoc-xa-hoi": _Department(
        "Tổ Lịch sử, Địa lí – Giáo dục công dân",
        ("sử", "địa", "gdcd", "hiệu-phó-1"),
        ("lich-su-va-dia-li", "gdcd", "giao-duc-dia-phuong"),
    ),
    "the-chat-nghe-thuat": _Department(
        "Tổ Giáo dục thể chất – Nghệ thuật",
        ("thể", "nhạc", "họa"),
        ("giao-duc-the-chat", "nghe-thuat", "hoat-dong-trai-nghiem"),
    ),
}


def write_planning(school: School, script: Script) -> None:
    """The vice-principals plan and assign, the administrator enters the lists and opens."""
    plans = Actor(school.person("hiệu-phó-1"), Role.VICE_PRINCIPAL)
    assigns = Actor(school.person("hiệu-phó-2"), Role.VICE_PRINCIPAL)
    administrator = Actor(school.person("quản-trị"), Role.ADMINISTRATOR)
    year = (PlanYear, {"semesters": SEMESTERS, "policy": SEED_REGULATION})
    script.add(moment(_YEAR_PLANNED, 8), _asking(plans, year))
    script.add(moment(_YEAR_PLANNED, 8, 25), _asking(plans, *_subjects()))
    script.add(moment(_CLASSES_FORMED, 8), _asking(assigns, *_classes(school)))
    script.add(moment(_CLASSES_FORMED, 9), _asking(assigns, *_departments(school)))
    script.add(moment(_TEACHERS_ASSIGNED, 8), _asking(assigns, *_homeroom(school)))
    script.add(moment(_TEACHERS_ASSIGNED, 9, 40), _asking(assigns, *_teachers(school)))
    for number, plan in enumerate(school.classes):
        script.add(moment(_LISTS_SET, 8, 2 * number), _asking(administrator, _list(plan)))
    for hour, column in ((8, MIDTERM), (9, FINAL)):
        script.add(moment(_TESTS_SET, hour), _asking(plans, *_test_days(school, column)))
    opening = (OpenSemester, {"semester": SEMESTER})
    script.add(moment(FIRST_DAY, 7, 30), _asking(administrator, opening))


def _asking(by: Actor, *asked: AskedOfYear) -> Act:
    return lambda stage: stage.do_for_year(by, *asked)


def _subjects() -> Iterator[AskedOfYear]:
    """The programme as it is; how many regular marks follow, the circular says."""
    for grade in GRADES:
        for code, subject in programme_for(SCHOOL_YEAR, grade).items():
            yield (
                PlanSubject,
                {
                    "grade": grade,
                    "subject": code,
                    "kind": subject.kind,
                    "lessons_per_year": subject.lessons_in(grade),
                },
            )


def _classes(school: School) -> Iterator[AskedOfYear]:
    for plan in school.classes:
        yield FormClass, {"class_group": plan.name, "grade": plan.grade}


def _departments(school: School) -> Iterator[AskedOfYear]:
    for code, department in _DEPARTMENTS.items():
        members = [
            plan.person_id
            for team in department.teams
            for post, plan in school.staff.items()
            if post == team or post.rpartition("-")[0] == team
        ]
        asked = {
            "department": code,
            "title": department.title,
            "head": members[0],
            "members": members,
            "subjects": department.subjects,
        }
        yield FormDepartment, asked


def _homeroom(school: School) -> Iterator[AskedOfYear]:
    for plan in school.classes:
        asked = {"class_group": plan.name, "teacher": plan.homeroom_teacher}
        yield AssignHomeroom, {**asked, "since": FIRST_DAY}


def _teachers(school: School) -> Iterator[AskedOfYear]:
    for sheet in school.sheets.values():
        place = {"class_group": sheet.class_plan.name, "subject": sheet.subject}
        for teacher in sheet.teachers:
            yield AssignTeacher, {**place, "teacher": teacher, "since": FIRST_DAY}


def _list(plan: ClassPlan) -> AskedOfYear:
    pupils = [pupil.pupil_id for pupil in plan.pupils]
    return SetClassList, {"class_group": plan.name, "pupils": pupils, "since": FIRST_DAY}


def _test_days(school: School, column: str) -> Iterator[AskedOfYear]:
    """One day for a subject in a grade, which its classes share; the deadline is counted."""
    days = {
        (sheet.class_plan.grade, sheet.subject): (
            sheet.midterm_test if column == MIDTERM else sheet.final_test
        )
        for sheet in school.sheets.values()
    }
    for (grade, subject), day in days.items():
        asked = {"grade": grade, "subject": subject, "day": day, "reason": _TEST_DAYS}
        yield SetTestDate, {**asked, "semester": SEMESTER, "column": column}
