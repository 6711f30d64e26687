"""Every fact of a school and of its school years: the file that auditors read.

These are the stored shapes. A field added, renamed or dropped is a new `SHAPE` with an upcaster in
`ledger.store.codec` and a new golden line; `NAME` stays for ever. Who and when are on the line;
`since` and `until` are the days from and to which a thing holds, which may lie in the past.
"""

from datetime import date

from pydantic import Field

from ledger.line import Fact
from ledger.school.calendar import WorkCalendar
from ledger.school.closed import YearClosed
from ledger.school.incarnation import LogRestarted
from ledger.school.policy import Policy
from ledger.school.scope import Scope
from ledger.sheet.facts import NumberedPupil
from ledger.vocabulary import (
    ClassGroup,
    Column,
    Grade,
    Label,
    Mark,
    Moment,
    PersonId,
    PupilId,
    Reason,
    Role,
    SchoolYear,
    Semester,
    Subject,
    SubjectKind,
    Value,
)

# The school itself.


class SchoolDescribed(Fact):
    """From a day on the school bears this name and stands under this governing body.

    A reprint of an old book shows what held on its day: there are no districts since 1/7/2025.
    """

    NAME = "school-described"
    since: date
    school_name: Label
    governing_body: Label
    department: Label
    school_code: Label
    place: Label


class StaffJoined(Fact):
    """A member of staff came to the school, to act in these roles."""

    NAME = "staff-joined"
    person: PersonId
    roles: tuple[Role, ...]
    since: date


class StaffRolesChanged(Fact):
    """A member of staff acts in other roles from a day on."""

    NAME = "staff-roles-changed"
    person: PersonId
    roles: tuple[Role, ...]
    since: date


class StaffLeft(Fact):
    """A member of staff left the school."""

    NAME = "staff-left"
    person: PersonId
    until: date


class DelegationGiven(Fact):
    """The principal lets a deputy decide in the principal's place ("KT. Hiệu trưởng")."""

    NAME = "delegation-given"
    deputy: PersonId
    since: date
    until: date
    reason: Reason


class DelegationEnded(Fact):
    """A deputy no longer decides in the principal's place."""

    NAME = "delegation-ended"
    deputy: PersonId
    reason: Reason


# The frame of a school year.


class SemesterFrame(Value):
    """The first and the last day of a semester."""

    first: date
    last: date


class YearPlanned(Fact):
    """A school year was planned: its two semesters and the school's own rules for it."""

    NAME = "year-planned"
    school_year: SchoolYear
    semesters: tuple[SemesterFrame, SemesterFrame]
    policy: Policy


class PolicyAdopted(Fact):
    """The school's own rules were changed; sheets opened before keep theirs."""

    NAME = "policy-adopted"
    policy: Policy
    reason: Reason


class CalendarAmended(Fact):
    """The school's additions to the national calendar were changed; all of them are here."""

    NAME = "calendar-amended"
    calendar: WorkCalendar


class SubjectPlanned(Fact):
    """A subject is taught in a grade: its lessons in the year and its regular assessments."""

    NAME = "subject-planned"
    grade: Grade
    subject: Subject
    kind: SubjectKind
    lessons_per_year: int = Field(ge=1, le=1000)
    regular_count: int = Field(ge=1, le=9)
    semesters: tuple[Semester, ...]


class SubjectDropped(Fact):
    """A planned subject is not taught in a grade after all."""

    NAME = "subject-dropped"
    grade: Grade
    subject: Subject


class ClassFormed(Fact):
    """A class was formed."""

    NAME = "class-formed"
    class_group: ClassGroup
    grade: Grade


class DepartmentFormed(Fact):
    """A department (tổ chuyên môn) has this head and these members from now on."""

    NAME = "department-formed"
    department: Subject
    title: Label
    head: PersonId
    members: tuple[PersonId, ...]
    subjects: tuple[Subject, ...]


# Teachers and classes.


class HomeroomAssigned(Fact):
    """A class has this homeroom teacher from a day on."""

    NAME = "homeroom-assigned"
    class_group: ClassGroup
    teacher: PersonId
    since: date


class TeacherAssigned(Fact):
    """A teacher teaches a subject in a class from a day on; several may share one subject."""

    NAME = "teacher-assigned"
    class_group: ClassGroup
    subject: Subject
    teacher: PersonId
    since: date


class TeacherUnassigned(Fact):
    """A teacher no longer teaches a subject in a class."""

    NAME = "teacher-unassigned"
    class_group: ClassGroup
    subject: Subject
    teacher: PersonId
    until: date


# Pupils.


class ClassListSet(Fact):
    """The list of a class was set as a whole, before any semester was opened."""

    NAME = "class-list-set"
    class_group: ClassGroup
    pupils: tuple[NumberedPupil, ...]
    since: date


class PupilsEnrolled(Fact):
    """Pupils came to a class; their numbers go on after the last one ever given there."""

    NAME = "pupils-enrolled"
    class_group: ClassGroup
    pupils: tuple[NumberedPupil, ...]
    since: date


class TransferredMark(Value):
    """One mark of a pupil's book at the school before: where it stands in this school's sheets."""

    subject: Subject
    semester: Semester
    column: Column
    mark: Mark


class PupilTransferredIn(Fact):
    """A pupil came from another school, with the marks of that school's paper.

    `reason` names the school and the paper ("Trường THCS …, học bạ số …").
    """

    NAME = "pupil-transferred-in"
    pupil: PupilId
    class_group: ClassGroup
    number: int = Field(ge=1, le=999)
    since: date
    reason: Reason
    marks: tuple[TransferredMark, ...]


class PupilChangedClass(Fact):
    """A pupil moved to another class of the grade; the marks go along."""

    NAME = "pupil-changed-class"
    pupil: PupilId
    from_class: ClassGroup
    to_class: ClassGroup
    number: int = Field(ge=1, le=999)
    since: date
    reason: Reason


class PupilLeftSchool(Fact):
    """A pupil left the school; number and marks stay, struck through."""

    NAME = "pupil-left-school"
    pupil: PupilId
    class_group: ClassGroup
    until: date
    reason: Reason


# Dates, semesters, locks.


class TestDateSet(Fact):
    """The day of a midterm or final test of a grade, and the deadline that follows from it.

    `calendar` is the version of the calendar that the working days were counted with.
    """

    NAME = "test-date-set"
    grade: Grade
    subject: Subject
    semester: Semester
    column: Column
    day: date
    deadline: Moment
    calendar: Label
    reason: Reason


class RegularDeadlineSet(Fact):
    """The last moment to enter regular marks in a semester, as the principal sets it."""

    NAME = "regular-deadline-set"
    semester: Semester
    deadline: Moment
    reason: Reason


class SemesterOpened(Fact):
    """A semester was opened with a sheet for each of these classes and subjects."""

    NAME = "semester-opened"
    semester: Semester
    sheets: tuple[tuple[ClassGroup, Subject], ...]


class LockDecided(Fact):
    """The open sheets of a scope were locked; `sheet_count` of them were not locked before."""

    NAME = "lock-decided"
    scope: Scope
    reason: Reason
    sheet_count: int = Field(ge=1)


class UnlockDecided(Fact):
    """The locked sheets of a scope were unlocked until a moment after which they lock again."""

    NAME = "unlock-decided"
    scope: Scope
    until: Moment
    reason: Reason
    sheet_count: int = Field(ge=1)


class DeadlineDecided(Fact):
    """The columns of a scope lock by themselves after a moment: a lock on schedule.

    It concerns the sheets that were open then; sheets opened later have the year's own dates.
    """

    NAME = "deadline-decided"
    scope: Scope
    deadline: Moment
    reason: Reason
    sheet_count: int = Field(ge=1)


AnySchoolFact = (
    SchoolDescribed
    | StaffJoined
    | StaffRolesChanged
    | StaffLeft
    | DelegationGiven
    | DelegationEnded
    | LogRestarted
)
AnyYearFact = (
    YearPlanned
    | PolicyAdopted
    | CalendarAmended
    | SubjectPlanned
    | SubjectDropped
    | ClassFormed
    | DepartmentFormed
    | HomeroomAssigned
    | TeacherAssigned
    | TeacherUnassigned
    | ClassListSet
    | PupilsEnrolled
    | PupilTransferredIn
    | PupilChangedClass
    | PupilLeftSchool
    | TestDateSet
    | RegularDeadlineSet
    | SemesterOpened
    | LockDecided
    | UnlockDecided
    | DeadlineDecided
    | YearClosed
)
