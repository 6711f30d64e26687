"""What changed on a sheet between two points: the net of it, and the lines it came about by."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ledger.line import Line
from ledger.sheet import facts
from ledger.sheet.state import Place, Sheet
from ledger.vocabulary import Mark, PersonId, PupilId
from projections.history.fold import direction

_OF_A_CELL: Final = (
    facts.MarkBrought,
    facts.MarkEntered,
    facts.MarkChanged,
    facts.MarkCleared,
    facts.MarkCorrected,
)
_OF_COLUMNS: Final = (
    facts.ColumnClosed,
    facts.ColumnReopened,
    facts.SheetLocked,
    facts.SheetUnlocked,
    facts.ColumnLocked,
    facts.ColumnUnlocked,
    facts.ColumnRelocked,
)
# What makes marks official: the usual point from which a change is asked about.
_MAKES_OFFICIAL: Final = (
    facts.ColumnClosed,
    facts.SheetLocked,
    facts.ColumnLocked,
    facts.ColumnRelocked,
)


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that holds another mark, whatever stood there in between; its lines, oldest first."""

    pupil: PupilId
    column: str
    before: Mark
    after: Mark
    lines: tuple[Line, ...]

    @property
    def direction(self) -> int:
        """1 where the mark went up, -1 where it went down, 0 where neither can be said."""
        return direction(self.before.text, self.after.text)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two states of a sheet.

    `cells` go by the pupils' numbers, then by the columns of the book. `returned` counts the cells
    that were written and hold the same mark again. `columns` are the lines that closed, reopened,
    locked or unlocked a column. `line_count` counts all lines between the two.
    """

    cells: tuple[CellChange, ...] = ()
    returned: int = 0
    pupils_came: tuple[PupilId, ...] = ()
    pupils_went: tuple[PupilId, ...] = ()
    teachers_came: tuple[PersonId, ...] = ()
    teachers_went: tuple[PersonId, ...] = ()
    homeroom_teacher: tuple[PersonId, PersonId] | None = None
    columns: tuple[Line, ...] = ()
    line_count: int = 0

    @property
    def up(self) -> int:
        return sum(change.direction > 0 for change in self.cells)

    @property
    def down(self) -> int:
        return sum(change.direction < 0 for change in self.cells)

    @property
    def finds_nothing(self) -> bool:
        """Whether marks, people and columns are the same."""
        return self == Comparison(returned=self.returned, line_count=self.line_count)


def compare(before: Sheet, after: Sheet, between: Sequence[Line]) -> Comparison:
    """Compare a sheet with what `between`, the lines that follow it, made of it.

    Of a sheet that was opened between the two, the first pupils and teachers did not come: they
    are those it was opened with.
    """
    cells, returned = _cells(before, after, between)
    found = Comparison(
        cells=cells,
        returned=returned,
        columns=tuple(line for line in between if isinstance(line.fact, _OF_COLUMNS)),
        line_count=len(between),
    )
    return found if before.opened is None else _with_people(found, before, after)


def last_made_official(lines: Iterable[Line]) -> Line | None:
    """The last line that closed or locked a column, after which marks should not have moved."""
    found = None
    for line in lines:
        if isinstance(line.fact, _MAKES_OFFICIAL):
            found = line
    return found


def _cells(
    before: Sheet, after: Sheet, between: Iterable[Line]
) -> tuple[tuple[CellChange, ...], int]:
    written: dict[Place, list[Line]] = defaultdict(list)
    for line in between:
        if isinstance(line.fact, _OF_A_CELL):
            written[line.fact.pupil, line.fact.column].append(line)
    changes = [
        CellChange(*place, before.cell(place).mark, after.cell(place).mark, tuple(written[place]))
        for place in sorted(written, key=lambda place: _in_book_order(after, place))
    ]
    net = tuple(change for change in changes if change.before != change.after)
    return net, len(changes) - len(net)


def _in_book_order(sheet: Sheet, place: Place) -> tuple[int, int]:
    pupil, column = place
    return sheet.numbers[pupil], sheet.columns.index(column)


def _with_people(found: Comparison, before: Sheet, after: Sheet) -> Comparison:
    return replace(
        found,
        pupils_came=_missing(after.pupils, before.pupils),
        pupils_went=_missing(before.pupils, after.pupils),
        teachers_came=tuple(sorted(after.teachers - before.teachers)),
        teachers_went=tuple(sorted(before.teachers - after.teachers)),
        homeroom_teacher=_other_homeroom_teacher(before, after),
    )


def _other_homeroom_teacher(before: Sheet, after: Sheet) -> tuple[PersonId, PersonId] | None:
    was, now = before.homeroom_teacher, after.homeroom_teacher
    return (was, now) if was and now and was != now else None


def _missing(these: Sequence[PupilId], among: Collection[PupilId]) -> tuple[PupilId, ...]:
    there = set(among)
    return tuple(pupil for pupil in these if pupil not in there)
