"""Every request that can be made about the dossiers of a school year."""

from datetime import date
from typing import Final
from uuid import UUID, uuid5

from pydantic import Field

from ledger.command import Command
from ledger.credentials.facts import SigningWay
from ledger.dossiers.facts import Keeping, PaperKind, Revision
from ledger.vocabulary import (
    ClassGroup,
    CorrectionId,
    Moment,
    Reason,
    Role,
    SchoolYear,
    Semester,
    Sha256,
    SheetId,
)

_DOSSIERS: Final = UUID("0d8f7a36-9f0b-4f0c-8a52-6b1f0e3c7d94")


def dossiers_stream(school_year: str) -> UUID:
    """The stream of the dossiers of a school year."""
    return uuid5(_DOSSIERS, school_year)


class DossierCommand(Command):
    """A request made about the dossiers of one school year."""

    school_year: SchoolYear

    @property
    def stream_id(self) -> UUID:
        return dossiers_stream(self.school_year)


class DraftDossier(DossierCommand):
    """Keep a biên bản that was made of an executed correction; with a reason, make it anew.

    `number` is the one printed on it: the next of the year, or the one that it had before.
    """

    NAME = "draft-dossier"
    correction_id: CorrectionId
    sheet: SheetId
    number: int = Field(ge=1)
    revision: Revision
    position: int = Field(ge=1)
    root: Sha256
    reason: Reason | None = None


class SignDossier(DossierCommand):
    """Keep the file with the signature of the next signer, which was checked before."""

    NAME = "sign-dossier"
    correction_id: CorrectionId
    role: Role
    previous: Sha256
    revision: Revision
    certificate: Sha256
    way: SigningWay
    claimed_at: Moment
    timestamped_at: Moment | None = None


class CorrectPaper(DossierCommand):
    """Tick off a paper book: where it was corrected, or why there was nothing to correct."""

    NAME = "correct-paper"
    correction_id: CorrectionId
    paper: PaperKind
    note: Reason


class ArchiveDossier(DossierCommand):
    """Keep the file with all that proves its signatures later on; again, with a longer proof."""

    NAME = "archive-dossier"
    correction_id: CorrectionId
    previous: Sha256
    revision: Revision
    holds_until: date


class IssuePaper(DossierCommand):
    """Note that a book, report or học bạ of a class was printed or issued."""

    NAME = "issue-paper"
    paper: PaperKind
    class_group: ClassGroup
    semester: Semester | None
    issued_on: date
    note: Reason


class SetKeeping(DossierCommand):
    """Decide how long the year's dossiers are kept."""

    NAME = "set-dossier-keeping"
    keeping: Keeping


class ProposeDisposal(DossierCommand):
    """Propose to dispose of a dossier whose pupils have all left."""

    NAME = "propose-dossier-disposal"
    correction_id: CorrectionId
    reason: Reason


class DeclineDisposal(DossierCommand):
    """Keep a dossier on, as the principal."""

    NAME = "decline-dossier-disposal"
    correction_id: CorrectionId
    reason: Reason


class DisposeOfDossier(DossierCommand):
    """Dispose of a dossier, as the principal; `files` are what nothing else needs any more."""

    NAME = "dispose-of-dossier"
    correction_id: CorrectionId
    files: tuple[Sha256, ...] = Field(max_length=500)


AnyDossierCommand = (
    DraftDossier
    | SignDossier
    | CorrectPaper
    | ArchiveDossier
    | IssuePaper
    | SetKeeping
    | ProposeDisposal
    | DeclineDisposal
    | DisposeOfDossier
)
