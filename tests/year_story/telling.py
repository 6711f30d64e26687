"""Who asks what in the year: each method is what one person does on one day, by commands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from ledger.application import GradeLedger
from ledger.command import Command
from ledger.results import commands as results_commands
from ledger.results.facts import PupilAbsences, PupilConduct
from ledger.results.terms import Term, months_of, term_of
from ledger.school import commands
from ledger.school.facts import SemesterFrame
from ledger.school.scope import Scope
from ledger.school.subjects import programme_for
from ledger.sheet.state import Sheet
from ledger.vocabulary import (
    CommandId,
    CorrectionId,
    Mark,
    PupilId,
    Role,
    SheetId,
    SubjectKind,
    sheet_id_of,
)
from tests.school import CLOCKWORK, HOA, KHOA, LAN, NGOC, REASON, VINH, Voice
from tests.year_story.plan import Marks, number_of, pupil

SCIENCE = "khoa-hoc-tu-nhien"


def on(year: int, month: int, day: int, hour: int = 2) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


@dataclass
class Teller:
    """One school year on a ledger, at a day that moves on."""

    ledger: GradeLedger
    school_year: str
    frames: tuple[SemesterFrame, SemesterFrame]
    moment: datetime

    def ask(self, voice: Voice, command: type[Command], /, **fields: object) -> None:
        self.ledger.handle(self.asks(voice, command, **fields))

    def asks(self, voice: Voice, command: type[Command], /, **fields: object) -> Command:
        asked: dict[str, Any] = {"command_id": uuid4(), "by": voice.author, "at": self.moment}
        if not issubclass(command, commands.SchoolCommand):
            asked["school_year"] = self.school_year
        return command.model_validate({**asked, **fields})

    def together(self, asked: Iterator[Command]) -> None:
        one = CommandId(uuid4())
        self.ledger.handle_together([each.model_copy(update={"command_id": one}) for each in asked])

    # Before the year.

    def found_school(self, since: date) -> None:
        staff = {LAN: Role.SUBJECT_TEACHER, VINH: Role.SUBJECT_TEACHER, KHOA: Role.ADMINISTRATOR}
        staff |= {HOA: Role.HOMEROOM_TEACHER, NGOC: Role.PRINCIPAL}
        for voice, role in staff.items():
            join = commands.JoinStaff
            self.ask(CLOCKWORK, join, person=voice.person, roles={role}, since=since)
        self.ask(
            NGOC,
            commands.DescribeSchool,
            since=since,
            school_name="Trường THCS Hoa Sữa",
            governing_body="UBND phường Hoa Sữa",
            department="Sở GDĐT",
            school_code="01001",
            place="Hoa Sữa",
        )

    def plan(self, classes: Mapping[str, tuple[PupilId, ...]]) -> None:
        self.together(self._planning(classes))

    def _planning(self, classes: Mapping[str, tuple[PupilId, ...]]) -> Iterator[Command]:
        since = self.moment.date()
        yield self.asks(KHOA, commands.PlanYear, semesters=self.frames)
        for grade in sorted({int(name[0]) for name in classes}):
            for code, subject in programme_for(self.school_year, grade).items():
                if subject.optional or not subject.lessons_in(grade):
                    continue
                of_grade = {"grade": grade, "subject": code, "kind": subject.kind}
                lessons = subject.lessons_in(grade)
                yield self.asks(KHOA, commands.PlanSubject, **of_grade, lessons_per_year=lessons)
        for name, pupils in classes.items():
            group = {"class_group": name, "since": since}
            yield self.asks(KHOA, commands.FormClass, class_group=name, grade=int(name[0]))
            yield self.asks(KHOA, commands.AssignHomeroom, **group, teacher=HOA.person)
            yield self.asks(KHOA, commands.SetClassList, **group, pupils=pupils)
            for code in self._subjects(int(name[0])):
                for voice in (LAN, VINH) if code == SCIENCE else (LAN,):
                    teaches = {**group, "subject": code, "teacher": voice.person}
                    yield self.asks(KHOA, commands.AssignTeacher, **teaches)

    def _subjects(self, grade: int) -> list[str]:
        programme = programme_for(self.school_year, grade)
        return [
            code
            for code, subject in programme.items()
            if subject.lessons_in(grade) and not subject.optional
        ]

    def open(self, semester: int) -> None:
        self.ask(KHOA, commands.OpenSemester, semester=semester)

    # The sheets.

    def sheet_id(self, semester: int, class_group: str, subject: str) -> SheetId:
        return sheet_id_of(self.school_year, semester, class_group, subject)

    def sheets(self, semester: int) -> list[tuple[str, SheetId, Sheet]]:
        year = self.ledger.year(self.school_year)
        places = [(sub, year.sheet_id(semester, name, sub)) for name, sub in year.sheets[semester]]
        return [(sub, one, self.ledger.sheet(one)) for sub, one in sorted(places)]

    def enter(self, semester: int, marks: Mapping[int, Marks], *, regular_only: bool) -> None:
        """Fill every blank cell of the pupils present, of regular columns or of all."""
        for subject, sheet_id, sheet in self.sheets(semester):
            cells = []
            for number in marks:
                who = pupil(number)
                if who not in sheet.numbers or who in sheet.left:
                    continue
                for column in sheet.columns:
                    cell = sheet.cell((who, column))
                    if cell.mark.is_blank and (not regular_only or column.startswith("regular")):
                        scored = sheet.kind is SubjectKind.SCORED
                        text = marks[number].of(subject, column, scored=scored)
                        cells.append((who, column, text, cell.version))
            if cells:
                teacher = self.about(VINH if subject == SCIENCE else LAN, sheet_id)
                self.ledger.handle(teacher.enters(*cells))

    def about(self, voice: Voice, sheet_id: SheetId) -> Voice:
        return replace(voice, moment=self.moment, sheet_id=sheet_id)

    def close(self, semester: int) -> None:
        for _, sheet_id, sheet in self.sheets(semester):
            for column in sheet.columns:
                teacher = self.about(LAN, sheet_id)
                self.ledger.handle(teacher.closes(column, leaving_blanks=True))

    def lock(self, semester: int) -> None:
        scope = Scope(semester=semester)
        self.ask(NGOC, commands.DecideLock, scope=scope, reason=REASON)

    def correct(
        self, sheet_id: SheetId, who: PupilId, column: str, text: str, fix: CorrectionId
    ) -> None:
        """Requested, confirmed, approved, and executed by teacher and administrator."""
        version = self.ledger.sheet(sheet_id).cell((who, column)).version
        teacher = self.about(LAN, sheet_id)
        office = self.about(KHOA, sheet_id)
        right = (who, column, text, version)
        self.ledger.handle(teacher.requests(right, correction_id=fix))
        self.ledger.handle(self.about(HOA, sheet_id).confirms(fix))
        self.ledger.handle(self.about(NGOC, sheet_id).approves(fix))
        self.ledger.handle(teacher.executes(fix))
        self.ledger.handle(office.executes(fix))
        assert self.ledger.sheet(sheet_id).cell((who, column)).mark == Mark.of(text)

    # The results.

    def record_attendance(self, term: Term, absences: Mapping[Any, tuple[int, int]]) -> None:
        year = self.ledger.year(self.school_year)
        for name, group in year.classes.items():
            for month in months_of(year, term):
                entries = []
                for who in group.places:
                    leave, none = absences.get((month, number_of(who)), (0, 0))
                    entries.append(PupilAbsences(pupil=who, with_leave=leave, without_leave=none))
                record = results_commands.RecordAttendance
                self.ask(HOA, record, class_group=name, month=month, absences=entries)

    def assess_conduct(self, semester: int, conduct: Mapping[int, tuple[str, str]]) -> None:
        for name, group in self.ledger.year(self.school_year).classes.items():
            levels = [
                PupilConduct(
                    pupil=who, level=conduct.get(number_of(who), ("Tốt", "Tốt"))[semester - 1]
                )
                for who in group.present
            ]
            assess = results_commands.AssessConduct
            self.ask(HOA, assess, class_group=name, term=term_of(semester), pupils=levels)

    def approve(self, class_group: str, term: Term, reason: str | None = None) -> None:
        approve = results_commands.ApproveResults
        self.ask(NGOC, approve, class_group=class_group, term=term, reason=reason)

    def approve_all(self, term: Term) -> None:
        for name in self.ledger.year(self.school_year).classes:
            self.approve(name, term)
