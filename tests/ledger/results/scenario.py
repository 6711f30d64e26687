"""Tell a rule about results as a story: a class with its marks, what is asked, what comes of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Final, TypeVar
from uuid import uuid4

import pytest

from ledger.credentials.state import NO_CREDENTIALS_YET, Credentials
from ledger.dossiers.state import NO_DOSSIERS_YET, Dossiers
from ledger.line import Fact, Line
from ledger.privacy.state import NOTHING_PRIVATE_YET, Privacy
from ledger.refusal import Refused
from ledger.results import commands, facts
from ledger.results.records import ClassRecords, gather
from ledger.results.rules import decide_results
from ledger.results.state import NO_RESULTS_YET, Results, evolve_results
from ledger.results.terms import Term, months_of
from ledger.school import facts as school_facts
from ledger.school.policy import SEED_REGULATION
from ledger.school.school import NO_SCHOOL_YET, School
from ledger.school.subjects import PROGRAMME, PROGRAMME_2006, Programme
from ledger.school.year import NO_YEAR_YET, Year, evolve_year
from ledger.sheet.facts import ColumnClosed, MarkEntered, NumberedPupil, SheetOpened
from ledger.sheet.state import Sheet, replay
from ledger.vocabulary import (
    Mark,
    PupilId,
    SheetId,
    SubjectKind,
    columns_of,
    sheet_id_of,
)
from tests.scenario import Past, lines_of
from tests.school import AN, BAO, CHI, HOA, LAN, NGOC, QUYEN, Voice

AnyOf = TypeVar("AnyOf", bound=commands.ResultsCommand)
Marks = Mapping[str, str]  # a subject's text in all of its columns, by subject
Key = tuple[int, str, str]  # semester, class, subject

REGULAR: Final = 2
COLUMNS: Final = columns_of(REGULAR)
JANUARY = datetime(2027, 1, 20, 1, 0, tzinfo=UTC)
JUNE = datetime(2027, 6, 1, 1, 0, tzinfo=UTC)
AUGUST = datetime(2027, 8, 20, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Frame:
    """A school year of one grade: when it is, what is taught, who is in which class."""

    school_year: str = "2026-2027"
    grade: int = 6
    class_group: str = "6A1"
    programme: Programme = field(default_factory=lambda: PROGRAMME)
    pupils: tuple[PupilId, ...] = (AN,)
    policy: str = "other-subjects.1"
    one_semester: Mapping[str, int] = field(default_factory=dict)

    @property
    def first(self) -> int:
        return int(self.school_year[:4])

    @property
    def other_class(self) -> str:
        return f"{self.grade}A2"

    @property
    def subjects(self) -> dict[str, SubjectKind]:
        return {each.code: each.kind for each in self.programme.values() if not each.optional}

    def semesters(self, subject: str) -> tuple[int, ...]:
        only = self.one_semester.get(subject)
        return (only,) if only else (1, 2)

    def facts(self) -> list[Past]:
        return [*self._plan(), *self._classes(), *map(self._opened, (1, 2))]

    def _plan(self) -> Iterator[Past]:
        first = self.first
        yield school_facts.YearPlanned(
            school_year=self.school_year,
            semesters=(
                school_facts.SemesterFrame(first=date(first, 9, 7), last=date(first + 1, 1, 10)),
                school_facts.SemesterFrame(
                    first=date(first + 1, 1, 18), last=date(first + 1, 5, 25)
                ),
            ),
            policy=SEED_REGULATION.model_copy(update={"single_subject_policy": self.policy}),
        )
        for subject, kind in self.subjects.items():
            yield school_facts.SubjectPlanned(
                grade=self.grade,
                subject=subject,
                kind=kind,
                lessons_per_year=35,
                regular_count=REGULAR,
                semesters=self.semesters(subject),
            )

    def _classes(self) -> Iterator[Past]:
        summer = date(self.first, 8, 20)
        for name, teacher in ((self.class_group, HOA), (self.other_class, QUYEN)):
            yield school_facts.ClassFormed(class_group=name, grade=self.grade)
            yield school_facts.HomeroomAssigned(
                class_group=name, teacher=teacher.person, since=summer
            )
        numbered = (
            NumberedPupil(pupil=pupil, number=number) for number, pupil in enumerate(self.pupils, 1)
        )
        yield school_facts.ClassListSet(
            class_group=self.class_group, pupils=tuple(numbered), since=summer
        )

    def _opened(self, semester: int) -> Past:
        taught = [subject for subject in self.subjects if semester in self.semesters(subject)]
        classes = (self.class_group, self.other_class)
        sheets = tuple((name, subject) for name in classes for subject in taught)
        return school_facts.SemesterOpened(semester=semester, sheets=sheets)


@dataclass(frozen=True)
class Book:
    """A class with its year, its marks and what was written down and approved: a Reader too."""

    frame: Frame = Frame()
    of_year: tuple[Past, ...] = ()
    cells: Mapping[Key, Mapping[tuple[PupilId, str], str]] = field(default_factory=dict)
    left_open: frozenset[tuple[int, str, str]] = frozenset()
    of_sheet: Mapping[Key, tuple[Past, ...]] = field(default_factory=dict)
    written: Mapping[str, tuple[Past, ...]] = field(default_factory=dict)

    # What is told about the class.

    def marks(
        self, semester: int, pupil: PupilId, marks: Marks, class_group: str | None = None
    ) -> "Book":
        """Put each subject's text into all of its columns."""
        book = self
        for subject, text in marks.items():
            if semester in self.frame.semesters(subject):
                texts = dict.fromkeys(COLUMNS, text)
                book = book.column_marks(semester, pupil, subject, texts, class_group)
        return book

    def column_marks(
        self,
        semester: int,
        pupil: PupilId,
        subject: str,
        texts: Mapping[str, str],
        class_group: str | None = None,
    ) -> "Book":
        key = (semester, class_group or self.frame.class_group, subject)
        new = {(pupil, column): text for column, text in texts.items()}
        return replace(self, cells={**self.cells, key: {**self.cells.get(key, {}), **new}})

    def leaving_open(self, semester: int, subject: str, column: str) -> "Book":
        return replace(self, left_open=self.left_open | {(semester, subject, column)})

    def later(self, semester: int, subject: str, *told: Past) -> "Book":
        """What happened to a sheet after its columns were closed."""
        key = (semester, self.frame.class_group, subject)
        return replace(self, of_sheet={**self.of_sheet, key: (*self.of_sheet.get(key, ()), *told)})

    def year_went_on(self, *told: Past) -> "Book":
        return replace(self, of_year=(*self.of_year, *told))

    def wrote(self, *told: Past, class_group: str | None = None) -> "Book":
        """What was written down or approved of the class."""
        name = class_group or self.frame.class_group
        return replace(self, written={**self.written, name: (*self.written.get(name, ()), *told)})

    def attended(self, term: Term, *, absent: int = 0, class_group: str | None = None) -> "Book":
        """Every pupil's attendance in all months of a term; `absent` sessions in the first."""
        name = class_group or self.frame.class_group
        return self.wrote(
            *(
                facts.AttendanceRecorded(
                    school_year=self.frame.school_year,
                    class_group=name,
                    month=month,
                    absences=tuple(
                        facts.PupilAbsences(
                            pupil=pupil, with_leave=0 if number else absent, without_leave=0
                        )
                        for pupil in self.frame.pupils
                    ),
                )
                for number, month in enumerate(months_of(self.year(), term))
            ),
            class_group=name,
        )

    def conduct(self, term: Term, level: str, class_group: str | None = None) -> "Book":
        """Every pupil's conduct in a term."""
        name = class_group or self.frame.class_group
        assessed = facts.ConductAssessed(
            school_year=self.frame.school_year,
            class_group=name,
            term=term,
            pupils=tuple(facts.PupilConduct(pupil=p, level=level) for p in self.frame.pupils),
        )
        return self.wrote(assessed, class_group=name)

    def approved(self, *terms: Term, at: datetime = JUNE) -> "Book":
        """The principal approved these terms, one after the other."""
        book = self
        for term in terms:
            asked = book.asks(NGOC.at(at), commands.ApproveResults, term=term, reason="Rà soát lại")
            by, moment = asked.by, asked.at
            book = book.wrote(*((fact, by, moment) for fact in book.when(asked).decided()))
        return book

    # What a rule may look at.

    def year(self, school_year: str | None = None) -> Year:
        if school_year not in {None, self.frame.school_year}:
            return NO_YEAR_YET
        return evolve_year(NO_YEAR_YET, lines_of([*self.frame.facts(), *self.of_year]))

    def privacy(self) -> Privacy:
        return NOTHING_PRIVATE_YET

    def credentials(self) -> Credentials:
        return NO_CREDENTIALS_YET

    def dossiers(self, _school_year: str) -> Dossiers:
        return NO_DOSSIERS_YET

    def school(self) -> School:
        return NO_SCHOOL_YET

    def sheets(self, sheet_ids: Collection[SheetId]) -> Mapping[SheetId, Sheet]:
        return {sheet_id: replay(self.sheet_lines(sheet_id)) for sheet_id in sheet_ids}

    def sheet_lines(self, sheet_id: SheetId) -> list[Line]:
        for key in self._keys():
            if self.sheet_id(*key) == sheet_id:
                return lines_of(self._sheet(key))
        return []

    def sheet_id(self, semester: int, class_group: str, subject: str) -> SheetId:
        return sheet_id_of(self.frame.school_year, semester, class_group, subject)

    def results(self, keys: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Results]:
        return {key: self.class_results(*key) for key in keys}

    def class_results(self, _school_year: str, class_group: str) -> Results:
        return evolve_results(NO_RESULTS_YET, lines_of(self.written.get(class_group, ())))

    def records(self, class_group: str | None = None) -> ClassRecords:
        return gather(self, self.frame.school_year, class_group or self.frame.class_group)

    def _keys(self) -> Iterable[Key]:
        for semester in (1, 2):
            for name in (self.frame.class_group, self.frame.other_class):
                for subject in self.frame.subjects:
                    if semester in self.frame.semesters(subject):
                        yield semester, name, subject

    def _sheet(self, key: Key) -> list[Past]:
        semester, name, subject = key
        cells = self.cells.get(key, {})
        pupils = dict.fromkeys([*self.frame.pupils, *(pupil for pupil, _ in cells)])
        told: list[Past] = [
            SheetOpened(
                school_year=self.frame.school_year,
                semester=semester,
                grade=self.frame.grade,
                class_group=name,
                subject=subject,
                kind=self.frame.subjects[subject],
                columns=COLUMNS,
                teachers=(LAN.person,),
                homeroom_teacher=HOA.person,
                pupils=tuple(
                    NumberedPupil(pupil=pupil, number=number)
                    for number, pupil in enumerate(pupils, 1)
                ),
            )
        ]
        told += [
            MarkEntered(pupil=pupil, column=column, after=Mark.of(text))
            for (pupil, column), text in cells.items()
            if text
        ]
        told += [
            ColumnClosed(column=column)
            for column in COLUMNS
            if (semester, subject, column) not in self.left_open
        ]
        return [*told, *self.of_sheet.get(key, ())]

    # What is asked.

    def asks(self, voice: Voice, kind: type[AnyOf], /, **fields: object) -> AnyOf:
        act = {
            "command_id": voice.command_id or uuid4(),
            "by": voice.author,
            "at": voice.moment,
            "school_year": self.frame.school_year,
            "class_group": self.frame.class_group,
        }
        return kind.model_validate({**act, **fields})

    def when(self, command: commands.ResultsCommand) -> "Asked":
        return Asked(self, command)


@dataclass(frozen=True)
class Asked:
    """A command about the results of the class."""

    book: Book
    command: commands.ResultsCommand

    def decided(self) -> list[Fact]:
        """The facts; and the results can live with them."""
        results = self.book.class_results(self.command.school_year, self.command.class_group)
        decided = list(decide_results(self.command, results, self.book))
        by, at = self.command.by, self.command.at
        evolve_results(results, lines_of([(fact, by, at) for fact in decided]))
        return decided

    def then(self, *expected: Fact) -> None:
        """Exactly these facts, in this order."""
        assert self.decided() == list(expected)

    def then_nothing_happens(self) -> None:
        self.then()

    def then_refused(self, reason: type[Refused], /, **details: object) -> None:
        """This very reason; of the details, those that are given here."""
        with pytest.raises(Refused) as caught:
            self.decided()
        assert type(caught.value) is reason
        assert {name: caught.value.details.get(name) for name in details} == details


def all_marks(frame: Frame, score: str = "8.0", *, passed: bool = True, **other: str) -> Marks:
    """The same score in every subject with marks, and the others as named (dashes as _)."""
    comment = "passed" if passed else "not-passed"
    marks = {
        subject: score if kind is SubjectKind.SCORED else comment
        for subject, kind in frame.subjects.items()
    }
    return {**marks, **{name.replace("_", "-"): text for name, text in other.items()}}


def complete(
    frame: Frame | None = None, marks: Marks | None = None, level: str = "Tốt", absent: int = 0
) -> Book:
    """A class in which nothing of the year is missing but the principal's approvals."""
    frame = frame or Frame()
    book = Book(frame)
    for pupil in frame.pupils:
        for semester in (1, 2):
            book = book.marks(semester, pupil, marks or all_marks(frame))
    book = book.attended(Term.YEAR, absent=absent)
    for term in (Term.SEMESTER_1, Term.SEMESTER_2):
        book = book.conduct(term, level)
    return book.conduct(Term.YEAR, level) if frame.grade == GRADE_9_OF_2023.grade else book


GRADE_9_OF_2023 = Frame("2023-2024", 9, "9A1", PROGRAMME_2006, (AN, BAO, CHI))
