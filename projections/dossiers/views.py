"""What the register answers: each biên bản, where it stands and whose turn it is."""

from dataclasses import dataclass
from datetime import date, datetime

from ledger.dossiers.facts import PaperKind, Revision, Signer
from ledger.dossiers.state import DossierStatus
from ledger.vocabulary import CorrectionId, PersonId, SheetId


@dataclass(frozen=True, slots=True)
class DossierView:
    """One biên bản. `number` runs 1, 2, 3 … within a school year.

    `revisions` are the states of its file, the newest last; `signed` counts the signatures, which
    were given in the order of `signers`; `uncorrected` is what is still wrong on paper.
    """

    correction_id: CorrectionId
    school_year: str
    number: int
    sheet_id: SheetId
    status: DossierStatus
    signers: tuple[Signer, ...]
    signed: int
    revisions: tuple[Revision, ...]
    uncorrected: tuple[PaperKind, ...]
    position: int
    root: str
    drafted_at: datetime
    drafted_by: PersonId
    signed_at: datetime | None = None
    archived_at: datetime | None = None
    holds_until: date | None = None
    disposal_proposed_at: datetime | None = None
    disposal_proposed_by: PersonId | None = None
    disposed_at: datetime | None = None
    disposed_by: PersonId | None = None

    @property
    def next_signer(self) -> Signer | None:
        """Who signs next; None once everybody has."""
        return self.signers[self.signed] if self.signed < len(self.signers) else None

    @property
    def revision(self) -> Revision:
        """The newest state of the file."""
        return self.revisions[-1]
