"""How long a dossier is kept: until the last of its pupils has left, and as long as ordered."""

from datetime import date

from ledger.dossiers import refusals
from ledger.dossiers.facts import Keeping
from ledger.privacy.attended import last_day_of, years_attended
from ledger.reader import Reader
from ledger.sheet.correction import Correction


def kept_until(correction: Correction, keeping: Keeping, reader: Reader, today: date) -> date:
    """The last day of keeping, as it is known today; a pupil on no list any more keeps nothing.

    Years are counted as archives count: whole calendar years after the year of leaving.
    """
    days = [
        last_day_of(line.pupil, years_attended(line.pupil, reader, today))
        for line in correction.lines
    ]
    left_on = max((day for day in days if day), default=date.min)
    if keeping.years_after_leaving == 0 or left_on == date.min:
        return left_on
    return date(left_on.year + keeping.years_after_leaving, 12, 31)


def may_be_disposed(correction: Correction, keeping: Keeping, reader: Reader, today: date) -> None:
    """Refuse while the dossier has to be kept."""
    until = kept_until(correction, keeping, reader, today)
    if today <= until:
        raise refusals.DossierStillKept(until=until, ordered_by=keeping.ordered_by)
