"""Every way the supervision says no, in order of precedence; the codes are permanent."""

from ledger.refusal import Refused, Standing


class MonthOutsideYear(Refused):
    """The month has no day of the school year."""

    code = "month-outside-year"


class MonthNotBegun(Refused):
    """A month is inspected once it has begun."""

    code = "month-not-begun"


class NotYourDepartment(Refused):
    """The person leads no department of the year that has this subject or member."""

    code = "not-your-department"
    standing = Standing.NOT_YOUR_PLACE


class TargetDoesNotFitSubject(Refused):
    """Targets begin at a bound of the score bands, or at "Đạt" in a subject with comments."""

    code = "target-does-not-fit-subject"


class TargetsContradict(Refused):
    """One mark has two shares, or a better mark is to be reached by more than a lesser one."""

    code = "targets-contradict"


class ProposalIdReused(Refused):
    """Another proposal has this id."""

    code = "proposal-id-reused"


class TeacherNotOnSheet(Refused):
    """The teacher does not teach the sheet."""

    code = "teacher-not-on-sheet"


class NoSuchProposal(Refused):
    """There is no such proposal in the year."""

    code = "no-such-proposal"
    standing = Standing.NO_SUCH_THING


class NotYourProposal(Refused):
    """Only the teacher that a proposal was made to answers it."""

    code = "not-your-proposal"
    standing = Standing.NOT_YOUR_PLACE


class ProposalIsClosed(Refused):
    """The proposal was closed; a new one may be made."""

    code = "proposal-is-closed"
