"""Every way the results of a class say no, in order of precedence; the codes are permanent."""

from ledger.refusal import Refused, Standing


class NotHomeroomOfThisClass(Refused):
    """A homeroom teacher writes for the own class only."""

    code = "not-homeroom-of-this-class"
    standing = Standing.NOT_YOUR_PLACE


# What is asked about.


class PupilNotOnClassList(Refused):
    """These pupils are not, and were not, on the list of the class."""

    code = "pupil-not-on-class-list"
    standing = Standing.NO_SUCH_THING


class PupilNamedTwice(Refused):
    """A pupil stands twice in what was sent: nobody could say what was meant."""

    code = "pupil-named-twice"


class MonthOutsideSchoolYear(Refused):
    """The month has no day of the school year. `first` and `last` are its months."""

    code = "month-outside-school-year"


class MoreAbsencesThanDays(Refused):
    """More sessions were missed than the month has days: one session a day counts."""

    code = "more-absences-than-days"


class ConductYearIsComputed(Refused):
    """The year's conduct follows from both semesters (TT22 Điều 8); nobody assesses it."""

    code = "conduct-year-is-computed"


class LevelNotOfCircular(Refused):
    """The circular in force for the class has no such level of conduct."""

    code = "level-not-of-circular"


class ResultsAreApproved(Refused):
    """Approved results rest on it: `term`, and by whom and when they were approved.

    Only the principal still changes it, with a reason, and approves a new revision after that.
    """

    code = "results-are-approved"


# The summer.


class YearIsNotApproved(Refused):
    """The results of the year are not approved yet, so nobody knows what summer must mend."""

    code = "year-is-not-approved"


class NotOpenToReassessment(Refused):
    """The pupil is not to be assessed again in this subject. `subjects` are the open ones."""

    code = "not-open-to-reassessment"


class NotInConductTraining(Refused):
    """The pupil's promotion does not hang on conduct alone, so there was no training."""

    code = "not-in-conduct-training"


class ResultDoesNotFitSubject(Refused):
    """The subject has averages, or it has Đạt and Chưa đạt; the result is of the other kind."""

    code = "result-does-not-fit-subject"


class SummerIsApproved(Refused):
    """Who goes up after summer was approved: by whom and when."""

    code = "summer-is-approved"


class SummerIsOver(Refused):
    """What summer changes is complete before 31 August; `last_day` is the day before."""

    code = "summer-is-over"


# Approving.


class ResultsAreNotComplete(Refused):
    """Everything that is missing, at once; see `ledger.results.completeness.Missing`."""

    code = "results-are-not-complete"


class SummerIsNotComplete(Refused):
    """These pupils' promotion is still open: `pupils` were not assessed again as they may be."""

    code = "summer-is-not-complete"


class RevisionNeedsAReason(Refused):
    """The results differ from the approved ones, and no reason was given for a new revision."""

    code = "revision-needs-a-reason"
