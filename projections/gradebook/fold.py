"""Fold lines into the gradebook's tables, a batch in a fixed number of statements."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, MetaData, bindparam, null, update

from ledger.line import Line
from ledger.sheet import facts
from ledger.vocabulary import BLANK, Mark
from projections.columns import COLUMN_FACTS, SHEET_FACTS, ColumnBook
from projections.gradebook import tables
from projections.roster import ROSTER_FACTS, RosterBook
from projections.tables import Row, as_text, moment_text, update_rows, upsert

_sheet, _cell = tables.sheet.c, tables.cell.c
_AT_SHEET: Final = _sheet.sheet_id == bindparam("of_sheet")
_SET_VERSION: Final = update(tables.sheet).where(_AT_SHEET).values(version=bindparam("reached"))
_SET_HOMEROOM: Final = (
    update(tables.sheet).where(_AT_SHEET).values(homeroom_teacher=bindparam("person"))
)
_CONFIRM: Final = (
    update(tables.cell)
    .where(_cell.sheet_id == bindparam("of_sheet"), _cell.column == bindparam("of_column"))
    .where(_cell.unconfirmed_for == bindparam("person"))
    .values(unconfirmed_for=null())
)


_OfCell = (
    facts.MarkEntered
    | facts.MarkChanged
    | facts.MarkCleared
    | facts.MarkCorrected
    | facts.MarkBrought
)


class GradebookFold:
    """The projection that keeps every sheet as it stands."""

    name: Final = "gradebook"
    version: Final = 3
    metadata: Final[MetaData] = tables.metadata

    def apply(self, connection: Connection, lines: Sequence[Line]) -> None:
        batch = _Batch(connection, lines)
        for stream_id, run in groupby(lines, attrgetter("stream_id")):
            batch.fold(stream_id, run)
        batch.keep()


class _Batch:
    """What a batch changes, keyed as in the tables, so that each row is written once."""

    def __init__(self, connection: Connection, lines: Sequence[Line]) -> None:
        self._connection = connection
        moving = {line.stream_id for line in lines if type(line.fact) in COLUMN_FACTS}
        self._columns = ColumnBook(connection, tables.column, moving)
        self._versions: dict[UUID, int] = {}
        self._opened: dict[UUID, Row] = {}
        self._homeroom: dict[UUID, str] = {}
        self._roster = RosterBook(tables.teacher, tables.pupil)
        self._corrections: list[Row] = []
        self._confirmed: list[Row] = []
        self._cells: dict[tuple[str, str, str], Row] = {}
        # Lines come in runs of one command, which share all this.
        self._shared: Row = {}

    def fold(self, stream_id: UUID, lines: Iterable[Line]) -> None:
        """Fold lines of one stream that follow each other."""
        command_id = None
        for line in lines:
            kind = type(line.fact)
            if kind not in SHEET_FACTS:
                return  # A stream of another kind, which is no sheet.
            if command_id != line.command_id:
                command_id = line.command_id
                self._begin_run(line)
            if kind in COLUMN_FACTS:
                self._columns.apply(line)
            if kind in ROSTER_FACTS:
                self._roster.apply(line)
            if fold := _FOLDS.get(kind):
                fold(self, line.fact, line)
        self._versions[stream_id] = line.version

    def keep(self) -> None:
        connection, versions = self._connection, self._versions
        for sheet_id, row in self._opened.items():
            row["version"] = versions.pop(sheet_id)
            row["homeroom_teacher"] = self._homeroom.pop(sheet_id, row["homeroom_teacher"])
        upsert(connection, tables.sheet, self._opened.values())
        update_rows(
            connection,
            _SET_VERSION,
            [
                {"of_sheet": as_text(sheet_id), "reached": version}
                for sheet_id, version in versions.items()
            ],
        )
        update_rows(
            connection,
            _SET_HOMEROOM,
            [
                {"of_sheet": as_text(sheet_id), "person": person}
                for sheet_id, person in self._homeroom.items()
            ],
        )
        self._roster.keep(connection)
        upsert(connection, tables.correction, self._corrections)
        # First the cells kept before, then those of this batch, which know it already.
        update_rows(connection, _CONFIRM, self._confirmed)
        upsert(connection, tables.cell, self._cells.values(), adding=("changes",))
        self._columns.keep()

    def open(self, fact: facts.SheetOpened, line: Line) -> None:
        sheet_id = as_text(line.stream_id)
        self._opened[line.stream_id] = {
            "sheet_id": sheet_id,
            "school_year": fact.school_year,
            "semester": fact.semester,
            "grade": fact.grade,
            "class_group": fact.class_group,
            "subject": fact.subject,
            "kind": fact.kind.value,
            "homeroom_teacher": as_text(fact.homeroom_teacher),
        }

    def change_homeroom(self, fact: facts.HomeroomTeacherChanged, line: Line) -> None:
        self._homeroom[line.stream_id] = as_text(fact.teacher)

    def note_reason(self, fact: facts.CorrectionRequested, _line: Line) -> None:
        row = {"correction_id": as_text(fact.correction_id), "reason": fact.reason}
        self._corrections.append(row)

    def confirm(self, fact: facts.EntriesConfirmed, line: Line) -> None:
        person = as_text(line.by.person)
        row = {"of_sheet": as_text(line.stream_id), "of_column": fact.column, "person": person}
        self._confirmed.append(row)
        for (sheet_id, _, column), cell in self._cells.items():
            here = sheet_id == row["of_sheet"] and column == fact.column
            if here and cell["unconfirmed_for"] == person:
                cell["unconfirmed_for"] = None

    def write(
        self, line: Line, fact: _OfCell, mark: Mark, *, changes: int, unconfirmed: bool = True
    ) -> Row:
        shared, pupil = self._shared, as_text(fact.pupil)
        key = (shared["sheet_id"], pupil, fact.column)
        if earlier := self._cells.get(key):
            changes += earlier["changes"]
        self._cells[key] = row = {
            **shared,
            "pupil": pupil,
            "column": fact.column,
            "mark": mark.text,
            "version": line.version,
            "position": line.position,
            "changes": changes,
            "correction_id": None,
            "before_correction": None,
            "unconfirmed_for": shared["on_behalf_of"] if unconfirmed else None,
        }
        return row

    def correct(self, fact: facts.MarkCorrected, line: Line) -> None:
        row = self.write(line, fact, fact.after, changes=1)
        row["correction_id"] = as_text(fact.correction_id)
        row["before_correction"] = fact.before.text

    def _begin_run(self, line: Line) -> None:
        by = line.by
        self._shared = {
            "sheet_id": as_text(line.stream_id),
            "by": as_text(by.person),
            "role": by.role.value,
            "on_behalf_of": by.on_behalf_of and as_text(by.on_behalf_of),
            "at": moment_text(line.at),
        }


def _entered(batch: _Batch, fact: facts.MarkEntered | facts.MarkBrought, line: Line) -> None:
    batch.write(line, fact, fact.after, changes=0)


def _changed(batch: _Batch, fact: facts.MarkChanged, line: Line) -> None:
    batch.write(line, fact, fact.after, changes=1)


def _cleared(batch: _Batch, fact: facts.MarkCleared, line: Line) -> None:
    # Nobody has to confirm an empty cell, whoever emptied it.
    batch.write(line, fact, BLANK, changes=1, unconfirmed=False)


_FOLDS: Final[Mapping[type, Callable[[_Batch, Any, Line], None]]] = MappingProxyType(
    {
        facts.SheetOpened: _Batch.open,
        facts.HomeroomTeacherChanged: _Batch.change_homeroom,
        facts.MarkEntered: _entered,
        facts.MarkBrought: _entered,
        facts.MarkChanged: _changed,
        facts.MarkCleared: _cleared,
        facts.MarkCorrected: _Batch.correct,
        facts.EntriesConfirmed: _Batch.confirm,
        facts.CorrectionRequested: _Batch.note_reason,
    }
)
