"""A class list beside the directory: who is new to the school, who to the class, who is missing."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from ledger.collation import class_list_order
from ledger.people import Name, Pupil
from ledger.vocabulary import Value
from web.spreadsheets.cells import Cell, CellKind
from web.spreadsheets.layouts import Code, PupilRow, PupilTable
from web.spreadsheets.problem import Problem
from web.spreadsheets.spelling import folded, same_class, spoken

_CODE_LENGTH: Final = 20
_NAME_LENGTH: Final = 80
_ATTENDING: Final = frozenset({folded("Đang học"), folded("Học")})
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: 00:00:00)?", re.ASCII)
_SERIAL_DAYS: Final = re.compile(r"\d{5}", re.ASCII)
_SERIAL_START: Final = date(1899, 12, 30)  # day 0 of a spreadsheet after February 1900


class ListedPupil(Value):
    """A pupil as the file lists one."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=_CODE_LENGTH)]
    family_name: Name
    given_name: Name
    birth_date: date | None = None

    @property
    def full_name(self) -> str:
        return f"{self.family_name} {self.given_name}"


class ClassListPlan(Value):
    """What confirming does: these pupils are put on the class list, in this order."""

    school_year: str = Field(pattern=r"^\d{4}-\d{4}$")
    class_group: str = Field(pattern=r"^([6-9]|1[0-2])[A-Z0-9.]{0,8}$")
    pupils: tuple[ListedPupil, ...] = Field(max_length=200)


class ListStanding(StrEnum):
    """What a row of the list is about."""

    NEW = "new"  # not in the directory yet
    JOINS = "joins"  # in the directory, not in this class
    LISTED = "listed"  # in this class already
    LEFT_OUT = "left-out"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of the file; `pupil` is None where it cannot be read."""

    row: int
    code: str
    name: str
    standing: ListStanding
    pupil: ListedPupil | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class ClassNow:
    """The class as it stands: the codes on its list in order, and who is known by code."""

    school_year: str
    class_group: str
    listed: Sequence[str]
    known: Mapping[str, Pupil]


@dataclass(frozen=True, slots=True)
class ClassListPreview:
    """What confirming a class list would do. With one error, nothing of it can be confirmed."""

    worksheet: str
    now: ClassNow
    rows: tuple[ListRow, ...]
    missing: tuple[Pupil, ...]  # on the list, not in the file; they are never taken off by a file
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = field(default=())

    @property
    def counts(self) -> Mapping[ListStanding, int]:
        return Counter(row.standing for row in self.rows)

    @property
    def plan(self) -> ClassListPlan:
        """The pupils of the file. A class without a list gets one in Vietnamese order.

        Once there is a list its numbers are fixed for the year (they stand in the printed books),
        so that newcomers go to the end, in the same order among themselves.
        """
        pupils = [row.pupil for row in self.rows if row.pupil and not self.errors]
        pupils.sort(key=lambda pupil: class_list_order(pupil.given_name, pupil.family_name))
        return ClassListPlan(
            school_year=self.now.school_year,
            class_group=self.now.class_group,
            pupils=tuple(pupils),
        )

    @property
    def can_be_confirmed(self) -> bool:
        """Whether there is anything to do; a list that is known already may be completed again."""
        return bool(self.plan.pupils)


def code_letters_of(table: PupilTable, known: Mapping[str, Pupil]) -> str:
    """The letters of the code column to go by: the one the directory knows most of.

    Where it knows none, the columns stand in order of preference, the Ministry's code first.
    """
    columns = dict.fromkeys(_letters(code) for row in table.rows for code in row.codes)
    counted = Counter(
        _letters(code) for row in table.rows for code in row.codes if code.text in known
    )
    return max(columns, key=counted.__getitem__, default="")


def class_list_preview(table: PupilTable, now: ClassNow) -> ClassListPreview:
    """The list beside the class as it stands."""
    letters = code_letters_of(table, now.known)
    rows = tuple(_rows(table, now, letters))
    in_file = {row.code for row in rows}
    problems = [row.problem for row in rows if row.problem and row.standing is ListStanding.WRONG]
    return ClassListPreview(
        worksheet=table.worksheet,
        now=now,
        rows=rows,
        missing=tuple(now.known[code] for code in now.listed if code not in in_file),
        errors=(*_objections(table, now), *table.problems, *problems),
        warnings=tuple(row.problem for row in rows if row.problem and row.problem not in problems),
    )


def _objections(table: PupilTable, now: ClassNow) -> Iterator[Problem]:
    for said in table.title.class_groups:
        if not same_class(said.text, now.class_group):
            details = {"found": said.text, "wanted": now.class_group}
            yield Problem("list-of-other-class", said.cell, details)
    for said in table.title.school_years:
        if said.text != now.school_year:
            details = {"found": said.text, "wanted": now.school_year}
            yield Problem("list-of-other-year", said.cell, details)


def _rows(table: PupilTable, now: ClassNow, letters: str) -> Iterator[ListRow]:
    seen: dict[str, str] = {}
    for row in table.rows:
        code = next((code for code in row.codes if _letters(code) == letters), None)
        if code is None:
            missing = Problem("code-missing", f"{letters}{row.row}")
            yield _not_taken(row, "", missing, ListStanding.WRONG)
        elif first := seen.get(code.text):
            twice = Problem("code-twice", code.cell, {"code": code.text, "first": first})
            yield _not_taken(row, code.text, twice, ListStanding.WRONG)
        else:
            seen[code.text] = code.cell
            yield _row(row, code, now)


def _row(row: PupilRow, code: Code, now: ClassNow) -> ListRow:
    said = row.class_group
    if said and not same_class(said.text, now.class_group):
        details = {"found": said.text, "wanted": now.class_group}
        wrong = Problem("list-of-other-class", said.cell, details)
        return _not_taken(row, code.text, wrong, ListStanding.WRONG)
    if row.status and folded(row.status.text) not in _ATTENDING:
        details = {"name": row.full_name, "status": row.status.text}
        away = Problem("not-attending", row.status.cell, details)
        return _not_taken(row, code.text, away, ListStanding.LEFT_OUT)
    match _listed(row, code):
        case Problem() as wrong:
            return _not_taken(row, code.text, wrong, ListStanding.WRONG)
        case ListedPupil() as pupil:
            return _beside_the_directory(row, pupil, now)


def _beside_the_directory(row: PupilRow, pupil: ListedPupil, now: ClassNow) -> ListRow:
    known = now.known.get(pupil.code)
    if known is None:
        return ListRow(row.row, pupil.code, pupil.full_name, ListStanding.NEW, pupil)
    standing = ListStanding.LISTED if pupil.code in now.listed else ListStanding.JOINS
    problem = None
    if spoken(known.full_name) != spoken(pupil.full_name):
        details = {"code": pupil.code, "expected": known.full_name, "found": pupil.full_name}
        problem = Problem("known-under-other-name", row.name_cell, details)
    return ListRow(row.row, pupil.code, pupil.full_name, standing, pupil, problem)


def _listed(row: PupilRow, code: Code) -> ListedPupil | Problem:
    if len(code.text) > _CODE_LENGTH:
        return Problem("code-too-long", code.cell)
    if not row.full_name:
        return Problem("name-missing", row.name_cell)
    longest = max(len(row.family_name), len(row.given_name))
    if not row.family_name or not row.given_name or longest > _NAME_LENGTH:
        return Problem("name-unreadable", row.name_cell, {"text": row.full_name})
    try:
        born = birth_date_in(row.birth_date)
    except ValueError:
        text = row.birth_date.text if row.birth_date else ""
        return Problem("birth-date-unreadable", row.birth_date_cell, {"text": text})
    return ListedPupil(
        code=code.text, family_name=row.family_name, given_name=row.given_name, birth_date=born
    )


def birth_date_in(cell: Cell | None) -> date | None:
    """The date in a cell, the day before the month; ValueError if there is none to be read."""
    if cell is None or cell.is_blank:
        return None
    text = cell.text.strip()
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
        return date(year, month, day)
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
        return date(year, month, day)
    if cell.kind is CellKind.NUMBER and _SERIAL_DAYS.fullmatch(text):
        return _SERIAL_START + timedelta(days=int(text))
    raise ValueError(text)


def _not_taken(row: PupilRow, code: str, problem: Problem, standing: ListStanding) -> ListRow:
    return ListRow(row.row, code, row.full_name, standing, problem=problem)


def _letters(code: Code) -> str:
    return code.cell.rstrip("0123456789")
