"""What a batch loads of the tables, changes and keeps: sheets, cells, and marks taken away."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, select

from ledger.line import Line
from ledger.sheet import facts
from projections.anomalies import tables
from projections.anomalies.packing import NOTHING, packed_moments, unpacked_moments
from projections.tables import Row, as_text, load_rows, upsert

_marks, _change = tables.marks.c, tables.change.c
Place = tuple[str, str, str]  # sheet, pupil and column


@dataclass(slots=True)
class _Sheet:
    """A sheet's row, with its lists unpacked; `places` of its pupils in the marks of a column."""

    row: Row
    teachers: list[str]
    pupils: list[list[Any]]
    places: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {pupil: place for place, (pupil, *_) in enumerate(self.pupils)}

    def seat(self, pupil: str, number: int) -> None:
        place = self.places.setdefault(pupil, len(self.pupils))
        self.pupils[place : place + 1] = [[pupil, number, False]]

    def to_row(self) -> Row:
        packed = {"teachers": json.dumps(self.teachers), "pupils": json.dumps(self.pupils)}
        return {**self.row, **packed}


class SheetBook:
    """The sheets that a batch touches, and who is on them."""

    def __init__(self, connection: Connection, sheet_ids: Collection[str]) -> None:
        kept = load_rows(connection, tables.sheet, tables.sheet.c.sheet_id, sheet_ids)
        self._sheets = {
            sheet_id: _Sheet(row, json.loads(row["teachers"]), json.loads(row["pupils"]))
            for sheet_id, row in kept.items()
        }
        self._moved: dict[str, int] = {}

    def year_of(self, sheet_id: str) -> str | None:
        """The school year of a sheet, None for one that nobody has opened."""
        sheet = self._sheets.get(sheet_id)
        return None if sheet is None else sheet.row["school_year"]

    def place_of(self, sheet_id: str, pupil: str) -> int:
        return self._sheets[sheet_id].places[pupil]

    def apply(self, line: Line) -> None:
        """Fold one line; any that says nothing of who is on a sheet is passed over."""
        sheet_id, fact = as_text(line.stream_id), line.fact
        match fact:
            case facts.SheetOpened():
                self._sheets[sheet_id] = _opened(sheet_id, fact)
            case facts.TeacherJoinedSheet():
                teachers = self._sheets[sheet_id].teachers
                teachers[:] = [*_without(teachers, fact.teacher), as_text(fact.teacher)]
            case facts.TeacherLeftSheet():
                teachers = self._sheets[sheet_id].teachers
                teachers[:] = _without(teachers, fact.teacher)
            case facts.PupilJoinedSheet():
                self._sheets[sheet_id].seat(as_text(fact.pupil), fact.number)
            case facts.PupilLeftSheet():
                sheet = self._sheets[sheet_id]
                sheet.pupils[sheet.places[as_text(fact.pupil)]][2] = True
            case _:
                return
        self._moved[sheet_id] = line.position

    def keep(self, connection: Connection) -> None:
        rows = [
            {**self._sheets[sheet_id].to_row(), "moved": position}
            for sheet_id, position in self._moved.items()
        ]
        upsert(connection, tables.sheet, rows)


def _opened(sheet_id: str, fact: facts.SheetOpened) -> _Sheet:
    row = {
        "sheet_id": sheet_id,
        "school_year": fact.school_year,
        "semester": fact.semester,
        "grade": fact.grade,
        "class_group": fact.class_group,
        "subject": fact.subject,
        "kind": fact.kind.value,
        "columns": json.dumps(fact.columns),
    }
    pupils = [[as_text(entry.pupil), entry.number, False] for entry in fact.pupils]
    return _Sheet(row, [as_text(teacher) for teacher in fact.teachers], pupils)


def _without(teachers: list[str], teacher: UUID) -> list[str]:
    return [one for one in teachers if one != as_text(teacher)]


@dataclass(slots=True)
class Cells:
    """The cells of one column by the pupils' places: a byte of each, and since when in ticks."""

    codes: bytearray = field(default_factory=bytearray)
    since: list[int] = field(default_factory=list)
    moved: int = 0

    def at(self, place: int) -> tuple[int, int]:
        """The byte of a cell and since when it stands there; NOTHING in one never written."""
        return (self.codes[place], self.since[place]) if place < len(self.codes) else (NOTHING, 0)

    def put(self, place: int, code: int, since: int, position: int) -> None:
        if (lacking := place + 1 - len(self.codes)) > 0:
            self.codes.extend([NOTHING] * lacking)
            self.since.extend([0] * lacking)
        self.codes[place], self.since[place], self.moved = code, since, position


class CellBook:
    """The cells of the sheets that a batch touches."""

    def __init__(self, connection: Connection, sheet_ids: Collection[str]) -> None:
        self._columns: dict[tuple[str, str], Cells] = {}
        if sheet_ids:
            query = select(_marks.sheet_id, _marks.column, _marks.marks, _marks.since)
            for row in connection.execute(query.where(_marks.sheet_id.in_(sheet_ids))):
                codes, since = bytearray.fromhex(row.marks), unpacked_moments(row.since)
                self._columns[row.sheet_id, row.column] = Cells(codes, since)

    def of(self, sheet_id: str, column: str) -> Cells:
        """The cells of a column, to be read and written."""
        key = (sheet_id, column)
        if key not in self._columns:
            self._columns[key] = Cells()
        return self._columns[key]

    def keep(self, connection: Connection, sheets: SheetBook) -> None:
        rows = [
            {
                "sheet_id": sheet_id,
                "column": column,
                "school_year": sheets.year_of(sheet_id),
                "marks": cells.codes.hex(),
                "since": packed_moments(cells.since),
                "moved": cells.moved,
            }
            for (sheet_id, column), cells in self._columns.items()
            if cells.moved
        ]
        upsert(connection, tables.marks, rows)


_AWAITING: Final = select(tables.change).where(tables.AWAITS_REENTRY)


class ChangeBook:
    """The changes of a batch, and those before it whose cells are still empty."""

    def __init__(self, connection: Connection, sheet_ids: Collection[str]) -> None:
        self._rows: dict[int, Row] = {}
        self._awaiting: dict[Place, Row] = {}
        if sheet_ids:
            query = _AWAITING.where(_change.sheet_id.in_(sheet_ids))
            for row in connection.execute(query).mappings():
                self._awaiting[row["sheet_id"], row["pupil"], row["column"]] = dict(row)

    def emptied(self, place: Place) -> Row | None:
        """The change that left a cell empty which held a mark before."""
        return self._awaiting.get(place)

    def tell(self, row: Mapping[str, Any]) -> None:
        """Keep a change, in place of the one with the same beginning."""
        place = (row["sheet_id"], row["pupil"], row["column"])
        self._rows[row["begun"]] = told = dict(row)
        if told["after"] == NOTHING:
            self._awaiting[place] = told
        else:
            self._awaiting.pop(place, None)

    def keep(self, connection: Connection) -> None:
        upsert(connection, tables.change, self._rows.values())
