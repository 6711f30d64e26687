"""The days of midterm and final tests of a grade, and what follows from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.school.commands import SetTestDate
from ledger.school.facts import SubjectPlanned, TestDateSet
from ledger.school.year import Year
from ledger.vocabulary import FINAL, MIDTERM
from web.forms import Typed

COLUMNS = (MIDTERM, FINAL)


@dataclass(frozen=True, slots=True)
class DatedSubject:
    """A subject of the grade, and the day of each of its tests, None where none is set."""

    planned: SubjectPlanned
    tests: Mapping[str, TestDateSet | None]


def dated_subjects(year: Year, grade: int, semester: int) -> list[DatedSubject]:
    return [
        DatedSubject(
            planned,
            {
                column: year.tests.get((grade, planned.subject, semester, column))
                for column in COLUMNS
            },
        )
        for planned in year.subjects_of(grade, semester)
    ]


def dates_set(
    year: Year,
    *,
    grade: int,
    semester: int,
    cells: Iterable[tuple[Sequence[str], str]],
    asked: Mapping[str, Any],
    reason: str,
) -> list[SetTestDate]:
    """A command for each cell (subject and column, the day as typed); raises FormIncomplete."""
    typed = Typed()
    why = typed.reason(reason)
    frame = year.frame(semester)
    subjects = {planned.subject for planned in year.subjects_of(grade, semester)}
    commands = []
    for (subject, column), text in cells:
        if subject not in subjects or column not in COLUMNS:
            continue
        name = f"day-{subject}-{column}"
        day = typed.day(text, name=name)
        if day and not frame.first <= day <= frame.last:
            typed.wrong(name, "not-in-semester")
        elif day and len(why) >= 3:
            commands.append(
                SetTestDate(
                    **asked,
                    grade=grade,
                    subject=subject,
                    semester=semester,
                    column=column,
                    day=day,
                    reason=why,
                )
            )
    typed.check()
    return commands
