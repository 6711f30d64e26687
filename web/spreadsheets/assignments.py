"""Assignments beside the year: who gets or loses what, as a preview shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import Field

from ledger.people import StaffMember
from ledger.school.school import School
from ledger.school.year import Year
from ledger.vocabulary import ClassGroup, PersonId, Role, SchoolYear, Subject, Value
from web.spreadsheets.problem import Problem

Place = tuple[str, str]  # class and subject


class PlannedTeachers(Value):
    """Everybody who teaches a subject in a class from now on."""

    class_group: ClassGroup
    subject: Subject
    teachers: tuple[PersonId, ...] = Field(min_length=1)


class PlannedHomeroom(Value):
    """Who leads a class from now on."""

    class_group: ClassGroup
    teacher: PersonId


class AssignmentsPlan(Value):
    """What confirming does: the places that the file names; all others stay as they are."""

    school_year: SchoolYear
    teachers: tuple[PlannedTeachers, ...] = Field(max_length=3000)
    homerooms: tuple[PlannedHomeroom, ...] = Field(max_length=200)


class Change(StrEnum):
    """What becomes of a person at a place."""

    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One person at one place; `subject` is "" for leading the class."""

    class_group: str
    subject: str
    person: PersonId
    change: Change


@dataclass(frozen=True, slots=True)
class AssignmentsNow:
    """The year and the school as they stand, and the names of those who work there."""

    year: Year
    school: School
    staff: Mapping[PersonId, StaffMember]

    def lacks(self, person: PersonId, role: Role) -> bool:
        place = self.school.staff.get(person)
        return place is None or role not in place.roles


@dataclass(frozen=True, slots=True)
class AssignmentsPreview:
    """What confirming would do. With one error, nothing of it can be confirmed."""

    school_year: str
    worksheets: tuple[str, ...]
    rows: tuple[AssignmentRow, ...]
    gaining: Mapping[PersonId, frozenset[Role]]  # who needs a further role for it
    plan: AssignmentsPlan
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def counts(self) -> Mapping[Change, int]:
        return {change: sum(1 for row in self.rows if row.change is change) for change in Change}

    @property
    def can_be_confirmed(self) -> bool:
        return not self.errors and any(row.change is not Change.SAME for row in self.rows)


def rows_of(plan: AssignmentsPlan, year: Year) -> list[AssignmentRow]:
    """The plan beside the year, place by place."""
    rows: list[AssignmentRow] = []
    for place in plan.teachers:
        known = year.teachers.get((place.class_group, place.subject), ())
        rows += _people(place.class_group, place.subject, known, place.teachers)
    for homeroom in plan.homerooms:
        leads = year.classes[homeroom.class_group].homeroom_teacher
        known = (leads,) if leads else ()
        rows += _people(homeroom.class_group, "", known, (homeroom.teacher,))
    return rows


def _people(
    class_group: str, subject: str, known: Sequence[PersonId], planned: Sequence[PersonId]
) -> list[AssignmentRow]:
    changes = [(person, Change.SAME if person in known else Change.ASSIGNED) for person in planned]
    changes += [(person, Change.UNASSIGNED) for person in known if person not in planned]
    return [AssignmentRow(class_group, subject, person, change) for person, change in changes]
