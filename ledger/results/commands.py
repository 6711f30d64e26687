"""Every request that can be made of the results of a class; each has who and when."""

from typing import Final
from uuid import UUID, uuid5

from pydantic import Field

from ledger.command import Command
from ledger.results.facts import Level, Month, PupilAbsences, PupilComment, PupilConduct
from ledger.results.terms import Term
from ledger.vocabulary import ClassGroup, Mark, PupilId, Reason, SchoolYear, Subject

_RESULTS: Final = UUID("5e0c5d0a-91f3-4b58-8f0e-27c1d9a4b6e3")


def results_stream(school_year: str, class_group: str) -> UUID:
    """The stream of the results of a class in a school year."""
    return uuid5(_RESULTS, f"{school_year}/{class_group}")


class ResultsCommand(Command):
    """A request made of the results of one class."""

    school_year: SchoolYear
    class_group: ClassGroup

    @property
    def stream_id(self) -> UUID:
        return results_stream(self.school_year, self.class_group)


class RecordAttendance(ResultsCommand):
    """Write down who was absent how often in a month; a 0 is written down too.

    With a `reason` the principal mends what approved results rest on.
    """

    NAME = "record-attendance"
    month: Month
    absences: tuple[PupilAbsences, ...] = Field(min_length=1, max_length=100)
    reason: Reason | None = None


class AssessConduct(ResultsCommand):
    """Assess the conduct of pupils; of a year only where the circular has it judged."""

    NAME = "assess-conduct"
    term: Term
    pupils: tuple[PupilConduct, ...] = Field(min_length=1, max_length=100)
    reason: Reason | None = None


class WriteHomeroomComments(ResultsCommand):
    """Keep the hashes of comments, whose texts were put into `ledger.comments` before."""

    NAME = "write-homeroom-comments"
    term: Term
    comments: tuple[PupilComment, ...] = Field(min_length=1, max_length=100)
    reason: Reason | None = None


class ApproveResults(ResultsCommand):
    """Approve the results of a term as they are computed now; again, as a new revision."""

    NAME = "approve-results"
    term: Term
    reason: Reason | None = None


class RecordReassessment(ResultsCommand):
    """Write down what a pupil reached in a subject in summer."""

    NAME = "record-reassessment"
    pupil: PupilId
    subject: Subject
    result: Mark


class ReassessConduct(ResultsCommand):
    """Assess a pupil's conduct again after training in summer."""

    NAME = "reassess-conduct"
    pupil: PupilId
    level: Level


class ApprovePromotionAfterSummer(ResultsCommand):
    """Approve who goes up after summer; then the summer is over.

    `leaving_absent` says that whoever did not turn up stays with the results of the year.
    """

    NAME = "approve-promotion-after-summer"
    leaving_absent: bool = False
    reason: Reason | None = None


AnyResultsCommand = (
    RecordAttendance
    | AssessConduct
    | WriteHomeroomComments
    | ApproveResults
    | RecordReassessment
    | ReassessConduct
    | ApprovePromotionAfterSummer
)
