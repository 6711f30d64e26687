"""A score file beside the sheet it is for: what would be new, change, stay, and what is wrong."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from ledger.refusal import Refused
from ledger.sheet.commands import CellEntry
from ledger.sheet.state import EMPTY_CELL, Cell, Place
from ledger.vocabulary import Mark, PupilId, SubjectKind
from web.spreadsheets.choosing import Wanted, objections, silences
from web.spreadsheets.layouts import Code, MarkCell, PupilRow, PupilTable
from web.spreadsheets.marks_in_cells import mark_in
from web.spreadsheets.problem import Problem
from web.spreadsheets.spelling import same_class, spoken
from web.wording import column_name


@dataclass(frozen=True, slots=True)
class PupilNow:
    """A pupil of the sheet, as the directory names them; only `shown_name` may be told."""

    pupil_id: PupilId
    code: str
    full_name: str
    shown_name: str
    left: bool = False
    number: int = 0
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class SheetNow:
    """The sheet as it stands; `enterable` are the columns that this person may enter."""

    wanted: Wanted
    kind: SubjectKind
    columns: tuple[str, ...]
    enterable: frozenset[str]
    pupils: tuple[PupilNow, ...]
    cells: Mapping[Place, Cell]


class Standing(StrEnum):
    """What confirming would do with a cell, or with a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class CellPreview:
    """One mark of the file: what stands in the sheet and what would."""

    cell: str
    column: str
    before: Mark
    after: Mark
    read_version: int

    @property
    def standing(self) -> Standing:
        if self.after is self.before:
            return Standing.SAME
        return Standing.NEW if self.before.is_blank else Standing.CHANGED


@dataclass(frozen=True, slots=True)
class RowPreview:
    """One pupil of the file. `note` says why the row is left out, `errors` what is wrong."""

    row: int
    code: str
    name: str
    pupil: PupilId | None = None
    cells: Mapping[str, CellPreview] = field(default_factory=dict)
    errors: tuple[Problem, ...] = ()
    note: Problem | None = None

    @property
    def standing(self) -> Standing:
        if self.errors:
            return Standing.WRONG
        if self.note:
            return Standing.LEFT_OUT
        found = {cell.standing for cell in self.cells.values()}
        return next((s for s in (Standing.CHANGED, Standing.NEW) if s in found), Standing.SAME)


@dataclass(frozen=True)
class Preview:
    """What confirming a file would do; nothing has been recorded yet.

    One error anywhere and nothing of the file can be confirmed: a file is taken whole or not.
    """

    worksheet: str
    columns: tuple[str, ...]
    rows: tuple[RowPreview, ...]
    file_errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    refusal: Refused | None = None  # what the ledger would answer if this were confirmed now

    @cached_property
    def errors(self) -> tuple[Problem, ...]:
        return (*self.file_errors, *(each for row in self.rows for each in row.errors))

    @cached_property
    def entries(self) -> tuple[CellEntry, ...]:
        """The cells to enter, each with the version it was compared at; none if one is wrong."""
        if self.errors:
            return ()
        return tuple(
            CellEntry(
                pupil=row.pupil,
                column=cell.column,
                mark=cell.after,
                read_version=cell.read_version,
            )
            for row in self.rows
            if row.pupil
            for cell in row.cells.values()
            if cell.standing is not Standing.SAME
        )

    @cached_property
    def cell_counts(self) -> Mapping[Standing, int]:
        return Counter(cell.standing for row in self.rows for cell in row.cells.values())

    @cached_property
    def row_counts(self) -> Mapping[Standing, int]:
        return Counter(row.standing for row in self.rows)

    def counts_in(self, column: str) -> Mapping[Standing, int]:
        """How many marks of a column are new, changed or the same."""
        return Counter(row.cells[column].standing for row in self.rows if column in row.cells)

    @cached_property
    def moved(self) -> Mapping[str, int]:
        """How many changed scores go "up" and "down"."""
        return Counter(
            "up" if cell.after.score > cell.before.score else "down"
            for row in self.rows
            for cell in row.cells.values()
            if cell.after.score is not None
            and cell.before.score is not None
            and cell.standing is Standing.CHANGED
        )

    @property
    def can_be_confirmed(self) -> bool:
        return bool(self.entries) and self.refusal is None


def preview_of(table: PupilTable, sheet: SheetNow) -> Preview:
    """The file beside the sheet, pupils matched by their codes alone, never by their rows."""
    rows = tuple(_matched(table, sheet))
    named = {row.pupil for row in rows}
    missing = [p.shown_name for p in sheet.pupils if not p.left and p.pupil_id not in named]
    warnings = [*silences(table.title)]
    if missing:
        details = {"count": len(missing), "names": ", ".join(missing)}
        warnings.append(Problem("pupils-not-in-file", "", details))
    if not_taken := _columns_not_taken(table, sheet):
        columns = ", ".join(map(column_name, not_taken))
        warnings.append(Problem("columns-left-to-teacher", "", {"columns": columns}))
    return Preview(
        worksheet=table.worksheet,
        columns=tuple(c for c in sheet.columns if any(c in row.cells for row in rows)),
        rows=rows,
        file_errors=(*objections(table.title, sheet.wanted), *table.problems),
        warnings=tuple(warnings),
    )


def _columns_not_taken(table: PupilTable, sheet: SheetNow) -> list[str]:
    filled = {mark.column for row in table.rows for mark in row.marks if not mark.held.is_blank}
    return [c for c in sheet.columns if c in filled and c not in sheet.enterable]


def _matched(table: PupilTable, sheet: SheetNow) -> Iterator[RowPreview]:
    directory = Directory(sheet.pupils)
    letters = directory.code_column_of(table.rows)
    seen: dict[str, str] = {}
    for row in table.rows:
        code = next((code for code in row.codes if _letters(code.cell) == letters), None)
        if code is None:
            missing = Problem("code-missing", f"{letters}{row.row}")
            yield RowPreview(row.row, "", row.full_name, errors=(missing,))
            continue
        pupil = directory.find(code)
        known_as = pupil.code if pupil else code.text
        if first := seen.get(known_as):
            details = {"code": known_as, "first": first}
            twice = Problem("code-twice", code.cell, details)
            yield RowPreview(row.row, known_as, row.full_name, errors=(twice,))
            continue
        seen[known_as] = code.cell
        yield _row(row, code, pupil, sheet)


def _row(row: PupilRow, code: Code, pupil: PupilNow | None, sheet: SheetNow) -> RowPreview:
    name = row.full_name
    if pupil is None:
        unknown = Problem("code-unknown", code.cell, {"code": code.text, "name": name})
        return RowPreview(row.row, code.text, name, errors=(unknown,))
    said = row.class_group
    wanted = sheet.wanted.class_group
    if said and not same_class(said.text, wanted):
        other = Problem("other-class", said.cell, {"found": said.text, "wanted": wanted})
        return RowPreview(row.row, pupil.code, name, pupil.pupil_id, errors=(other,))
    if spoken(name) != spoken(pupil.full_name):
        return _misnamed(row, pupil, sheet)
    if pupil.left:
        gone = Problem("pupil-left", code.cell, {"name": pupil.shown_name})
        return RowPreview(row.row, pupil.code, name, pupil.pupil_id, note=gone)
    return _with_marks(row, pupil, sheet)


def _misnamed(row: PupilRow, pupil: PupilNow, sheet: SheetNow) -> RowPreview:
    """A code and a name that belong apart.

    When the name is another pupil's of the same class, the columns of the file were sorted apart
    or shifted: then no row of it can be trusted. Otherwise only this row is left out.
    """
    name = row.full_name
    details = {"code": pupil.code, "expected": pupil.shown_name, "found": name}
    if not name:
        missing = Problem("name-missing", row.name_cell)
        return RowPreview(row.row, pupil.code, name, pupil.pupil_id, errors=(missing,))
    if spoken(name) in {spoken(other.full_name) for other in sheet.pupils}:
        shifted = Problem("names-shifted", row.name_cell, details)
        return RowPreview(row.row, pupil.code, name, pupil.pupil_id, errors=(shifted,))
    differs = Problem("name-differs", row.name_cell, details)
    return RowPreview(row.row, pupil.code, name, pupil.pupil_id, note=differs)


def _with_marks(row: PupilRow, pupil: PupilNow, sheet: SheetNow) -> RowPreview:
    cells: dict[str, CellPreview] = {}
    errors: list[Problem] = []
    for found in row.marks:
        match _mark_for(found, sheet):
            case Problem() as problem:
                errors.append(problem)
            case Mark() as mark if found.column in sheet.enterable:
                now = sheet.cells.get((pupil.pupil_id, found.column), EMPTY_CELL)
                cells[found.column] = CellPreview(
                    found.cell, found.column, now.mark, mark, now.version
                )
    return RowPreview(
        row.row, pupil.code, row.full_name, pupil.pupil_id, cells=cells, errors=tuple(errors)
    )


def _mark_for(found: MarkCell, sheet: SheetNow) -> Mark | Problem | None:
    if found.column not in sheet.columns and not found.held.is_blank:
        column = column_name(found.column)
        return Problem("column-not-on-sheet", found.cell, {"column": column})
    return mark_in(found, sheet.kind)


class Directory:
    """The pupils of the sheet by code."""

    def __init__(self, pupils: Sequence[PupilNow]) -> None:
        self._by_code = {pupil.code: pupil for pupil in pupils}
        shortened = Counter(pupil.code.lstrip("0") for pupil in pupils)
        self._by_number = {
            pupil.code.lstrip("0"): pupil
            for pupil in pupils
            if shortened[pupil.code.lstrip("0")] == 1
        }

    def find(self, code: Code) -> PupilNow | None:
        """The pupil; a code kept as a number lost its leading zeros."""
        found = self._by_code.get(code.text)
        return found or (self._by_number.get(code.text.lstrip("0")) if code.numeric else None)

    def code_column_of(self, rows: Sequence[PupilRow]) -> str:
        """The letters of the code column that knows most pupils: a file may carry three codes."""
        columns = dict.fromkeys(_letters(code.cell) for row in rows for code in row.codes)
        known = Counter(
            _letters(code.cell) for row in rows for code in row.codes if self.find(code)
        )
        return max(columns, key=known.__getitem__, default="")


def _letters(cell: str) -> str:
    return cell.rstrip("0123456789")
