"""Whose progress a person sees: the whole school's, a department's, a class's or one's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from ledger.school.facts import DepartmentFormed
from ledger.school.year import Year
from ledger.vocabulary import PersonId, Role
from projections.progress import ColumnProgress
from web.access.identity import SignedIn

LEADS: Final = (Role.PRINCIPAL, Role.VICE_PRINCIPAL)
WATCHES: Final = (*LEADS, Role.DEPARTMENT_HEAD)
SEES_PROGRESS: Final = (*WATCHES, Role.SUBJECT_TEACHER, Role.HOMEROOM_TEACHER)


@dataclass(frozen=True, slots=True)
class Scope:
    """What one person may see of a year: everything, or what these subjects and people have.

    `members` are the members of the departments that the person leads; `classes` the classes that
    the person is homeroom teacher of.
    """

    everything: bool
    person: PersonId
    teaches: bool
    subjects: frozenset[str]
    members: frozenset[PersonId]
    classes: frozenset[str]

    @classmethod
    def of(cls, user: SignedIn, year: Year) -> Self:
        led = departments_led(user, year)
        homeroom = Role.HOMEROOM_TEACHER in user.roles
        return cls(
            everything=user.may_act_as(*LEADS),
            person=user.person,
            teaches=Role.SUBJECT_TEACHER in user.roles,
            subjects=frozenset(subject for one in led for subject in one.subjects),
            members=frozenset(person for one in led for person in one.members),
            classes=frozenset(
                name
                for name, group in year.classes.items()
                if homeroom and group.homeroom_teacher == user.person
            ),
        )

    def sees(self, one: ColumnProgress) -> bool:
        """Whether the person has a part in the column."""
        return (
            self.everything
            or one.subject in self.subjects
            or not self.members.isdisjoint(one.teachers)
            or one.class_group in self.classes
            or (self.teaches and self.person in one.teachers)
        )

    def seen(self, columns: Iterable[ColumnProgress]) -> list[ColumnProgress]:
        return [one for one in columns if self.sees(one)]


def departments_led(user: SignedIn, year: Year) -> list[DepartmentFormed]:
    """The departments of a year that the person leads."""
    if Role.DEPARTMENT_HEAD not in user.roles:
        return []
    return [one for one in year.departments.values() if one.head == user.person]
