"""The terms that results are made for, and which months of attendance count for each."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from ledger.school.year import Year


class Term(StrEnum):
    """What results are made for: a semester, or the whole year."""

    SEMESTER_1 = "semester-1"
    SEMESTER_2 = "semester-2"
    YEAR = "year"

    @property
    def semesters(self) -> tuple[int, ...]:
        return _SEMESTERS[self]

    def last_day(self, year: Year) -> date:
        """The day on which the term ends; that of a year is that of semester II."""
        return year.frame(self.semesters[-1]).last


_SEMESTERS: Final = {Term.SEMESTER_1: (1,), Term.SEMESTER_2: (2,), Term.YEAR: (1, 2)}


def term_of(semester: int) -> Term:
    return (Term.SEMESTER_1, Term.SEMESTER_2)[semester - 1]


def first_day_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def last_day_of(month: str) -> date:
    first = first_day_of(month)
    return first.replace(day=monthrange(first.year, first.month)[1])


def months_of(year: Year, term: Term) -> Sequence[str]:
    """The months such as "2026-10" whose attendance counts for a term, in order.

    Absences are recorded by the month, and a month is one of semester II unless it ends before
    that begins: else the results of semester I would wait for the end of January.
    """
    months = _months_between(year.frame(1).first, year.frame(2).last)
    second = year.frame(2).first
    semester = {month: 1 if last_day_of(month) < second else 2 for month in months}
    return [month for month in months if semester[month] in term.semesters]


def terms_of_month(year: Year, month: str) -> list[Term]:
    """The terms that a month's attendance counts for; none for a month outside the year."""
    return [term for term in Term if month in months_of(year, term)]


def _months_between(first: date, last: date) -> list[str]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(start, end + 1)]
