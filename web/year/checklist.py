"""How far a year is set up: what each step has, and what is missing before a semester opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger.school.commands import OpenSemester
from ledger.school.opening import open_semester
from ledger.school.refusals import SemesterIsNotReady
from ledger.school.year import Year
from ledger.vocabulary import PERIODIC, Author, CommandId, PersonId, Role

_NOBODY = Author(person=PersonId(UUID(int=0)), role=Role.SYSTEM)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What opening a semester would open, or what is missing before it can be opened."""

    semester: int
    sheets: Sequence[tuple[str, str]] = ()
    is_ready: bool = True
    without_homeroom: Sequence[str] = ()
    without_pupils: Sequence[str] = ()
    without_teacher: Sequence[tuple[str, str]] = ()
    without_subjects: Sequence[int] = ()

    @property
    def class_count(self) -> int:
        return len({class_group for class_group, _ in self.sheets})

    @property
    def without_teacher_by_class(self) -> Mapping[str, Sequence[str]]:
        """The subjects without a teacher, per class."""
        found: dict[str, list[str]] = {}
        for class_group, subject in self.without_teacher:
            found.setdefault(class_group, []).append(subject)
        return found


def readiness(year: Year, semester: int, at: datetime) -> Readiness:
    """The answer of the rule itself, asked without recording anything."""
    asking = OpenSemester(
        command_id=CommandId(UUID(int=0)),
        by=_NOBODY,
        at=at,
        school_year=year.school_year,
        semester=semester,
    )
    try:
        facts: Sequence[Any] = open_semester(asking, year)
    except SemesterIsNotReady as refused:
        missing: dict[str, Any] = dict(refused.details)
        return Readiness(**missing, is_ready=False)
    return Readiness(semester, facts[0].sheets if facts else ())


@dataclass(frozen=True, slots=True)
class Counts:
    """What the steps of the checklist have so far."""

    subjects: int
    grades: Sequence[int]
    grades_without_subjects: Sequence[int]
    classes: int
    without_homeroom: Sequence[str]
    without_pupils: Sequence[str]
    pupils: int
    assigned: int
    unassigned: Sequence[tuple[str, str]]
    departments: int
    undated: dict[int, int]
    dated: dict[int, int]
    opened: dict[int, int]


def counts_of(year: Year) -> Counts:
    """The counts of a year as it stands."""
    grades = sorted({group.grade for group in year.classes.values()})
    places = taught_places(year)
    dates = {semester: _dates(year, semester) for semester in (1, 2)}
    return Counts(
        subjects=len({subject for _, subject in year.subjects}),
        grades=grades,
        grades_without_subjects=[grade for grade in grades if not year.subjects_of(grade)],
        classes=len(year.classes),
        without_homeroom=[n for n, group in year.classes.items() if not group.homeroom_teacher],
        without_pupils=[n for n, group in year.classes.items() if not group.present],
        pupils=sum(len(group.present) for group in year.classes.values()),
        assigned=sum(bool(year.teachers.get(place)) for place in places),
        unassigned=[place for place in places if not year.teachers.get(place)],
        departments=len(year.departments),
        undated={semester: wanted - have for semester, (wanted, have) in dates.items()},
        dated={semester: have for semester, (_, have) in dates.items()},
        opened={semester: len(year.sheets.get(semester, ())) for semester in (1, 2)},
    )


def taught_places(year: Year) -> list[tuple[str, str]]:
    """Every class with every subject planned for its grade."""
    return [
        (name, planned.subject)
        for name, group in year.classes.items()
        for planned in year.subjects_of(group.grade)
    ]


def _dates(year: Year, semester: int) -> tuple[int, int]:
    """How many tests the grades with classes have in a semester, and how many have their day."""
    tests = [
        (grade, planned.subject, semester, column)
        for grade in {group.grade for group in year.classes.values()}
        for planned in year.subjects_of(grade, semester)
        for column in PERIODIC
    ]
    return len(tests), sum(test in year.tests for test in tests)
