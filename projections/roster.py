"""Who is on each sheet: its teachers, and its pupils with their numbers; folded from the lines."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    Table,
    bindparam,
    true,
    update,
)

from ledger.line import Line
from ledger.sheet import facts
from projections.tables import ID, Row, as_text, update_rows, upsert


def teacher_table(name: str, metadata: MetaData) -> Table:
    """The teachers of each sheet. `since` and `place`: the order in which they came to it."""
    return Table(
        name,
        metadata,
        Column("sheet_id", ID, primary_key=True),
        Column("person", ID, primary_key=True),
        Column("since", Integer, nullable=False),
        Column("place", Integer, nullable=False),
        Column("left", Boolean, nullable=False),
        Index(f"{name}_of_person", "person"),
    )


def pupil_table(name: str, metadata: MetaData, *more: Column[Any], with_rowid: bool) -> Table:
    """The pupils of each sheet with their numbers (STT), which those who left keep."""
    return Table(
        name,
        metadata,
        Column("sheet_id", ID, primary_key=True),
        Column("pupil", ID, primary_key=True),
        Column("number", Integer, nullable=False),
        Column("left", Boolean, nullable=False),
        *more,
        sqlite_with_rowid=with_rowid,
    )


class RosterBook:
    """What a batch of lines changes in the two tables; each row is written once."""

    def __init__(self, teachers: Table, pupils: Table) -> None:
        self._teacher_table, self._pupil_table = teachers, pupils
        self._teachers: dict[tuple[UUID, UUID], Row] = {}
        self._pupils: dict[tuple[UUID, UUID], Row] = {}
        self._leaving: dict[tuple[UUID, UUID], Row] = {}

    def apply(self, line: Line) -> None:
        """Fold one of ROSTER_FACTS; any other line is about something else."""
        if fold := _FOLDS.get(type(line.fact)):
            fold(self, line.fact, line)

    def keep(self, connection: Connection) -> None:
        upsert(connection, self._teacher_table, self._teachers.values())
        upsert(connection, self._pupil_table, self._pupils.values())
        at = self._pupil_table.c
        gone = (
            update(self._pupil_table)
            .where(at.sheet_id == bindparam("of_sheet"), at.pupil == bindparam("who"))
            .values(left=true())
        )
        update_rows(connection, gone, list(self._leaving.values()))

    def open(self, fact: facts.SheetOpened, line: Line) -> None:
        for place, person in enumerate(fact.teachers):
            self._seat(line, person, place=place)
        for entry in fact.pupils:
            self.enrol(entry, line)

    def join(self, fact: facts.TeacherJoinedSheet, line: Line) -> None:
        self._seat(line, fact.teacher)

    def leave(self, fact: facts.TeacherLeftSheet, line: Line) -> None:
        self._seat(line, fact.teacher, left=True)

    def enrol(self, entry: facts.NumberedPupil | facts.PupilJoinedSheet, line: Line) -> None:
        key = (line.stream_id, entry.pupil)
        self._leaving.pop(key, None)
        self._pupils[key] = {
            "sheet_id": as_text(line.stream_id),
            "pupil": as_text(entry.pupil),
            "number": entry.number,
            "left": False,
        }

    def depart(self, fact: facts.PupilLeftSheet, line: Line) -> None:
        self._leaving[line.stream_id, fact.pupil] = at_pupil(line, fact.pupil)

    def _seat(self, line: Line, person: UUID, *, place: int = 0, left: bool = False) -> None:
        self._teachers[line.stream_id, person] = {
            "sheet_id": as_text(line.stream_id),
            "person": as_text(person),
            "since": line.version,
            "place": place,
            "left": left,
        }


def at_pupil(line: Line, pupil: UUID) -> Row:
    """The names by which updates find the row of a pupil."""
    return {"of_sheet": as_text(line.stream_id), "who": as_text(pupil)}


_FOLDS: Final[Mapping[type, Callable[[RosterBook, Any, Line], None]]] = MappingProxyType(
    {
        facts.SheetOpened: RosterBook.open,
        facts.TeacherJoinedSheet: RosterBook.join,
        facts.TeacherLeftSheet: RosterBook.leave,
        facts.PupilJoinedSheet: RosterBook.enrol,
        facts.PupilLeftSheet: RosterBook.depart,
    }
)
ROSTER_FACTS: Final = frozenset(_FOLDS)
