"""Read distributions from the gradebook's tables: the database counts the marks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from typing import Final

from sqlalchemy import Connection, Engine, and_, func, select

from ledger.circulars.choosing import circular_for
from ledger.circulars.circular import Circular
from ledger.results.subjects import result_of_marks
from ledger.vocabulary import BLANK, Mark, PersonId, SheetId, SubjectKind
from projections.distributions.counts import AVERAGE, MarkCounts, SheetPlace, book_order
from projections.gradebook import tables
from projections.tables import as_text, as_uuid, snapshot

_sheet, _teacher, _pupil = tables.sheet.c, tables.teacher.c, tables.pupil.c
_column, _cell = tables.column.c, tables.cell.c

# Every cell there may be of the pupils who are in the class; one without a mark has no row.
_CELLS: Final = tables.column.join(
    tables.pupil, and_(_pupil.sheet_id == _column.sheet_id, ~_pupil.left)
).outerjoin(
    tables.cell,
    and_(
        _cell.sheet_id == _column.sheet_id,
        _cell.pupil == _pupil.pupil,
        _cell.column == _column.column,
    ),
)
_MARK: Final = func.coalesce(_cell.mark, "")


class Distributions:
    """How marks are distributed now; each answer is one query over the cells that it is about."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def sheets(self, school_year: str, semester: int) -> list[SheetPlace]:
        """The sheets of a semester, by grade, class and subject."""
        query = (
            select(tables.sheet)
            .where(_sheet.school_year == school_year, _sheet.semester == semester)
            .order_by(_sheet.grade, _sheet.class_group, _sheet.subject)
        )
        with snapshot(self._engine) as connection:
            rows = connection.execute(query).all()
            teachers = _teachers(connection, school_year, semester)
        return [
            SheetPlace(
                sheet_id=SheetId(as_uuid(row.sheet_id)),
                school_year=row.school_year,
                semester=row.semester,
                grade=row.grade,
                class_group=row.class_group,
                subject=row.subject,
                kind=SubjectKind(row.kind),
                teachers=tuple(teachers[row.sheet_id]),
                homeroom_teacher=PersonId(as_uuid(row.homeroom_teacher)),
            )
            for row in rows
        ]

    def by_sheet(self, places: Iterable[SheetPlace], column: str) -> Mapping[SheetId, MarkCounts]:
        """The marks of one column in each of these sheets that has it; or of `AVERAGE`."""
        if column == AVERAGE:
            return self._averages(places)
        query = (
            select(_column.sheet_id, _MARK.label("mark"), func.count().label("count"))
            .select_from(_CELLS)
            .where(_column.sheet_id.in_(_ids(places)), _column.column == column)
            .group_by(_column.sheet_id, _MARK)
        )
        counts: dict[SheetId, dict[Mark, int]] = defaultdict(dict)
        with snapshot(self._engine) as connection:
            for sheet_id, mark, count in connection.execute(query):
                counts[SheetId(as_uuid(sheet_id))][Mark.of(mark)] = count
        return {sheet_id: MarkCounts(marks) for sheet_id, marks in counts.items()}

    def by_column(self, places: Iterable[SheetPlace]) -> Mapping[str, MarkCounts]:
        """The marks of all these sheets together, by column in the order of the book."""
        query = (
            select(_column.column, _MARK.label("mark"), func.count().label("count"))
            .select_from(_CELLS)
            .where(_column.sheet_id.in_(_ids(places)))
            .group_by(_column.column, _MARK)
        )
        counts: dict[str, dict[Mark, int]] = defaultdict(dict)
        with snapshot(self._engine) as connection:
            for column, mark, count in connection.execute(query):
                counts[column][Mark.of(mark)] = count
        return {column: MarkCounts(counts[column]) for column in sorted(counts, key=book_order)}

    def _averages(self, places: Iterable[SheetPlace]) -> Mapping[SheetId, MarkCounts]:
        """The semester's result of each pupil; blank where a mark for it is missing."""
        by_id = {as_text(place.sheet_id): place for place in places}
        query = (
            select(_column.sheet_id, _pupil.pupil, _column.column, _cell.mark)
            .select_from(_CELLS)
            .where(_column.sheet_id.in_(by_id))
            .order_by(_column.sheet_id, _pupil.pupil, _column.place)
        )
        results: dict[SheetId, Counter[Mark]] = defaultdict(Counter)
        with snapshot(self._engine) as connection:
            rows = connection.execute(query).all()
        for (sheet_id, _), cells in groupby(rows, key=lambda row: (row[0], row[1])):
            place = by_id[sheet_id]
            marks = {column: Mark.of(mark) if mark else BLANK for _, _, column, mark in cells}
            circular = _circular(place.school_year, place.grade)
            results[place.sheet_id][result_of_marks(circular, place.kind, marks)] += 1
        return {sheet_id: MarkCounts(counts) for sheet_id, counts in results.items()}


@cache
def _circular(school_year: str, grade: int) -> Circular:
    return circular_for(school_year, grade)


def _ids(places: Iterable[SheetPlace]) -> list[str]:
    return [as_text(place.sheet_id) for place in places]


def _teachers(
    connection: Connection, school_year: str, semester: int
) -> Mapping[str, list[PersonId]]:
    query = (
        select(_teacher.sheet_id, _teacher.person)
        .join_from(tables.teacher, tables.sheet, _sheet.sheet_id == _teacher.sheet_id)
        .where(_sheet.school_year == school_year, _sheet.semester == semester, ~_teacher.left)
        .order_by(_teacher.since, _teacher.place)
    )
    found: dict[str, list[PersonId]] = defaultdict(list)
    for sheet_id, person in connection.execute(query):
        found[sheet_id].append(PersonId(as_uuid(person)))
    return found
