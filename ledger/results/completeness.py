"""What is missing before the results of a term can be approved: all of it, at once."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import NamedTuple

from ledger.results.comparing import differences
from ledger.results.computing import class_results, conduct_of
from ledger.results.facts import PupilResults
from ledger.results.records import ClassRecords, Membership
from ledger.results.terms import Term, first_day_of, last_day_of, months_of, term_of
from ledger.sheet.state import Sheet
from ledger.vocabulary import MarkState, PersonId, PupilId


class OpenColumn(NamedTuple):
    """A column of a sheet whose marks may still be changed freely."""

    class_group: str
    semester: int
    subject: str
    column: str


class MissingMark(NamedTuple):
    """A cell that holds no mark yet, or an absence whose make-up test is still to come."""

    pupil: PupilId
    semester: int
    subject: str
    column: str
    state: MarkState


class UnconfirmedEntries(NamedTuple):
    """A column with entries that the teacher has not confirmed."""

    class_group: str
    semester: int
    subject: str
    column: str
    teacher: PersonId


@dataclass(frozen=True, slots=True)
class Missing:
    """Everything missing; each part is empty where nothing is. `nobody`: the class has no pupil.

    `sheets` are (class, semester, subject) never opened, `results` (pupil, subject) that do not
    exist though every mark is there, `conduct` (pupil, term), `attendance` (month, pupil),
    `terms` (class, term) whose semester must be approved first, or anew after a correction.
    """

    nobody: bool = False
    sheets: tuple[tuple[str, int, str], ...] = ()
    columns: tuple[OpenColumn, ...] = ()
    marks: tuple[MissingMark, ...] = ()
    entries: tuple[UnconfirmedEntries, ...] = ()
    results: tuple[tuple[PupilId, str], ...] = ()
    conduct: tuple[tuple[PupilId, Term], ...] = ()
    attendance: tuple[tuple[str, PupilId], ...] = ()
    terms: tuple[tuple[str, Term], ...] = ()

    @property
    def nothing(self) -> bool:
        return not any(getattr(self, part.name) for part in fields(self))

    def as_details(self) -> dict[str, object]:
        """The parts in which something is missing, for a refusal."""
        parts = {part.name: getattr(self, part.name) for part in fields(self)}
        return {name: part for name, part in parts.items() if part}


def missing(records: ClassRecords, term: Term, moment: datetime) -> Missing:
    """What is missing at a moment, on which it hangs whether a column is locked."""
    members = records.members(term)
    marks = tuple(_marks(records, members, term))
    return Missing(
        nobody=not members,
        sheets=tuple(_sheets(records, members, term)),
        columns=tuple(_columns(records, members, term, moment)),
        marks=marks,
        entries=tuple(_entries(records, members, term)),
        results=tuple(_results(records, term, marks)),
        conduct=tuple(_conduct(records, members, term)),
        attendance=tuple(_attendance(records, members, term)),
        terms=tuple(_terms(records, members, term)),
    )


class _UsedSheet(NamedTuple):
    class_group: str
    semester: int
    subject: str
    sheet: Sheet
    pupils: list[PupilId]


def _used(records: ClassRecords, members: list[Membership], term: Term) -> Iterator[_UsedSheet]:
    """Each sheet that the results rest on, and the pupils whose marks are in it."""
    for planned in records.planned(term):
        for semester in sorted(set(term.semesters) & set(planned.semesters)):
            for name in dict.fromkeys(member.class_in[semester] for member in members):
                pupils = [each.pupil for each in members if each.class_in[semester] == name]
                sheet = records.sheet(semester, name, planned.subject)
                yield _UsedSheet(name, semester, planned.subject, sheet, pupils)


def _sheets(
    records: ClassRecords, members: list[Membership], term: Term
) -> Iterator[tuple[str, int, str]]:
    for used in _used(records, members, term):
        if used.sheet.opened is None:
            yield used.class_group, used.semester, used.subject


def _columns(
    records: ClassRecords, members: list[Membership], term: Term, moment: datetime
) -> Iterator[OpenColumn]:
    for used in _used(records, members, term):
        for column in used.sheet.columns:
            if not used.sheet.is_official(column, moment):
                yield OpenColumn(used.class_group, used.semester, used.subject, column)


def _marks(records: ClassRecords, members: list[Membership], term: Term) -> Iterator[MissingMark]:
    for used in _used(records, members, term):
        for pupil in used.pupils:
            for column in used.sheet.columns:
                mark = used.sheet.cell((pupil, column)).mark
                if mark.awaits_a_mark:
                    yield MissingMark(pupil, used.semester, used.subject, column, mark.state)


def _entries(
    records: ClassRecords, members: list[Membership], term: Term
) -> Iterator[UnconfirmedEntries]:
    for used in _used(records, members, term):
        for column in used.sheet.columns:
            cells = (used.sheet.cell((pupil, column)) for pupil in used.pupils)
            waiting = {cell.unconfirmed_for for cell in cells if cell.unconfirmed_for}
            for teacher in sorted(waiting):
                yield UnconfirmedEntries(
                    used.class_group, used.semester, used.subject, column, teacher
                )


def _results(
    records: ClassRecords, term: Term, marks: tuple[MissingMark, ...]
) -> Iterator[tuple[PupilId, str]]:
    waiting = {(mark.pupil, mark.subject) for mark in marks}
    for of_pupil in class_results(records, term):
        for subject in blank_subjects(records, of_pupil, term):
            if (of_pupil.pupil, subject) not in waiting:
                yield of_pupil.pupil, subject


def blank_subjects(records: ClassRecords, of_pupil: PupilResults, term: Term) -> list[str]:
    """The subjects without a result, of those whose sheets are open."""
    semesters = term.semesters
    opened = {
        subject
        for semester in semesters
        for name, subject in records.year.sheets.get(semester, ())
        if name == records.class_group
    }
    return [
        each.subject
        for each in of_pupil.subjects
        if each.result.is_blank and each.subject in opened
    ]


def _conduct(
    records: ClassRecords, members: list[Membership], term: Term
) -> Iterator[tuple[PupilId, Term]]:
    """Of a year that follows from both semesters, the semesters are what is missing."""
    asked = [term]
    if term is Term.YEAR:
        judged = records.circular.judges_conduct_year
        asked = [Term.YEAR] if judged else [Term.SEMESTER_1, Term.SEMESTER_2]
    for member in members:
        for each in asked:
            if conduct_of(records, member, each) is None:
                yield member.pupil, each


def _attendance(
    records: ClassRecords, members: list[Membership], term: Term
) -> Iterator[tuple[str, PupilId]]:
    """The months of which nobody knows, in the classes that the pupil was in then.

    The months before a pupil came are the other school's: they may be recorded, or not.
    """
    for month in months_of(records.year, term):
        first, last = first_day_of(month), last_day_of(month)
        for member in members:
            for name, of_class in records.results.items():
                place = records.year.classes[name].places.get(member.pupil)
                if place is None or place.since > last or (place.until and place.until < first):
                    continue
                if member.pupil not in of_class.absences.get(month, {}):
                    yield month, member.pupil


def _terms(
    records: ClassRecords, members: list[Membership], term: Term
) -> Iterator[tuple[str, Term]]:
    if term is not Term.YEAR:
        return
    for semester in term.semesters:
        classes = {records.class_group, *(member.class_in[semester] for member in members)}
        for name in sorted(classes):
            approval = records.results[name].approved(term_of(semester))
            own = name == records.class_group
            if approval is None or (own and differences(records, term_of(semester))):
                yield name, term_of(semester)
