"""Every fact of the dossiers of a school year: the file that auditors read.

These are the stored shapes. A field added, renamed or dropped is a new `SHAPE` with an upcaster in
`ledger.store.codec` and a new golden line; `NAME` stays for ever. Who and when are on the line.
"""

from datetime import date
from enum import StrEnum

from pydantic import Field

from ledger.credentials.facts import SigningWay
from ledger.line import Fact
from ledger.vocabulary import (
    ClassGroup,
    CorrectionId,
    Moment,
    PersonId,
    Reason,
    Role,
    Semester,
    Sha256,
    SheetId,
    Value,
)


class PaperKind(StrEnum):
    """What may carry a wrong mark on paper, and is then corrected there too (Điều 11.2b)."""

    CLASS_BOOK = "class-book"
    TEACHER_BOOK = "teacher-book"
    SCHOOL_RECORD = "school-record"  # học bạ
    REPORT = "report"


class Revision(Value):
    """One state of the file: its SHA-256 and its length in bytes.

    A signature only adds to the file, so every earlier revision is the first bytes of a later one.
    """

    sha256: Sha256
    size: int = Field(ge=1)


class Signer(Value):
    """Who has to sign, and as what; the order of the signers is the order of signing."""

    role: Role
    person: PersonId


class Keeping(Value):
    """How long dossiers are kept after the last of their pupils has left, and what orders it."""

    years_after_leaving: int = Field(ge=0, le=100)
    ordered_by: Reason


class DossierDrafted(Fact):
    """The biên bản of an executed correction was made: a file with places for signatures.

    `position` and `root` are the ledger's head that it was made from; `papers` is what has to be
    corrected on paper. Drafted again, it keeps its number, says why, and has no signature yet.
    """

    NAME = "dossier-drafted"
    correction_id: CorrectionId
    sheet: SheetId
    number: int = Field(ge=1)
    revision: Revision
    position: int = Field(ge=1)
    root: Sha256
    signers: tuple[Signer, ...] = Field(min_length=1, max_length=8)
    papers: tuple[PaperKind, ...]
    reason: Reason | None = None


class DossierSigned(Fact):
    """The next signer signed; `revision` is the file with that signature.

    `claimed_at` is the moment the signer's program wrote, `timestamped_at` the one that a
    timestamping authority confirmed.
    """

    NAME = "dossier-signed"
    correction_id: CorrectionId
    role: Role
    previous: Sha256
    revision: Revision
    certificate: Sha256
    way: SigningWay
    claimed_at: Moment
    timestamped_at: Moment | None = None


class PaperCorrected(Fact):
    """A paper book was corrected by hand in red as the biên bản says, or had not been printed."""

    NAME = "paper-corrected"
    correction_id: CorrectionId
    paper: PaperKind
    note: Reason


class DossierArchived(Fact):
    """All is signed, and the file carries what proves its signatures until `holds_until`.

    Said again, that proof was renewed before it ended.
    """

    NAME = "dossier-archived"
    correction_id: CorrectionId
    previous: Sha256
    revision: Revision
    holds_until: date


class PaperIssued(Fact):
    """A book, report or học bạ left the computer; `semester` is None where it is of the year."""

    NAME = "paper-issued"
    paper: PaperKind
    class_group: ClassGroup
    semester: Semester | None
    issued_on: date
    note: Reason


class KeepingSet(Fact):
    """The principal decided how long this year's dossiers are kept."""

    NAME = "dossier-keeping-set"
    keeping: Keeping


class DisposalProposed(Fact):
    """Somebody proposed to dispose of dossiers whose time is over."""

    NAME = "dossier-disposal-proposed"
    correction_id: CorrectionId
    reason: Reason


class DisposalDeclined(Fact):
    """The principal declined: the dossier is kept on."""

    NAME = "dossier-disposal-declined"
    correction_id: CorrectionId
    reason: Reason


class DossierDisposed(Fact):
    """A dossier's files were destroyed, its evidence among them; their hashes stay here.

    The line is written first; what it says is then done, and done again wherever it is undone.
    """

    NAME = "dossier-disposed"
    correction_id: CorrectionId
    files: tuple[Sha256, ...]


AnyDossierFact = (
    DossierDrafted
    | DossierSigned
    | PaperCorrected
    | DossierArchived
    | PaperIssued
    | KeepingSet
    | DisposalProposed
    | DisposalDeclined
    | DossierDisposed
)
