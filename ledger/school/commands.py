"""Every request that can be made of the school or of one of its years; each has who and when."""

from datetime import date
from typing import Final
from uuid import UUID, uuid5

from pydantic import Field

from ledger.command import Command
from ledger.school.calendar import DayException
from ledger.school.closed import Seal
from ledger.school.facts import SemesterFrame, TransferredMark
from ledger.school.incarnation import PublishedHead, TreeHead
from ledger.school.policy import SEED_REGULATION, Policy
from ledger.school.scope import Scope
from ledger.vocabulary import (
    ClassGroup,
    Column,
    Grade,
    Label,
    Moment,
    PersonId,
    PupilId,
    Reason,
    Role,
    SchoolYear,
    Semester,
    Sha256,
    Subject,
    SubjectKind,
)

# One ledger is one school, so its stream needs no name of its own.
SCHOOL_STREAM: Final = UUID("0d8f6b3c-7a54-4c0e-8a51-5d2b9c1e4f70")
_YEARS: Final = UUID("b8a1c5de-3f0a-4f5b-9d2e-6c7e1a90b3d4")


def year_stream(school_year: str) -> UUID:
    """The stream of a school year, "2026-2027"."""
    return uuid5(_YEARS, school_year)


class SchoolCommand(Command):
    """A request made of the school as a whole."""

    @property
    def stream_id(self) -> UUID:
        return SCHOOL_STREAM


class DescribeSchool(SchoolCommand):
    """Say what the school is called from a day on, and under whom it stands."""

    NAME = "describe-school"
    since: date
    school_name: Label
    governing_body: Label
    department: Label
    school_code: Label
    place: Label


class JoinStaff(SchoolCommand):
    """Note that a member of staff came to the school, to act in these roles."""

    NAME = "join-staff"
    person: PersonId
    roles: frozenset[Role] = Field(min_length=1)
    since: date


class ChangeStaffRoles(SchoolCommand):
    """Let a member of staff act in other roles."""

    NAME = "change-staff-roles"
    person: PersonId
    roles: frozenset[Role] = Field(min_length=1)
    since: date


class LeaveStaff(SchoolCommand):
    """Note that a member of staff left the school."""

    NAME = "leave-staff"
    person: PersonId
    until: date


class GiveDelegation(SchoolCommand):
    """Let a deputy decide in the principal's place ("KT. Hiệu trưởng") from a day to a day."""

    NAME = "give-delegation"
    deputy: PersonId
    since: date
    until: date
    reason: Reason


class EndDelegation(SchoolCommand):
    """End a deputy's delegation."""

    NAME = "end-delegation"
    deputy: PersonId
    reason: Reason


class RestartLog(SchoolCommand):
    """Begin the log anew, after a restore that lost published lines, or without its key.

    `there` is the root that the ledger has at the published size, None where it is shorter. See
    `LogRestarted`.
    """

    NAME = "restart-log"
    old_origin: Label
    new_origin: Label
    published: PublishedHead
    there: Sha256 | None
    continued: TreeHead | None
    restored: TreeHead
    consistency: tuple[Sha256, ...]
    key_lost: bool = False
    reason: Reason
    administrator: PersonId


class YearCommand(Command):
    """A request made of one school year."""

    school_year: SchoolYear

    @property
    def stream_id(self) -> UUID:
        return year_stream(self.school_year)


class PlanYear(YearCommand):
    """Plan a school year: two semesters, and the school's own rules."""

    NAME = "plan-year"
    semesters: tuple[SemesterFrame, SemesterFrame]
    policy: Policy = SEED_REGULATION


class AdoptPolicy(YearCommand):
    """Change the school's own rules for sheets still to be opened and dates still to be set."""

    NAME = "adopt-policy"
    policy: Policy
    reason: Reason


class AmendCalendar(YearCommand):
    """Replace the school's additions to the national calendar; the version is counted on."""

    NAME = "amend-calendar"
    exceptions: tuple[DayException, ...]
    saturdays_work: bool = False


class PlanSubject(YearCommand):
    """Teach a subject in a grade; without a count, as many regular marks as the circular says."""

    NAME = "plan-subject"
    grade: Grade
    subject: Subject
    kind: SubjectKind
    lessons_per_year: int = Field(ge=1, le=1000)
    regular_count: int | None = Field(default=None, ge=1, le=9)
    semesters: tuple[Semester, ...] = Field(default=(1, 2), min_length=1)


class DropSubject(YearCommand):
    """Teach a subject in a grade no more; only while no sheet of it is open."""

    NAME = "drop-subject"
    grade: Grade
    subject: Subject


class FormClass(YearCommand):
    """Form a class."""

    NAME = "form-class"
    class_group: ClassGroup
    grade: Grade


class FormDepartment(YearCommand):
    """Form a department, or change its head, members and subjects."""

    NAME = "form-department"
    department: Subject
    title: Label
    head: PersonId
    members: tuple[PersonId, ...]
    subjects: tuple[Subject, ...]


class AssignHomeroom(YearCommand):
    """Give a class a homeroom teacher."""

    NAME = "assign-homeroom"
    class_group: ClassGroup
    teacher: PersonId
    since: date


class AssignTeacher(YearCommand):
    """Let a teacher teach a subject in a class."""

    NAME = "assign-teacher"
    class_group: ClassGroup
    subject: Subject
    teacher: PersonId
    since: date


class UnassignTeacher(YearCommand):
    """Take a teacher off a subject in a class."""

    NAME = "unassign-teacher"
    class_group: ClassGroup
    subject: Subject
    teacher: PersonId
    until: date


class SetClassList(YearCommand):
    """Set the whole list of a class, numbered in this order; only before a semester is open."""

    NAME = "set-class-list"
    class_group: ClassGroup
    pupils: tuple[PupilId, ...] = Field(max_length=100)
    since: date


class EnrolPupils(YearCommand):
    """Put pupils at the end of a class list, in this order."""

    NAME = "enrol-pupils"
    class_group: ClassGroup
    pupils: tuple[PupilId, ...] = Field(min_length=1, max_length=100)
    since: date


class TransferIn(YearCommand):
    """Take in a pupil of another school, with the marks of that school's paper."""

    NAME = "transfer-in"
    pupil: PupilId
    class_group: ClassGroup
    since: date
    reason: Reason
    marks: tuple[TransferredMark, ...] = Field(default=(), max_length=300)


class ChangeClass(YearCommand):
    """Move a pupil to another class of the grade."""

    NAME = "change-class"
    pupil: PupilId
    to_class: ClassGroup
    since: date
    reason: Reason


class LeaveSchool(YearCommand):
    """Note that a pupil left the school."""

    NAME = "leave-school"
    pupil: PupilId
    until: date
    reason: Reason


class SetTestDate(YearCommand):
    """Set the day of a midterm or final test; the deadline is counted from it."""

    NAME = "set-test-date"
    grade: Grade
    subject: Subject
    semester: Semester
    column: Column
    day: date
    reason: Reason


class SetRegularDeadline(YearCommand):
    """Set the last moment to enter regular marks in a semester."""

    NAME = "set-regular-deadline"
    semester: Semester
    deadline: Moment
    reason: Reason


class OpenSemester(YearCommand):
    """Open the sheets of a semester, all of them or none; again, for what was added since."""

    NAME = "open-semester"
    semester: Semester


class DecideLock(YearCommand):
    """Lock all that a scope covers now."""

    NAME = "decide-lock"
    scope: Scope
    reason: Reason


class DecideUnlock(YearCommand):
    """Unlock what is locked in a scope until a moment, after which it locks again."""

    NAME = "decide-unlock"
    scope: Scope
    until: Moment
    reason: Reason


class DecideDeadline(YearCommand):
    """Let all that a scope covers lock by itself after a moment."""

    NAME = "decide-deadline"
    scope: Scope
    deadline: Moment
    reason: Reason


class CloseYear(YearCommand):
    """Close a year under a seal of witnesses.

    Whoever gives the command has checked the seal by the school's policy, and has none where the
    policy is not met: then `lacking` are the witnesses that have not cosigned yet. `approved_to` is
    the position of the last line of approved results.
    """

    NAME = "close-year"
    approved_to: int = Field(ge=0)
    seal: Seal | None = None
    lacking: tuple[Label, ...] = ()


AnySchoolCommand = (
    DescribeSchool
    | JoinStaff
    | ChangeStaffRoles
    | LeaveStaff
    | GiveDelegation
    | EndDelegation
    | RestartLog
)
AnyYearCommand = (
    PlanYear
    | AdoptPolicy
    | AmendCalendar
    | PlanSubject
    | DropSubject
    | FormClass
    | FormDepartment
    | AssignHomeroom
    | AssignTeacher
    | UnassignTeacher
    | SetClassList
    | EnrolPupils
    | TransferIn
    | ChangeClass
    | LeaveSchool
    | SetTestDate
    | SetRegularDeadline
    | OpenSemester
    | DecideLock
    | DecideUnlock
    | DecideDeadline
    | CloseYear
)
