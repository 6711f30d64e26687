"""Which archived dossiers still have to be kept, whose time is over, and what is to be decided."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.dossiers.keeping import end_of_keeping
from ledger.dossiers.state import Dossiers, DossierStatus
from ledger.school.school_years import years_until
from ledger.sheet.correction import CorrectionStatus
from projections.corrections import CorrectionView
from projections.dossiers import DossierView
from web.desk import Desk
from web.dossiers.register import symbols_of


@dataclass(frozen=True, slots=True)
class Kept:
    """An archived dossier and the last day on which it has to be kept, as known today."""

    dossier: DossierView
    correction: CorrectionView
    symbol: str
    until: date

    def is_over(self, today: date) -> bool:
        return today > self.until

    @property
    def proposed(self) -> bool:
        return self.dossier.disposal_proposed_at is not None


@dataclass(frozen=True, slots=True)
class Keeping:
    """All archived dossiers of the school, and the rules of the years in which there are some."""

    kept: Sequence[Kept]
    years: Mapping[str, Dossiers]
    today: date

    @property
    def proposed(self) -> list[Kept]:
        """What the principal has to decide on."""
        return [one for one in self.kept if one.proposed]

    @property
    def over(self) -> list[Kept]:
        """Whose time is over, and nobody has proposed to dispose of them."""
        return [one for one in self.kept if one.is_over(self.today) and not one.proposed]

    @property
    def of_year(self) -> Mapping[str, Sequence[Kept]]:
        """The archived dossiers of each year."""
        grouped: dict[str, list[Kept]] = defaultdict(list)
        for one in self.kept:
            grouped[one.dossier.school_year].append(one)
        return {year: grouped[year] for year in self.years}


def keeping_of(desk: Desk, today: date) -> Keeping:
    """The keeping of all dossiers; every year and every register is read once."""
    archived = desk.dossiers.list(status=DossierStatus.ARCHIVED)
    corrections = {
        one.correction_id: one for one in desk.corrections.list(status=CorrectionStatus.EXECUTED)
    }
    rules = {year: desk.ledger.dossiers(year) for year in desk.dossiers.years()}
    attended = [desk.ledger.year(year) for year in years_until(today)]
    kept = []
    for dossier, symbol in zip(archived, symbols_of(desk, archived), strict=True):
        correction = corrections[dossier.correction_id]
        pupils = {line.pupil for line in correction.lines}
        until = end_of_keeping(pupils, rules[dossier.school_year].keeping, attended)
        kept.append(Kept(dossier, correction, symbol, until))
    return Keeping(kept, rules, today)
