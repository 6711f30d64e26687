"""A school year as large as wished, planned and opened by commands in two appends."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from ledger.application import GradeLedger
from ledger.command import Command
from ledger.line import Line
from ledger.school import commands
from ledger.school.facts import SemesterFrame
from ledger.school.scope import Scope
from ledger.school.subjects import PROGRAMME
from ledger.vocabulary import (
    Author,
    CommandId,
    PersonId,
    PupilId,
    Role,
    SheetId,
    SubjectKind,
    sheet_id_of,
)
from tests.school import HOA, KHOA, LAN, NOW, REASON, numbered_id

SCHOOL_YEAR = "2026-2027"
SUMMER = date(2026, 8, 20)
SEMESTERS = (
    SemesterFrame(first=date(2026, 9, 7), last=date(2027, 1, 10)),
    SemesterFrame(first=date(2027, 1, 18), last=date(2027, 5, 25)),
)


@dataclass(frozen=True)
class OpenedYear:
    """Classes 6A1, 6A2, …: each with its homeroom teacher, its pupils, and every subject."""

    classes: tuple[str, ...] = ("6A1", "6A2", "7A1")
    subjects: tuple[str, ...] = ("toan", "giao-duc-the-chat")
    pupil_count: int = 3

    @classmethod
    def of_size(cls, *, classes: int, subjects: int, pupils: int) -> "OpenedYear":
        """So many classes, spread over the grades 6 to 9."""
        names = tuple(f"{6 + number % 4}A{number // 4 + 1}" for number in range(classes))
        return cls(names, tuple(PROGRAMME)[:subjects], pupils)

    @property
    def places(self) -> list[tuple[str, str]]:
        return [(name, subject) for name in self.classes for subject in self.subjects]

    def sheet_id(self, class_group: str = "6A1", subject: str = "toan") -> SheetId:
        return sheet_id_of(SCHOOL_YEAR, 1, class_group, subject)

    @property
    def sheet_ids(self) -> list[SheetId]:
        return [self.sheet_id(*place) for place in self.places]

    def pupils(self, class_group: str) -> tuple[PupilId, ...]:
        first = 10_000 + 100 * self.classes.index(class_group)
        return tuple(PupilId(numbered_id(first + each)) for each in range(self.pupil_count))

    def teacher(self, subject: str) -> PersonId:
        """Who teaches a subject in every class; Lan the first one."""
        number = self.subjects.index(subject)
        return PersonId(numbered_id(7000 + number)) if number else LAN.person

    def plan(self, ledger: GradeLedger) -> None:
        """Plan the year and its classes; no sheet is open yet."""
        known = ledger.school().staff
        ledger.handle_together(list(self._planning(known)))

    def opening(self) -> commands.OpenSemester:
        return commands.OpenSemester(school_year=SCHOOL_YEAR, semester=1, **asked(KHOA.author))

    def open(self, ledger: GradeLedger) -> Sequence[Line]:
        """Plan the year and open the first semester."""
        self.plan(ledger)
        return ledger.handle(self.opening())

    def _planning(self, known: Collection[PersonId]) -> Iterator[Command]:
        act: dict[str, Any] = asked(KHOA.author)
        of_year = {**act, "school_year": SCHOOL_YEAR}
        staff = {self.teacher(subject): Role.SUBJECT_TEACHER for subject in self.subjects}
        for person, role in {HOA.person: Role.HOMEROOM_TEACHER, **staff}.items():
            if person not in known:
                roles = frozenset({role})
                yield commands.JoinStaff(**act, person=person, roles=roles, since=SUMMER)
        yield commands.PlanYear(**of_year, semesters=SEMESTERS)
        for grade in sorted({int(name[0]) for name in self.classes}):
            for subject in self.subjects:
                kind = PROGRAMME[subject].kind
                yield commands.PlanSubject(
                    **of_year,
                    grade=grade,
                    subject=subject,
                    kind=kind,
                    lessons_per_year=140 if kind is SubjectKind.SCORED else 70,
                )
        for name in self.classes:
            yield from self._class(of_year, name)

    def _class(self, of_year: dict[str, Any], name: str) -> Iterator[Command]:
        one = {**of_year, "class_group": name}
        yield commands.FormClass(**one, grade=int(name[0]))
        yield commands.AssignHomeroom(**one, teacher=HOA.person, since=SUMMER)
        yield commands.SetClassList(**one, pupils=self.pupils(name), since=SUMMER)
        for subject in self.subjects:
            teacher = self.teacher(subject)
            yield commands.AssignTeacher(**one, subject=subject, teacher=teacher, since=SUMMER)


def asked(by: Author) -> dict[str, Any]:
    """What every command has, with an id of its own."""
    return {"command_id": CommandId(uuid4()), "by": by, "at": NOW}


def first_semester(**narrowed: object) -> Scope:
    """A scope in the first semester."""
    return Scope.model_validate({"semester": 1, **narrowed})


WHOLE = first_semester()


def decides_lock(by: Author, scope: Scope = WHOLE) -> commands.DecideLock:
    """Lock a scope now."""
    return commands.DecideLock(school_year=SCHOOL_YEAR, scope=scope, reason=REASON, **asked(by))


def decides_unlock(by: Author, until: datetime, scope: Scope = WHOLE) -> commands.DecideUnlock:
    """Unlock a scope until a moment."""
    return commands.DecideUnlock(
        school_year=SCHOOL_YEAR, scope=scope, until=until, reason=REASON, **asked(by)
    )


def decides_deadline(
    by: Author, deadline: datetime, scope: Scope = WHOLE
) -> commands.DecideDeadline:
    """Let a scope lock by itself after a moment."""
    return commands.DecideDeadline(
        school_year=SCHOOL_YEAR, scope=scope, deadline=deadline, reason=REASON, **asked(by)
    )
