"""Who goes up into the next grade, for enrolling into the next school year."""

from dataclasses import dataclass

from ledger.circulars.outcomes import Outcome
from ledger.results.state import Results
from ledger.results.terms import Term
from ledger.vocabulary import PupilId


@dataclass(frozen=True, slots=True)
class NextClassList:
    """The pupils of a class by what becomes of them, each in the order of the numbers.

    `undecided` waits for the summer, or has no level to decide on (TT22 Điều 11).
    """

    going_up: tuple[PupilId, ...] = ()
    staying: tuple[PupilId, ...] = ()
    undecided: tuple[PupilId, ...] = ()


_GOING_UP = frozenset({Outcome.PROMOTED, Outcome.PROMOTED_AFTER_SUMMER})


def next_class_list(results: Results) -> NextClassList:
    """Who goes up and who stays, as it was approved last; all empty before the year is."""
    year = results.approved(Term.YEAR)
    if year is None:
        return NextClassList()
    outcomes = {
        of_pupil.pupil: of_pupil.promotion.outcome if of_pupil.promotion else None
        for of_pupil in year.fact.results
    }
    summer = results.approved_after_summer()
    # A newer revision of the year may have settled what an older summer decided.
    if summer and summer.fact.year_revision == year.fact.revision:
        outcomes |= {each.pupil: each.promotion.outcome for each in summer.fact.pupils}
    return NextClassList(
        tuple(pupil for pupil, outcome in outcomes.items() if outcome in _GOING_UP),
        tuple(pupil for pupil, outcome in outcomes.items() if outcome is Outcome.NOT_PROMOTED),
        tuple(
            pupil
            for pupil, outcome in outcomes.items()
            if outcome not in {*_GOING_UP, Outcome.NOT_PROMOTED}
        ),
    )
