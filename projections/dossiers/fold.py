"""Fold lines into the register, a batch in a fixed number of statements."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import Connection, MetaData

from ledger.dossiers import facts
from ledger.dossiers.facts import PaperKind, Revision, Signer
from ledger.dossiers.state import DossierStatus
from ledger.line import Line
from ledger.sheet.facts import SheetOpened
from projections.dossiers import tables
from projections.tables import Row, as_text, load_rows, moment_text, upsert

SIGNERS: Final = TypeAdapter(tuple[Signer, ...])
REVISIONS: Final = TypeAdapter(tuple[Revision, ...])
PAPERS: Final = TypeAdapter(tuple[PaperKind, ...])

_EMPTY: Final = MappingProxyType(dict.fromkeys(tables.dossier.c.keys()))


class DossiersFold:
    """The projection that keeps the register of dossiers."""

    name: Final = "dossiers"
    version: Final = 1
    metadata: Final[MetaData] = tables.metadata

    def apply(self, connection: Connection, lines: Sequence[Line]) -> None:
        # Nearly every line is about marks and ends here.
        if chosen := [line for line in lines if type(line.fact) in _FOLDS]:
            batch = _Batch(connection, chosen)
            for line in chosen:
                _FOLDS[type(line.fact)](batch, line.fact, line)
            batch.keep()


class _Batch:
    """The dossiers that a batch touches, as rows: loaded, moved on, and kept again."""

    def __init__(self, connection: Connection, lines: Sequence[Line]) -> None:
        self._connection = connection
        self._opened: dict[str, Row] = {}
        known, sheets = set(), set()
        for line in lines:
            if correction_id := getattr(line.fact, "correction_id", None):
                known.add(as_text(correction_id))
            if isinstance(line.fact, facts.DossierDrafted):
                sheets.add(as_text(line.fact.sheet))
        dossier, sheet = tables.dossier, tables.sheet
        self._dossiers = load_rows(connection, dossier, dossier.c.correction_id, known)
        self._sheets = load_rows(connection, sheet, sheet.c.sheet_id, sheets)

    def keep(self) -> None:
        upsert(self._connection, tables.sheet, self._opened.values())
        upsert(self._connection, tables.dossier, self._dossiers.values())

    def open(self, fact: SheetOpened, line: Line) -> None:
        sheet_id = as_text(line.stream_id)
        row = {"sheet_id": sheet_id, "school_year": fact.school_year}
        self._opened[sheet_id] = self._sheets[sheet_id] = row

    def draft(self, fact: facts.DossierDrafted, line: Line) -> None:
        correction_id, sheet_id = as_text(fact.correction_id), as_text(fact.sheet)
        before = self._dossiers.get(correction_id)
        papers = fact.papers
        if before:
            # What was corrected on paper stays corrected, however often the biên bản is made anew.
            waiting = PAPERS.validate_json(before["papers"])
            papers = tuple(one for one in papers if one in waiting)
        self._dossiers[correction_id] = {
            **_EMPTY,
            "correction_id": correction_id,
            "school_year": self._sheets[sheet_id]["school_year"],
            "number": fact.number,
            "sheet_id": sheet_id,
            "signers": SIGNERS.dump_json(fact.signers).decode(),
            "revisions": REVISIONS.dump_json((fact.revision,)).decode(),
            "papers": PAPERS.dump_json(papers).decode(),
            "position": fact.position,
            "root": fact.root,
            "drafted_at": moment_text(line.at),
            "drafted_by": as_text(line.by.person),
        }
        self._stands(correction_id, signed=0)

    def sign(self, fact: facts.DossierSigned, line: Line) -> None:
        row = self._dossiers[as_text(fact.correction_id)]
        row["signed_at"] = moment_text(line.at)
        _add_revision(row, fact.revision)
        self._stands(as_text(fact.correction_id), signed=row["signed"] + 1)

    def correct_paper(self, fact: facts.PaperCorrected, _line: Line) -> None:
        row = self._dossiers[as_text(fact.correction_id)]
        waiting = PAPERS.validate_json(row["papers"])
        left = tuple(one for one in waiting if one is not fact.paper)
        row["papers"] = PAPERS.dump_json(left).decode()
        self._stands(as_text(fact.correction_id), signed=row["signed"])

    def archive(self, fact: facts.DossierArchived, line: Line) -> None:
        row = self._dossiers[as_text(fact.correction_id)]
        _add_revision(row, fact.revision)
        row["archived_at"] = moment_text(line.at)
        row["holds_until"] = fact.holds_until.isoformat()
        row["status"] = DossierStatus.ARCHIVED.value

    def propose(self, fact: facts.DisposalProposed, line: Line) -> None:
        row = self._dossiers[as_text(fact.correction_id)]
        row["disposal_proposed_at"] = moment_text(line.at)
        row["disposal_proposed_by"] = as_text(line.by.person)

    def decline(self, fact: facts.DisposalDeclined, _line: Line) -> None:
        row = self._dossiers[as_text(fact.correction_id)]
        row["disposal_proposed_at"] = row["disposal_proposed_by"] = None

    def dispose(self, fact: facts.DossierDisposed, line: Line) -> None:
        row = self._dossiers[as_text(fact.correction_id)]
        row["disposed_at"], row["disposed_by"] = moment_text(line.at), as_text(line.by.person)
        row["status"] = DossierStatus.DISPOSED.value

    def _stands(self, correction_id: str, *, signed: int) -> None:
        """Work out whose turn it is and where the dossier stands."""
        row = self._dossiers[correction_id]
        waiting = SIGNERS.validate_json(row["signers"])[signed:]
        row["signed"] = signed
        row["next_role"] = waiting[0].role.value if waiting else None
        row["next_person"] = as_text(waiting[0].person) if waiting else None
        if waiting:
            status = DossierStatus.AWAITS_SIGNATURES
        elif PAPERS.validate_json(row["papers"]):
            status = DossierStatus.AWAITS_PAPERS
        else:
            status = DossierStatus.COMPLETE
        row["status"] = status.value


def _add_revision(row: Row, revision: Revision) -> None:
    known = REVISIONS.validate_json(row["revisions"])
    row["revisions"] = REVISIONS.dump_json((*known, revision)).decode()


_FOLDS: Final[Mapping[type, Callable[[_Batch, Any, Line], None]]] = MappingProxyType(
    {
        SheetOpened: _Batch.open,
        facts.DossierDrafted: _Batch.draft,
        facts.DossierSigned: _Batch.sign,
        facts.PaperCorrected: _Batch.correct_paper,
        facts.DossierArchived: _Batch.archive,
        facts.DisposalProposed: _Batch.propose,
        facts.DisposalDeclined: _Batch.decline,
        facts.DossierDisposed: _Batch.dispose,
    }
)
