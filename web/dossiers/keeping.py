"""Which archived dossiers still have to be kept, whose time is over, and what is to be decided."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.dossiers.keeping import end_of_keeping
from ledger.dossiers.state import Dossiers, DossierStatus
from ledger.school.school_years import years_until
from ledger.sheet.correction import CorrectionStatus
from ledger.vocabulary import CorrectionId
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
    about = [(one, corrections[one.correction_id]) for one in archived]
    ends = ends_of(desk, about, today)
    kept = [
        Kept(dossier, correction, symbol, ends[dossier.correction_id])
        for (dossier, correction), symbol in zip(about, symbols_of(desk, archived), strict=True)
    ]
    rules = {year: desk.ledger.dossiers(year) for year in desk.dossiers.years()}
    return Keeping(kept, rules, today)


def ends_of(
    desk: Desk, about: Sequence[tuple[DossierView, CorrectionView]], today: date
) -> Mapping[CorrectionId, date]:
    """The last day of keeping of each of these dossiers, as known today."""
    if not about:
        return {}
    rules = {year: desk.ledger.dossiers(year) for year in {one.school_year for one, _ in about}}
    attended = [desk.ledger.year(year) for year in years_until(today)]
    ends = {}
    for dossier, correction in about:
        pupils = {line.pupil for line in correction.lines}
        rule = rules[dossier.school_year].keeping
        ends[dossier.correction_id] = end_of_keeping(pupils, rule, attended)
    return ends
