"""Everything that the results of a class rest on, gathered once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ledger.circulars.choosing import CIRCULARS, circular_for
from ledger.circulars.circular import Circular
from ledger.circulars.single_subject import SingleSubject
from ledger.circulars.tt22 import TT22
from ledger.circulars.tt58 import TT58
from ledger.reader import Reader
from ledger.results.state import Results
from ledger.results.terms import Term, term_of
from ledger.school import facts as school_facts
from ledger.school.assigning import class_of_year
from ledger.school.refusals import YearNotPlanned
from ledger.school.year import ClassOfYear, Year
from ledger.sheet.state import Sheet
from ledger.vocabulary import PupilId, SheetId


def circular_named(code: str, policy: str) -> Circular:
    """The circular with this permanent code, with the school's choice where it leaves one.

    KeyError or ValueError for a code or a policy that there never was.
    """
    circular = CIRCULARS[code]
    assert isinstance(circular, TT22 | TT58), "every circular has a policy"
    return replace(circular, policy=SingleSubject(policy))


class Membership(NamedTuple):
    """A pupil, and the classes whose sheets hold the marks of each semester."""

    pupil: PupilId
    class_in: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ClassRecords:
    """The year, the sheets and the results that one class rests on, as they are now.

    `results` has those of the class itself and of every class that its pupils came from.
    """

    year: Year
    class_group: str
    sheets: Mapping[SheetId, Sheet]
    results: Mapping[str, Results]

    @property
    def group(self) -> ClassOfYear:
        return self.year.classes[self.class_group]

    @property
    def own(self) -> Results:
        return self.results[self.class_group]

    @property
    def circular(self) -> Circular:
        code = circular_for(self.year.school_year, self.group.grade).code
        return circular_named(code, self.year.policy.single_subject_policy)

    def members(self, term: Term) -> list[Membership]:
        return members(self.year, self.class_group, term)

    def planned(self, term: Term) -> list[school_facts.SubjectPlanned]:
        """The subjects of the class in a term, in the order of the school's plan."""
        semesters = set(term.semesters)
        subjects = self.year.subjects_of(self.group.grade)
        return [planned for planned in subjects if semesters & set(planned.semesters)]

    def sheet(self, semester: int, class_group: str, subject: str) -> Sheet:
        """A sheet; one that was never opened has its empty state."""
        sheet_id = self.year.sheet_id(semester, class_group, subject)
        return self.sheets.get(sheet_id, _NEVER_OPENED)

    def with_sheet(self, sheet_id: SheetId, sheet: Sheet) -> "ClassRecords":
        """The records as they would be with another state of one sheet."""
        return replace(self, sheets={**self.sheets, sheet_id: sheet})


_NEVER_OPENED = Sheet()


def gather(reader: Reader, school_year: str, class_group: str) -> ClassRecords:
    """Read what the results of a class rest on; raises YearNotPlanned and NoSuchClass."""
    year = reader.year(school_year)
    if year.planned is None:
        raise YearNotPlanned(school_year=school_year)
    class_of_year(year, class_group)
    sheet_ids = dict.fromkeys(
        sheet_id for term in Term for sheet_id in sheets_of(year, class_group, term)
    )
    pupils = year.classes[class_group].places
    others = [
        name
        for name, group in year.classes.items()
        if name != class_group and any(pupil in group.places for pupil in pupils)
    ]
    results = reader.results([(school_year, name) for name in (class_group, *others)])
    return ClassRecords(
        year,
        class_group,
        reader.sheets(list(sheet_ids)),
        {name: of_class for (_, name), of_class in results.items()},
    )


def members(year: Year, class_group: str, term: Term) -> list[Membership]:
    """Whose results of a term a class has, in the order of the numbers.

    Who left before the term ended has none. The semester's results of who changed class come from
    the class of the semester's last day; of who came later, from what was brought along.
    """
    places = year.classes[class_group].places
    here = [pupil for pupil in places if _class_at_end(year, pupil, term) == class_group]
    return [
        Membership(
            pupil,
            {
                semester: _class_at_end(year, pupil, term_of(semester)) or class_group
                for semester in term.semesters
            },
        )
        for pupil in sorted(here, key=lambda pupil: places[pupil].number)
    ]


def sheets_of(year: Year, class_group: str, term: Term) -> Sequence[SheetId]:
    """The opened sheets that the results of a term rest on, those of former classes too."""
    grade = year.classes[class_group].grade
    found = {
        (semester, name)
        for member in members(year, class_group, term)
        for semester, name in member.class_in.items()
    }
    return [
        year.sheet_id(semester, name, planned.subject)
        for semester, name in sorted({*found, *((n, class_group) for n in term.semesters)})
        for planned in year.subjects_of(grade, semester)
        if (name, planned.subject) in year.sheets.get(semester, ())
    ]


def _class_at_end(year: Year, pupil: PupilId, term: Term) -> str | None:
    """The class on the last day of a term; who leaves on that very day was still there."""
    last = term.last_day(year)
    if found := year.class_on(pupil, last):
        return found
    for name, group in year.classes.items():
        place = group.places.get(pupil)
        if place is not None and place.since <= last and place.until == last:
            return name
    return None
