"""The form that opens a sheet: what was typed, and the command that it means."""

import re
from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel

from ledger.people import Enrolment
from ledger.sheet.commands import OpenSheet
from ledger.sheet.facts import CorrectionRules, Deadline, EvidenceKind, NumberedPupil
from ledger.vocabulary import FINAL, MIDTERM, Author, PersonId, columns_of, sheet_id_of
from web.forms import Typed, command_id_of
from web.wording import SUBJECTS, Subject

_SCHOOL_YEAR: Final = re.compile(r"(\d{4})-(\d{4})", re.ASCII)
_CLASS: Final = re.compile(r"([6-9]|1[0-2])[A-Z0-9.]{0,8}", re.ASCII)
_NUMBERS: Final = frozenset("123456789")


class OpeningForm(BaseModel):
    """The fields as typed."""

    command_id: UUID
    school_year: str = ""
    semester: str = "1"
    class_group: str = ""
    subject: str = ""
    regular_count: str = ""
    teachers: list[UUID] = []
    homeroom_teacher: str = ""
    regular_deadline: str = ""
    midterm_deadline: str = ""
    final_deadline: str = ""
    last_day: str = ""
    demanded: list[EvidenceKind] = []


class Opening(BaseModel, frozen=True):
    """The fields as understood."""

    command_id: UUID
    school_year: str
    semester: int
    grade: int
    class_group: str
    subject: Subject
    regular_count: int
    teachers: tuple[PersonId, ...]
    homeroom_teacher: PersonId
    deadlines: tuple[Deadline, ...]
    rules: CorrectionRules

    def command(self, listed: list[Enrolment], *, by: Author, at: datetime) -> OpenSheet:
        """The command, for the class list as it stands."""
        code = self.subject.code
        return OpenSheet(
            command_id=command_id_of(self.command_id),
            sheet_id=sheet_id_of(self.school_year, self.semester, self.class_group, code),
            by=by,
            at=at,
            school_year=self.school_year,
            semester=self.semester,
            grade=self.grade,
            class_group=self.class_group,
            subject=code,
            kind=self.subject.kind,
            regular_count=self.regular_count,
            teachers=self.teachers,
            homeroom_teacher=self.homeroom_teacher,
            pupils=tuple(NumberedPupil(pupil=e.pupil_id, number=e.number) for e in listed),
            deadlines=self.deadlines,
            correction_rules=self.rules,
        )


def understood(form: OpeningForm) -> Opening:
    """What the form means; raises FormIncomplete with everything that is wrong."""
    typed = Typed()
    grade, class_group = _class(form, typed)
    subject = SUBJECTS.get(form.subject)
    if subject is None:
        typed.wrong("subject", "no-subject")
    if not form.teachers:
        typed.wrong("teachers", "no-person")
    count = _regular_count(form, typed, subject, grade)
    opening = {
        "command_id": form.command_id,
        "school_year": _school_year(form, typed),
        "semester": 2 if form.semester == "2" else 1,
        "grade": grade,
        "class_group": class_group,
        "subject": subject,
        "regular_count": count,
        "teachers": tuple(form.teachers),
        "homeroom_teacher": typed.person(form.homeroom_teacher, name="homeroom_teacher"),
        "deadlines": _deadlines(form, typed, count),
        "rules": CorrectionRules(
            last_day=_moment(form.last_day, typed, "last_day"),
            demanded_evidence=tuple(form.demanded),
        ),
    }
    typed.check()
    return Opening.model_validate(opening)


def _school_year(form: OpeningForm, typed: Typed) -> str:
    year = form.school_year.strip()
    found = _SCHOOL_YEAR.fullmatch(year)
    if not found or int(found[2]) != int(found[1]) + 1:
        typed.wrong("school_year", "school-year")
    return year


def _class(form: OpeningForm, typed: Typed) -> tuple[int, str]:
    """The grade, which a class's name begins with, and the name."""
    name = form.class_group.strip().upper()
    found = _CLASS.fullmatch(name)
    if not found:
        typed.wrong("class_group", "no-class")
        return 6, name
    return int(found[1]), name


def _regular_count(form: OpeningForm, typed: Typed, subject: Subject | None, grade: int) -> int:
    """As typed; left empty, as the circular has it for the subject and grade."""
    text = form.regular_count.strip()
    if not text:
        return subject.regular_count_in(grade) if subject else 1
    if text not in _NUMBERS:
        typed.wrong("regular_count", "number")
        return 1
    return int(text)


def _deadlines(form: OpeningForm, typed: Typed, regular_count: int) -> tuple[Deadline, ...]:
    fields = {MIDTERM: "midterm_deadline", FINAL: "final_deadline"}
    moments = {
        column: _moment(getattr(form, name), typed, name)
        for column in columns_of(regular_count)
        if (name := fields.get(column, "regular_deadline"))
    }
    return tuple(Deadline(column=column, at=at) for column, at in moments.items() if at)


def _moment(text: str, typed: Typed, name: str) -> datetime | None:
    return typed.moment(text, name=name) if text else None
