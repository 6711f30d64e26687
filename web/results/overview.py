"""How far the results of every class of a year are, for one term."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ledger.results.comparing import differences
from ledger.results.completeness import missing
from ledger.results.records import ClassRecords
from ledger.results.state import TermApproval
from ledger.results.terms import Term
from ledger.school.year import Year
from web.access.identity import SignedIn
from web.desk import Desk
from web.results.at_hand import sees_results
from web.results.gaps import Gaps, gaps_of


@dataclass(frozen=True, slots=True)
class ClassStanding:
    """One class: what it lacks, its newest approval, and whether that still says what is so."""

    class_group: str
    gaps: Gaps
    approval: TermApproval | None
    differs: bool


def standings(
    desk: Desk, user: SignedIn, year: Year, term: Term, moment: datetime
) -> Iterator[ClassStanding]:
    """The classes that the person may see; states of the whole year are asked for once."""
    seen = [name for name, group in year.classes.items() if sees_results(user, group)]
    if not seen:
        return
    sheets = desk.ledger.sheets([each for number in (1, 2) for each in year.sheet_ids(number)])
    keys = [(year.school_year, name) for name in year.classes]
    results = {name: held for (_, name), held in desk.ledger.results(keys).items()}
    for name in sorted(seen):
        records = ClassRecords(year, name, sheets, results)
        yield ClassStanding(
            name,
            gaps_of(records, missing(records, term, moment)),
            records.own.approved(term),
            bool(differences(records, term)),
        )
