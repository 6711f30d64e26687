"""What is missing before an approval, gathered by the page where it can be mended."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger.results.completeness import Missing
from ledger.results.records import ClassRecords
from ledger.results.terms import Term
from ledger.vocabulary import PupilId, SheetId


@dataclass(frozen=True, slots=True)
class SheetGaps:
    """What one sheet lacks: marks by column, and columns that are open or wait to be confirmed."""

    class_group: str
    semester: int
    subject: str
    sheet_id: SheetId
    opened: bool
    marks: Mapping[str, int]
    open_columns: Sequence[str]
    unconfirmed: Sequence[str]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Everything that is missing; `count` is how many places have to be visited."""

    nobody: bool
    sheets: Sequence[SheetGaps]
    results: Sequence[tuple[PupilId, str]]
    conduct: Mapping[Term, int]
    attendance: Mapping[str, int]
    terms: Sequence[tuple[str, Term]]

    @property
    def count(self) -> int:
        parts = (self.sheets, self.results, self.conduct, self.attendance, self.terms)
        return self.nobody + sum(map(len, parts))


def gaps_of(records: ClassRecords, lacks: Missing) -> Gaps:
    return Gaps(
        nobody=lacks.nobody,
        sheets=_sheets(records, lacks),
        results=lacks.results,
        conduct=Counter(term for _, term in lacks.conduct),
        attendance=Counter(month for month, _ in lacks.attendance),
        terms=lacks.terms,
    )


def _sheets(records: ClassRecords, lacks: Missing) -> list[SheetGaps]:
    """In the order of semesters, classes and the school's plan."""
    in_class = {
        (mark, name)
        for mark in lacks.marks
        for member in records.members(Term.YEAR if mark.semester == 2 else Term.SEMESTER_1)
        if member.pupil == mark.pupil
        for semester, name in member.class_in.items()
        if semester == mark.semester
    }
    marks = [(mark.semester, name, mark.subject, mark.column) for mark, name in in_class]
    places = {
        *((semester, name, subject) for name, semester, subject in lacks.sheets),
        *((each.semester, each.class_group, each.subject) for each in lacks.columns),
        *((each.semester, each.class_group, each.subject) for each in lacks.entries),
        *((semester, name, subject) for semester, name, subject, _ in marks),
    }
    order = [each.subject for each in records.planned(Term.YEAR)]
    return [
        _sheet(records, lacks, place, [mark[3] for mark in marks if mark[:3] == place])
        for place in sorted(places, key=lambda place: (place[0], place[1], order.index(place[2])))
    ]


def _sheet(
    records: ClassRecords, lacks: Missing, place: tuple[int, str, str], marks: list[str]
) -> SheetGaps:
    semester, name, subject = place
    counted = Counter(marks)
    columns = records.sheet(semester, name, subject).columns
    return SheetGaps(
        class_group=name,
        semester=semester,
        subject=subject,
        sheet_id=records.year.sheet_id(semester, name, subject),
        opened=(name, semester, subject) not in lacks.sheets,
        marks={column: counted[column] for column in columns if counted[column]},
        open_columns=[
            each.column
            for each in lacks.columns
            if (each.semester, each.class_group, each.subject) == place
        ],
        unconfirmed=[
            each.column
            for each in lacks.entries
            if (each.semester, each.class_group, each.subject) == place
        ],
    )
