"""Reads the rows of class lists: of which class each is, who is meant, and what is wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from ledger.people import Pupil
from web.spreadsheets.class_lists import (
    ClassesNow,
    ClassListsPreview,
    ClassStanding,
    ListRow,
    ListStanding,
)
from web.spreadsheets.class_names import class_named
from web.spreadsheets.layouts import Code, PupilRow, PupilTable
from web.spreadsheets.listed_pupils import (
    Difference,
    ListedPupil,
    differences_between,
    listed_pupil,
)
from web.spreadsheets.problem import Problem
from web.spreadsheets.spelling import folded, same_class

LARGEST_CLASS: Final = 100  # pupils that a class list of the ledger takes
PUPILS_AT_ONCE: Final = 3_000

_ATTENDING: Final = frozenset({folded("Đang học"), folded("Học")})


def code_letters_of(table: PupilTable, now: ClassesNow) -> str:
    """The letters of the code column to go by: the one the directory knows most of.

    Where it knows none, the columns stand in order of preference, the Ministry's code first.
    """
    columns = dict.fromkeys(_letters(code.cell) for row in table.rows for code in row.codes)
    counted = Counter(
        _letters(code.cell) for row in table.rows for code in row.codes if now.find(code)
    )
    return max(columns, key=counted.__getitem__, default="")


def class_lists_preview(
    tables: Sequence[PupilTable], now: ClassesNow, *, wanted: str = ""
) -> ClassListsPreview:
    """The lists beside the year; `wanted` is the class of a file that must be about one only."""
    reading = _Reading(now, wanted, name_sheets=len(tables) > 1)
    rows = [row for table in tables for row in reading.rows(table)]
    classes = tuple(_standings(rows, now))
    wrong = [row.problem for row in rows if row.problem and row.standing is ListStanding.WRONG]
    errors = [*reading.problems, *wrong, *_too_many(classes, rows)]
    return ClassListsPreview(
        school_year=now.year.school_year,
        worksheets=tuple(table.worksheet for table in tables),
        numbers_are_fixed=bool(now.year.opened),
        rows=tuple(rows),
        classes=classes,
        differences=tuple(reading.differences),
        unread=tuple(dict.fromkeys(word for table in tables for word in table.unread)),
        errors=tuple(errors),
        warnings=tuple(reading.warnings()),
    )


def _standings(rows: Sequence[ListRow], now: ClassesNow) -> Iterator[ClassStanding]:
    by_id = {pupil.pupil_id: pupil for pupil in now.known.values()}
    codes = {row.code for row in rows}
    for class_group in dict.fromkeys(row.class_group for row in rows if row.class_group):
        present = [by_id[pupil] for pupil in now.group(class_group).present if pupil in by_id]
        yield ClassStanding(
            class_group=class_group,
            counts=Counter(row.standing for row in rows if row.class_group == class_group),
            is_new=class_group not in now.year.classes,
            has_list=bool(present),
            missing=tuple(pupil for pupil in present if pupil.code not in codes),
        )


def _too_many(classes: Sequence[ClassStanding], rows: Sequence[ListRow]) -> Iterator[Problem]:
    for each in classes:
        count = sum(1 for row in rows if row.pupil and row.class_group == each.class_group)
        if count > LARGEST_CLASS:
            details = {"class_group": each.class_group, "count": count, "limit": LARGEST_CLASS}
            yield Problem("class-too-large", "", details)
    if len(rows) > PUPILS_AT_ONCE:
        yield Problem("too-many-pupils", "", {"limit": PUPILS_AT_ONCE})


class _Reading:
    """Reads the rows of all tables of a file, one code only once among them all."""

    def __init__(self, now: ClassesNow, wanted: str, *, name_sheets: bool) -> None:
        self.now, self.wanted, self._name_sheets = now, wanted, name_sheets
        self.problems: list[Problem] = []
        self.differences: list[Difference] = []
        self._seen: dict[str, str] = {}
        self._numbers: list[str] = []  # codes of newcomers that stand as numbers
        self._worksheet = ""

    def rows(self, table: PupilTable) -> Iterator[ListRow]:
        self._worksheet = table.worksheet
        self.problems += [self._placed(problem) for problem in table.problems]
        for said in table.title.school_years:
            if said.text != self.now.year.school_year:
                details = {"found": said.text, "wanted": self.now.year.school_year}
                self.problems.append(self._problem("list-of-other-year", said.cell, **details))
        letters = code_letters_of(table, self.now)
        for row in table.rows:
            yield self._row(table, row, letters)

    def warnings(self) -> Iterator[Problem]:
        if self._numbers:
            details = {"count": len(self._numbers), "codes": ", ".join(self._numbers[:5])}
            yield Problem("codes-are-numbers", "", details)

    def _row(self, table: PupilTable, row: PupilRow, letters: str) -> ListRow:
        code = next((code for code in row.codes if _letters(code.cell) == letters), None)
        if code is None:
            return self._wrong(row, "", "", "code-missing", f"{letters}{row.row}")
        match self._class_of(table, row):
            case Problem() as unknown:
                return self._not_taken(row, code.text, "", unknown, ListStanding.WRONG)
            case str() as class_group:
                return self._in_class(row, code, class_group)

    def _class_of(self, table: PupilTable, row: PupilRow) -> str | Problem:
        """Of the row, else of the title, else of the worksheet's name, else the wanted one."""
        titled = table.title.class_groups[0] if len(table.title.class_groups) == 1 else None
        said = row.class_group or titled
        text = said.text if said else table.worksheet
        name = class_named(text, self.now.year.classes)
        if name is None and said is None:
            name = self.wanted or None
        if name is None:
            code = "class-unreadable" if said else "class-missing"
            cell = said.cell if said else row.name_cell
            return self._problem(code, cell, text=text)
        if self.wanted and said and not same_class(name, self.wanted):
            return self._problem(
                "list-of-other-class", said.cell, found=said.text, wanted=self.wanted
            )
        if row.class_group and titled and not same_class(row.class_group.text, titled.text):
            found, title = row.class_group.text, titled.text
            return self._problem("row-of-other-class", row.class_group.cell, found=found, of=title)
        return self.wanted or name

    def _in_class(self, row: PupilRow, code: Code, class_group: str) -> ListRow:
        known = self.now.find(code)
        text = known.code if known else code.text
        cell = self._cell(code.cell)
        if first := self._seen.get(text):
            return self._wrong(
                row, text, class_group, "code-twice", code.cell, code=text, first=first
            )
        self._seen[text] = cell
        if row.status and folded(row.status.text) not in _ATTENDING:
            details = {"name": row.full_name, "status": row.status.text}
            away = self._problem("not-attending", row.status.cell, **details)
            return self._not_taken(row, text, class_group, away, ListStanding.LEFT_OUT)
        match listed_pupil(row, code, text):
            case Problem() as wrong:
                placed = self._placed(wrong)
                return self._not_taken(row, text, class_group, placed, ListStanding.WRONG)
            case ListedPupil() as pupil:
                return self._beside_the_directory(row, code, pupil, known, class_group)

    def _beside_the_directory(
        self, row: PupilRow, code: Code, pupil: ListedPupil, known: Pupil | None, class_group: str
    ) -> ListRow:
        if known is None:
            if code.numeric:
                self._numbers.append(code.text)
            return self._taken(row, pupil, class_group, ListStanding.NEW)
        elsewhere = self.now.year.class_of(known.pupil_id)
        if elsewhere not in {None, class_group}:
            details = {"name": known.full_name, "found": elsewhere, "wanted": class_group}
            return self._wrong(
                row, pupil.code, class_group, "pupil-in-other-class", code.cell, **details
            )
        place = self.now.group(class_group).places.get(known.pupil_id)
        if place and place.until is not None:
            gone = self._problem("pupil-left-class", code.cell, name=known.full_name)
            return self._not_taken(row, pupil.code, class_group, gone, ListStanding.LEFT_OUT)
        is_told = known.pupil_id not in self.now.restricted
        if is_told and (differs := differences_between(known, pupil)):
            cell = self._cell(row.name_cell)
            self.differences.append(Difference(pupil.code, class_group, cell, tuple(differs)))
        standing = ListStanding.LISTED if place else ListStanding.JOINS
        return self._taken(row, pupil, class_group, standing)

    def _taken(
        self, row: PupilRow, pupil: ListedPupil, class_group: str, standing: ListStanding
    ) -> ListRow:
        return ListRow(
            worksheet=self._worksheet,
            row=row.row,
            code=pupil.code,
            name=pupil.full_name,
            class_group=class_group,
            standing=standing,
            pupil=pupil,
        )

    def _wrong(
        self, row: PupilRow, of: str, class_group: str, what: str, cell: str, /, **details: object
    ) -> ListRow:
        problem = self._problem(what, cell, **details)
        return self._not_taken(row, of, class_group, problem, ListStanding.WRONG)

    def _not_taken(
        self, row: PupilRow, code: str, class_group: str, problem: Problem, standing: ListStanding
    ) -> ListRow:
        return ListRow(
            worksheet=self._worksheet,
            row=row.row,
            code=code,
            name=row.full_name,
            class_group=class_group,
            standing=standing,
            problem=problem,
        )

    def _problem(self, what: str, cell: str, /, **details: object) -> Problem:
        return Problem(what, self._cell(cell), details)

    def _placed(self, problem: Problem) -> Problem:
        return Problem(problem.code, self._cell(problem.cell), problem.details)

    def _cell(self, cell: str) -> str:
        """A cell as people find it, with its worksheet where there are several."""
        return f"{self._worksheet}!{cell}" if self._name_sheets and cell else cell


def _letters(cell: str) -> str:
    return cell.rstrip("0123456789")
