"""Who teaches what where: the matrix of classes and subjects, and each teacher's share of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger.school.year import Year
from ledger.vocabulary import PersonId
from web.year.classes import class_order, classes_of


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class and its subjects: the teachers of each, () where nobody is; no key if not taught."""

    class_group: str
    teachers: Mapping[str, Sequence[PersonId]]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The classes of one grade or of all, and the subjects that any of them has."""

    subjects: Sequence[str]
    rows: Sequence[ClassRow]


@dataclass(frozen=True, slots=True)
class Share:
    """What one teacher teaches: per subject the classes."""

    teacher: PersonId
    subjects: Mapping[str, Sequence[str]]

    @property
    def place_count(self) -> int:
        return sum(map(len, self.subjects.values()))


def matrix_of(year: Year, grade: int | None = None) -> Matrix:
    rows = [
        ClassRow(
            name,
            {
                planned.subject: year.teachers.get((name, planned.subject), ())
                for planned in year.subjects_of(year.classes[name].grade)
            },
        )
        for name in classes_of(year, grade)
    ]
    subjects = dict.fromkeys(subject for row in rows for subject in row.teachers)
    return Matrix(list(subjects), rows)


def shares_of(year: Year, teachers: Iterable[PersonId]) -> list[Share]:
    """What each of these teachers teaches, in their order; who teaches nothing is there too."""
    taught: dict[PersonId, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (class_group, subject), who in sorted(
        year.teachers.items(), key=lambda item: class_order(item[0][0])
    ):
        for teacher in who:
            taught[teacher][subject].append(class_group)
    return [Share(teacher, dict(taught[teacher])) for teacher in teachers]


def ticked(year: Year, values: Iterable[str]) -> list[tuple[str, str]]:
    """The places that were ticked ("6A1~toan"); what the year does not have is left out."""
    places = (value.partition("~")[::2] for value in values)
    return [
        (name, subject)
        for name, subject in dict.fromkeys(places)
        if name in year.classes and (year.classes[name].grade, subject) in year.subjects
    ]
