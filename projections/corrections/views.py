"""What the corrections answer: each biên bản with the steps taken and by whom."""

from dataclasses import dataclass
from datetime import datetime

from ledger.sheet.facts import CorrectionLine, Evidence
from ledger.sheet.state import CorrectionStatus
from ledger.vocabulary import CorrectionId, PersonId, Role, SheetId


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One correction. `number` runs 1, 2, 3 … in the order of the requests of a school year.

    `relocked_at` is set once its columns were locked again, in the append that executed it;
    `homeroom_teacher` is the one the class has now.
    """

    correction_id: CorrectionId
    number: int
    sheet_id: SheetId
    school_year: str
    semester: int
    class_group: str
    subject: str
    homeroom_teacher: PersonId
    status: CorrectionStatus
    lines: tuple[CorrectionLine, ...]
    reason: str
    evidence: tuple[Evidence, ...]
    late: bool
    requested_by: PersonId
    requested_at: datetime
    confirmed_by: PersonId | None = None
    confirmed_role: Role | None = None
    confirmed_at: datetime | None = None
    approved_by: PersonId | None = None
    approved_on_behalf_of: PersonId | None = None
    approved_at: datetime | None = None
    refused_by: PersonId | None = None
    refused_role: Role | None = None
    refused_at: datetime | None = None
    refused_reason: str | None = None
    withdrawn_at: datetime | None = None
    voided_at: datetime | None = None
    voided_by: PersonId | None = None
    teacher_agreed_by: PersonId | None = None
    teacher_agreed_at: datetime | None = None
    administrator_agreed_by: PersonId | None = None
    administrator_agreed_at: datetime | None = None
    executed_at: datetime | None = None
    relocked_at: datetime | None = None

    @property
    def voided(self) -> bool:
        return self.status is CorrectionStatus.VOID
