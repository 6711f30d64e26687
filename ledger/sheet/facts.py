"""Every fact of a score sheet: the file that auditors read.

These are the stored shapes. A field added, renamed or dropped is a new `SHAPE` with an upcaster in
`ledger.store.codec` and a new golden line; `NAME` stays for ever. Who and when are on the line.
"""

from pydantic import Field

from ledger.line import Fact
from ledger.sheet.attestation import Attestation
from ledger.sheet.grounds import CorrectionCause, CorrectionRules, Evidence, FoundBy, LateReason
from ledger.vocabulary import (
    Column,
    CorrectionId,
    Mark,
    Moment,
    PersonId,
    PupilId,
    Reason,
    Sha256,
    SheetId,
    SubjectKind,
    Value,
)


class Deadline(Value):
    """The last moment at which a column may be entered; after it the column counts as locked."""

    column: Column
    at: Moment


class NumberedPupil(Value):
    """A pupil and the number (STT) kept for the whole year, also by those who leave."""

    pupil: PupilId
    number: int = Field(ge=1, le=999)


class CorrectionLine(Value):
    """One line of a biên bản: the cell, the mark that stands there and the right one."""

    pupil: PupilId
    column: Column
    before: Mark
    after: Mark


class Provenance(Value):
    """Where a brought mark comes from: another sheet of this ledger, or another school.

    `reason` names the school and its paper, or says why the pupil changed the class.
    """

    sheet: SheetId | None = None
    reason: Reason


class SheetOpened(Fact):
    """A score sheet was opened for one class, subject and semester."""

    NAME = "sheet-opened"
    school_year: str = Field(pattern=r"^\d{4}-\d{4}$")
    semester: int = Field(ge=1, le=2)
    grade: int = Field(ge=6, le=12)
    class_group: str = Field(min_length=1, max_length=20)
    subject: str = Field(pattern=r"^[a-z0-9-]{2,40}$")
    kind: SubjectKind
    columns: tuple[Column, ...]
    teachers: tuple[PersonId, ...]
    homeroom_teacher: PersonId
    pupils: tuple[NumberedPupil, ...]
    deadlines: tuple[Deadline, ...] = ()
    correction_rules: CorrectionRules = CorrectionRules()
    reopening_grace_minutes: int = Field(default=30, ge=0, le=10_080)


class TeacherJoinedSheet(Fact):
    """A teacher was assigned to the sheet."""

    NAME = "teacher-joined-sheet"
    teacher: PersonId


class TeacherLeftSheet(Fact):
    """A teacher is no longer assigned to the sheet."""

    NAME = "teacher-left-sheet"
    teacher: PersonId


class HomeroomTeacherChanged(Fact):
    """The class of the sheet has another homeroom teacher."""

    NAME = "homeroom-teacher-changed"
    teacher: PersonId


class PupilJoinedSheet(Fact):
    """A pupil came to the class; the number goes on after the last one ever given."""

    NAME = "pupil-joined-sheet"
    pupil: PupilId
    number: int = Field(ge=1, le=999)


class PupilLeftSheet(Fact):
    """A pupil left the class; the number and the marks stay."""

    NAME = "pupil-left-sheet"
    pupil: PupilId


class DeadlineMoved(Fact):
    """The deadline of a column was set or moved."""

    NAME = "deadline-moved"
    deadline: Deadline
    reason: Reason


class CorrectionDayMoved(Fact):
    """The last moment at which corrections of the sheet are in time was set or moved."""

    NAME = "correction-day-moved"
    last_day: Moment | None


class MarkBrought(Fact):
    """A pupil brought a mark along from another school or class; nobody of this sheet gave it."""

    NAME = "mark-brought"
    pupil: PupilId
    column: Column
    after: Mark
    provenance: Provenance


class MarkEntered(Fact):
    """A first mark was entered into a cell that held none."""

    NAME = "mark-entered"
    pupil: PupilId
    column: Column
    after: Mark


class MarkChanged(Fact):
    """A mark was replaced before it became official."""

    NAME = "mark-changed"
    pupil: PupilId
    column: Column
    before: Mark
    after: Mark


class MarkCleared(Fact):
    """A mark was taken out of its cell before it became official."""

    NAME = "mark-cleared"
    pupil: PupilId
    column: Column
    before: Mark


class EntriesConfirmed(Fact):
    """The responsible teacher confirmed what was entered on the teacher's behalf in a column."""

    NAME = "entries-confirmed"
    column: Column


class ColumnClosed(Fact):
    """The teacher closed a column ("chốt cột"): its marks are official from now on."""

    NAME = "column-closed"
    column: Column


class ColumnReopened(Fact):
    """A closed column was reopened: its marks are drafts again."""

    NAME = "column-reopened"
    column: Column
    reason: Reason


class SheetLocked(Fact):
    """The whole sheet was locked ("khóa bảng điểm")."""

    NAME = "sheet-locked"
    reason: Reason


class SheetUnlocked(Fact):
    """The whole sheet was unlocked until a moment after which it counts as locked again."""

    NAME = "sheet-unlocked"
    until: Moment
    reason: Reason


class ColumnLocked(Fact):
    """One column was locked."""

    NAME = "column-locked"
    column: Column
    reason: Reason


class ColumnUnlocked(Fact):
    """One column was unlocked until a moment after which it counts as locked again."""

    NAME = "column-unlocked"
    column: Column
    until: Moment
    reason: Reason


class CorrectionRequested(Fact):
    """A teacher asked to correct official marks: one biên bản, one or several cells.

    `late_because` is empty for a request in time. The first shape knew neither cause nor finder
    ("other" and "teacher" there), and no other lateness than the last day.
    """

    NAME = "correction-requested"
    SHAPE = 2
    correction_id: CorrectionId
    lines: tuple[CorrectionLine, ...] = Field(min_length=1)
    cause: CorrectionCause
    reason: Reason
    found_by: FoundBy
    evidence: tuple[Evidence, ...]
    late_because: tuple[LateReason, ...]

    @property
    def late(self) -> bool:
        return bool(self.late_because)


class CorrectionAskedBack(Fact):
    """Who decides asked the requester something; nothing is decided until the answer."""

    NAME = "correction-asked-back"
    correction_id: CorrectionId
    question: Reason


class CorrectionAnswered(Fact):
    """The requester answered the question, with further evidence where that was needed."""

    NAME = "correction-answered"
    correction_id: CorrectionId
    answer: Reason
    evidence: tuple[Evidence, ...] = ()


class CorrectionConfirmed(Fact):
    """The homeroom teacher confirmed the request (TT22 Điều 20)."""

    NAME = "correction-confirmed"
    correction_id: CorrectionId


class CorrectionApproved(Fact):
    """The principal approved the request; the marks that stood then are frozen in it.

    `statement` is the SHA-256 of what exactly was approved (`ledger.sheet.approving`), and
    `attestation` how the principal confirmed it; None in the days when nobody was asked.
    """

    NAME = "correction-approved"
    SHAPE = 2
    correction_id: CorrectionId
    statement: Sha256 | None = None
    attestation: Attestation | None = None


class CorrectionRefused(Fact):
    """The principal, or the homeroom teacher when asked to confirm, refused the request."""

    NAME = "correction-refused"
    correction_id: CorrectionId
    reason: Reason


class CorrectionWithdrawn(Fact):
    """The requesting teacher took the request back."""

    NAME = "correction-withdrawn"
    correction_id: CorrectionId


class CorrectionVoided(Fact):
    """A mark that the request had frozen moved meanwhile, so nothing of it may be executed."""

    NAME = "correction-voided"
    correction_id: CorrectionId
    pupil: PupilId
    column: Column


class CorrectionExecutionAgreed(Fact):
    """The teacher or the administrator took their part in executing an approved correction."""

    NAME = "correction-execution-agreed"
    correction_id: CorrectionId


class MarkCorrected(Fact):
    """An approved correction replaced an official mark; the old one stays in the ledger."""

    NAME = "mark-corrected"
    correction_id: CorrectionId
    pupil: PupilId
    column: Column
    before: Mark
    after: Mark


class CorrectionExecuted(Fact):
    """Both parties took part: every line of the correction is carried out."""

    NAME = "correction-executed"
    correction_id: CorrectionId


class ColumnRelocked(Fact):
    """A column was locked again in the same append as the correction that touched it."""

    NAME = "column-relocked"
    correction_id: CorrectionId
    column: Column


class AttemptRefused(Fact):
    """Somebody tried to write where they may not; kept in a stream of its own for auditors.

    `command` is the kind of command, `refusal` the permanent code of the answer.
    """

    NAME = "attempt-refused"
    sheet: SheetId
    command: str = Field(pattern=r"^[a-z-]+$")
    refusal: str = Field(pattern=r"^[a-z-]+$")
    cells: tuple[tuple[PupilId, Column], ...] = ()


AnyFact = (
    SheetOpened
    | TeacherJoinedSheet
    | TeacherLeftSheet
    | HomeroomTeacherChanged
    | PupilJoinedSheet
    | PupilLeftSheet
    | DeadlineMoved
    | CorrectionDayMoved
    | MarkBrought
    | MarkEntered
    | MarkChanged
    | MarkCleared
    | EntriesConfirmed
    | ColumnClosed
    | ColumnReopened
    | SheetLocked
    | SheetUnlocked
    | ColumnLocked
    | ColumnUnlocked
    | CorrectionRequested
    | CorrectionAskedBack
    | CorrectionAnswered
    | CorrectionConfirmed
    | CorrectionApproved
    | CorrectionRefused
    | CorrectionWithdrawn
    | CorrectionVoided
    | CorrectionExecutionAgreed
    | MarkCorrected
    | CorrectionExecuted
    | ColumnRelocked
    | AttemptRefused
)
