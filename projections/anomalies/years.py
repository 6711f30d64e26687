"""One school year's material in memory, brought on by the rows that moved since it was read."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, Table, select

from ledger.vocabulary import (
    CommandId,
    CorrectionId,
    PersonId,
    PupilId,
    Role,
    SheetId,
    SubjectKind,
)
from projections.anomalies import tables
from projections.anomalies.material import (
    NO_MARK,
    Attempt,
    Change,
    Entries,
    Material,
    Request,
    SheetMarks,
    SheetPlace,
    Tenths,
)
from projections.anomalies.packing import MOST_TENTHS, NOTHING
from projections.columns import LockState
from projections.tables import as_uuid, optional_id, to_moment


class Year:
    """Everything of one school year up to a position; its plain values are handed out as they are.

    What no line moved stays the very same object from one material to the next, so whoever makes
    something of it may keep that as long.
    """

    def __init__(self, school_year: str) -> None:
        self._school_year = school_year
        self._position = 0
        self._moved_at = 0
        self._rows: dict[str, Any] = {}
        self._marks: dict[str, dict[str, Tenths]] = defaultdict(dict)
        self._sheets: dict[str, SheetMarks] = {}
        self._places: dict[str, SheetPlace] = {}
        self._changes: dict[int, Change] = {}
        self._entries: dict[tuple[str, ...], Entries] = {}
        self._attempts: dict[int, Attempt] = {}
        self._requests: dict[str, Request] = {}
        self._material: Material | None = None

    @property
    def position(self) -> int:
        """The last line that everything is as of."""
        return self._position

    @property
    def moved_at(self) -> int:
        """The last line that moved anything of this year."""
        return self._moved_at

    def bring_on(self, connection: Connection, position: int) -> Material:
        """Read what moved up to `position`, the last line in the tables, and return everything."""
        if self._material is not None and position == self._position:
            return self._material
        # Whatever ends the reading early, what came of it is put together by the next.
        known, self._material = self._material, None
        moved_at = self._moved_at
        self._read_sheets(connection)
        self._read_what_happened(connection)
        self._position = position
        if known is not None and self._moved_at == moved_at:
            self._material = replace(known, position=position)
        else:
            self._material = self._everything()
        return self._material

    def _moved(self, connection: Connection, table: Table) -> Iterator[Any]:
        """The rows of the year that a line moved after those that are here."""
        moved = (table.c.school_year == self._school_year) & (table.c.moved > self._position)
        for row in connection.execute(select(table).where(moved)):
            self._moved_at = max(self._moved_at, row.moved)
            yield row

    def _read_sheets(self, connection: Connection) -> None:
        moved = set()
        for row in self._moved(connection, tables.sheet):
            self._rows[row.sheet_id] = row
            self._places[row.sheet_id] = _place(row)
            moved.add(row.sheet_id)
        for row in self._moved(connection, tables.marks):
            self._marks[row.sheet_id][row.column] = _tenths(row.marks)
            moved.add(row.sheet_id)
        for sheet_id in moved:
            if self._rows[sheet_id].kind == SubjectKind.SCORED:
                self._sheets[sheet_id] = self._sheet(sheet_id)

    def _read_what_happened(self, connection: Connection) -> None:
        for row in self._moved(connection, tables.change):
            self._changes[row.begun] = _change(row)
        for row in self._moved(connection, tables.entries):
            key = (row.sheet_id, row.column, row.person, row.role, row.on_behalf_of)
            self._entries[key] = _entries(row)
        for row in self._moved(connection, tables.attempt):
            self._attempts[row.moved] = _attempt(row)
        for row in self._moved(connection, tables.request):
            self._requests[row.correction_id] = _request(row)

    def _sheet(self, sheet_id: str) -> SheetMarks:
        row, place, marks = self._rows[sheet_id], self._places[sheet_id], self._marks[sheet_id]
        pupils = json.loads(row.pupils)
        seats = [at for at, (_, _, left) in enumerate(pupils) if not left]
        seats.sort(key=lambda at: pupils[at][1])
        order = np.array(seats, dtype=np.intp)
        return SheetMarks(
            sheet_id=SheetId(as_uuid(sheet_id)),
            semester=place.semester,
            grade=place.grade,
            class_group=place.class_group,
            subject=place.subject,
            teachers=place.teachers,
            pupils=tuple(PupilId(as_uuid(pupils[at][0])) for at in seats),
            columns={
                column: _seated(marks.get(column), len(pupils))[order]
                for column in json.loads(row.columns)
            },
        )

    def _everything(self) -> Material:
        def by_place(item: tuple[str, SheetPlace]) -> tuple[int, int, str, str]:
            place = item[1]
            return (place.semester, place.grade, place.class_group, place.subject)

        in_order = [sheet_id for sheet_id, _ in sorted(self._places.items(), key=by_place)]
        return Material(
            school_year=self._school_year,
            position=self._position,
            sheets=tuple(self._sheets[one] for one in in_order if one in self._sheets),
            changes=tuple(sorted(self._changes.values(), key=lambda change: change.position)),
            entries=tuple(self._entries[key] for key in sorted(self._entries)),
            attempts=tuple(self._attempts[at] for at in sorted(self._attempts)),
            requests=tuple(sorted(self._requests.values(), key=lambda request: request.position)),
            places={SheetId(as_uuid(one)): self._places[one] for one in in_order},
        )


def _tenths(marks: str) -> Tenths:
    """The tenths of a column by the pupils' places; a 0 by rule is no work of the pupil's."""
    codes = np.frombuffer(bytes.fromhex(marks), dtype=np.uint8).astype(np.int16)
    codes[codes > MOST_TENTHS] = NO_MARK
    return codes


def _seated(tenths: Tenths | None, count: int) -> Tenths:
    """The tenths of so many places: after the last pupil who has any there are none."""
    if tenths is not None and len(tenths) == count:
        return tenths
    whole: Tenths = np.full(count, NO_MARK, dtype=np.int16)
    if tenths is not None:
        whole[: len(tenths)] = tenths
    return whole


def _worth(code: int) -> int:
    """The tenths of a mark that was changed: there a 0 by rule is a 0."""
    if code == NOTHING:
        return NO_MARK
    return code if code <= MOST_TENTHS else 0


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _place(row: Any) -> SheetPlace:  # noqa: ANN401  (a row of the table)
    return SheetPlace(
        semester=row.semester,
        grade=row.grade,
        class_group=row.class_group,
        subject=row.subject,
        teachers=tuple(PersonId(as_uuid(one)) for one in json.loads(row.teachers)),
    )


def _change(row: Any) -> Change:  # noqa: ANN401  (a row of the table)
    at = _moment(row.at)
    return Change(
        position=row.moved,
        sheet_id=SheetId(as_uuid(row.sheet_id)),
        pupil=PupilId(as_uuid(row.pupil)),
        column=row.column,
        before=_worth(row.before),
        after=_worth(row.after),
        at=at,
        age=at - _moment(row.since),
        person=PersonId(as_uuid(row.person)),
        role=_ROLES[row.role],
        on_behalf_of=optional_id(row.on_behalf_of),
        command_id=CommandId(as_uuid(row.command_id)),
        lock_state=_LOCK_STATES[row.lock_state],
        after_official=row.after_official,
        reentered=row.moved != row.begun,
        window=row.window,
        deadline=to_moment(row.deadline),
        correction_id=optional_id(row.correction_id),
    )


def _entries(row: Any) -> Entries:  # noqa: ANN401  (a row of the table)
    nobody = row.on_behalf_of == tables.NOBODY
    return Entries(
        sheet_id=SheetId(as_uuid(row.sheet_id)),
        column=row.column,
        person=PersonId(as_uuid(row.person)),
        role=_ROLES[row.role],
        on_behalf_of=None if nobody else PersonId(as_uuid(row.on_behalf_of)),
        count=row.entered,
        at_odd_hours=row.at_odd_hours,
        before_deadline=row.before_deadline,
    )


def _attempt(row: Any) -> Attempt:  # noqa: ANN401  (a row of the table)
    return Attempt(
        position=row.moved,
        sheet_id=SheetId(as_uuid(row.sheet_id)),
        at=_moment(row.at),
        person=PersonId(as_uuid(row.person)),
        role=_ROLES[row.role],
        refusal=row.refusal,
    )


def _request(row: Any) -> Request:  # noqa: ANN401  (a row of the table)
    return Request(
        position=row.position,
        correction_id=CorrectionId(as_uuid(row.correction_id)),
        sheet_id=SheetId(as_uuid(row.sheet_id)),
        person=PersonId(as_uuid(row.person)),
        at=_moment(row.at),
        cells=frozenset((PupilId(as_uuid(who)), column) for who, column in json.loads(row.cells)),
        refused_at=to_moment(row.refused_at),
    )


_ROLES: Final = {role.value: role for role in Role}
_LOCK_STATES: Final = {state.value: state for state in LockState}
