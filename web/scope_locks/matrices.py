"""How things stand as tables: class by column, and class by subject with what is missing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ledger.school.covering import ColumnStanding
from ledger.school.lock_preview import ColumnPreview, Preview, SheetPreview
from ledger.vocabulary import PersonId
from web.names import Names
from web.wording import COLUMNS
from web.wording.building import listed
from web.wording.lock_facts import WHY_MISSING, in_book_order

# So many names of pupils are told; of a column that lacks more, how many more there are.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """Columns of one place: how many stand how, and the one moment they share, if they do."""

    counts: tuple[tuple[ColumnStanding, int], ...]
    until: datetime | None = None
    deadline: datetime | None = None

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


def standing(columns: Iterable[ColumnPreview]) -> Standing:
    """Columns taken together; the ways of standing in the order in which they are defined."""
    columns = list(columns)
    counts = Counter(column.standing for column in columns)
    ways = {column.standing for column in columns}
    untils = {column.lock.until if column.lock else None for column in columns}
    deadlines = {column.deadline.deadline if column.deadline else None for column in columns}
    return Standing(
        counts=tuple((way, counts[way]) for way in ColumnStanding if counts[way]),
        until=untils.pop() if ways == {ColumnStanding.UNLOCKED} and len(untils) == 1 else None,
        deadline=(
            deadlines.pop()
            if ways <= {ColumnStanding.OPEN, ColumnStanding.PAST_DEADLINE} and len(deadlines) == 1
            else None
        ),
    )


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A class: for each column of the table, how it stands there; None where no sheet has it."""

    class_group: str
    cells: tuple[Standing | None, ...]
    sheets: tuple[SheetPreview, ...]


def by_column(seen: Preview) -> tuple[tuple[str, ...], list[StandingRow]]:
    """The columns there are, in the order of the book, and a row for each class."""
    there = {column.column for sheet in seen.sheets for column in sheet.columns}
    names = tuple(name for name in COLUMNS if name in there)
    rows = []
    for class_group, sheets in _by_class(seen).items():
        cells = []
        for name in names:
            found = [
                column for sheet in sheets for column in sheet.columns if column.column == name
            ]
            cells.append(standing(found) if found else None)
        rows.append(StandingRow(class_group, tuple(cells), tuple(sheets)))
    return names, rows


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A sheet in a table: how its columns stand, and how many marks are missing."""

    sheet: SheetPreview
    standing: Standing
    missing: int


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A class: for each subject of the table its sheet; None where the scope has none."""

    class_group: str
    cells: tuple[SheetCell | None, ...]


def by_subject(seen: Preview) -> tuple[tuple[str, ...], list[SheetRow]]:
    """The subjects there are, and a row for each class."""
    subjects = tuple(in_book_order({sheet.subject for sheet in seen.sheets}))
    rows = []
    for class_group, sheets in _by_class(seen).items():
        cells = {
            sheet.subject: SheetCell(sheet, standing(sheet.columns), len(sheet.missing))
            for sheet in sheets
        }
        rows.append(SheetRow(class_group, tuple(cells.get(subject) for subject in subjects)))
    return subjects, rows


def _by_class(seen: Preview) -> dict[str, list[SheetPreview]]:
    rows: dict[str, list[SheetPreview]] = {}
    for sheet in seen.sheets:
        rows.setdefault(sheet.class_group, []).append(sheet)
    return rows


@dataclass(frozen=True, slots=True)
class MissingColumn:
    """A column that still waits for marks: how many, and whose."""

    sheet: SheetPreview
    column: str
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class MissingOfTeacher:
    """What a teacher still has to enter or confirm."""

    teacher: PersonId
    count: int
    columns: tuple[MissingColumn, ...]


def missing_by_teacher(seen: Preview, names: Names) -> list[MissingOfTeacher]:
    """By the names of the teachers; a sheet with two teachers stands with both."""
    told = [column for sheet in seen.sheets for column in sheet.columns if column.missing]
    # Read in one question, whoever is named below.
    names.pupils({mark.pupil for column in told for mark in column.missing[:_NAMED]})
    found: dict[PersonId, list[MissingColumn]] = {}
    for sheet in seen.sheets:
        for column in sheet.columns:
            if column.missing:
                words = _words(sheet, column, names)
                one = MissingColumn(sheet, column.column, len(column.missing), words)
                for teacher in sheet.teachers:
                    found.setdefault(teacher, []).append(one)
    return [
        MissingOfTeacher(teacher, sum(one.count for one in found[teacher]), tuple(found[teacher]))
        for teacher in names.in_order(found)
    ]


def _words(sheet: SheetPreview, column: ColumnPreview, names: Names) -> str:
    """Whose marks are missing and why: "Nguyễn Thị An (chưa có điểm), …"."""
    ways = {mark.why for mark in column.missing}
    if len(column.missing) == sheet.pupil_count and len(ways) == 1:
        return f"cả lớp {WHY_MISSING[ways.pop()]}"
    told = [f"{names.pupil(m.pupil)} ({WHY_MISSING[m.why]})" for m in column.missing[:_NAMED]]
    more = len(column.missing) - len(told)
    return f"{listed(told, most=_NAMED)} và {more} em khác" if more else listed(told, most=_NAMED)
