"""Read the register: one biên bản, a year's, or those that wait for somebody."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, select

from ledger.dossiers.state import DossierStatus
from ledger.vocabulary import CorrectionId, PersonId, SheetId
from projections.dossiers import tables
from projections.dossiers.fold import PAPERS, REVISIONS, SIGNERS
from projections.dossiers.views import DossierView
from projections.tables import as_text, as_uuid, for_single_questions, optional_id, to_moment

_dossier = tables.dossier.c
_MOMENTS = tuple(name for name in _dossier.keys() if name.endswith("_at"))  # noqa: SIM118

# Named here, since inside the class `list` is the question and no longer the type.
Views = list[DossierView]
Conditions = list[ColumnElement[bool]]


class DossierRegister:
    """The register over its table; each answer is one query."""

    def __init__(self, engine: Engine) -> None:
        self._engine = for_single_questions(engine)

    def find(self, correction_id: CorrectionId) -> DossierView | None:
        """The biên bản of a correction; None if none was made."""
        found = self._read(_dossier.correction_id == as_text(correction_id))
        return found[0] if found else None

    def list(
        self,
        *,
        school_year: str | None = None,
        number: int | None = None,
        status: DossierStatus | Collection[DossierStatus] | None = None,
        next_signer: PersonId | None = None,
        correction_ids: Collection[CorrectionId] | None = None,
        disposal_proposed: bool = False,
    ) -> Views:
        """The biên bản that match all that is asked, the newest number first."""
        asked: Conditions = []
        if school_year is not None:
            asked.append(_dossier.school_year == school_year)
        if number is not None:
            asked.append(_dossier.number == number)
        if status is not None:
            chosen = [status] if isinstance(status, DossierStatus) else status
            asked.append(_dossier.status.in_([one.value for one in chosen]))
        if next_signer is not None:
            asked.append(_dossier.next_person == as_text(next_signer))
        if correction_ids is not None:
            asked.append(_dossier.correction_id.in_([as_text(one) for one in correction_ids]))
        if disposal_proposed:
            asked.append(_dossier.disposal_proposed_at.is_not(None))
        return self._read(*asked)

    def years(self) -> tuple[str, ...]:
        """The school years that have a biên bản, the newest first."""
        years = select(_dossier.school_year).distinct().order_by(_dossier.school_year.desc())
        with self._engine.connect() as connection:
            return tuple(connection.scalars(years))

    def _read(self, *asked: ColumnElement[bool]) -> Views:
        newest_first = (_dossier.school_year.desc(), _dossier.number.desc())
        with self._engine.connect() as connection:
            rows = connection.execute(select(tables.dossier).where(*asked).order_by(*newest_first))
            return [_to_view(row) for row in rows]


def _to_view(row: Row[Any]) -> DossierView:
    kept = row._mapping  # noqa: SLF001  (the public name of a row as a mapping)
    return DossierView(
        correction_id=CorrectionId(as_uuid(row.correction_id)),
        school_year=row.school_year,
        number=row.number,
        sheet_id=SheetId(as_uuid(row.sheet_id)),
        status=DossierStatus(row.status),
        signers=SIGNERS.validate_json(row.signers),
        signed=row.signed,
        revisions=REVISIONS.validate_json(row.revisions),
        uncorrected=PAPERS.validate_json(row.papers),
        position=row.position,
        root=row.root,
        drafted_by=PersonId(as_uuid(row.drafted_by)),
        holds_until=date.fromisoformat(row.holds_until) if row.holds_until else None,
        disposal_proposed_by=optional_id(row.disposal_proposed_by),
        disposed_by=optional_id(row.disposed_by),
        **{name: to_moment(kept[name]) for name in _MOMENTS},  # type: ignore[arg-type]
    )
