"""A list of staff beside the school: who is new, known, given more roles, and what is wrong."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from ledger.people import Code, Name, StaffMember
from ledger.school.school import School
from ledger.vocabulary import Label, PersonId, Role, Subject, Value
from web.spreadsheets.problem import Problem

STAFF_AT_ONCE: Final = 500
Username = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{2,39}$")]


class ListedStaff(Value):
    """A member of staff as confirmed: the id was made for the preview, so that twice is once.

    `username` is what an account is made with; None for who has one already. `roles` are those of
    the file, which are added to the present ones and never taken away.
    """

    person_id: PersonId
    family_name: Name
    given_name: Name
    code: Code | None = None
    username: Username | None = None
    roles: tuple[Role, ...] = Field(min_length=1)
    department: Label | None = None
    subjects: tuple[Subject, ...] = ()

    @property
    def full_name(self) -> str:
        return f"{self.family_name} {self.given_name}"


class StaffPlan(Value):
    """What confirming does."""

    people: tuple[ListedStaff, ...] = Field(max_length=STAFF_AT_ONCE)


class StaffStanding(StrEnum):
    """What a row of the list is about."""

    NEW = "new"  # not in the directory yet
    CHANGED = "changed"  # gets further roles, comes back, or gets an account
    KNOWN = "known"
    LEFT_OUT = "left-out"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One row of the file; `listed` is None where it cannot be read or is not taken."""

    row: int
    name: str
    standing: StaffStanding
    listed: ListedStaff | None = None
    gained: tuple[Role, ...] = ()
    known_as: str = ""  # the name that the directory has, where the file has another
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class SchoolNow:
    """The school as it stands: who is in the directory and on the staff, and who may sign in."""

    school: School
    directory: Mapping[PersonId, StaffMember]
    usernames: Mapping[str, PersonId]

    def roles_of(self, person: PersonId) -> frozenset[Role]:
        """The roles of somebody who has not left the school."""
        place = self.school.staff.get(person)
        return place.roles if place and place.until is None else frozenset()


@dataclass(frozen=True, slots=True)
class StaffPreview:
    """What confirming would do. With one error, nothing of it can be confirmed."""

    worksheet: str
    rows: tuple[StaffRow, ...]
    departments: tuple[str, ...]  # that are formed or get members
    unread: tuple[str, ...]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def counts(self) -> Mapping[StaffStanding, int]:
        return Counter(row.standing for row in self.rows)

    @property
    def renamed(self) -> list[StaffRow]:
        """The rows whose name differs from the directory's."""
        return [row for row in self.rows if row.known_as]

    @property
    def accounts(self) -> int:
        """How many accounts are made."""
        return sum(1 for one in self.plan.people if one.username)

    @property
    def plan(self) -> StaffPlan:
        listed = [row.listed for row in self.rows if row.listed and not self.errors]
        return StaffPlan(people=tuple(listed))

    @property
    def can_be_confirmed(self) -> bool:
        changes = any(
            row.standing in {StaffStanding.NEW, StaffStanding.CHANGED} or row.known_as
            for row in self.rows
        )
        return bool(self.plan.people) and (changes or bool(self.departments))
