"""The school's own rules as a value; the defaults are those of the regulation it starts from."""

from pydantic import Field

from ledger.sheet.grounds import EvidenceKind
from ledger.vocabulary import Role, Value


class Policy(Value):
    """What a school decides for itself in one school year.

    Days to enter marks are working days from the day of the test (regulation, Điều 11.1b and c);
    corrections are in time until `correction_days_before_final` days before the final test (Điều
    11.2a). A sheet keeps the rules for its corrections as they were when it was opened.
    """

    midterm_working_days: int = Field(default=10, ge=1, le=60)
    final_working_days: int = Field(default=14, ge=1, le=60)
    correction_days_before_final: int = Field(default=7, ge=0, le=60)
    # The teacher's own book, and the test paper or the product (Điều 11.2a); since 10/5/2026 no
    # teacher has to keep such a book any more, so a school may demand less.
    demanded_evidence: tuple[EvidenceKind, ...] = (EvidenceKind.TEACHER_BOOK,)
    signers: tuple[Role, ...] = (Role.SUBJECT_TEACHER, Role.ADMINISTRATOR, Role.PRINCIPAL)
    # Asked for by the circular (TT22 Điều 20.2), though the regulation forgets it.
    homeroom_confirms: bool = True
    # How long the teacher may undo "chốt cột" alone before the marks are official for good.
    reopening_grace_minutes: int = Field(default=30, ge=0, le=10_080)
    # Which subjects count for the "06 môn" of TT22 Điều 9.3; a named choice of the circulars.
    single_subject_policy: str = Field(default="other-subjects.1", pattern=r"^[a-z0-9.-]{2,40}$")


SEED_REGULATION = Policy()
