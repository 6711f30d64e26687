"""Every fact of the results of a class: the file that auditors read.

These are the stored shapes. A field added, renamed or dropped is a new `SHAPE` with an upcaster in
`ledger.store.codec` and a new golden line; `NAME` stays for ever. Who and when are on the line.
What is written about a pupil is never here: of a comment there is only its hash.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from ledger.circulars.outcomes import Outcome, Shortfall
from ledger.line import Fact
from ledger.results.terms import Term
from ledger.vocabulary import (
    ClassGroup,
    Mark,
    PupilId,
    Reason,
    SchoolYear,
    Sha256,
    SheetId,
    Subject,
    SubjectKind,
    Value,
)

Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]  # "2026-10"
# The words of all circulars, as they stand in the law.
Level = Annotated[
    str, StringConstraints(pattern=r"^(Tốt|Khá|Đạt|Chưa đạt|Giỏi|Trung bình|Yếu|Kém)$")
]
Award = Annotated[
    str,
    StringConstraints(
        pattern=r"^(Học sinh Xuất sắc|Học sinh Giỏi|Học sinh giỏi|Học sinh tiên tiến)$"
    ),
]
Average = Annotated[Decimal, Field(ge=0, le=10, decimal_places=1)]
Sessions = Annotated[int, Field(ge=0, le=31)]

# What the homeroom teacher writes down.


class PupilAbsences(Value):
    """The sessions a pupil missed in a month, on the plan of one session a day (TT22 Điều 12)."""

    pupil: PupilId
    with_leave: Sessions
    without_leave: Sessions

    @property
    def total(self) -> int:
        return self.with_leave + self.without_leave


class AttendanceRecorded(Fact):
    """The absences of these pupils in a month; what was recorded of them before is replaced.

    `reason` is the principal's, where approved results rested on what stood there.
    """

    NAME = "attendance-recorded"
    school_year: SchoolYear
    class_group: ClassGroup
    month: Month
    absences: tuple[PupilAbsences, ...] = Field(min_length=1)
    reason: Reason | None = None


class PupilConduct(Value):
    """A pupil's conduct, in the circular's own word."""

    pupil: PupilId
    level: Level


class ConductAssessed(Fact):
    """The conduct of these pupils in a term; what was said of them before is replaced."""

    NAME = "conduct-assessed"
    school_year: SchoolYear
    class_group: ClassGroup
    term: Term
    pupils: tuple[PupilConduct, ...] = Field(min_length=1)
    reason: Reason | None = None


class PupilComment(Value):
    """The SHA-256 of a salt and the comment on a pupil; the text is kept where names are."""

    pupil: PupilId
    digest: Sha256


class HomeroomCommentWritten(Fact):
    """The homeroom teacher's comments on these pupils, for a term."""

    NAME = "homeroom-comment-written"
    school_year: SchoolYear
    class_group: ClassGroup
    term: Term
    comments: tuple[PupilComment, ...] = Field(min_length=1)
    reason: Reason | None = None


# What the principal approves.


class SubjectResult(Value):
    """A pupil's result in a subject: an average, Đạt or Chưa đạt, exempt or not assessed.

    Blank stands for a result that does not exist; what is approved has none.
    """

    subject: Subject
    kind: SubjectKind
    result: Mark


class StudyResult(Value):
    """The level of study, the one before adjustment, and the one subject that adjusted it."""

    level: Level
    base: Level
    adjusted_for: Subject | None = None


class PromotionResult(Value):
    """What becomes of a pupil, why, and the subjects open for re-assessment in summer."""

    outcome: Outcome
    reasons: tuple[Shortfall, ...] = ()
    subjects: tuple[Subject, ...] = ()


class PupilResults(Value):
    """A pupil's results of a term. None stands for what the circular or the term has not.

    A pupil with a disability who is assessed in no subject has no level (TT22 Điều 11).
    """

    pupil: PupilId
    subjects: tuple[SubjectResult, ...]
    overall_average: Average | None = None
    study: StudyResult | None = None
    conduct: Level | None = None
    days_absent: int = Field(default=0, ge=0)
    award: Award | None = None
    promotion: PromotionResult | None = None


class SheetVersion(Value):
    """A sheet as it was after so many lines."""

    sheet: SheetId
    version: int = Field(ge=0)


class TermResultsApproved(Fact):
    """The principal approved the results of a term.

    `circular` and `policy` name the rules, `basis` every sheet they rest on. Revision 1 is the
    first; a later one has a `reason` and leaves the earlier ones as they were.
    """

    NAME = "term-results-approved"
    school_year: SchoolYear
    class_group: ClassGroup
    term: Term
    revision: int = Field(ge=1)
    circular: str = Field(pattern=r"^[a-z0-9-]{2,40}$")
    policy: str = Field(pattern=r"^[a-z0-9.-]{2,40}$")
    basis: tuple[SheetVersion, ...]
    results: tuple[PupilResults, ...]
    reason: Reason | None = None


class TermResultsContinued(Fact):
    """The approved results of the next pupils of a class that is too large for one line.

    It stands right behind `term-results-approved` of the same revision, in the same append.
    """

    NAME = "term-results-continued"
    school_year: SchoolYear
    class_group: ClassGroup
    term: Term
    revision: int = Field(ge=1)
    results: tuple[PupilResults, ...] = Field(min_length=1)


# The summer.


class SubjectReassessed(Fact):
    """A pupil was assessed again in a subject in summer; the year's own result stays."""

    NAME = "subject-reassessed"
    school_year: SchoolYear
    class_group: ClassGroup
    pupil: PupilId
    subject: Subject
    result: Mark


class ConductReassessed(Fact):
    """A pupil's conduct was assessed again after training in summer (TT22 Điều 13)."""

    NAME = "conduct-reassessed"
    school_year: SchoolYear
    class_group: ClassGroup
    pupil: PupilId
    level: Level


class PupilAfterSummer(Value):
    """What the summer changed for a pupil: new results and levels, and the promotion."""

    pupil: PupilId
    subjects: tuple[SubjectResult, ...]
    study: Level | None
    conduct: Level | None
    promotion: PromotionResult


class PromotionAfterSummerApproved(Fact):
    """The principal approved who goes up after summer, on a revision of the year's results."""

    NAME = "promotion-after-summer-approved"
    school_year: SchoolYear
    class_group: ClassGroup
    revision: int = Field(ge=1)
    year_revision: int = Field(ge=1)
    pupils: tuple[PupilAfterSummer, ...]
    reason: Reason | None = None


AnyResultsFact = (
    AttendanceRecorded
    | ConductAssessed
    | HomeroomCommentWritten
    | TermResultsApproved
    | TermResultsContinued
    | SubjectReassessed
    | ConductReassessed
    | PromotionAfterSummerApproved
)
