"""How each column of a sheet stands: deadline, closed or not, last lock; folded from the lines."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, get_args
from uuid import UUID

from sqlalchemy import Boolean, Column, Connection, Integer, MetaData, Row, Table, Text, select

from ledger.line import Line
from ledger.sheet import facts
from ledger.vocabulary import CorrectionId, PersonId, Role
from projections.tables import (
    COUNT,
    ID,
    MOMENT,
    as_text,
    as_uuid,
    moment_text,
    optional_id,
    to_moment,
    upsert,
)

# The facts of the sheets themselves: refused attempts, the school and its years have streams of
# their own, which no projection may take for a sheet.
SHEET_FACTS: Final = frozenset(get_args(facts.AnyFact)) - {facts.AttemptRefused}


def sheet_of(line: Line) -> UUID:
    """The sheet that a line of one of them, or a refused attempt, is about."""
    fact = line.fact
    return fact.sheet if isinstance(fact, facts.AttemptRefused) else line.stream_id


class LockState(StrEnum):
    """How a column stood; an unlock is told before a closed column, since it is rarer."""

    OPEN = "open"
    CLOSED = "closed"
    LOCKED = "locked"
    UNLOCKED = "unlocked"


@dataclass(frozen=True, slots=True)
class LockView:
    """The last word on whether a column is locked; an unlock has an end, a lock has none.

    `correction_id` is set on the lock that followed the execution of a correction.
    """

    by: PersonId
    role: Role
    on_behalf_of: PersonId | None
    at: datetime
    reason: str
    until: datetime | None = None
    whole_sheet: bool = False
    correction_id: CorrectionId | None = None

    def locks_at(self, moment: datetime) -> bool:
        return self.until is None or moment >= self.until


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """The last moment to enter a column, and who set it; opening a sheet gives no reason."""

    deadline: datetime
    by: PersonId
    role: Role
    on_behalf_of: PersonId | None
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column: its deadline, whether it was closed ("chốt cột"), the last lock or unlock.

    `was_official` stays set once the column was closed or locked, also after it was opened again;
    `window` is the position of the last line that opened it again, until one closes or locks it.
    """

    column: str
    place: int
    due: DeadlineView | None = None
    closed_by: PersonId | None = None
    closed_at: datetime | None = None
    lock: LockView | None = None
    was_official: bool = False
    window: int | None = None

    @property
    def deadline(self) -> datetime | None:
        return self.due.deadline if self.due else None

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def past_deadline_at(self, moment: datetime) -> bool:
        """Whether the deadline alone locks the column: no lock or unlock was ever decided."""
        return self.lock is None and self.deadline is not None and moment > self.deadline

    def locked_at(self, moment: datetime) -> bool:
        if self.lock is None:
            return self.past_deadline_at(moment)
        return self.lock.locks_at(moment)

    def unlocked_at(self, moment: datetime) -> bool:
        """Whether the column stands open at `moment` by an unlock that has not ended."""
        return self.lock is not None and not self.lock.locks_at(moment)

    def official_at(self, moment: datetime) -> bool:
        """Whether marks of the column change only by an approved correction."""
        return self.is_closed or self.locked_at(moment)

    def state_at(self, moment: datetime) -> LockState:
        """How the column stands at `moment`, in one word."""
        if self.lock is not None or self.due is not None:
            if self.locked_at(moment):
                return LockState.LOCKED
            if self.unlocked_at(moment):
                return LockState.UNLOCKED
        return LockState.CLOSED if self.is_closed else LockState.OPEN

    def window_at(self, moment: datetime) -> int | None:
        """The line that opened the column again, None unless it stands open by one."""
        return None if self.window is None or self.official_at(moment) else self.window


def column_table(name: str, metadata: MetaData) -> Table:
    """The table in which one projection keeps the columns of all sheets."""
    return Table(
        name,
        metadata,
        Column("sheet_id", ID, primary_key=True),
        Column("column", Text, primary_key=True),
        Column("place", Integer, nullable=False),
        Column("deadline", MOMENT),
        Column("deadline_by", ID),
        Column("deadline_role", Text),
        Column("deadline_on_behalf_of", ID),
        Column("deadline_at", MOMENT),
        Column("deadline_reason", Text),
        Column("closed_by", ID),
        Column("closed_at", MOMENT),
        Column("was_official", Boolean, nullable=False),
        Column("window", COUNT),
        Column("lock_by", ID),
        Column("lock_role", Text),
        Column("lock_on_behalf_of", ID),
        Column("lock_at", MOMENT),
        Column("lock_reason", Text),
        Column("lock_until", MOMENT),
        Column("lock_whole_sheet", Boolean),
        Column("lock_correction_id", ID),
    )


def to_column_view(row: Row[*tuple[Any, ...]]) -> ColumnView:
    """The column that a row of such a table keeps."""
    return ColumnView(
        column=row.column,
        place=row.place,
        due=_to_deadline_view(row) if row.deadline else None,
        closed_by=optional_id(row.closed_by),
        closed_at=to_moment(row.closed_at),
        lock=_to_lock_view(row) if row.lock_by else None,
        was_official=row.was_official,
        window=row.window,
    )


class ColumnBook:
    """The columns of the sheets that a batch touches: loaded, folded on, and kept again."""

    def __init__(self, connection: Connection, table: Table, sheet_ids: Collection[UUID]) -> None:
        self._connection = connection
        self._table = table
        self._sheets: dict[UUID, dict[str, ColumnView]] = {}
        self._moved: set[tuple[UUID, str]] = set()
        if sheet_ids:
            chosen = table.c.sheet_id.in_([as_text(sheet_id) for sheet_id in sheet_ids])
            for row in connection.execute(select(table).where(chosen)):
                columns = self._sheets.setdefault(as_uuid(row.sheet_id), {})
                columns[row.column] = to_column_view(row)

    def of(self, sheet_id: UUID) -> Mapping[str, ColumnView]:
        """The columns of a sheet by name, in no order."""
        return self._sheets.get(sheet_id, {})

    def apply(self, line: Line) -> None:
        """Fold one line; lines that do not move a column are passed over."""
        if fold := _FOLDS.get(type(line.fact)):
            fold(self, line.fact, line)

    def keep(self) -> None:
        """Write the columns that moved."""
        rows = [
            {"sheet_id": as_text(sheet_id), **_to_row(self._sheets[sheet_id][column])}
            for sheet_id, column in self._moved
        ]
        upsert(self._connection, self._table, rows)

    def open(self, fact: facts.SheetOpened, line: Line) -> None:
        deadlines = {each.column: _due(line, each.at) for each in fact.deadlines}
        self._sheets[line.stream_id] = {
            column: ColumnView(column, place, deadlines.get(column))
            for place, column in enumerate(fact.columns)
        }
        self._moved.update((line.stream_id, column) for column in fact.columns)

    def move(self, line: Line, column: str | None, **changes: Any) -> None:  # noqa: ANN401
        """Replace fields of one column, or of all, and note which were official until now."""
        columns = self._sheets[line.stream_id]
        for name in [column] if column else list(columns):
            view = columns[name]
            was_official = view.was_official or view.official_at(line.at)
            moved = replace(view, **changes, was_official=was_official)
            columns[name] = replace(moved, window=_window(view, moved, line))
            self._moved.add((line.stream_id, name))


def _window(before: ColumnView, after: ColumnView, line: Line) -> int | None:
    """The line by which a column is open that had been official; a later unlock goes on for it."""
    if after.official_at(line.at):
        return None
    opens = isinstance(line.fact, _UNLOCKS) or before.official_at(line.at)
    return line.position if opens else before.window


_UNLOCKS: Final = (facts.SheetUnlocked, facts.ColumnUnlocked)


def _lock(line: Line, reason: str, **more: Any) -> LockView:  # noqa: ANN401
    by = line.by
    return LockView(by.person, by.role, by.on_behalf_of, line.at, reason, **more)


def _due(line: Line, deadline: datetime, reason: str = "") -> DeadlineView:
    by = line.by
    return DeadlineView(deadline, by.person, by.role, by.on_behalf_of, line.at, reason)


def _deadline_moved(book: ColumnBook, fact: facts.DeadlineMoved, line: Line) -> None:
    book.move(line, fact.deadline.column, due=_due(line, fact.deadline.at, fact.reason))


def _column_closed(book: ColumnBook, fact: facts.ColumnClosed, line: Line) -> None:
    book.move(line, fact.column, closed_by=line.by.person, closed_at=line.at)


def _column_reopened(book: ColumnBook, fact: facts.ColumnReopened, line: Line) -> None:
    book.move(line, fact.column, closed_by=None, closed_at=None)


def _sheet_locked(book: ColumnBook, fact: facts.SheetLocked, line: Line) -> None:
    book.move(line, None, lock=_lock(line, fact.reason, whole_sheet=True))


def _sheet_unlocked(book: ColumnBook, fact: facts.SheetUnlocked, line: Line) -> None:
    lock = _lock(line, fact.reason, until=fact.until, whole_sheet=True)
    book.move(line, None, lock=lock)


def _column_locked(book: ColumnBook, fact: facts.ColumnLocked, line: Line) -> None:
    book.move(line, fact.column, lock=_lock(line, fact.reason))


def _column_unlocked(book: ColumnBook, fact: facts.ColumnUnlocked, line: Line) -> None:
    book.move(line, fact.column, lock=_lock(line, fact.reason, until=fact.until))


def _column_relocked(book: ColumnBook, fact: facts.ColumnRelocked, line: Line) -> None:
    # The reason is that of the correction, which is read beside it and not copied here.
    book.move(line, fact.column, lock=_lock(line, "", correction_id=fact.correction_id))


_FOLDS: Final[Mapping[type, Callable[[ColumnBook, Any, Line], None]]] = MappingProxyType(
    {
        facts.SheetOpened: ColumnBook.open,
        facts.DeadlineMoved: _deadline_moved,
        facts.ColumnClosed: _column_closed,
        facts.ColumnReopened: _column_reopened,
        facts.SheetLocked: _sheet_locked,
        facts.SheetUnlocked: _sheet_unlocked,
        facts.ColumnLocked: _column_locked,
        facts.ColumnUnlocked: _column_unlocked,
        facts.ColumnRelocked: _column_relocked,
    }
)

COLUMN_FACTS: Final = frozenset(_FOLDS)


def _to_row(view: ColumnView) -> dict[str, Any]:
    lock, due = view.lock, view.due
    return {
        "column": view.column,
        "place": view.place,
        "deadline": due and moment_text(due.deadline),
        "deadline_by": due and as_text(due.by),
        "deadline_role": due and due.role.value,
        "deadline_on_behalf_of": due and due.on_behalf_of and as_text(due.on_behalf_of),
        "deadline_at": due and moment_text(due.at),
        "deadline_reason": due and due.reason,
        "closed_by": view.closed_by and as_text(view.closed_by),
        "closed_at": view.closed_at and moment_text(view.closed_at),
        "was_official": view.was_official,
        "window": view.window,
        "lock_by": lock and as_text(lock.by),
        "lock_role": lock and lock.role.value,
        "lock_on_behalf_of": lock and lock.on_behalf_of and as_text(lock.on_behalf_of),
        "lock_at": lock and moment_text(lock.at),
        "lock_reason": lock and lock.reason,
        "lock_until": lock and lock.until and moment_text(lock.until),
        "lock_whole_sheet": lock and lock.whole_sheet,
        "lock_correction_id": lock and lock.correction_id and as_text(lock.correction_id),
    }


def _to_deadline_view(row: Row[*tuple[Any, ...]]) -> DeadlineView:
    deadline, at = to_moment(row.deadline), to_moment(row.deadline_at)
    assert deadline is not None, "asked only where there is one"
    assert at is not None, "a deadline is kept with the moment at which it was set"
    return DeadlineView(
        deadline=deadline,
        by=PersonId(as_uuid(row.deadline_by)),
        role=Role(row.deadline_role),
        on_behalf_of=optional_id(row.deadline_on_behalf_of),
        at=at,
        reason=row.deadline_reason,
    )


def _to_lock_view(row: Row[*tuple[Any, ...]]) -> LockView:
    at = to_moment(row.lock_at)
    assert at is not None, "a lock is kept with its moment"
    return LockView(
        by=PersonId(as_uuid(row.lock_by)),
        role=Role(row.lock_role),
        on_behalf_of=optional_id(row.lock_on_behalf_of),
        at=at,
        reason=row.lock_reason,
        until=to_moment(row.lock_until),
        whole_sheet=row.lock_whole_sheet,
        correction_id=optional_id(row.lock_correction_id),
    )
