"""What programs send and receive: every shape of the JSON interface."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Base64Bytes, BaseModel, Field

from ledger.sheet.grounds import CorrectionCause, EvidenceKind, FoundBy
from ledger.vocabulary import (
    Column,
    CommandId,
    CorrectionId,
    Mark,
    Moment,
    PersonId,
    PupilId,
    Reason,
    Role,
    SheetId,
    SubjectKind,
)
from projections.gradebook import ColumnView
from projections.history import HistoryCounts, HistoryRow

TypedText = Annotated[str, Field(max_length=20, examples=["8,5", "Đ", "V", ""])]


class Shape(BaseModel, frozen=True, extra="forbid"):
    """One shape; unknown fields are refused, so that a misspelt one is not lost silently."""


class Asked(Shape):
    """What every request carries: sent twice under one id, it happens once."""

    command_id: CommandId


class AskedWithReason(Asked):
    """A request that must say why."""

    reason: Reason


class TypedEntry(Shape):
    """One cell as a person typed it, and the version of the cell that was read."""

    pupil: PupilId
    column: Column
    mark: TypedText
    read_version: int = Field(ge=0)


class MarksAsked(Asked):
    """A batch of cells; a secretary names the teacher."""

    entries: tuple[TypedEntry, ...] = Field(min_length=1, max_length=1000)
    on_behalf_of: PersonId | None = None


class CellAnswer(Shape):
    """What became of one cell; `mark` is what the sheet holds, as people read it."""

    pupil: PupilId
    column: Column
    outcome: Literal["saved", "conflict", "rejected"]
    mark: str
    version: int
    code: str | None = None
    message: str | None = None
    by: str | None = None
    at: datetime | None = None


class MarksAnswer(Shape):
    """The answer to a batch, in the order in which the cells came."""

    saved_at: datetime
    cells: list[CellAnswer]


class CloseAsked(Asked):
    """`leaving_blanks` says that missing marks were seen."""

    leaving_blanks: bool = False


class UnlockAsked(AskedWithReason):
    """An unlock has an end; the password is asked for unless it was given lately."""

    until: Moment
    password: str | None = None


class CellToCorrect(Shape):
    """One cell of a correction: the right mark, and the version of the cell that was read."""

    pupil: PupilId
    column: Column
    mark: TypedText
    read_version: int = Field(ge=0)


class EvidenceFile(Shape):
    """A file that proves a correction: a PDF, JPEG or PNG, in base64."""

    kind: EvidenceKind
    name: str = Field(min_length=1, max_length=200)
    content: Base64Bytes


class CorrectionAsked(AskedWithReason):
    """A request for correction, under an id that the sender makes."""

    correction_id: CorrectionId
    cells: tuple[CellToCorrect, ...] = Field(min_length=1, max_length=500)
    cause: CorrectionCause
    found_by: FoundBy
    evidence: tuple[EvidenceFile, ...] = ()


class AnswerAsked(Asked):
    """The requester's answer to what was asked back."""

    answer: Reason
    evidence: tuple[EvidenceFile, ...] = ()


class StepAsked(Asked):
    """A step of a correction; a refusal says why, an execution needs the password.

    Asking back puts its question where a refusal has its reason. An approval needs the `statement`
    that it confirms, and either the password and a `code` of the phone, or a passkey's signature of
    the statement (`passkey`, the JSON that a browser makes of it).
    """

    reason: Reason | None = None
    password: str | None = None
    statement: str = ""
    code: str = ""
    passkey: str = ""


class ApprovalReading(Shape):
    """What an approval would confirm: the text in its canonical form, and its SHA-256."""

    text: str
    statement: str


class Recorded(Shape):
    """What an action recorded: the facts in order, or none if it was so already."""

    facts: list[str]
    positions: list[int]


class SheetSummary(Shape):
    """A sheet in a list."""

    sheet_id: SheetId
    school_year: str
    semester: int
    grade: int
    class_group: str
    subject: str
    kind: SubjectKind
    columns: list[ColumnView]
    teachers: list[PersonId]
    homeroom_teacher: PersonId
    pupil_count: int
    filled: dict[str, int]
    version: int


class CellReading(Shape):
    """A cell that was ever written; `mark` is the stored form, `shown` as people read it."""

    pupil: PupilId
    column: Column
    mark: Mark
    shown: str
    version: int
    by: PersonId | None
    role: Role | None
    on_behalf_of: PersonId | None
    at: datetime | None
    changes: int
    correction_id: CorrectionId | None
    before_correction: Mark | None
    unconfirmed_for: PersonId | None


class PupilReading(Shape):
    """A pupil on a sheet, with the name that the school's directory has."""

    pupil: PupilId
    number: int
    name: str
    left: bool


class SheetReading(Shape):
    """A sheet whole: cells never written are left out, and read at version 0."""

    sheet: SheetSummary
    pupils: list[PupilReading]
    cells: list[CellReading]


class HistoryReading(Shape):
    """One page of history, newest first; `before` goes on with the next."""

    rows: list[HistoryRow]
    counts: HistoryCounts
    before: int | None


class PersonReading(Shape):
    """Who is signed in."""

    person: PersonId
    full_name: str
    roles: list[Role]
    session: UUID
