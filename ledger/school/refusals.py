"""Every way the school and its years say no, in order of precedence; the codes are permanent."""

from ledger.refusal import Refused, Standing

# The school and its staff.


class NotOnStaff(Refused):
    """The person is not, or no longer, a member of staff."""

    code = "not-on-staff"
    standing = Standing.NO_SUCH_THING


class AlreadyOnStaff(Refused):
    """The person is a member of staff already; roles are changed, not given twice."""

    code = "already-on-staff"


class OnlyThePrincipalMakesDeciders(Refused):
    """Only the principal in person lets people act as principal, vice-principal, administrator.

    Nor does anybody else let a deputy decide in the principal's place.
    """

    code = "only-the-principal-makes-deciders"
    standing = Standing.NOT_YOUR_PLACE


class SchoolNeedsAPrincipal(Refused):
    """The last principal keeps the role until another has it."""

    code = "school-needs-a-principal"


class NoPrincipalToActFor(Refused):
    """There is no principal in whose place a deputy could decide."""

    code = "no-principal-to-act-for"


# A log that begins anew.


class RestartNeedsTwo(Refused):
    """The principal and an administrator begin the log anew: two people, not one in two roles."""

    code = "restart-needs-two"
    standing = Standing.NOT_YOUR_PLACE


class NotAnAdministrator(Refused):
    """The other person is no administrator of the school today."""

    code = "not-an-administrator"
    standing = Standing.NOT_YOUR_PLACE


class LedgerIsNotBehind(Refused):
    """All that was published is in the ledger: nothing was lost, and its log goes on."""

    code = "ledger-is-not-behind"


class LedgerIsAltered(Refused):
    """The ledger does not continue its own newest checkpoint: it was not only cut short."""

    code = "ledger-is-altered"


# The year.


class YearNotPlanned(Refused):
    """There is no such school year yet."""

    code = "year-not-planned"
    standing = Standing.NO_SUCH_THING


class YearAlreadyPlanned(Refused):
    """The school year was planned before."""

    code = "year-already-planned"


class NoCircularForYear(Refused):
    """There is no such school year, or none whose marks any known circular tells how to count."""

    code = "no-circular-for-year"


class SemestersOutOfPlace(Refused):
    """The semesters overlap, or lie outside the school year."""

    code = "semesters-out-of-place"


class NoSuchClass(Refused):
    """There is no such class in the year."""

    code = "no-such-class"
    standing = Standing.NO_SUCH_THING


class ClassAlreadyFormed(Refused):
    """The class was formed before, for another grade."""

    code = "class-already-formed"


class SemesterAlreadyOpen(Refused):
    """With a semester open, this can no longer be set as a whole."""

    code = "semester-already-open"


class SubjectNotPlanned(Refused):
    """The subject is not taught in the grade."""

    code = "subject-not-planned"
    standing = Standing.NO_SUCH_THING


class SubjectHasSheets(Refused):
    """Sheets of the subject are open already."""

    code = "subject-has-sheets"


class DayListedTwice(Refused):
    """A day stands twice among the additions to the calendar."""

    code = "day-listed-twice"


class NotAPeriodicTest(Refused):
    """Only midterm and final tests have a day."""

    code = "not-a-periodic-test"


class DayOutsideSemester(Refused):
    """The day of a test lies outside its semester."""

    code = "day-outside-semester"


# Teachers and pupils.


class NotATeacher(Refused):
    """The person does not act as a teacher of this kind at the school."""

    code = "not-a-teacher"


class NotAssigned(Refused):
    """The teacher does not teach this subject in this class."""

    code = "not-assigned"
    standing = Standing.NO_SUCH_THING


class SubjectNeedsATeacher(Refused):
    """The sheets of a subject have at least one teacher: name the next one first."""

    code = "subject-needs-a-teacher"


class PupilListedTwice(Refused):
    """A pupil stands twice in the list."""

    code = "pupil-listed-twice"


class PupilInAnotherClass(Refused):
    """A pupil is in another class of the year: move the pupil instead."""

    code = "pupil-in-another-class"


class PupilNotInSchool(Refused):
    """The pupil is in no class of the year."""

    code = "pupil-not-in-school"
    standing = Standing.NO_SUCH_THING


class PupilWasErased(Refused):
    """The personal data of a pupil was erased for ever: who comes back is somebody new."""

    code = "pupil-was-erased"


class ClassOfAnotherGrade(Refused):
    """A pupil changes to a class of the same grade only."""

    code = "class-of-another-grade"


class DaysInWrongOrder(Refused):
    """The last day lies before the first."""

    code = "days-in-wrong-order"


class SemesterIsNotReady(Refused):
    """What is missing before the sheets can be opened: all of it, at once.

    `without_homeroom` and `without_pupils` are classes; `without_teacher` are pairs of class and
    subject; `without_subjects` are grades.
    """

    code = "semester-is-not-ready"


# Locks.


class ScopeCoversNoSheet(Refused):
    """No open sheet has a column in the scope."""

    code = "scope-covers-no-sheet"


class DeadlineMustLieAhead(Refused):
    """A deadline is a moment still to come; what should close at once is locked."""

    code = "deadline-must-lie-ahead"


# The end of a year.


class OnlyThePrincipalClosesAYear(Refused):
    """The principal in person closes a year, nobody in the principal's place."""

    code = "only-the-principal-closes-a-year"
    standing = Standing.NOT_YOUR_PLACE


class ClassesAreNotApproved(Refused):
    """Classes whose results of the whole year are not approved: `classes`, all of them."""

    code = "classes-are-not-approved"


class YearIsNotWitnessed(Refused):
    """No checkpoint over all approved results has the cosignatures that closing takes.

    `lacking` are the witnesses that have not cosigned yet, none where there are no witnesses.
    """

    code = "year-is-not-witnessed"
