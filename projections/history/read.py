"""Read the history: of one mark, or searched and counted by whatever people ask."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    and_,
    case,
    func,
    or_,
    select,
)

from ledger.sheet.facts import AttemptRefused, MarkCleared
from ledger.sheet.grounds import CorrectionCause
from ledger.vocabulary import CommandId, Mark, PersonId, PupilId, Role, SheetId
from projections.columns import LockState
from projections.history import tables
from projections.history.views import (
    HistoryCounts,
    HistoryFilter,
    HistoryRow,
    NamedCell,
)
from projections.tables import as_text, as_uuid, optional_id, snapshot, to_moment

_line, _sheet, _cell = tables.line.c, tables.sheet.c, tables.cell.c
_request = tables.line.alias("request")

# A refused attempt may have been at a sheet that was never opened, so its row stays in the answer.
_WITH_SHEET: Final = tables.line.outerjoin(tables.sheet, _sheet.sheet_id == _line.sheet_id)
_ROWS: Final = select(
    *(one for one in _line if one.name not in {"cause", "reason"}),
    # A step of a correction that says nothing of its own has the reason of the request.
    func.coalesce(_line.cause, _request.c.cause).label("cause"),
    func.coalesce(_line.reason, _request.c.reason).label("reason"),
    func.coalesce(_sheet.school_year, "").label("school_year"),
    func.coalesce(_sheet.semester, 0).label("semester"),
    func.coalesce(_sheet.class_group, "").label("class_group"),
    func.coalesce(_sheet.subject, "").label("subject"),
).select_from(
    _WITH_SHEET.outerjoin(
        _request,
        and_(
            _request.c.correction_id == _line.correction_id,
            _request.c.kind == "correction-requested",
        ),
    )
)


class History:
    """The history over its tables; each answer is a handful of queries on one snapshot."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of_cell(
        self, sheet_id: SheetId, pupil: PupilId, column: str, *, attempts: bool = False
    ) -> list[HistoryRow]:
        """Everything that happened to one mark, oldest first, with the steps of its corrections."""
        sheet, who = as_text(sheet_id), as_text(pupil)
        at_cell = and_(_cell.sheet_id == sheet, _cell.pupil == who, _cell.column == column)
        corrections = select(_cell.correction_id).where(at_cell, _cell.correction_id.is_not(None))
        mine = or_(
            and_(_line.pupil == who, _line.column == column),
            _line.position.in_(select(_cell.position).where(at_cell)),
            and_(
                _line.correction_id.in_(corrections),
                _line.pupil.is_(None),
                or_(_line.column.is_(None), _line.column == column),
            ),
        )
        asked = [_line.sheet_id == sheet, mine]
        if not attempts:
            asked.append(_line.kind != AttemptRefused.NAME)
        with snapshot(self._engine) as connection:
            return _rows(connection, _ROWS.where(*asked).order_by(_line.position))

    def search(
        self, asked: HistoryFilter, *, before: int | None = None, limit: int = 100
    ) -> list[HistoryRow]:
        """The newest rows that match, newest first, at most `limit` of them.

        `before` is a position: only rows recorded before it, so the last row of a page gives
        the next page.
        """
        query = _ROWS.where(*_conditions(asked))
        if before is not None:
            query = query.where(_line.position < before)
        with snapshot(self._engine) as connection:
            return _rows(connection, query.order_by(_line.position.desc()).limit(limit))

    def counts(self, asked: HistoryFilter) -> HistoryCounts:
        """How many rows match, how many marks went up and down, and by whom and of which kind."""
        # What was cleared and entered again is counted where it was entered again.
        lasting = or_(_line.kind != MarkCleared.NAME, _line.reentered_at.is_(None))
        query = (
            select(
                _line.person,
                _line.kind,
                func.count(),
                func.sum(case((_line.direction > 0, 1), else_=0)),
                func.sum(case((_line.direction < 0, 1), else_=0)),
            )
            .select_from(_WITH_SHEET)
            .where(*_conditions(asked), lasting)
            .group_by(_line.person, _line.kind)
        )
        by_person: dict[PersonId, int] = defaultdict(int)
        by_kind: dict[str, int] = defaultdict(int)
        ups = downs = 0
        with snapshot(self._engine) as connection:
            for person, kind, count, up, down in connection.execute(query):
                by_person[PersonId(as_uuid(person))] += count
                by_kind[kind] += count
                ups, downs = ups + up, downs + down
        return HistoryCounts(sum(by_kind.values()), ups, downs, dict(by_person), dict(by_kind))


def _conditions(asked: HistoryFilter) -> Iterable[ColumnElement[bool]]:
    if asked.positions is not None:
        yield _line.position.in_(asked.positions)
    yield from _about_the_sheet(asked)
    if asked.person is not None:
        person = as_text(asked.person)
        yield or_(_line.person == person, _line.on_behalf_of == person)
    yield from _about_the_cell(asked)
    if asked.day_from is not None:
        yield _line.day >= asked.day_from.isoformat()
    if asked.day_to is not None:
        yield _line.day <= asked.day_to.isoformat()
    if asked.kinds is not None:
        yield _line.kind.in_(asked.kinds)
    if asked.correction_id is not None:
        yield _line.correction_id == as_text(asked.correction_id)
    if asked.only_after_official:
        yield _line.after_official
    if asked.only_mark_changes:
        yield _line.direction.is_not(None)
    if not asked.attempts:
        yield _line.kind != AttemptRefused.NAME


def _about_the_sheet(asked: HistoryFilter) -> Iterable[ColumnElement[bool]]:
    if asked.sheet_id is not None:
        yield _line.sheet_id == as_text(asked.sheet_id)
    if asked.sheet_ids is not None:
        yield _line.sheet_id.in_([as_text(one) for one in asked.sheet_ids])
    if asked.school_year is not None:
        yield _sheet.school_year == asked.school_year
    if asked.semester is not None:
        yield _sheet.semester == asked.semester
    if asked.class_group is not None:
        yield _sheet.class_group == asked.class_group
    if asked.subject is not None:
        yield _sheet.subject == asked.subject


def _about_the_cell(asked: HistoryFilter) -> Iterable[ColumnElement[bool]]:
    if asked.pupil is None and asked.column is None:
        return
    on_row, in_list = [], []
    if asked.pupil is not None:
        pupil = as_text(asked.pupil)
        on_row.append(_line.pupil == pupil)
        in_list.append(_cell.pupil == pupil)
    if asked.column is not None:
        on_row.append(_line.column == asked.column)
        in_list.append(_cell.column == asked.column)
    yield or_(and_(*on_row), _line.position.in_(select(_cell.position).where(*in_list)))


def _rows(connection: Connection, query: Select[Any]) -> list[HistoryRow]:
    rows = connection.execute(query).all()
    named = _named_cells(connection, [row.position for row in rows if _names_cells(row)])
    return [_to_history_row(row, tuple(named.get(row.position, ()))) for row in rows]


def _names_cells(row: Row[Any]) -> bool:
    return row.kind in {"correction-requested", AttemptRefused.NAME}


def _named_cells(connection: Connection, positions: list[int]) -> dict[int, list[NamedCell]]:
    found: dict[int, list[NamedCell]] = defaultdict(list)
    if positions:
        query = select(tables.cell).where(_cell.position.in_(positions))
        for row in connection.execute(query.order_by(_cell.position, _cell.place)):
            found[row.position].append(
                NamedCell(
                    PupilId(as_uuid(row.pupil)), row.column, _mark(row.before), _mark(row.after)
                )
            )
    return found


def _to_history_row(row: Row[Any], cells: tuple[NamedCell, ...]) -> HistoryRow:
    at = to_moment(row.at)
    assert at is not None, "every line has its moment"
    return HistoryRow(
        position=row.position,
        sheet_id=SheetId(as_uuid(row.sheet_id)),
        school_year=row.school_year,
        semester=row.semester,
        class_group=row.class_group,
        subject=row.subject,
        at=at,
        person=PersonId(as_uuid(row.person)),
        role=Role(row.role),
        on_behalf_of=optional_id(row.on_behalf_of),
        kind=row.kind,
        command_id=CommandId(as_uuid(row.command_id)),
        pupil=optional_id(row.pupil),
        column=row.column,
        before=_mark(row.before),
        after=_mark(row.after),
        net_before=_mark(row.net_before),
        cleared_at=row.cleared_at,
        reentered_at=row.reentered_at,
        cause=CorrectionCause(row.cause) if row.cause else None,
        reason=row.reason,
        lock_state=LockState(row.lock_state) if row.lock_state else None,
        after_official=row.after_official,
        correction_id=optional_id(row.correction_id),
        until=to_moment(row.until),
        teacher=optional_id(row.teacher),
        refusal=row.refusal,
        attempted=row.attempted,
        cells=cells,
    )


def _mark(text: str | None) -> Mark | None:
    return None if text is None else Mark.of(text)
