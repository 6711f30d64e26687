"""A school with a planned year and one class of three pupils, for files to be imported into."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from ledger.command import Command
from ledger.people import Pupil, StaffMember
from ledger.school import commands
from ledger.school.facts import SemesterFrame
from ledger.vocabulary import Author, CommandId, PersonId, PupilId, Role, SubjectKind
from tests.school import AN, BAO, CHI, HOA, KHOA, LAN, MAI, NGOC, NOW, VINH, numbered_id
from tests.web.spreadsheets.workbooks import PUPILS
from web.desk import Desk, open_desk
from web.settings import Settings

YEAR = "2026-2027"
SUMMER, FIRST_DAY = date(2026, 8, 20), date(2026, 9, 7)
SYSTEM = Author(person=PersonId(numbered_id(1)), role=Role.SYSTEM)
STAFF = {
    LAN: ("Trần Thị Ngọc", "Lan"),
    VINH: ("Phạm Quang", "Vinh"),
    HOA: ("Lê Thị", "Hoa"),
    KHOA: ("Bùi Đăng", "Khoa"),
    MAI: ("Hoàng Thị", "Mai"),
    NGOC: ("Nguyễn Thị", "Ngọc"),
}


def school(settings: Settings) -> Desk:
    """Open the school, the first semester open too; who asked for it disposes of its engine."""
    desk = school_before_the_year(settings)
    form_class(desk, "6A1", [AN, BAO, CHI])
    tell(desk, commands.AssignTeacher, class_group="6A1", subject="toan", teacher=LAN.person)
    tell(desk, commands.AssignHomeroom, class_group="6A1", teacher=HOA.person)
    tell(desk, commands.OpenSemester, semester=1)
    return desk


def school_before_the_year(settings: Settings) -> Desk:
    """Open a school whose year is planned with one subject in grade 6, and without any class."""
    desk = open_desk(settings, clock=lambda: NOW)
    desk.people.register_pupils(
        Pupil(pupil_id=pupil, code=code, family_name=family, given_name=given)
        for pupil, (code, family, given) in zip((AN, BAO, CHI), PUPILS, strict=True)
    )
    desk.people.register_staff(
        StaffMember(person_id=voice.person, family_name=family, given_name=given)
        for voice, (family, given) in STAFF.items()
    )
    for voice in STAFF:
        roles = frozenset({voice.author.role})
        tell(desk, commands.JoinStaff, person=voice.person, roles=roles)
    frames = (
        SemesterFrame(first=FIRST_DAY, last=date(2027, 1, 10)),
        SemesterFrame(first=date(2027, 1, 18), last=date(2027, 5, 25)),
    )
    tell(desk, commands.PlanYear, semesters=frames)
    plan_subject(desk, "toan")
    return desk


def plan_subject(desk: Desk, subject: str, *, grade: int = 6) -> None:
    kind = SubjectKind.SCORED
    tell(desk, commands.PlanSubject, grade=grade, subject=subject, kind=kind, lessons_per_year=140)


def form_class(desk: Desk, class_group: str, pupils: Sequence[PupilId] = ()) -> None:
    """Form a class of the year, with a list if it has pupils."""
    tell(desk, commands.FormClass, class_group=class_group, grade=int(class_group[0]))
    if pupils:
        tell(desk, commands.SetClassList, class_group=class_group, pupils=tuple(pupils))


def enrol(desk: Desk, class_group: str, *pupils: PupilId) -> None:
    """Put pupils at the end of a class list."""
    tell(desk, commands.EnrolPupils, class_group=class_group, pupils=pupils)


def tell(desk: Desk, command: type[Command], /, **words: object) -> None:
    """Give a command of school or year as the system does, since the summer."""
    asked = {"command_id": CommandId(uuid4()), "by": SYSTEM, "at": NOW, **words}
    for name, value in (("school_year", YEAR), ("since", SUMMER)):
        if name in command.model_fields:
            asked.setdefault(name, value)
    desk.handle(command.model_validate(asked))


def listed(desk: Desk, class_group: str) -> list[str]:
    """The given names on a class list, in the order of the numbers."""
    present = desk.ledger.year(YEAR).classes[class_group].present
    named = desk.people.pupils(present)
    return [named[pupil].given_name for pupil in present]
