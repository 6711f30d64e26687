"""The subjects of a year by grade: what is planned, and what the programme proposes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.school.commands import DropSubject, PlanSubject, YearCommand
from ledger.school.facts import SubjectPlanned
from ledger.school.subjects import GRADES, SubjectInProgramme, programme_for
from ledger.school.year import Year
from ledger.vocabulary import SubjectKind
from web.forms import Typed

_MOST_LESSONS = 1000


@dataclass(frozen=True, slots=True)
class SubjectCell:
    """A subject in a grade: planned, or at least proposed by the programme."""

    grade: int
    subject: str
    planned: SubjectPlanned | None
    proposed: int
    has_sheets: bool

    @property
    def shown(self) -> str:
        return str(self.planned.lessons_per_year) if self.planned else ""


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A subject in every grade; None where it is not taught there at all."""

    subject: str
    kind: SubjectKind
    cells: Mapping[int, SubjectCell | None]


def subject_rows(year: Year) -> list[SubjectRow]:
    """The matrix of subjects and grades, in the order of the programmes."""
    kinds: dict[str, SubjectKind] = {}
    for grade in GRADES:
        for code, subject in programme_for(year.school_year, grade).items():
            if subject.lessons_in(grade):
                kinds.setdefault(code, subject.kind)
    for planned in year.subjects.values():
        kinds.setdefault(planned.subject, planned.kind)
    return [
        SubjectRow(code, kind, {grade: _cell(year, grade, code) for grade in GRADES})
        for code, kind in kinds.items()
    ]


def _cell(year: Year, grade: int, code: str) -> SubjectCell | None:
    planned = year.subjects.get((grade, code))
    proposed = _proposed(year, grade, code)
    lessons = proposed.lessons_in(grade) if proposed else 0
    if planned is None and not lessons:
        return None
    return SubjectCell(grade, code, planned, lessons, has_sheets_of(year, grade, code))


def _proposed(year: Year, grade: int, code: str) -> SubjectInProgramme | None:
    return programme_for(year.school_year, grade).get(code)


def has_sheets_of(year: Year, grade: int, subject: str) -> bool:
    """Whether sheets of the subject are open in the grade, so that its plan stands."""
    return any(
        subject == of and year.classes[name].grade == grade
        for sheets in year.sheets.values()
        for name, of in sheets
    )


def by_the_programme(
    year: Year, grades: Iterable[int], asked: Mapping[str, Any]
) -> list[YearCommand]:
    """Plan what the programme has and the year has not; what the school planned itself stays."""
    return [
        PlanSubject(
            **asked,
            grade=grade,
            subject=code,
            kind=subject.kind,
            lessons_per_year=subject.lessons_in(grade),
        )
        for grade in grades
        for code, subject in programme_for(year.school_year, grade).items()
        if subject.lessons_in(grade) and (grade, code) not in year.subjects
    ]


def changed_lessons(
    year: Year, touched: Iterable[tuple[Sequence[str], str]], asked: Mapping[str, Any]
) -> list[YearCommand]:
    """Plan anew what has other lessons now, drop what has none; raises FormIncomplete.

    Each touched cell: grade and subject, and the lessons as typed.
    """
    cells = {
        (str(cell.grade), cell.subject): (cell, row.kind)
        for row in subject_rows(year)
        for cell in row.cells.values()
        if cell
    }
    typed = Typed()
    commands: list[YearCommand] = []
    for place, text in touched:
        known = cells.get((place[0], place[-1]))
        if known is None:
            continue
        cell, kind = known
        if not text:
            commands.append(DropSubject(**asked, grade=cell.grade, subject=cell.subject))
            continue
        name = f"lessons-{cell.grade}-{cell.subject}"
        lessons = typed.number(text, name=name, least=1, most=_MOST_LESSONS)
        if lessons:
            commands.append(
                PlanSubject(
                    **asked,
                    grade=cell.grade,
                    subject=cell.subject,
                    kind=kind,
                    lessons_per_year=lessons,
                    semesters=cell.planned.semesters if cell.planned else (1, 2),
                )
            )
    typed.check()
    return commands
