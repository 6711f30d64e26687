"""What the corrections answer: each biên bản with the steps taken and by whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ledger.sheet.attestation import ApprovalMethod
from ledger.sheet.correction import CorrectionStatus
from ledger.sheet.facts import CorrectionLine
from ledger.sheet.grounds import CorrectionCause, Evidence, FoundBy, LateReason
from ledger.vocabulary import CorrectionId, PersonId, PupilId, Role, SheetId


class Turn(StrEnum):
    """Who has to act now."""

    REQUESTER = "requester"
    HOMEROOM_TEACHER = "homeroom-teacher"
    VICE_PRINCIPAL = "vice-principal"
    PRINCIPAL = "principal"
    BOTH_EXECUTORS = "both-executors"
    TEACHER = "teacher"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked back, by whom, and the requester's answer once there is one."""

    question: str
    asked_by: PersonId
    asked_role: Role
    asked_at: datetime
    answer: str | None = None
    answered_at: datetime | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One correction. `number` runs 1, 2, 3 … in the order of the requests of a school year.

    `evidence` is that of the request and of all answers. `relocked_at` is set once its columns
    were locked again, in the append that executed it. `homeroom_teacher` is the one the class has
    now. The mark that made it void moved in the line before `voided_position`.
    """

    correction_id: CorrectionId
    number: int
    sheet_id: SheetId
    school_year: str
    semester: int
    class_group: str
    subject: str
    homeroom_teacher: PersonId
    homeroom_confirms: bool
    status: CorrectionStatus
    lines: tuple[CorrectionLine, ...]
    cause: CorrectionCause
    reason: str
    found_by: FoundBy
    evidence: tuple[Evidence, ...]
    late_because: tuple[LateReason, ...]
    requested_by: PersonId
    requested_at: datetime
    confirmed_by: PersonId | None = None
    confirmed_role: Role | None = None
    confirmed_at: datetime | None = None
    approved_by: PersonId | None = None
    approved_on_behalf_of: PersonId | None = None
    approved_at: datetime | None = None
    approved_with: ApprovalMethod | None = None
    refused_by: PersonId | None = None
    refused_role: Role | None = None
    refused_at: datetime | None = None
    refused_reason: str | None = None
    withdrawn_at: datetime | None = None
    voided_at: datetime | None = None
    voided_by: PersonId | None = None
    voided_pupil: PupilId | None = None
    voided_column: str | None = None
    voided_position: int | None = None
    teacher_agreed_by: PersonId | None = None
    teacher_agreed_at: datetime | None = None
    administrator_agreed_by: PersonId | None = None
    administrator_agreed_at: datetime | None = None
    executed_at: datetime | None = None
    relocked_at: datetime | None = None
    questions: tuple[Question, ...] = ()

    @property
    def late(self) -> bool:
        return bool(self.late_because)

    @property
    def awaits_answer(self) -> bool:
        return bool(self.questions) and self.questions[-1].answer is None

    @property
    def turn(self) -> Turn | None:
        """Who has to act now; None once it has ended."""
        match self.status:
            case status if not status.is_open:
                return None
            case _ if self.awaits_answer:
                return Turn.REQUESTER
            case CorrectionStatus.REQUESTED if self.homeroom_confirms:
                asked_by_homeroom = self.requested_by == self.homeroom_teacher
                return Turn.VICE_PRINCIPAL if asked_by_homeroom else Turn.HOMEROOM_TEACHER
            case CorrectionStatus.APPROVED if self.teacher_agreed_at:
                return Turn.ADMINISTRATOR
            case CorrectionStatus.APPROVED if self.administrator_agreed_at:
                return Turn.TEACHER
            case CorrectionStatus.APPROVED:
                return Turn.BOTH_EXECUTORS
            case _:
                return Turn.PRINCIPAL

    @property
    def voided(self) -> bool:
        return self.status is CorrectionStatus.VOID
