"""A class as it stood at a point: its list, its teachers, and how far each sheet was filled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.circulars.choosing import circular_for
from ledger.results.subjects import semester_result
from ledger.school.refusals import NoSuchClass
from ledger.school.year import Year
from ledger.sheet.state import Sheet, replay
from ledger.vocabulary import Mark, PersonId, PupilId, Role
from projections.gradebook import SheetCard
from web.access.identity import SignedIn
from web.access.permissions import LOCKS
from web.as_of.asking import AskedPoint
from web.desk import Desk
from web.refusals import NotForYourEyes


@dataclass(frozen=True, slots=True)
class Listed:
    """A pupil of the class list; `left` is set, with the last day where it is known, of leavers."""

    pupil: PupilId
    number: int
    left: bool
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SubjectAsOf:
    """One sheet of the class at the point; `filled` counts the marks of present pupils.

    `results` are the averages of the semester, or Đạt and Chưa đạt, where they exist.
    """

    card: SheetCard
    sheet: Sheet
    filled: Mapping[str, int]
    results: Mapping[PupilId, Mark]

    @property
    def present(self) -> int:
        return len(self.sheet.pupils)


@dataclass(frozen=True, slots=True)
class ClassAsOf:
    """The class at the point; without sheets that were not opened yet.

    `last` is the position of the last line that shows, 0 where there is none.
    """

    homeroom_teacher: PersonId | None
    listed: tuple[Listed, ...]
    subjects: tuple[SubjectAsOf, ...]
    last: int

    def of_semester(self, semester: int) -> list[SubjectAsOf]:
        return [one for one in self.subjects if one.card.semester == semester]


def visible_class(
    desk: Desk, user: SignedIn, school_year: str, class_group: str
) -> list[SheetCard]:
    """The sheets of a class that the person may look at; raises NotForYourEyes or NoSuchClass.

    For who leads the school, and for the homeroom teacher of the class.
    """
    cards = [
        card
        for card in desk.gradebook.sheets(class_group=class_group)
        if card.school_year == school_year
    ]
    group = desk.ledger.year(school_year).classes.get(class_group)
    heads = {card.homeroom_teacher for card in cards}
    if group and group.homeroom_teacher:
        heads.add(group.homeroom_teacher)
    leads = Role.HOMEROOM_TEACHER in user.roles and user.person in heads
    if not leads and not user.may_act_as(*LOCKS):
        raise NotForYourEyes
    if not cards and group is None:
        raise NoSuchClass(class_group=class_group)
    return cards


def class_as_of(
    desk: Desk, cards: Sequence[SheetCard], school_year: str, class_group: str, asked: AskedPoint
) -> ClassAsOf:
    """Replay the year and every sheet of the class up to the point."""
    year = desk.ledger.year_at(school_year, asked.point)
    lines = [(card, desk.ledger.lines_until(card.sheet_id, asked.point)) for card in cards]
    subjects = tuple(_subject(card, replay(of)) for card, of in lines if of)
    group = year.classes.get(class_group)
    head = group.homeroom_teacher if group else None
    if head is None and subjects:
        head = subjects[-1].sheet.homeroom_teacher
    return ClassAsOf(
        homeroom_teacher=head,
        listed=_listed_in(year, class_group) or _listed_on(subjects),
        subjects=subjects,
        last=max((of[-1].position for _, of in lines if of), default=0),
    )


def _subject(card: SheetCard, sheet: Sheet) -> SubjectAsOf:
    present = sheet.pupils
    circular = circular_for(card.school_year, card.grade)
    results = {pupil: semester_result(circular, sheet, pupil) for pupil in present}
    return SubjectAsOf(
        card=card,
        sheet=sheet,
        filled={
            column: sum(not sheet.cell((pupil, column)).mark.is_blank for pupil in present)
            for column in sheet.columns
        },
        results={pupil: result for pupil, result in results.items() if not result.is_blank},
    )


def _listed_in(year: Year, class_group: str) -> tuple[Listed, ...]:
    group = year.classes.get(class_group)
    places = sorted(group.places.items(), key=lambda entry: entry[1].number) if group else ()
    return tuple(
        Listed(pupil, place.number, place.until is not None, place.since, place.until)
        for pupil, place in places
    )


def _listed_on(subjects: Sequence[SubjectAsOf]) -> tuple[Listed, ...]:
    """The list as the sheets have it, where the class was formed without a year."""
    numbers = {pupil: number for one in subjects for pupil, number in one.sheet.numbers.items()}
    present = {pupil for one in subjects for pupil in one.sheet.pupils}
    return tuple(
        Listed(pupil, number, pupil not in present)
        for pupil, number in sorted(numbers.items(), key=lambda entry: entry[1])
    )
