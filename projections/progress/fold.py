"""Fold lines into the tables of the progress, a batch in a fixed number of statements."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, MetaData, bindparam, update

from ledger.line import Line
from ledger.sheet import facts
from ledger.vocabulary import BLANK, Mark, MarkState
from projections.columns import COLUMN_FACTS, ColumnBook
from projections.progress import tables
from projections.roster import RosterBook, at_pupil
from projections.tables import Row, as_text, update_rows, upsert

_pupil = tables.pupil.c
_AT_PUPIL: Final = (
    update(tables.pupil)
    .where(_pupil.sheet_id == bindparam("of_sheet"))
    .where(_pupil.pupil == bindparam("who"))
)
# The bits of the columns that moved are taken out and put in anew; all others stay.
_SET_BITS: Final = _AT_PUPIL.values(
    filled=_pupil.filled.bitwise_and(bindparam("others")).bitwise_or(bindparam("now_filled")),
    awaiting=_pupil.awaiting.bitwise_and(bindparam("others")).bitwise_or(bindparam("now_awaiting")),
)
_ALL_BITS: Final = (1 << len(tables.BITS)) - 1

_Placed = facts.MarkEntered | facts.MarkChanged | facts.MarkCorrected | facts.MarkBrought


class ProgressFold:
    """The projection that counts which marks are there and which are still to come."""

    name: Final = "progress"
    version: Final = 2
    metadata: Final[MetaData] = tables.metadata

    def apply(self, connection: Connection, lines: Sequence[Line]) -> None:
        batch = _Batch(connection, lines)
        for line in lines:
            batch.fold(line)
        batch.keep()


class _Batch:
    """What a batch changes, keyed as in the tables, so that each row is written once."""

    def __init__(self, connection: Connection, lines: Sequence[Line]) -> None:
        self._connection = connection
        moving = {line.stream_id for line in lines if type(line.fact) in COLUMN_FACTS}
        self._columns = ColumnBook(connection, tables.column, moving)
        self._sheets: list[Row] = []
        self._roster = RosterBook(tables.teacher, tables.pupil)
        self._bits: dict[tuple[UUID, UUID], Row] = {}

    def fold(self, line: Line) -> None:
        self._columns.apply(line)
        self._roster.apply(line)
        if fold := _FOLDS.get(type(line.fact)):
            fold(self, line.fact, line)

    def keep(self) -> None:
        connection = self._connection
        upsert(connection, tables.sheet, self._sheets)
        # First who is on the sheets, then what they have: a new pupil has no row yet.
        self._roster.keep(connection)
        update_rows(connection, _SET_BITS, list(self._bits.values()))
        self._columns.keep()

    def open(self, fact: facts.SheetOpened, line: Line) -> None:
        self._sheets.append(
            {
                "sheet_id": as_text(line.stream_id),
                "school_year": fact.school_year,
                "semester": fact.semester,
                "grade": fact.grade,
                "class_group": fact.class_group,
                "subject": fact.subject,
                "kind": fact.kind.value,
            }
        )

    def write(self, line: Line, pupil: UUID, column: str, mark: Mark) -> None:
        row = self._bits.setdefault(
            (line.stream_id, pupil),
            {
                **at_pupil(line, pupil),
                "others": _ALL_BITS,
                "now_filled": 0,
                "now_awaiting": 0,
            },
        )
        bit = 1 << tables.BITS[column]
        row["others"] &= ~bit
        awaits = mark.state is MarkState.AWAITING_MAKE_UP
        _put(row, "now_awaiting", bit, there=awaits)
        _put(row, "now_filled", bit, there=not (awaits or mark.is_blank))


def _put(row: Row, name: str, bit: int, *, there: bool) -> None:
    row[name] = row[name] | bit if there else row[name] & ~bit


def _placed(batch: _Batch, fact: _Placed, line: Line) -> None:
    batch.write(line, fact.pupil, fact.column, fact.after)


def _cleared(batch: _Batch, fact: facts.MarkCleared, line: Line) -> None:
    batch.write(line, fact.pupil, fact.column, BLANK)


_FOLDS: Final[Mapping[type, Callable[[_Batch, Any, Line], None]]] = MappingProxyType(
    {
        facts.SheetOpened: _Batch.open,
        facts.MarkEntered: _placed,
        facts.MarkChanged: _placed,
        facts.MarkCorrected: _placed,
        facts.MarkBrought: _placed,
        facts.MarkCleared: _cleared,
    }
)
