"""The semester that a page of progress is about: the one asked for, else the one of today."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from ledger.school.calendar import local_day
from ledger.school.year import Year
from web.desk import Desk


@dataclass(frozen=True, slots=True)
class ChosenSemester:
    """A semester of a school year, and all that can be chosen; the newest come first."""

    school_year: str
    semester: int
    all: tuple[tuple[str, int], ...]

    @property
    def code(self) -> str:
        """How the semester stands in an address: "2026-2027.1"."""
        return code_of(self.school_year, self.semester)

    @classmethod
    def of(cls, desk: Desk, asked: str) -> Self | None:
        """The semester asked for, if it has sheets; else that of today; None without any sheet."""
        known = desk.progress.semesters()
        if not known:
            return None
        by_code = {code_of(*one): one for one in known}
        chosen = by_code.get(asked) or _of_today(desk, known)
        return cls(*chosen, tuple(known))


def code_of(school_year: str, semester: int) -> str:
    return f"{school_year}.{semester}"


def _of_today(desk: Desk, known: list[tuple[str, int]]) -> tuple[str, int]:
    """The newest semester that has begun; the newest of all where no year says when it begins."""
    today = local_day(desk.clock())
    for school_year, semester in known:
        if _has_begun(desk.ledger.year(school_year), semester, today):
            return school_year, semester
    return known[0]


def _has_begun(year: Year, semester: int, today: date) -> bool:
    return year.planned is not None and year.frame(semester).first <= today
