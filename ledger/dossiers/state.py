"""The dossiers of a school year as the lines make them: number, signatures, papers, keeping."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Self

from ledger.dossiers import facts
from ledger.dossiers.facts import Keeping, PaperKind, Revision, Signer
from ledger.line import Line
from ledger.vocabulary import Author, CorrectionId

# The regulation, Điều 11.2a: "cho đến khi học sinh ra trường".
UNTIL_THE_PUPIL_LEAVES: Final = Keeping(
    years_after_leaving=0, ordered_by="Quy chế của trường, Điều 11.2a"
)


class Said(NamedTuple):
    """What somebody did or decided at some moment, and why."""

    by: Author
    at: datetime
    reason: str = ""


class DossierStatus(StrEnum):
    """Where a dossier stands."""

    AWAITS_SIGNATURES = "awaits-signatures"
    AWAITS_PAPERS = "awaits-papers"
    COMPLETE = "complete"  # signed, and everything on paper corrected: ready to be archived
    ARCHIVED = "archived"
    DISPOSED = "disposed"


class Signed(NamedTuple):
    """A signature that was given, by whom and when."""

    fact: facts.DossierSigned
    by: Author
    at: datetime


class Issued(NamedTuple):
    """A paper that was issued, and who noted it when."""

    fact: facts.PaperIssued
    by: Author
    at: datetime


@dataclass(frozen=True, slots=True)
class Dossier:
    """One biên bản: what was drafted last, and what happened to it since."""

    drafted: facts.DossierDrafted
    made: Said
    signatures: tuple[Signed, ...] = ()
    papers: Mapping[PaperKind, Said] = field(default_factory=dict)
    archives: tuple[facts.DossierArchived, ...] = ()  # archived, and renewed later on
    disposal: Said | None = None  # proposed, and not decided yet
    disposed: facts.DossierDisposed | None = None
    disposed_by: Said | None = None

    @property
    def correction_id(self) -> CorrectionId:
        return self.drafted.correction_id

    @property
    def archived(self) -> facts.DossierArchived | None:
        """What was archived last; None before."""
        return self.archives[-1] if self.archives else None

    @property
    def revision(self) -> Revision:
        """The newest state of the file."""
        return self.revisions[-1]

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """Every state of the file since it was drafted last, each the beginning of the next."""
        signed = (one.fact.revision for one in self.signatures)
        archived = (one.revision for one in self.archives)
        return (self.drafted.revision, *signed, *archived)

    @property
    def next_signer(self) -> Signer | None:
        """Who signs next; None once everybody has."""
        waiting = self.drafted.signers[len(self.signatures) :]
        return waiting[0] if waiting else None

    @property
    def uncorrected(self) -> tuple[PaperKind, ...]:
        """The papers that are still to be corrected by hand."""
        return tuple(paper for paper in self.drafted.papers if paper not in self.papers)

    @property
    def status(self) -> DossierStatus:
        if self.disposed:
            return DossierStatus.DISPOSED
        if self.archived:
            return DossierStatus.ARCHIVED
        if self.next_signer:
            return DossierStatus.AWAITS_SIGNATURES
        return DossierStatus.AWAITS_PAPERS if self.uncorrected else DossierStatus.COMPLETE


@dataclass(slots=True)
class Dossiers:
    """A year's dossiers after `version` lines. Treat it as frozen."""

    version: int = 0
    of: dict[CorrectionId, Dossier] = field(default_factory=dict)
    papers: tuple[Issued, ...] = ()
    keeping: Keeping = UNTIL_THE_PUPIL_LEAVES
    keeping_decided: Said | None = None

    @property
    def next_number(self) -> int:
        return max((one.drafted.number for one in self.of.values()), default=0) + 1

    def draft(self) -> Self:
        """A copy whose collections may be changed without touching this state."""
        draft = copy(self)
        draft.of = self.of.copy()
        return draft


NO_DOSSIERS_YET: Final = Dossiers()


def evolve_dossiers(dossiers: Dossiers, lines: Iterable[Line]) -> Dossiers:
    """The state after `lines`; never refuses, since what was recorded has happened."""
    draft = dossiers.draft()
    for line in lines:
        _HANDLERS[type(line.fact)](line.fact, draft, line)
        draft.version = line.version
    return draft


def _drafted(fact: facts.DossierDrafted, dossiers: Dossiers, line: Line) -> None:
    before = dossiers.of.get(fact.correction_id)
    made = Said(line.by, line.at, fact.reason or "")
    # What was corrected on paper stays corrected, however often the biên bản is made anew.
    dossiers.of[fact.correction_id] = Dossier(fact, made, papers=before.papers if before else {})


def _signed(fact: facts.DossierSigned, dossiers: Dossiers, line: Line) -> None:
    dossier = dossiers.of[fact.correction_id]
    signatures = (*dossier.signatures, Signed(fact, line.by, line.at))
    dossiers.of[fact.correction_id] = replace(dossier, signatures=signatures)


def _paper_corrected(fact: facts.PaperCorrected, dossiers: Dossiers, line: Line) -> None:
    dossier = dossiers.of[fact.correction_id]
    papers = {**dossier.papers, fact.paper: Said(line.by, line.at, fact.note)}
    dossiers.of[fact.correction_id] = replace(dossier, papers=papers)


def _archived(fact: facts.DossierArchived, dossiers: Dossiers, _line: Line) -> None:
    before = dossiers.of[fact.correction_id].archives
    _change(dossiers, fact.correction_id, archives=(*before, fact))


def _paper_issued(fact: facts.PaperIssued, dossiers: Dossiers, line: Line) -> None:
    dossiers.papers = (*dossiers.papers, Issued(fact, line.by, line.at))


def _keeping_set(fact: facts.KeepingSet, dossiers: Dossiers, line: Line) -> None:
    dossiers.keeping, dossiers.keeping_decided = fact.keeping, Said(line.by, line.at)


def _disposal_proposed(fact: facts.DisposalProposed, dossiers: Dossiers, line: Line) -> None:
    _change(dossiers, fact.correction_id, disposal=Said(line.by, line.at, fact.reason))


def _disposal_declined(fact: facts.DisposalDeclined, dossiers: Dossiers, _line: Line) -> None:
    _change(dossiers, fact.correction_id, disposal=None)


def _disposed(fact: facts.DossierDisposed, dossiers: Dossiers, line: Line) -> None:
    decided = Said(line.by, line.at)
    _change(dossiers, fact.correction_id, disposal=None, disposed=fact, disposed_by=decided)


def _change(dossiers: Dossiers, correction_id: CorrectionId, **changes: Any) -> None:  # noqa: ANN401
    dossiers.of[correction_id] = replace(dossiers.of[correction_id], **changes)


_HANDLERS: Final[Mapping[type, Callable[[Any, Dossiers, Line], None]]] = MappingProxyType(
    {
        facts.DossierDrafted: _drafted,
        facts.DossierSigned: _signed,
        facts.PaperCorrected: _paper_corrected,
        facts.DossierArchived: _archived,
        facts.PaperIssued: _paper_issued,
        facts.KeepingSet: _keeping_set,
        facts.DisposalProposed: _disposal_proposed,
        facts.DisposalDeclined: _disposal_declined,
        facts.DossierDisposed: _disposed,
    }
)
