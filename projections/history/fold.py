"""Fold lines into the history, each with what stood before it; a fixed number of statements."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, MetaData, bindparam, select, update

from ledger.line import Line
from ledger.sheet import facts
from ledger.vocabulary import MARKS, Mark, MarkState
from projections.columns import SHEET_FACTS, ColumnBook, sheet_of
from projections.history import tables
from projections.tables import Row, as_text, day_text, insert_rows, moment_text, update_rows

_line = tables.line.c
_REENTERED: Final = (
    update(tables.line)
    .where(_line.position == bindparam("cleared"))
    .values(reentered_at=bindparam("again"))
)
_NOTHING: Final = MappingProxyType(dict.fromkeys(_line.keys()))

_MARK_FACTS: Final = frozenset(
    {
        facts.MarkEntered,
        facts.MarkBrought,
        facts.MarkChanged,
        facts.MarkCleared,
        facts.MarkCorrected,
    }
)
_TOLD: Final = frozenset({*SHEET_FACTS, facts.AttemptRefused})
_FIRST: Final = frozenset({facts.MarkEntered, facts.MarkBrought})
_FILLING: Final = frozenset({*_FIRST, facts.MarkCorrected})


def _rank(mark: Mark) -> int | None:
    """Marks that can go up and down, as whole numbers; None for those beside the scale."""
    if mark.score is not None:
        return int(mark.score * 10)
    if mark.passed is not None:
        return int(mark.passed)
    return 0 if mark.state is MarkState.ZERO_BY_RULE else None


_RANKS: Final[Mapping[str, int | None]] = MappingProxyType(
    {text: _rank(mark) for text, mark in MARKS.items()}
)


def direction(before: str, after: str) -> int:
    """1 where the mark went up, -1 where it went down, 0 otherwise."""
    low, high = _RANKS[before], _RANKS[after]
    return 0 if low is None or high is None else (high > low) - (high < low)


class HistoryFold:
    """The projection that keeps every line as people ask about it."""

    name: Final = "history"
    version: Final = 4
    metadata: Final[MetaData] = tables.metadata

    def apply(self, connection: Connection, lines: Sequence[Line]) -> None:
        told = [line for line in lines if type(line.fact) in _TOLD]
        batch = _Batch(connection, told)
        for line in told:
            batch.fold(line)
        batch.keep()


class _Batch:
    """The rows that a batch makes, and the clearings that its marks may fill."""

    def __init__(self, connection: Connection, lines: Sequence[Line]) -> None:
        self._connection = connection
        # Lines come in runs of one command and stream; a look at the first tells of them all.
        runs = [next(run) for _, run in groupby(lines, attrgetter("stream_id"))]
        attempts = [line for line in lines if type(line.fact) is facts.AttemptRefused]
        sheets = {sheet_of(line) for line in (*runs, *attempts)}
        self._columns = ColumnBook(connection, tables.column, sheets)
        self._sheets: list[Row] = []
        self._others: list[Row] = []
        self._marks: dict[int, Row] = {}
        self._cells: list[Row] = []
        self._reentered: list[Row] = []
        filling = any(type(line.fact) in _FILLING for line in lines)
        self._cleared = self._load_cleared(set(map(as_text, sheets))) if filling else {}
        # What the lines of one run share.
        self._run: tuple[UUID, UUID] | None = None
        self._shared: Row = {}
        self._states: dict[str, tuple[str, bool]] = {}

    def fold(self, line: Line) -> None:
        if self._run != (line.command_id, line.stream_id):
            self._begin_run(line)
        if type(line.fact) in _MARK_FACTS:
            self._mark(line, line.fact)
        else:
            self._other(line, line.fact)
            self._columns.apply(line)
            self._states.clear()

    def keep(self) -> None:
        insert_rows(self._connection, tables.sheet, self._sheets)
        insert_rows(self._connection, tables.line, self._others)
        insert_rows(self._connection, tables.line, self._marks.values())
        insert_rows(self._connection, tables.cell, self._cells)
        update_rows(self._connection, _REENTERED, self._reentered)
        self._columns.keep()

    def _begin_run(self, line: Line) -> None:
        by = line.by
        self._run = (line.command_id, line.stream_id)
        self._states.clear()
        self._shared = {
            "sheet_id": as_text(sheet_of(line)),
            "at": moment_text(line.at),
            "day": day_text(line.at),
            "person": as_text(by.person),
            "role": by.role.value,
            "on_behalf_of": by.on_behalf_of and as_text(by.on_behalf_of),
            "command_id": as_text(line.command_id),
        }

    def _mark(self, line: Line, fact: Any) -> None:  # noqa: ANN401  (one of the facts of a mark)
        kind, column = type(fact), fact.column
        before = "" if kind in _FIRST else fact.before.text
        after = "" if kind is facts.MarkCleared else fact.after.text
        state, official = self._states.get(column) or self._state(line, column)
        pupil, net_before, cleared_at = as_text(fact.pupil), before, None
        place = (self._shared["sheet_id"], pupil, column)
        if not after:
            self._cleared[place] = (line.position, before)
        elif not before and place in self._cleared:
            cleared_at, net_before = self._cleared.pop(place)
            self._reenter(cleared_at, line.position)
        corrected = kind is facts.MarkCorrected
        self._marks[line.position] = {
            **self._shared,
            "position": line.position,
            "kind": kind.NAME,
            "pupil": pupil,
            "column": column,
            "before": before,
            "after": after,
            "net_before": net_before,
            "direction": direction(net_before, after),
            "cleared_at": cleared_at,
            "reentered_at": None,
            "lock_state": state,
            "after_official": official,
            "correction_id": as_text(fact.correction_id) if corrected else None,
            "cause": None,
            "reason": fact.provenance.reason if kind is facts.MarkBrought else None,
        }

    def _state(self, line: Line, column: str) -> tuple[str, bool]:
        """How the column stands for this run, and whether it is or ever was official."""
        view = self._columns.of(line.stream_id)[column]
        state = (view.state_at(line.at).value, view.was_official or view.official_at(line.at))
        self._states[column] = state
        return state

    def _reenter(self, cleared: int, again: int) -> None:
        """Tell the clearing where its cell was filled again."""
        if row := self._marks.get(cleared):
            row["reentered_at"] = again
        else:
            self._reentered.append({"cleared": cleared, "again": again})

    def _other(self, line: Line, fact: Any) -> None:  # noqa: ANN401  (any other fact)
        row = {**_NOTHING, **self._shared, "position": line.position, "kind": fact.NAME}
        row["after_official"] = False
        self._others.append(row)
        columns = self._columns.of(sheet_of(line))
        named: Sequence[str] = list(columns)
        for name in ("pupil", "teacher", "correction_id"):
            if value := getattr(fact, name, None):
                row[name] = as_text(value)
        match fact:
            case facts.SheetOpened():
                self._open(fact, row)
            case facts.CorrectionRequested():
                row["cause"] = fact.cause.value
                named = self._name(row, [_cell_of(entry) for entry in fact.lines])
            case facts.AttemptRefused():
                row["refusal"], row["attempted"] = fact.refusal, fact.command
                cells = [_cell_at(pupil, column) for pupil, column in fact.cells]
                named = self._name(row, cells) or named
            case facts.CorrectionDayMoved(last_day=datetime() as last_day):
                row["until"] = moment_text(last_day)
            case facts.DeadlineMoved():
                row["column"] = fact.deadline.column
                row["until"] = moment_text(fact.deadline.at)
        words = (getattr(fact, name, None) for name in ("reason", "question", "answer"))
        row["reason"] = next((said for said in words if said), None)
        if until := getattr(fact, "until", None):
            row["until"] = moment_text(until)
        if column := getattr(fact, "column", None) or row["column"]:
            row["column"], named = column, [column]
        if isinstance(fact, _OF_NO_COLUMN):
            return
        states = {columns[name].state_at(line.at).value for name in named if name in columns}
        row["lock_state"] = states.pop() if len(states) == 1 else None

    def _open(self, fact: facts.SheetOpened, row: Row) -> None:
        kept = ("school_year", "semester", "class_group", "subject")
        sheet = {name: getattr(fact, name) for name in kept}
        self._sheets.append({"sheet_id": row["sheet_id"], **sheet})

    def _name(self, row: Row, cells: list[Row]) -> list[str]:
        """Keep the cells that a line names in a list; one cell alone is told on the row too."""
        for place, cell in enumerate(cells):
            kept = {name: row[name] for name in ("position", "sheet_id", "correction_id")}
            self._cells.append({**kept, "place": place, **cell})
        if len(cells) == 1:
            row["pupil"], row["column"] = cells[0]["pupil"], cells[0]["column"]
        return list(dict.fromkeys(cell["column"] for cell in cells))

    def _load_cleared(self, sheet_ids: set[str]) -> dict[tuple[str, str, str], tuple[int, str]]:
        waiting = select(
            _line.sheet_id, _line.pupil, _line.column, _line.position, _line.before
        ).where(_line.sheet_id.in_(sheet_ids), tables.AWAITS_REENTRY)
        return {
            (row.sheet_id, row.pupil, row.column): (row.position, row.before)
            for row in self._connection.execute(waiting)
        }


_OF_NO_COLUMN: Final = (
    facts.SheetOpened,
    facts.TeacherJoinedSheet,
    facts.TeacherLeftSheet,
    facts.HomeroomTeacherChanged,
    facts.PupilJoinedSheet,
    facts.PupilLeftSheet,
    facts.CorrectionDayMoved,
)


def _cell_of(entry: facts.CorrectionLine) -> Row:
    cell = _cell_at(entry.pupil, entry.column)
    return {**cell, "before": entry.before.text, "after": entry.after.text}


def _cell_at(pupil: UUID, column: str) -> Row:
    return {"pupil": as_text(pupil), "column": column, "before": None, "after": None}
