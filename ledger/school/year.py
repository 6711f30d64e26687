"""A school year as its lines make it: classes, pupils, teachers, subjects and dates."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Self

from ledger.line import Line
from ledger.school import facts
from ledger.school.calendar import NATIONAL_CALENDAR, WorkCalendar
from ledger.school.closed import YearClosed
from ledger.school.policy import SEED_REGULATION, Policy
from ledger.vocabulary import Author, PersonId, PupilId, SheetId, sheet_id_of

TestKey = tuple[int, str, int, str]  # grade, subject, semester, column


class ClassPlace(NamedTuple):
    """A pupil's place in a class list: the number (STT) is fixed for the year."""

    number: int
    since: date
    until: date | None = None  # the last day in the class, of who left it

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class ClassOfYear:
    """A class: its grade, its homeroom teacher and its list, those who left included."""

    grade: int
    homeroom_teacher: PersonId | None = None
    places: Mapping[PupilId, ClassPlace] = field(default_factory=dict)

    @property
    def next_number(self) -> int:
        return max((place.number for place in self.places.values()), default=0) + 1

    @property
    def present(self) -> list[PupilId]:
        """Who has not left, in the order of the numbers."""
        here = [pupil for pupil, place in self.places.items() if place.until is None]
        return sorted(here, key=lambda pupil: self.places[pupil].number)

    def present_on(self, day: date) -> list[PupilId]:
        """Who was on the list on a day, in the order of the numbers."""
        here = [pupil for pupil, place in self.places.items() if place.holds_on(day)]
        return sorted(here, key=lambda pupil: self.places[pupil].number)


class Closing(NamedTuple):
    """How a year was closed the last time, by whom and when."""

    fact: YearClosed
    by: Author
    at: datetime


@dataclass(slots=True)
class Year:
    """A year after `version` lines. Treat it as frozen: `evolve_year` makes a new one."""

    version: int = 0
    planned: facts.YearPlanned | None = None
    policy: Policy = SEED_REGULATION
    calendar: WorkCalendar = NATIONAL_CALENDAR
    subjects: dict[tuple[int, str], facts.SubjectPlanned] = field(default_factory=dict)
    classes: dict[str, ClassOfYear] = field(default_factory=dict)
    departments: dict[str, facts.DepartmentFormed] = field(default_factory=dict)
    teachers: dict[tuple[str, str], tuple[PersonId, ...]] = field(default_factory=dict)
    tests: dict[TestKey, facts.TestDateSet] = field(default_factory=dict)
    regular_deadlines: dict[int, datetime] = field(default_factory=dict)
    sheets: dict[int, frozenset[tuple[str, str]]] = field(default_factory=dict)
    transferred: tuple[facts.PupilTransferredIn, ...] = ()  # who brought marks
    moved: tuple[facts.PupilChangedClass, ...] = ()
    # What was decided on locks, with who, when and why; the sheets themselves hold the locks.
    lock_decisions: tuple[Line, ...] = ()
    closed: Closing | None = None

    @property
    def school_year(self) -> str:
        assert self.planned is not None, "asked of a planned year only"
        return self.planned.school_year

    @property
    def opened(self) -> frozenset[int]:
        """The semesters that were opened."""
        return frozenset(self.sheets)

    def frame(self, semester: int) -> facts.SemesterFrame:
        assert self.planned is not None, "asked of a planned year only"
        return self.planned.semesters[semester - 1]

    def semesters_reached(self, since: date) -> list[int]:
        """The opened semesters that a change from this day on still touches."""
        return [number for number in sorted(self.opened) if self.reaches(number, since)]

    def reaches(self, semester: int, since: date) -> bool:
        """Whether a change from this day on still touches the semester."""
        return since <= self.frame(semester).last

    def sheet_id(self, semester: int, class_group: str, subject: str) -> SheetId:
        return sheet_id_of(self.school_year, semester, class_group, subject)

    def sheet_ids(self, semester: int, *, class_group: str | None = None) -> list[SheetId]:
        """The sheets opened in a semester, of one class or of all."""
        return [
            self.sheet_id(semester, name, subject)
            for name, subject in sorted(self.sheets.get(semester, ()))
            if class_group in {None, name}
        ]

    def class_of(self, pupil: PupilId) -> str | None:
        """The class that a pupil is in now."""
        for name, group in self.classes.items():
            place = group.places.get(pupil)
            if place is not None and place.until is None:
                return name
        return None

    def class_on(self, pupil: PupilId, day: date) -> str | None:
        """The class that a pupil was in on a day; on the day of a change, the new one."""
        for name, group in self.classes.items():
            place = group.places.get(pupil)
            if place is not None and place.holds_on(day):
                return name
        return None

    def subjects_of(self, grade: int, semester: int | None = None) -> list[facts.SubjectPlanned]:
        """The subjects planned for a grade, in one semester or in any."""
        return [
            planned
            for (of_grade, _), planned in self.subjects.items()
            if of_grade == grade and (semester is None or semester in planned.semesters)
        ]

    def draft(self) -> Self:
        """A copy whose collections may be changed without touching this state."""
        draft = copy(self)
        for name in _COLLECTIONS:
            setattr(draft, name, getattr(self, name).copy())
        return draft


_COLLECTIONS: Final = (
    "subjects",
    "classes",
    "departments",
    "teachers",
    "tests",
    "regular_deadlines",
    "sheets",
)
NO_YEAR_YET: Final = Year()
_LOCK_FACTS: Final = (facts.LockDecided, facts.UnlockDecided, facts.DeadlineDecided)


def evolve_year(year: Year, lines: Iterable[Line]) -> Year:
    """The state after `lines`; never refuses, since what was recorded has happened."""
    draft = year.draft()
    for line in lines:
        if isinstance(line.fact, _LOCK_FACTS):
            draft.lock_decisions = (*draft.lock_decisions, line)
        elif isinstance(line.fact, YearClosed):
            draft.closed = Closing(line.fact, line.by, line.at)
        else:
            _HANDLERS[type(line.fact)](line.fact, draft)
        draft.version = line.version
    return draft


def _planned(fact: facts.YearPlanned, year: Year) -> None:
    year.planned, year.policy = fact, fact.policy


def _policy_adopted(fact: facts.PolicyAdopted, year: Year) -> None:
    year.policy = fact.policy


def _calendar_amended(fact: facts.CalendarAmended, year: Year) -> None:
    year.calendar = fact.calendar


def _subject_planned(fact: facts.SubjectPlanned, year: Year) -> None:
    year.subjects[fact.grade, fact.subject] = fact


def _subject_dropped(fact: facts.SubjectDropped, year: Year) -> None:
    year.subjects.pop((fact.grade, fact.subject), None)


def _class_formed(fact: facts.ClassFormed, year: Year) -> None:
    year.classes[fact.class_group] = ClassOfYear(fact.grade)


def _department_formed(fact: facts.DepartmentFormed, year: Year) -> None:
    year.departments[fact.department] = fact


def _homeroom_assigned(fact: facts.HomeroomAssigned, year: Year) -> None:
    group = year.classes[fact.class_group]
    year.classes[fact.class_group] = replace(group, homeroom_teacher=fact.teacher)


def _teacher_assigned(fact: facts.TeacherAssigned, year: Year) -> None:
    key = (fact.class_group, fact.subject)
    year.teachers[key] = (*year.teachers.get(key, ()), fact.teacher)


def _teacher_unassigned(fact: facts.TeacherUnassigned, year: Year) -> None:
    key = (fact.class_group, fact.subject)
    year.teachers[key] = tuple(one for one in year.teachers[key] if one != fact.teacher)


def _place(year: Year, class_group: str, places: Mapping[PupilId, ClassPlace]) -> None:
    group = year.classes[class_group]
    year.classes[class_group] = replace(group, places=MappingProxyType(dict(places)))


def _class_list_set(fact: facts.ClassListSet, year: Year) -> None:
    listed = {entry.pupil: ClassPlace(entry.number, fact.since) for entry in fact.pupils}
    _place(year, fact.class_group, listed)


def _pupils_enrolled(fact: facts.PupilsEnrolled, year: Year) -> None:
    new = {entry.pupil: ClassPlace(entry.number, fact.since) for entry in fact.pupils}
    _place(year, fact.class_group, {**year.classes[fact.class_group].places, **new})


def _arrive(year: Year, class_group: str, pupil: PupilId, place: ClassPlace) -> None:
    _place(year, class_group, {**year.classes[class_group].places, pupil: place})


def _depart(year: Year, class_group: str, pupil: PupilId, until: date) -> None:
    places = year.classes[class_group].places
    _place(year, class_group, {**places, pupil: places[pupil]._replace(until=until)})


def _pupil_transferred_in(fact: facts.PupilTransferredIn, year: Year) -> None:
    _arrive(year, fact.class_group, fact.pupil, ClassPlace(fact.number, fact.since))
    if fact.marks:
        year.transferred = (*year.transferred, fact)


def _pupil_changed_class(fact: facts.PupilChangedClass, year: Year) -> None:
    # The day of the change is the first in the new class, so that nobody is in two on one day.
    _depart(year, fact.from_class, fact.pupil, fact.since - timedelta(days=1))
    _arrive(year, fact.to_class, fact.pupil, ClassPlace(fact.number, fact.since))
    year.moved = (*year.moved, fact)


def _pupil_left_school(fact: facts.PupilLeftSchool, year: Year) -> None:
    _depart(year, fact.class_group, fact.pupil, fact.until)


def _test_date_set(fact: facts.TestDateSet, year: Year) -> None:
    year.tests[fact.grade, fact.subject, fact.semester, fact.column] = fact


def _regular_deadline_set(fact: facts.RegularDeadlineSet, year: Year) -> None:
    year.regular_deadlines[fact.semester] = fact.deadline


def _semester_opened(fact: facts.SemesterOpened, year: Year) -> None:
    opened = year.sheets.get(fact.semester, frozenset())
    year.sheets[fact.semester] = opened | frozenset(fact.sheets)


_HANDLERS: Final[Mapping[type, Any]] = MappingProxyType(
    {
        facts.YearPlanned: _planned,
        facts.PolicyAdopted: _policy_adopted,
        facts.CalendarAmended: _calendar_amended,
        facts.SubjectPlanned: _subject_planned,
        facts.SubjectDropped: _subject_dropped,
        facts.ClassFormed: _class_formed,
        facts.DepartmentFormed: _department_formed,
        facts.HomeroomAssigned: _homeroom_assigned,
        facts.TeacherAssigned: _teacher_assigned,
        facts.TeacherUnassigned: _teacher_unassigned,
        facts.ClassListSet: _class_list_set,
        facts.PupilsEnrolled: _pupils_enrolled,
        facts.PupilTransferredIn: _pupil_transferred_in,
        facts.PupilChangedClass: _pupil_changed_class,
        facts.PupilLeftSchool: _pupil_left_school,
        facts.TestDateSet: _test_date_set,
        facts.RegularDeadlineSet: _regular_deadline_set,
        facts.SemesterOpened: _semester_opened,
    }
)
