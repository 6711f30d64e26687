"""Who is at the demo school: its staff, its classes and pupils, and who teaches whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from ledger.collation import class_list_order
from ledger.people import Pupil, StaffMember
from ledger.school.calendar import NATIONAL_CALENDAR, working_days_after
from ledger.school.policy import SEED_REGULATION
from ledger.vocabulary import (
    PersonId,
    PupilId,
    Role,
    SheetId,
    SubjectKind,
    columns_of,
    sheet_id_of,
)
from web.demo.days import FINAL_WEEK, FIRST_DAY, MIDTERM_WEEK, SCHOOL_YEAR, SEMESTER
from web.demo.names import FullName, invented_name, username_of
from web.wording import SUBJECTS

SCHOOL_NAME: Final = "Trường THCS Hoa Phượng"
SEED: Final = 20261120
# Pupils of grade 8 show the project of their semester weeks before the final tests.
PROJECT_SHOWN: Final = (8, "hoat-dong-trai-nghiem")
PROJECT_DAY: Final = date(2026, 11, 18)
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
_WITH_A_PAPER: Final = "9A1"  # the newcomer there brings the marks of the school before
# In the week after the last regular marks before the midterm test: the marks of both classes stand.
_MOVING: Final = ("8A1", "8A2", date(2026, 10, 26))
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


class Arrival(NamedTuple):
    """Who comes to a class in mid-term: from another class, with a paper, or newly enrolled."""

    day: date
    pupil: Pupil
    from_class: str | None = None
    has_paper: bool = False


class Departure(NamedTuple):
    """Who leaves a class in mid-term: for another class, or the school."""

    day: date
    pupil_id: PupilId
    to_class: str | None = None


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """A class, its pupils in the order of their numbers, and who comes or goes on which day."""

    name: str
    grade: int
    homeroom_teacher: PersonId
    pupils: tuple[Pupil, ...]
    newcomer: Arrival | None = None
    leaver: Departure | None = None

    def present(self, day: date) -> list[Pupil]:
        """The pupils in the class on a day."""
        here = list(self.pupils)
        if self.leaver and day >= self.leaver.day:
            here = [pupil for pupil in here if pupil.pupil_id != self.leaver.pupil_id]
        if self.newcomer and day >= self.newcomer.day:
            here.append(self.newcomer.pupil)
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
        days = SEED_REGULATION.midterm_working_days
        return working_days_after(self.midterm_test, days, NATIONAL_CALENDAR)

    @property
    def final_test(self) -> date:
        """On the same weekday as the midterm test; a project is judged when it is shown."""
        if (self.class_plan.grade, self.subject) == PROJECT_SHOWN:
            return PROJECT_DAY
        return FINAL_WEEK + (self.midterm_test - MIDTERM_WEEK)

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

    @property
    def pupils(self) -> list[Pupil]:
        """Everybody who is ever in a class, each once."""
        newcomers = [plan.newcomer.pupil for plan in self.classes if plan.newcomer]
        every = [pupil for plan in self.classes for pupil in plan.pupils] + newcomers
        return list({pupil.pupil_id: pupil for pupil in every}.values())

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
    classes = _with_a_move(
        _class(name, homeroom_teacher=staff[homeroom[index]].person_id, index=index, chance=chance)
        for index, name in enumerate(names)
    )
    sheets = {
        (plan.name, sheet.subject): sheet
        for index, plan in enumerate(classes)
        for sheet in _sheets(plan, index, teams=teams, staff=staff)
    }
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
        pupil = _pupil(grade, index * 100 + 99, chance)
        newcomer = Arrival(_JOINING[name], pupil, has_paper=name == _WITH_A_PAPER)
    if name in _LEAVING:
        leaver = Departure(_LEAVING[name], pupils[16].pupil_id)
    return ClassPlan(name, grade, homeroom_teacher, tuple(pupils), newcomer, leaver)


def _with_a_move(plans: Iterable[ClassPlan]) -> list[ClassPlan]:
    """The same classes, and one pupil who goes from one to the next."""
    classes = {plan.name: plan for plan in plans}
    old, new, day = _MOVING
    pupil = classes[old].pupils[21]
    classes[old] = replace(classes[old], leaver=Departure(day, pupil.pupil_id, to_class=new))
    classes[new] = replace(classes[new], newcomer=Arrival(day, pupil, from_class=old))
    return list(classes.values())


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
