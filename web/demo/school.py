"""Who is at the demo school: its staff, its classes and pupils, and who teaches whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final
from uuid import UUID, uuid5

from ledger.collation import class_list_order
from ledger.people import Pupil, StaffMember
from ledger.vocabulary import (
    PersonId,
    PupilId,
    Role,
    SheetId,
    SubjectKind,
    columns_of,
    sheet_id_of,
)
from web.demo.days import (
    FIRST_DAY,
    MIDTERM_WEEK,
    MIDTERM_WORKING_DAYS,
    SCHOOL_YEAR,
    SEMESTER,
    working_days_after,
)
from web.demo.names import FullName, invented_name, username_of
from web.wording import SUBJECTS

SCHOOL_NAME: Final = "Trường THCS Hoa Phượng"
SEED: Final = 20261120
DEMO: Final = UUID("0f3c8c1e-5a0d-5f0e-8d52-6f1b5b3f7a10")

# Subject, the day of the midterm week on which it is tested, and the teams that share the sixteen
# classes. A team of two teaches one subject together (KHTN, Lịch sử và Địa lí, Nghệ thuật).
_SUBJECTS: Final = (
    ("ngu-van", 0, (("văn-1",), ("văn-2",), ("văn-3",), ("văn-4",), ("văn-5",))),
    ("toan", 1, (("toán-1",), ("toán-2",), ("toán-3",), ("toán-4",), ("toán-5",))),
    ("ngoai-ngu-1", 2, (("anh-1",), ("anh-2",), ("anh-3",))),
    ("gdcd", 3, (("gdcd-1",),)),
    ("lich-su-va-dia-li", 3, (("sử-1", "địa-1"), ("sử-2", "địa-2"))),
    ("khoa-hoc-tu-nhien", 4, (("lí-1", "sinh-1"), ("lí-2", "sinh-2"))),
    ("cong-nghe", 4, (("công-nghệ-1",),)),
    ("tin-hoc", 2, (("tin-1",),)),
    ("giao-duc-the-chat", 0, (("thể-1",), ("thể-2",))),
    ("nghe-thuat", 1, (("nhạc-1", "họa-1"),)),
    ("hoat-dong-trai-nghiem", 3, ()),  # the homeroom teacher's own
    ("giao-duc-dia-phuong", 4, (("địa-1",), ("địa-2",))),
)
_HEADS: Final = ("toán-1", "văn-1", "lí-1", "sử-1", "thể-1")
_HOMEROOM_SUBJECTS: Final = (
    "toan",
    "ngu-van",
    "ngoai-ngu-1",
    "khoa-hoc-tu-nhien",
    "lich-su-va-dia-li",
)
_JOINING: Final[Mapping[str, date]] = {"7A2": date(2026, 10, 5), "9A1": date(2026, 10, 19)}
_LEAVING: Final[Mapping[str, date]] = {"6A3": date(2026, 10, 12)}
_OFFICE: Final[Mapping[str, tuple[Role, ...]]] = {
    "hiệu-trưởng": (Role.PRINCIPAL,),
    "hiệu-phó-1": (Role.VICE_PRINCIPAL, Role.SUBJECT_TEACHER),  # teaches a little, as most do
    "hiệu-phó-2": (Role.VICE_PRINCIPAL,),
    "thư-ký": (Role.SECRETARY,),
    "quản-trị": (Role.ADMINISTRATOR,),
}


@dataclass(frozen=True, slots=True)
class StaffPlan:
    """A member of staff: `post` is the name by which the story knows the person."""

    post: str
    member: StaffMember
    username: str
    roles: tuple[Role, ...]

    @property
    def person_id(self) -> PersonId:
        return self.member.person_id


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """A class, its pupils in the order of their numbers, and who comes or goes on which day."""

    name: str
    grade: int
    homeroom_teacher: PersonId
    pupils: tuple[Pupil, ...]
    newcomer: tuple[date, Pupil] | None = None
    leaver: tuple[date, PupilId] | None = None

    def present(self, day: date) -> list[Pupil]:
        """The pupils in the class on a day."""
        here = list(self.pupils)
        if self.leaver and day >= self.leaver[0]:
            here = [pupil for pupil in here if pupil.pupil_id != self.leaver[1]]
        if self.newcomer and day >= self.newcomer[0]:
            here.append(self.newcomer[1])
        return here


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet to be: who teaches it, and when its midterm test is."""

    class_plan: ClassPlan
    subject: str
    teachers: tuple[PersonId, ...]
    midterm_test: date

    @property
    def sheet_id(self) -> SheetId:
        return sheet_id_of(SCHOOL_YEAR, SEMESTER, self.class_plan.name, self.subject)

    @property
    def kind(self) -> SubjectKind:
        return SUBJECTS[self.subject].kind

    @property
    def regular_count(self) -> int:
        return SUBJECTS[self.subject].regular_count_in(self.class_plan.grade)

    @property
    def regular_columns(self) -> tuple[str, ...]:
        return columns_of(self.regular_count)[: self.regular_count]

    @property
    def midterm_deadline(self) -> date:
        return working_days_after(self.midterm_test, MIDTERM_WORKING_DAYS)

    @property
    def teacher(self) -> PersonId:
        """The one who does the typing."""
        return self.teachers[0]


@dataclass(frozen=True, slots=True)
class School:
    """Everybody and everything there is before the first mark."""

    staff: Mapping[str, StaffPlan]
    classes: Sequence[ClassPlan]
    sheets: Mapping[tuple[str, str], SheetPlan]

    def person(self, post: str) -> PersonId:
        return self.staff[post].person_id

    def sheet(self, class_name: str, subject: str) -> SheetPlan:
        return self.sheets[(class_name, subject)]


def demo_school() -> School:
    """The same school every time."""
    chance = Random(SEED)  # noqa: S311  (invented names, no secret)
    staff = _staff(chance)
    names = [f"{grade}A{number}" for grade in (6, 7, 8, 9) for number in (1, 2, 3, 4)]
    teams = {subject: _spread(teams, 16) for subject, *_, teams in _SUBJECTS if teams}
    homeroom = _homeroom_posts(teams)
    classes, sheets = [], {}
    for index, name in enumerate(names):
        teacher = staff[homeroom[index]].person_id
        plan = _class(name, homeroom_teacher=teacher, index=index, chance=chance)
        classes.append(plan)
        for sheet in _sheets(plan, index, teams=teams, staff=staff):
            sheets[(name, sheet.subject)] = sheet
    staff = _with_homeroom_roles(staff, set(homeroom))
    return School(staff, classes, sheets)


def _staff(chance: Random) -> dict[str, StaffPlan]:
    teaching = dict.fromkeys(post for *_, teams in _SUBJECTS for team in teams for post in team)
    staff: dict[str, StaffPlan] = {}
    taken: set[str] = set()
    for post in (*_OFFICE, *teaching):
        name = invented_name(chance)
        while username_of(name) in taken:
            name = invented_name(chance)
        taken.add(username_of(name))
        roles = _OFFICE.get(post) or (Role.SUBJECT_TEACHER,)
        if post in _HEADS:
            roles = (*roles, Role.DEPARTMENT_HEAD)
        if post == "tin-1":  # a small school's second administrator is who teaches Tin học
            roles = (*roles, Role.ADMINISTRATOR)
        staff[post] = StaffPlan(post, _member(post, name), username_of(name), roles)
    return staff


def _member(post: str, name: FullName) -> StaffMember:
    person_id = PersonId(uuid5(DEMO, f"staff/{post}"))
    return StaffMember(
        person_id=person_id, family_name=name.family_name, given_name=name.given_name
    )


def _spread(teams: Sequence[tuple[str, ...]], count: int) -> list[tuple[str, ...]]:
    """The team of each class: neighbouring classes share one, as timetables do."""
    return [teams[index * len(teams) // count] for index in range(count)]


def _homeroom_posts(teams: Mapping[str, Sequence[tuple[str, ...]]]) -> list[str]:
    """A homeroom teacher for each class, one who teaches it and has no other."""
    chosen: list[str] = []
    for index in range(16):
        teaching = [post for subject in _HOMEROOM_SUBJECTS for post in teams[subject][index]]
        chosen.append(next(post for post in teaching if post not in chosen))
    return chosen


def _with_homeroom_roles(staff: Mapping[str, StaffPlan], posts: set[str]) -> dict[str, StaffPlan]:
    return {
        post: StaffPlan(
            post,
            plan.member,
            plan.username,
            (*plan.roles, Role.HOMEROOM_TEACHER) if post in posts else plan.roles,
        )
        for post, plan in staff.items()
    }


def _class(name: str, *, homeroom_teacher: PersonId, index: int, chance: Random) -> ClassPlan:
    grade = int(name[0])
    size = chance.randint(35, 40)
    pupils = [_pupil(grade, index * 100 + number, chance) for number in range(1, size + 1)]
    pupils.sort(key=lambda pupil: class_list_order(pupil.given_name, pupil.family_name))
    newcomer = leaver = None
    if name in _JOINING:
        newcomer = (_JOINING[name], _pupil(grade, index * 100 + 99, chance))
    if name in _LEAVING:
        leaver = (_LEAVING[name], pupils[16].pupil_id)
    return ClassPlan(name, grade, homeroom_teacher, tuple(pupils), newcomer, leaver)


def _pupil(grade: int, number: int, chance: Random) -> Pupil:
    name = invented_name(chance)
    born = date(FIRST_DAY.year - grade - 5, 1, 1) + timedelta(days=chance.randrange(365))
    return Pupil(
        pupil_id=PupilId(uuid5(DEMO, f"pupil/{number}")),
        code=f"31{grade:02d}{number:06d}",
        family_name=name.family_name,
        given_name=name.given_name,
        birth_date=born,
    )


def _sheets(
    plan: ClassPlan,
    index: int,
    *,
    teams: Mapping[str, Sequence[tuple[str, ...]]],
    staff: Mapping[str, StaffPlan],
) -> Iterator[SheetPlan]:
    for subject, day, _ in _SUBJECTS:
        teachers: tuple[PersonId, ...] = (plan.homeroom_teacher,)
        if subject in teams:
            teachers = tuple(staff[post].person_id for post in teams[subject][index])
        if subject == "gdcd" and plan.name in {"9A3", "9A4"}:
            teachers = (staff["hiệu-phó-1"].person_id,)
        yield SheetPlan(
            class_plan=plan,
            subject=subject,
            teachers=teachers,
            midterm_test=MIDTERM_WEEK + timedelta(days=day),
        )
