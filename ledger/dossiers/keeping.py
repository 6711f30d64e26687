"""How long a dossier is kept: until the last of its pupils has left, and as long as ordered."""

from collections.abc import Iterable, Sequence
from datetime import date

from ledger.dossiers import refusals
from ledger.dossiers.facts import Keeping
from ledger.privacy.attended import last_day_of
from ledger.reader import Reader
from ledger.school.school_years import years_until
from ledger.school.year import Year
from ledger.sheet.correction import Correction
from ledger.vocabulary import PupilId


def kept_until(correction: Correction, keeping: Keeping, reader: Reader, today: date) -> date:
    """The last day of keeping, as it is known today; a pupil on no list any more keeps nothing."""
    years = [reader.year(school_year) for school_year in years_until(today)]
    return end_of_keeping((line.pupil for line in correction.lines), keeping, years)


def end_of_keeping(pupils: Iterable[PupilId], keeping: Keeping, years: Sequence[Year]) -> date:
    """The same for many dossiers in turn, once all years have been read.

    Years of keeping are counted as archives count: whole ones after the year of leaving.
    """
    left_on = max((day for one in pupils if (day := last_day_of(one, years))), default=date.min)
    if keeping.years_after_leaving == 0 or left_on == date.min:
        return left_on
    return date(left_on.year + keeping.years_after_leaving, 12, 31)


def may_be_disposed(correction: Correction, keeping: Keeping, reader: Reader, today: date) -> None:
    """Refuse while the dossier has to be kept."""
    until = kept_until(correction, keeping, reader, today)
    if today <= until:
        raise refusals.DossierStillKept(until=until, ordered_by=keeping.ordered_by)
