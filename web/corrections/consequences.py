"""What an open correction would change in the results of a class, as its page shows it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger.results.comparing import Difference, Part
from ledger.results.foreseeing import consequences_of
from ledger.results.state import Approval
from ledger.results.terms import Term, term_of
from ledger.school.year import Year
from ledger.vocabulary import ClassGroup, PersonId, PupilId
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


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would change, pupil by pupil; a pupil of whom nothing would is there with nothing.

    `kept` is False where the results of the class are not kept here: its year was never planned.
    """

    kept: bool
    pupils: Mapping[PupilId, Sequence[Difference]]
    resting: Sequence[Resting]

    @property
    def changes(self) -> bool:
        return any(self.pupils.values())


NOT_KEPT = Foreseen(kept=False, pupils={}, resting=())


def foresee(desk: Desk, view: CorrectionView) -> Foreseen | None:
    """What the correction would change; None once it is over, since nothing is to be decided."""
    if not view.status.is_open:
        return None
    year = desk.ledger.year(view.school_year)
    if year.planned is None or view.class_group not in year.classes:
        return NOT_KEPT
    marks = {(line.pupil, line.column): line.after for line in view.lines}
    found = consequences_of(desk.ledger, view.sheet_id, marks)
    pupils = dict.fromkeys(line.pupil for line in view.lines)
    return Foreseen(
        kept=True,
        pupils={pupil: [each for each in found if each.pupil == pupil] for pupil in pupils},
        resting=list(_resting(desk, view, year, found)),
    )


def _resting(
    desk: Desk, view: CorrectionView, year: Year, found: Sequence[Difference]
) -> Iterator[Resting]:
    """Approved results in the classes where the pupils are today; the sheet's own comes first."""
    pupils = {line.pupil for line in view.lines}
    today = (year.class_of(line.pupil) for line in view.lines)
    names = dict.fromkeys((view.class_group, *(name for name in today if name)))
    results = desk.ledger.results([(view.school_year, name) for name in names])
    for (_, name), of_class in results.items():
        for term in (term_of(view.semester), Term.YEAR):
            approval = of_class.approved(term)
            if approval and any(based.sheet == view.sheet_id for based in approval.fact.basis):
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
