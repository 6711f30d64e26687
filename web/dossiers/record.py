"""What a biên bản says: gathered once from the ledger, so that drawing it asks nothing any more."""

from dataclasses import dataclass
from datetime import datetime

from ledger.dossiers.facts import Keeping, PaperKind
from ledger.results.comparing import Difference
from ledger.school.facts import SchoolDescribed
from ledger.sheet.attestation import Attestation
from ledger.sheet.facts import CorrectionLine
from ledger.sheet.grounds import CorrectionCause, Evidence, FoundBy, LateReason
from ledger.vocabulary import CorrectionId, PupilId, Role, SheetId, SubjectKind


@dataclass(frozen=True, slots=True)
class Head:
    """Where the ledger ended when the biên bản was made: its last position, and its root in hex."""

    position: int
    root: str


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody did: as people call them, in which role, when, by which line of the ledger.

    `instead_of` is the principal in whose place a deputy acted.
    """

    who: str
    role: Role
    at: datetime
    position: int
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of who decides, or the requester's answer to one."""

    step: Step
    text: str
    is_answer: bool


@dataclass(frozen=True, slots=True)
class Corrected:
    """One mark that was corrected, and the code and name of whose it is."""

    line: CorrectionLine
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A file of evidence, the name it bears inside the PDF, and its sheets (1 for a picture)."""

    file: Evidence
    name: str
    sheets: int


@dataclass(frozen=True, slots=True)
class Approval:
    """The principal's decision: the SHA-256 of what was approved, and how that was confirmed.

    Both are None for decisions of the days when nobody was asked.
    """

    step: Step
    statement: str | None
    attestation: Attestation | None


@dataclass(frozen=True, slots=True)
class Course:
    """How it went, from the request to the lock; `confirmed` only where the school's rules ask."""

    requested: Step
    questions: tuple[Asked, ...]
    confirmed: Step | None
    approval: Approval
    executed_by: tuple[Step, ...]
    executed_at: datetime
    relocked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Consequences:
    """What the correction changed in the results; `known` is False where they are not kept here.

    `outdated` says which approved results and issued papers bore the old marks, in sentences.
    """

    known: bool
    changes: tuple[Difference, ...]
    names: dict[PupilId, str]
    outdated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Whose signature has which place; `deputy`: in the principal's place (KT. Hiệu trưởng)."""

    role: Role
    name: str
    deputy: bool = False


@dataclass(frozen=True, slots=True)
class FactLine:
    """A line of the correction in the ledger: its position and the permanent name of its fact."""

    position: int
    name: str


@dataclass(frozen=True, slots=True)
class Record:
    """A biên bản. `made_at` is the moment it is of; `school` what the school was called that day.

    `request_number` is that of the request, `number` that of the biên bản in its school year;
    `address` is where this school's pages are, if people outside can reach them; `circular` is the
    code of the circular that the class falls under.
    """

    number: int
    request_number: int
    made_at: datetime
    school: SchoolDescribed
    address: str | None
    correction_id: CorrectionId
    sheet_id: SheetId
    school_year: str
    semester: int
    class_group: str
    subject: str
    kind: SubjectKind
    circular: str
    cause: CorrectionCause
    reason: str
    found_by: FoundBy
    late_because: tuple[LateReason, ...]
    lines: tuple[Corrected, ...]
    evidence: tuple[Exhibit, ...]
    consequences: Consequences
    course: Course
    papers: tuple[PaperKind, ...]
    keeping: Keeping
    signatures: tuple[Signature, ...]
    head: Head
    facts: tuple[FactLine, ...]
