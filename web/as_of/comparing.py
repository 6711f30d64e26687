"""Two points of one sheet, or of all sheets of a class, and what changed between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from ledger.line import Line
from ledger.points import lines_until
from ledger.sheet.state import Place, Sheet, replay
from ledger.vocabulary import PupilId, SheetId
from projections.comparison import CellChange, Comparison, compare, last_made_official
from projections.gradebook import SheetCard
from web.as_of.asking import AskedPoint, at_position, read_point
from web.as_of.sheet import end_of
from web.desk import Desk
from web.marks import shown_mark
from web.moments import field_moment

# What a class is compared with unless somebody says otherwise.
_A_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """One cell of the later sheet, and what was there before where that differs."""

    column: str
    shown: str
    change: CellChange | None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One pupil of the later sheet."""

    pupil: PupilId
    number: int
    left: bool
    cells: tuple[ComparedCell, ...]

    @property
    def changed(self) -> bool:
        return any(cell.change for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ComparedSheet:
    """A sheet between two points, the earlier one first.

    `opened` and `was_open` say whether the sheet had been opened at the later and at the earlier
    point.
    """

    earlier: AskedPoint
    later: AskedPoint
    was_open: bool
    opened: bool
    columns: tuple[str, ...]
    rows: tuple[ComparedRow, ...]
    found: Comparison


def compare_sheet(desk: Desk, sheet_id: SheetId, tu: str, den: str) -> ComparedSheet:
    """Compare as the address asks; by default the last lock or close of a column with now."""
    every = desk.ledger.lines_until(sheet_id, end_of(desk).point)
    later = read_point(den) if den.strip() else end_of(desk)
    earlier = read_point(tu) if tu.strip() else _usual_start(lines_until(every, later.point))
    until_earlier, until_later = (_count(every, asked) for asked in (earlier, later))
    if until_earlier > until_later:
        earlier, later = later, earlier
        until_earlier, until_later = until_later, until_earlier
    before, after = replay(every[:until_earlier]), replay(every[:until_later])
    found = compare(before, after, every[until_earlier:until_later])
    return ComparedSheet(
        earlier=earlier,
        later=later,
        was_open=before.opened is not None,
        opened=after.opened is not None,
        columns=after.columns,
        rows=_rows(after, {(one.pupil, one.column): one for one in found.cells}),
        found=found,
    )


def compare_class(
    desk: Desk, cards: Iterable[SheetCard], tu: str, den: str
) -> tuple[AskedPoint, AskedPoint, list[tuple[SheetCard, Comparison]]]:
    """Compare every sheet of a class; by default the last seven days."""
    end = end_of(desk)
    later = read_point(den) if den.strip() else end
    earlier = read_point(tu) if tu.strip() else read_point(field_moment(desk.clock() - _A_WEEK))
    if _moment(desk, earlier) > _moment(desk, later):
        earlier, later = later, earlier
    compared = []
    for card in cards:
        every = desk.ledger.lines_until(card.sheet_id, end.point)
        first, last = sorted(_count(every, asked) for asked in (earlier, later))
        found = compare(replay(every[:first]), replay(every[:last]), every[first:last])
        compared.append((card, found))
    return earlier, later, compared


def _count(lines: Iterable[Line], asked: AskedPoint) -> int:
    return sum(1 for _ in lines_until(lines, asked.point))


def _moment(desk: Desk, asked: AskedPoint) -> datetime:
    return desk.ledger.moment_of(asked.point) or datetime.min.replace(tzinfo=UTC)


def _usual_start(lines: Iterable[Line]) -> AskedPoint:
    """Just after the last lock or close, else just after the sheet was opened."""
    every = list(lines)
    start = last_made_official(every) or (every[0] if every else None)
    return at_position(start.position if start else 0)


def _rows(sheet: Sheet, changes: Mapping[Place, CellChange]) -> tuple[ComparedRow, ...]:
    return tuple(
        ComparedRow(
            pupil=pupil,
            number=number,
            left=pupil in sheet.left,
            cells=tuple(
                ComparedCell(
                    column,
                    shown_mark(sheet.cell((pupil, column)).mark),
                    changes.get((pupil, column)),
                )
                for column in sheet.columns
            ),
        )
        for pupil, number in sorted(sheet.numbers.items(), key=lambda entry: entry[1])
    )
