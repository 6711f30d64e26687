"""Read the progress of one semester: its columns counted, and who lacks a mark in one of them."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, RowMapping, and_, func, or_, select

from ledger.vocabulary import PersonId, PupilId, SheetId, SubjectKind
from projections.columns import ColumnView, to_column_view
from projections.progress import tables
from projections.progress.tables import BITS
from projections.progress.views import ColumnProgress, Counts, MissingCell
from projections.tables import as_text, as_uuid, snapshot

_sheet, _teacher, _column, _pupil = (
    *(tables.sheet.c, tables.teacher.c, tables.column.c, tables.pupil.c),
)


def _bit_sums() -> Iterator[Any]:
    """For each column there may be: how many pupils have a mark, and how many await one."""
    for column, place in BITS.items():
        for name in ("filled", "awaiting"):
            bit = _pupil[name].bitwise_rshift(place).bitwise_and(1)
            yield func.sum(bit).label(f"{name} {column}")


_SUMS: Final = tuple(_bit_sums())


class Progress:
    """The progress over its tables; each answer is a handful of queries on one snapshot.

    No question is about more than one semester, so none takes longer as the ledger grows.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def semesters(self) -> list[tuple[str, int]]:
        """School year and number of every semester that has sheets, the newest first."""
        query = select(_sheet.school_year, _sheet.semester).distinct()
        ordered = query.order_by(_sheet.school_year.desc(), _sheet.semester.desc())
        with snapshot(self._engine) as connection:
            return [(row.school_year, row.semester) for row in connection.execute(ordered)]

    def columns(
        self,
        school_year: str,
        semester: int,
        *,
        teacher: PersonId | None = None,
        class_group: str | None = None,
        sheet_id: SheetId | None = None,
    ) -> list[ColumnProgress]:
        """The columns of a semester, by grade, class, subject and place in the book.

        All of them, or those of the sheets that match what else is asked.
        """
        asked = [_sheet.school_year == school_year, _sheet.semester == semester]
        if teacher is not None:
            seats = select(_teacher.sheet_id).where(
                _teacher.person == as_text(teacher), ~_teacher.left
            )
            asked.append(_sheet.sheet_id.in_(seats))
        if class_group is not None:
            asked.append(_sheet.class_group == class_group)
        if sheet_id is not None:
            asked.append(_sheet.sheet_id == as_text(sheet_id))
        of_semester = and_(*asked)
        order = (_sheet.grade, _sheet.class_group, _sheet.subject)
        with snapshot(self._engine) as connection:
            sheets = connection.execute(select(tables.sheet).where(of_semester).order_by(*order))
            rows = sheets.all()
            only = select(_sheet.sheet_id).where(of_semester)
            teachers, columns = _teachers(connection, only), _columns(connection, only)
            counted = _counted(connection, only)
        return [
            _to_progress(row, tuple(teachers[row.sheet_id]), view, counted.get(row.sheet_id))
            for row in rows
            for view in columns[row.sheet_id]
        ]

    def missing(self, sheet_id: SheetId, column: str) -> list[MissingCell]:
        """The pupils of the class who lack a mark in a column, by number; KeyError for none."""
        bit = 1 << BITS[column]
        filled, awaiting = _pupil.filled.bitwise_and(bit), _pupil.awaiting.bitwise_and(bit)
        query = (
            select(_pupil.pupil, _pupil.number, awaiting.label("awaiting"))
            .where(_pupil.sheet_id == as_text(sheet_id), ~_pupil.left)
            .where(or_(filled == 0, awaiting != 0))
            .order_by(_pupil.number)
        )
        with snapshot(self._engine) as connection:
            return [
                MissingCell(PupilId(as_uuid(row.pupil)), row.number, awaiting=bool(row.awaiting))
                for row in connection.execute(query)
            ]


def _teachers(connection: Connection, only: Any) -> dict[str, list[PersonId]]:  # noqa: ANN401  (a select)
    query = (
        select(_teacher.sheet_id, _teacher.person)
        .where(_teacher.sheet_id.in_(only), ~_teacher.left)
        .order_by(_teacher.since, _teacher.place)
    )
    found: dict[str, list[PersonId]] = defaultdict(list)
    for sheet_id, person in connection.execute(query):
        found[sheet_id].append(PersonId(as_uuid(person)))
    return found


def _columns(connection: Connection, only: Any) -> dict[str, list[ColumnView]]:  # noqa: ANN401  (a select)
    query = select(tables.column).where(_column.sheet_id.in_(only)).order_by(_column.place)
    found: dict[str, list[ColumnView]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.sheet_id].append(to_column_view(row))
    return found


def _counted(connection: Connection, only: Any) -> dict[str, RowMapping]:  # noqa: ANN401  (a select)
    """One row per sheet: its present pupils, and the sums of their bits."""
    query = (
        select(_pupil.sheet_id, func.count().label("present"), *_SUMS)
        .where(_pupil.sheet_id.in_(only), ~_pupil.left)
        .group_by(_pupil.sheet_id)
    )
    return {row["sheet_id"]: row for row in connection.execute(query).mappings()}


def _to_progress(
    row: Row[Any], teachers: tuple[PersonId, ...], view: ColumnView, counted: RowMapping | None
) -> ColumnProgress:
    counts = Counts()
    if counted is not None:
        filled, awaiting = counted[f"filled {view.column}"], counted[f"awaiting {view.column}"]
        counts = Counts(counted["present"], filled, awaiting)
    return ColumnProgress(
        sheet_id=SheetId(as_uuid(row.sheet_id)),
        grade=row.grade,
        class_group=row.class_group,
        subject=row.subject,
        kind=SubjectKind(row.kind),
        teachers=teachers,
        view=view,
        counts=counts,
    )
