"""Every request that can be made of a score sheet; each carries who, when and an id of its own."""

from uuid import UUID

from pydantic import Field

from ledger.command import Command
from ledger.sheet.attestation import Attestation
from ledger.sheet.facts import Deadline, NumberedPupil, Provenance
from ledger.sheet.grounds import CorrectionCause, CorrectionRules, Evidence, FoundBy
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


class SheetCommand(Command):
    """A request made of one score sheet."""

    sheet_id: SheetId

    @property
    def stream_id(self) -> UUID:
        return self.sheet_id


class OpenSheet(SheetCommand):
    """Open a sheet for one class, subject and semester."""

    NAME = "open-sheet"
    school_year: str = Field(pattern=r"^\d{4}-\d{4}$")
    semester: int = Field(ge=1, le=2)
    grade: int = Field(ge=6, le=12)
    class_group: str = Field(min_length=1, max_length=20)
    subject: str = Field(pattern=r"^[a-z0-9-]{2,40}$")
    kind: SubjectKind
    regular_count: int = Field(ge=1, le=9)
    teachers: tuple[PersonId, ...]
    homeroom_teacher: PersonId
    pupils: tuple[NumberedPupil, ...]
    deadlines: tuple[Deadline, ...] = ()
    correction_rules: CorrectionRules = CorrectionRules()
    reopening_grace_minutes: int = Field(default=30, ge=0, le=10_080)


class AddTeacher(SheetCommand):
    """Assign a teacher to the sheet."""

    NAME = "add-teacher"
    teacher: PersonId


class RemoveTeacher(SheetCommand):
    """Take a teacher off the sheet."""

    NAME = "remove-teacher"
    teacher: PersonId


class ChangeHomeroomTeacher(SheetCommand):
    """Name another homeroom teacher for the class of the sheet."""

    NAME = "change-homeroom-teacher"
    teacher: PersonId


class AddPupil(SheetCommand):
    """Add a pupil who came to the class, with the number of the class list.

    Without one the sheet gives its next free number; who comes back keeps the old one.
    """

    NAME = "add-pupil"
    pupil: PupilId
    number: int | None = Field(default=None, ge=1, le=999)


class RemovePupil(SheetCommand):
    """Note that a pupil left the class."""

    NAME = "remove-pupil"
    pupil: PupilId


class MoveDeadline(SheetCommand):
    """Set or move the deadline of a column."""

    NAME = "move-deadline"
    deadline: Deadline
    reason: Reason


class MoveCorrectionDay(SheetCommand):
    """Set the last moment at which corrections are in time; None for no such limit."""

    NAME = "move-correction-day"
    last_day: Moment | None


class BroughtMark(Value):
    """One mark that a pupil brings along, as the other book has it."""

    column: Column
    mark: Mark


class BringMarks(SheetCommand):
    """Take over the marks that a pupil earned in another school or in another class."""

    NAME = "bring-marks"
    pupil: PupilId
    marks: tuple[BroughtMark, ...] = Field(min_length=1, max_length=20)
    provenance: Provenance


class CellEntry(Value):
    """One cell of a batch: the mark it is to hold and the version of the cell that was read.

    The version of a cell is the version of the line that last changed it, 0 if none ever did.
    """

    pupil: PupilId
    column: Column
    mark: Mark
    read_version: int = Field(ge=0)


class EnterMarks(SheetCommand):
    """Enter, change or clear (a blank mark) a batch of cells: all of them, or none."""

    NAME = "enter-marks"
    entries: tuple[CellEntry, ...] = Field(min_length=1, max_length=1000)


class ConfirmEntries(SheetCommand):
    """Confirm what the secretary entered in a column on the teacher's behalf."""

    NAME = "confirm-entries"
    column: Column


class CloseColumn(SheetCommand):
    """Close a column ("chốt cột"); `leaving_blanks` says that missing marks were seen."""

    NAME = "close-column"
    column: Column
    leaving_blanks: bool = False


class ReopenColumn(SheetCommand):
    """Reopen a closed column."""

    NAME = "reopen-column"
    column: Column
    reason: Reason


class LockSheet(SheetCommand):
    """Lock the whole sheet."""

    NAME = "lock-sheet"
    reason: Reason


class UnlockSheet(SheetCommand):
    """Unlock the whole sheet for a time."""

    NAME = "unlock-sheet"
    until: Moment
    reason: Reason


class LockColumn(SheetCommand):
    """Lock one column."""

    NAME = "lock-column"
    column: Column
    reason: Reason


class UnlockColumn(SheetCommand):
    """Unlock one column for a time."""

    NAME = "unlock-column"
    column: Column
    until: Moment
    reason: Reason


class CellCorrection(Value):
    """One cell of a correction: the right mark and the version of the cell that was read."""

    pupil: PupilId
    column: Column
    after: Mark
    read_version: int = Field(ge=0)


class RequestCorrection(SheetCommand):
    """Ask for official marks to be corrected: what went wrong, who found it, what proves it."""

    NAME = "request-correction"
    correction_id: CorrectionId
    cells: tuple[CellCorrection, ...] = Field(min_length=1, max_length=500)
    cause: CorrectionCause
    reason: Reason
    found_by: FoundBy
    evidence: tuple[Evidence, ...]


class AskBackCorrection(SheetCommand):
    """Ask the requester something before deciding."""

    NAME = "ask-back-correction"
    correction_id: CorrectionId
    question: Reason


class AnswerCorrection(SheetCommand):
    """Answer what was asked back, with further evidence where needed."""

    NAME = "answer-correction"
    correction_id: CorrectionId
    answer: Reason
    evidence: tuple[Evidence, ...] = ()


class ConfirmCorrection(SheetCommand):
    """Confirm a request as homeroom teacher."""

    NAME = "confirm-correction"
    correction_id: CorrectionId


class ApproveCorrection(SheetCommand):
    """Approve a request as principal, or as who acts for the principal.

    `statement` is what was shown and confirmed (`ledger.sheet.approving.statement_of`): another
    one than what would be approved now is refused.
    """

    NAME = "approve-correction"
    correction_id: CorrectionId
    statement: Sha256 | None = None
    attestation: Attestation | None = None


class RefuseCorrection(SheetCommand):
    """Refuse a request, with the reason."""

    NAME = "refuse-correction"
    correction_id: CorrectionId
    reason: Reason


class WithdrawCorrection(SheetCommand):
    """Take one's own request back before it is executed."""

    NAME = "withdraw-correction"
    correction_id: CorrectionId


class ExecuteCorrection(SheetCommand):
    """Take one's part in executing an approved correction; the second of the two carries it out."""

    NAME = "execute-correction"
    correction_id: CorrectionId


CorrectionStep = (
    ConfirmCorrection
    | AskBackCorrection
    | AnswerCorrection
    | ApproveCorrection
    | RefuseCorrection
    | WithdrawCorrection
    | ExecuteCorrection
)
AnyCommand = (
    OpenSheet
    | AddTeacher
    | RemoveTeacher
    | ChangeHomeroomTeacher
    | AddPupil
    | RemovePupil
    | MoveDeadline
    | MoveCorrectionDay
    | BringMarks
    | EnterMarks
    | ConfirmEntries
    | CloseColumn
    | ReopenColumn
    | LockSheet
    | UnlockSheet
    | LockColumn
    | UnlockColumn
    | RequestCorrection
    | CorrectionStep
)
