"""What an open correction would change in the results of a class, as its page shows it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from ledger.application import GradeLedger
from ledger.dossiers.state import Issued
from ledger.past import Past
from ledger.points import AtPosition, Point
from ledger.results.comparing import Difference, Part
from ledger.results.foreseeing import consequences_of
from ledger.results.state import Approval
from ledger.results.terms import Term, term_of
from ledger.school.calendar import local_day
from ledger.school.year import Year
from ledger.sheet.facts import MarkCorrected
from ledger.sheet.state import Place
from ledger.store.codec import to_line
from ledger.vocabulary import ClassGroup, Mark, PersonId, PupilId, SheetId
from projections.corrections import CorrectionView
from web.desk import Desk


@dataclass(frozen=True, slots=True)
class Resting:
    """Approved results that rest on the marks: of which class and term, by whom, when.

    `after_summer`: it is the approval of who goes up after summer. `changes`: the correction would
    make them differ, so the principal approves them anew.
    """

    class_group: ClassGroup
    term: Term
    after_summer: bool
    by: PersonId
    at: datetime
    changes: bool


Books = GradeLedger | Past


class OfSheet(Protocol):
    """What a correction and the card of a sheet both tell of the sheet."""

    @property
    def sheet_id(self) -> SheetId: ...
    @property
    def school_year(self) -> str: ...
    @property
    def semester(self) -> int: ...
    @property
    def class_group(self) -> ClassGroup: ...


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would change, pupil by pupil; a pupil of whom nothing would is there with nothing.

    `kept` is False where the results of the class are not kept here: its year was never planned.
    `papers` are the printed books, reports and school records that carry the marks of before.
    """

    class_group: ClassGroup
    kept: bool
    pupils: Mapping[PupilId, Sequence[Difference]]
    resting: Sequence[Resting]
    papers: Sequence[Issued]

    @property
    def changes(self) -> bool:
        return any(self.pupils.values())


def foresee(desk: Desk, view: CorrectionView) -> Foreseen | None:
    """What the correction would change; None once it is over, since nothing is to be decided."""
    return foresee_marks(desk.ledger, view, marks_of(view)) if view.status.is_open else None


def foresee_at(desk: Desk, view: CorrectionView, point: Point) -> Foreseen:
    """What the correction would have changed at a point of the past, whatever became of it."""
    return foresee_marks(Past(desk.ledger.recorder, point), view, marks_of(view))


def before_execution(desk: Desk, view: CorrectionView) -> AtPosition:
    """The point just before the marks were corrected; LookupError if they never were."""
    for stored in desk.ledger.recorder.select_until(view.sheet_id):
        line = to_line(stored)
        if isinstance(line.fact, MarkCorrected) and line.fact.correction_id == view.correction_id:
            return AtPosition(line.position - 1)
    raise LookupError(view.correction_id)


def marks_of(view: CorrectionView) -> Mapping[Place, Mark]:
    """The right mark of every cell of a correction."""
    return {(line.pupil, line.column): line.after for line in view.lines}


def foresee_marks(books: Books, of: OfSheet, marks: Mapping[Place, Mark]) -> Foreseen:
    """What these marks would change, by the school as it is now, or as it was."""
    year = books.year(of.school_year)
    pupils = dict.fromkeys(pupil for pupil, _ in marks)
    kept = year.planned is not None and of.class_group in year.classes
    found = consequences_of(books, of.sheet_id, marks)
    return Foreseen(
        class_group=of.class_group,
        kept=kept,
        pupils={pupil: [each for each in found if each.pupil == pupil] for pupil in pupils if kept},
        resting=list(_resting(books, of, year, pupils.keys(), found)) if kept else (),
        papers=carried_by(books, of, marks.keys()),
    )


def carried_by(books: Books, of: OfSheet, places: Collection[Place]) -> list[Issued]:
    """The papers that were issued while these cells held what they hold.

    A paper of one semester does not tell of the other; one of the year tells of both.
    """
    sheet = books.sheets([of.sheet_id])[of.sheet_id]
    moments = [sheet.cell(place).at for place in places]
    # What was never entered is missing on every paper.
    since = min((local_day(at) if at else date.min for at in moments), default=date.max)
    classes = _classes(of, books.year(of.school_year), {pupil for pupil, _ in places})
    return [
        issued
        for issued in books.dossiers(of.school_year).papers
        if issued.fact.class_group in classes
        and issued.fact.semester in {None, of.semester}
        and issued.fact.issued_on >= since
    ]


def _classes(of: OfSheet, year: Year, pupils: Collection[PupilId]) -> list[ClassGroup]:
    """The classes where the pupils are today; the sheet's own comes first."""
    today = (year.class_of(pupil) for pupil in pupils)
    return list(dict.fromkeys((of.class_group, *(name for name in today if name))))


def _resting(
    books: Books,
    of: OfSheet,
    year: Year,
    pupils: AbstractSet[PupilId],
    found: Sequence[Difference],
) -> Iterator[Resting]:
    """Approved results in the classes where the pupils are today."""
    keys = [(of.school_year, name) for name in _classes(of, year, pupils)]
    for (_, name), of_class in books.results(keys).items():
        for term in (term_of(of.semester), Term.YEAR):
            approval = of_class.approved(term)
            if approval and any(based.sheet == of.sheet_id for based in approval.fact.basis):
                among = pupils & {each.pupil for each in approval.fact.results}
                yield from _rest(approval, among, (name, term), found, after_summer=False)
        if summer := of_class.approved_after_summer():
            among = pupils & {each.pupil for each in summer.fact.pupils}
            yield from _rest(summer, among, (name, Term.YEAR), found, after_summer=True)


def _rest(
    approval: Approval[Any],
    pupils: AbstractSet[PupilId],
    of: tuple[ClassGroup, Term],
    found: Iterable[Difference],
    *,
    after_summer: bool,
) -> Iterator[Resting]:
    if not pupils:
        return
    changes = any(
        each.pupil in pupils
        and each.term is of[1]
        and (each.part is Part.PROMOTION_AFTER_SUMMER) == after_summer
        for each in found
    )
    yield Resting(*of, after_summer, approval.by.person, approval.at, changes)
