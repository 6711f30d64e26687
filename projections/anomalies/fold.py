"""Fold lines into what signals are made of, a batch in a fixed number of statements."""

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, get_args
from uuid import UUID

from sqlalchemy import Connection, MetaData, bindparam, update

from ledger.line import Line
from ledger.sheet import facts
from ledger.vocabulary import BLANK, Mark
from projections.anomalies import tables
from projections.anomalies.books import CellBook, ChangeBook, SheetBook
from projections.anomalies.hours import at_odd_hour, in_last_day
from projections.anomalies.packing import CODES, NOTHING, moment_of, ticks
from projections.columns import COLUMN_FACTS, ColumnBook, sheet_of
from projections.roster import ROSTER_FACTS
from projections.tables import Row, as_text, insert_rows, moment_text, update_rows, upsert

_request = tables.request.c
_REFUSED: Final = (
    update(tables.request)
    .where(_request.correction_id == bindparam("refused"))
    .values(refused_at=bindparam("moment"), moved=bindparam("position"))
)

_OfCell = (
    facts.MarkEntered
    | facts.MarkChanged
    | facts.MarkCleared
    | facts.MarkCorrected
    | facts.MarkBrought
)
_MARK_FACTS: Final = frozenset(get_args(_OfCell))
_ENTERS: Final = frozenset({facts.MarkEntered, facts.MarkChanged})


class AnomaliesFold:
    """The projection that keeps marks, changes, entries, attempts and requests for the signals."""

    name: Final = "anomalies"
    version: Final = 1
    metadata: Final[MetaData] = tables.metadata

    def apply(self, connection: Connection, lines: Sequence[Line]) -> None:
        told = [line for line in lines if type(line.fact) in _TOLD]
        batch = _Batch(connection, told)
        for line in told:
            batch.fold(line)
        batch.keep()


class _Batch:
    """What a batch changes, keyed as in the tables, so that each row is written once."""

    def __init__(self, connection: Connection, lines: Sequence[Line]) -> None:
        self._connection = connection
        sheets = {sheet_of(line) for line in lines}
        written = {line.stream_id for line in lines if type(line.fact) in _MARK_FACTS}
        moving = {line.stream_id for line in lines if type(line.fact) in COLUMN_FACTS}
        with_cells = set(map(as_text, written))
        self._sheets = SheetBook(connection, set(map(as_text, sheets)))
        self._columns = ColumnBook(connection, tables.column, written | moving)
        self._cells = CellBook(connection, with_cells)
        self._changes = ChangeBook(connection, with_cells)
        self._entries: dict[tuple[str, ...], Row] = {}
        self._attempts: list[Row] = []
        self._requests: dict[UUID, Row] = {}
        self._refused: list[Row] = []
        # What the lines of one command on one sheet share, and how each column stands for them.
        self._run: tuple[UUID, UUID] | None = None
        self._shared: Row = {}
        self._now = 0
        self._standing: dict[str, Row] = {}

    def fold(self, line: Line) -> None:
        if self._run != (line.command_id, line.stream_id):
            self._begin_run(line)
        if fold := _FOLDS.get(type(line.fact)):
            fold(self, line.fact, line)
            return
        self._columns.apply(line)
        self._sheets.apply(line)
        self._run = None

    def keep(self) -> None:
        connection = self._connection
        self._sheets.keep(connection)
        self._columns.keep()
        self._cells.keep(connection, self._sheets)
        self._changes.keep(connection)
        counted = ("entered", "at_odd_hours", "before_deadline")
        upsert(connection, tables.entries, self._entries.values(), adding=counted)
        insert_rows(connection, tables.attempt, self._attempts)
        insert_rows(connection, tables.request, self._requests.values())
        update_rows(connection, _REFUSED, self._refused)

    def write(self, line: Line, fact: Any, mark: Mark) -> None:  # noqa: ANN401  (one of _OfCell)
        """Put a mark into its cell, and tell whether it took the place of another."""
        sheet_id, pupil = self._shared["sheet_id"], as_text(fact.pupil)
        cells, place = self._cells.of(sheet_id, fact.column), self._sheets.place_of(sheet_id, pupil)
        (before, since), after = cells.at(place), CODES[mark.text]
        if before == after:
            return
        cells.put(place, after, self._now, line.position)
        change = {"pupil": pupil, "column": fact.column, "after": after}
        if before != NOTHING:
            written = moment_text(moment_of(since))
            change |= {"begun": line.position, "before": before, "since": written}
        elif emptied := self._changes.emptied((sheet_id, pupil, fact.column)):
            change |= {name: emptied[name] for name in ("begun", "before", "since")}
        else:
            if type(fact) in _ENTERS:
                self._count(line, fact.column)
            return
        corrected = isinstance(fact, facts.MarkCorrected)
        change["correction_id"] = as_text(fact.correction_id) if corrected else None
        standing = self._standing_of(line, fact.column)
        self._changes.tell({**self._shared, **standing, **change, "moved": line.position})

    def attempt(self, fact: facts.AttemptRefused, line: Line) -> None:
        if self._shared["school_year"] is None:
            return  # At a sheet that nobody has opened, which is in no school year.
        kept = ("school_year", "sheet_id", "at", "person", "role")
        row = {name: self._shared[name] for name in kept}
        self._attempts.append({**row, "moved": line.position, "refusal": fact.refusal})

    def request(self, fact: facts.CorrectionRequested, line: Line) -> None:
        kept = ("school_year", "sheet_id", "at", "person")
        self._requests[fact.correction_id] = {
            **{name: self._shared[name] for name in kept},
            "correction_id": as_text(fact.correction_id),
            "position": line.position,
            "cells": json.dumps([[as_text(one.pupil), one.column] for one in fact.lines]),
            "refused_at": None,
            "moved": line.position,
        }

    def refuse(self, fact: facts.CorrectionRefused, line: Line) -> None:
        at = self._shared["at"]
        if row := self._requests.get(fact.correction_id):
            row |= {"refused_at": at, "moved": line.position}
            return
        refused = as_text(fact.correction_id)
        self._refused.append({"refused": refused, "moment": at, "position": line.position})

    def _begin_run(self, line: Line) -> None:
        by, sheet_id = line.by, as_text(sheet_of(line))
        self._run = (line.command_id, line.stream_id)
        self._standing.clear()
        self._now = ticks(line.at)
        self._shared = {
            "school_year": self._sheets.year_of(sheet_id),
            "sheet_id": sheet_id,
            "at": moment_text(line.at),
            "person": as_text(by.person),
            "role": by.role.value,
            "on_behalf_of": by.on_behalf_of and as_text(by.on_behalf_of),
            "command_id": as_text(line.command_id),
        }

    def _standing_of(self, line: Line, column: str) -> Row:
        """How the column stands just before the line, as a change tells it."""
        if column not in self._standing:
            view = self._columns.of(line.stream_id)[column]
            self._standing[column] = {
                "lock_state": view.state_at(line.at).value,
                "after_official": view.was_official or view.official_at(line.at),
                "window": view.window_at(line.at),
                "deadline": view.deadline and moment_text(view.deadline),
            }
        return self._standing[column]

    def _count(self, line: Line, column: str) -> None:
        """Count a first mark for who entered it."""
        shared = self._shared
        on_behalf_of = shared["on_behalf_of"] or tables.NOBODY
        key = (shared["sheet_id"], column, shared["person"], shared["role"], on_behalf_of)
        row = self._entries.get(key)
        if row is None:
            names = ("sheet_id", "column", "person", "role", "on_behalf_of")
            row = dict(zip(names, key, strict=True)) | {"school_year": shared["school_year"]}
            row |= {"entered": 0, "at_odd_hours": 0, "before_deadline": 0}
            self._entries[key] = row
        deadline = self._columns.of(line.stream_id)[column].deadline
        row["entered"] += 1
        row["at_odd_hours"] += at_odd_hour(line.at)
        row["before_deadline"] += in_last_day(line.at, deadline)
        row["moved"] = line.position


def _placed(batch: _Batch, fact: Any, line: Line) -> None:  # noqa: ANN401  (one of _OfCell)
    batch.write(line, fact, fact.after)


def _cleared(batch: _Batch, fact: facts.MarkCleared, line: Line) -> None:
    batch.write(line, fact, BLANK)


_FOLDS: Final[Mapping[type, Callable[[_Batch, Any, Line], None]]] = MappingProxyType(
    {
        **dict.fromkeys(_MARK_FACTS, _placed),
        facts.MarkCleared: _cleared,
        facts.AttemptRefused: _Batch.attempt,
        facts.CorrectionRequested: _Batch.request,
        facts.CorrectionRefused: _Batch.refuse,
    }
)
_TOLD: Final = frozenset({*_FOLDS, *COLUMN_FACTS, *ROSTER_FACTS})
