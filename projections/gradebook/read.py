"""Read the gradebook: the sheets a person has before them, and one sheet whole."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, and_, func, select

from ledger.vocabulary import Mark, PersonId, PupilId, Role, SheetId, SubjectKind
from projections.columns import ColumnView, to_column_view
from projections.gradebook import tables
from projections.gradebook.views import CellView, PupilView, SheetCard, SheetPage
from projections.tables import as_text, as_uuid, optional_id, snapshot, to_moment

_sheet, _teacher, _pupil = tables.sheet.c, tables.teacher.c, tables.pupil.c
_column, _cell = tables.column.c, tables.cell.c


class Gradebook:
    """The gradebook over its tables; each answer is a handful of queries on one snapshot."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def sheets(
        self,
        *,
        teacher: PersonId | None = None,
        homeroom_teacher: PersonId | None = None,
        class_group: str | None = None,
        sheet_ids: Collection[SheetId] | None = None,
    ) -> list[SheetCard]:
        """The sheets that match all that is asked, by year, semester, grade, class and subject."""
        chosen = select(tables.sheet)
        if teacher is not None:
            seats = select(_teacher.sheet_id).where(
                _teacher.person == as_text(teacher), ~_teacher.left
            )
            chosen = chosen.where(_sheet.sheet_id.in_(seats))
        if homeroom_teacher is not None:
            chosen = chosen.where(_sheet.homeroom_teacher == as_text(homeroom_teacher))
        if class_group is not None:
            chosen = chosen.where(_sheet.class_group == class_group)
        if sheet_ids is not None:
            chosen = chosen.where(_sheet.sheet_id.in_([as_text(one) for one in sheet_ids]))
        with snapshot(self._engine) as connection:
            return _cards(connection, chosen)

    def sheet(self, sheet_id: SheetId) -> SheetPage | None:
        """One sheet whole; None if there is none of this id."""
        key = as_text(sheet_id)
        with snapshot(self._engine) as connection:
            cards = _cards(connection, select(tables.sheet).where(_sheet.sheet_id == key))
            if not cards:
                return None
            listed = select(tables.pupil).where(_pupil.sheet_id == key).order_by(_pupil.number)
            pupils = tuple(
                PupilView(PupilId(as_uuid(row.pupil)), row.number, row.left)
                for row in connection.execute(listed)
            )
            cells = {
                (PupilId(as_uuid(row.pupil)), row.column): _to_cell_view(row)
                for row in connection.execute(select(tables.cell).where(_cell.sheet_id == key))
            }
        return SheetPage(cards[0], pupils, cells)


def _cards(connection: Connection, chosen: Select[Any]) -> list[SheetCard]:
    order = (_sheet.school_year, _sheet.semester, _sheet.grade, _sheet.class_group, _sheet.subject)
    rows = connection.execute(chosen.order_by(*order)).all()
    if not rows:
        return []
    only = chosen.with_only_columns(_sheet.sheet_id)
    teachers, columns = _teachers(connection, only), _columns(connection, only)
    counts, filled = _pupil_counts(connection, only), _filled(connection, only)
    return [
        SheetCard(
            sheet_id=SheetId(as_uuid(row.sheet_id)),
            school_year=row.school_year,
            semester=row.semester,
            grade=row.grade,
            class_group=row.class_group,
            subject=row.subject,
            kind=SubjectKind(row.kind),
            columns=tuple(columns[row.sheet_id]),
            teachers=tuple(teachers[row.sheet_id]),
            homeroom_teacher=PersonId(as_uuid(row.homeroom_teacher)),
            pupil_count=counts.get(row.sheet_id, 0),
            filled={
                view.column: filled.get((row.sheet_id, view.column), 0)
                for view in columns[row.sheet_id]
            },
            version=row.version,
        )
        for row in rows
    ]


def _teachers(connection: Connection, only: Select[Any]) -> dict[str, list[PersonId]]:
    query = (
        select(_teacher.sheet_id, _teacher.person)
        .where(_teacher.sheet_id.in_(only), ~_teacher.left)
        .order_by(_teacher.since, _teacher.place)
    )
    found: dict[str, list[PersonId]] = defaultdict(list)
    for sheet_id, person in connection.execute(query):
        found[sheet_id].append(PersonId(as_uuid(person)))
    return found


def _columns(connection: Connection, only: Select[Any]) -> dict[str, list[ColumnView]]:
    correction = tables.correction
    query = (
        select(
            *(one for one in _column if one.name != "lock_reason"),
            # A lock that followed a correction has the correction's reason.
            func.coalesce(correction.c.reason, _column.lock_reason).label("lock_reason"),
        )
        .join_from(
            tables.column,
            correction,
            correction.c.correction_id == _column.lock_correction_id,
            isouter=True,
        )
        .where(_column.sheet_id.in_(only))
        .order_by(_column.place)
    )
    found: dict[str, list[ColumnView]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.sheet_id].append(to_column_view(row))
    return found


def _pupil_counts(connection: Connection, only: Select[Any]) -> dict[str, int]:
    query = (
        select(_pupil.sheet_id, func.count().label("present"))
        .where(_pupil.sheet_id.in_(only), ~_pupil.left)
        .group_by(_pupil.sheet_id)
    )
    return {row.sheet_id: row.present for row in connection.execute(query)}


def _filled(connection: Connection, only: Select[Any]) -> dict[tuple[str, str], int]:
    """Marks that stand in the cells of pupils who are still in the class, by sheet and column."""
    same = and_(_pupil.sheet_id == _cell.sheet_id, _pupil.pupil == _cell.pupil)
    query = (
        select(_cell.sheet_id, _cell.column, func.count())
        .join_from(tables.cell, tables.pupil, same)
        .where(_cell.sheet_id.in_(only), _cell.mark != "", ~_pupil.left)
        .group_by(_cell.sheet_id, _cell.column)
    )
    return {(sheet_id, column): count for sheet_id, column, count in connection.execute(query)}


def _to_cell_view(row: Row[*tuple[Any, ...]]) -> CellView:
    return CellView(
        mark=Mark.of(row.mark),
        version=row.version,
        by=PersonId(as_uuid(row.by)),
        role=Role(row.role),
        on_behalf_of=optional_id(row.on_behalf_of),
        at=to_moment(row.at),
        position=row.position,
        changes=row.changes,
        corrected_by_correction_id=optional_id(row.correction_id),
        before_correction=None if row.before_correction is None else Mark.of(row.before_correction),
        unconfirmed_for=optional_id(row.unconfirmed_for),
    )
