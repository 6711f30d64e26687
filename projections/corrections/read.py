"""Read the corrections: one biên bản, or those that wait for somebody."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, select

from ledger.sheet.attestation import ApprovalMethod
from ledger.sheet.correction import CorrectionStatus
from ledger.sheet.grounds import CorrectionCause, FoundBy
from ledger.vocabulary import CorrectionId, PersonId, Role, SheetId
from projections.corrections import tables
from projections.corrections.fold import EVIDENCE, LATE_BECAUSE, LINES, QUESTIONS
from projections.corrections.views import CorrectionView
from projections.tables import as_text, as_uuid, for_single_questions, optional_id, to_moment

_request, _sheet = tables.request.c, tables.sheet.c
_WITH_SHEET = select(
    tables.request,
    *(_sheet.semester, _sheet.class_group, _sheet.subject),
    *(_sheet.homeroom_teacher, _sheet.homeroom_confirms),
).join_from(tables.request, tables.sheet, _sheet.sheet_id == _request.sheet_id)

_IDS = (
    "confirmed_by",
    "approved_by",
    "approved_on_behalf_of",
    "refused_by",
    "voided_by",
    "voided_pupil",
    "teacher_agreed_by",
    "administrator_agreed_by",
)
_MOMENTS = tuple(name for name in _request.keys() if name.endswith("_at"))  # noqa: SIM118


# Named here, since inside the class `list` is the question and no longer the type.
Views = list[CorrectionView]
Conditions = list[ColumnElement[bool]]


class Corrections:
    """The corrections over their tables; each answer is one query."""

    def __init__(self, engine: Engine) -> None:
        self._engine = for_single_questions(engine)

    def find(self, correction_id: CorrectionId) -> CorrectionView | None:
        """One correction; None if there is none of this id."""
        found = self._read(_request.correction_id == as_text(correction_id))
        return found[0] if found else None

    def list(
        self,
        *,
        status: CorrectionStatus | Collection[CorrectionStatus] | None = None,
        school_year: str | None = None,
        cause: CorrectionCause | None = None,
        requested_by: PersonId | None = None,
        homeroom_teacher: PersonId | None = None,
        sheet_ids: Collection[SheetId] | None = None,
        with_evidence: str | None = None,
    ) -> Views:
        """The corrections that match all that is asked, the newest first.

        `with_evidence` is the SHA-256 of a file, in hexadecimal.
        """
        asked: Conditions = []
        if status is not None:
            chosen = [status] if isinstance(status, CorrectionStatus) else status
            asked.append(_request.status.in_([one.value for one in chosen]))
        if school_year is not None:
            asked.append(_request.school_year == school_year)
        if cause is not None:
            asked.append(_request.cause == cause.value)
        if requested_by is not None:
            asked.append(_request.requested_by == as_text(requested_by))
        if homeroom_teacher is not None:
            asked.append(_sheet.homeroom_teacher == as_text(homeroom_teacher))
        if sheet_ids is not None:
            asked.append(_request.sheet_id.in_([as_text(one) for one in sheet_ids]))
        if with_evidence is not None:
            asked.append(_request.evidence.contains(with_evidence, autoescape=True))
        return self._read(*asked)

    def years(self, status: CorrectionStatus | None = None) -> tuple[str, ...]:
        """The school years with a correction, of this status if one is asked for; newest first."""
        year = _request.school_year
        years = select(year).distinct().order_by(year.desc())
        if status is not None:
            years = years.where(_request.status == status.value)
        with self._engine.connect() as connection:
            return tuple(connection.scalars(years))

    def _read(self, *asked: ColumnElement[bool]) -> Views:
        newest_first = (_request.school_year.desc(), _request.number.desc())
        with self._engine.connect() as connection:
            rows = connection.execute(_WITH_SHEET.where(*asked).order_by(*newest_first))
            return [_to_view(row) for row in rows]


def _to_view(row: Row[Any]) -> CorrectionView:
    kept = row._mapping  # noqa: SLF001  (the public name of a row as a mapping)
    steps = {
        **{name: optional_id(kept[name]) for name in _IDS},
        **{name: to_moment(kept[name]) for name in _MOMENTS},
    }
    return CorrectionView(
        correction_id=CorrectionId(as_uuid(row.correction_id)),
        number=row.number,
        sheet_id=SheetId(as_uuid(row.sheet_id)),
        school_year=row.school_year,
        semester=row.semester,
        class_group=row.class_group,
        subject=row.subject,
        homeroom_teacher=PersonId(as_uuid(row.homeroom_teacher)),
        status=CorrectionStatus(row.status),
        homeroom_confirms=row.homeroom_confirms,
        lines=LINES.validate_json(row.lines),
        cause=CorrectionCause(row.cause),
        reason=row.reason,
        found_by=FoundBy(row.found_by),
        evidence=EVIDENCE.validate_json(row.evidence),
        late_because=LATE_BECAUSE.validate_json(row.late_because),
        questions=QUESTIONS.validate_json(row.questions),
        requested_by=PersonId(as_uuid(row.requested_by)),
        confirmed_role=Role(row.confirmed_role) if row.confirmed_role else None,
        approved_with=ApprovalMethod(row.approved_with) if row.approved_with else None,
        refused_role=Role(row.refused_role) if row.refused_role else None,
        refused_reason=row.refused_reason,
        voided_column=row.voided_column,
        voided_position=row.voided_position,
        **steps,
    )
