"""The grounds of corrections: what went wrong, who found it, what proves it, why it is late."""

from enum import StrEnum

from pydantic import Field

from ledger.vocabulary import Moment, Sha256, Value


class CorrectionCause(StrEnum):
    """What kind of slip made the mark wrong; the teacher's own words stand in the reason."""

    WRONG_ROW = "wrong-row"  # a row or a column too far: many marks at once
    WRONG_PUPIL = "wrong-pupil"
    TYPING = "typing"
    ADDING_UP = "adding-up"
    ROUNDING = "rounding"
    MISSED_WORK = "missed-work"  # part of the work was not marked, or a mark was forgotten
    RE_MARKED = "re-marked"  # phúc khảo
    OTHER = "other"


class FoundBy(StrEnum):
    """Who noticed the wrong mark first; a kind of person, never a name."""

    TEACHER = "teacher"
    PUPIL = "pupil"
    PARENT = "parent"
    HOMEROOM_TEACHER = "homeroom-teacher"
    DEPARTMENT_HEAD = "department-head"
    LEADERSHIP = "leadership"
    SECRETARY = "secretary"
    INSPECTION = "inspection"


class LateReason(StrEnum):
    """Why a correction takes the late path, where paper books are corrected too (Điều 11.2b)."""

    AFTER_LAST_DAY = "after-last-day"
    FINAL_MARK = "final-mark"
    BOOK_CLOSED = "book-closed"


class EvidenceKind(StrEnum):
    """What proves a correction. The school's policy says which kinds it demands."""

    TEACHER_BOOK = "teacher-book"
    TEST_PAPER = "test-paper"
    LEARNING_PRODUCT = "learning-product"
    OTHER = "other"


class Evidence(Value):
    """One file that proves a correction: its kind, hash, size in bytes and media type."""

    kind: EvidenceKind
    sha256: Sha256
    size: int = Field(ge=1)
    media_type: str = Field(pattern=r"^(application/pdf|image/(jpeg|png))$")


class CorrectionRules(Value):
    """The school's policy for corrections on one sheet, frozen when the sheet is opened."""

    homeroom_confirms: bool = True
    last_day: Moment | None = None
    demanded_evidence: tuple[EvidenceKind, ...] = ()
