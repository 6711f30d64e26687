"""How long a dossier is kept: until the last of its pupils has left, and as long as ordered."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from ledger.dossiers import refusals
from ledger.dossiers.facts import Keeping
from ledger.privacy.attended import classes_attended, last_day_of
from ledger.reader import Reader
from ledger.school.school_years import years_until
from ledger.school.year import Year
from ledger.sheet.correction import Correction
from ledger.vocabulary import PupilId

# After these a pupil leaves: the last of the lower, and the last of the upper secondary school.
_LAST_GRADES: Final = frozenset({9, 12})
_A_YEAR: Final = timedelta(days=366)


def kept_until(correction: Correction, keeping: Keeping, reader: Reader, today: date) -> date:
    """The last day of keeping, as it is known today; a pupil on no list any more keeps nothing."""
    years = [reader.year(school_year) for school_year in years_until(today)]
    return end_of_keeping((line.pupil for line in correction.lines), keeping, years)


def end_of_keeping(pupils: Iterable[PupilId], keeping: Keeping, years: Sequence[Year]) -> date:
    """The same for many dossiers in turn, once all years have been read, the newest first.

    Years of keeping are counted as archives count: whole ones after the year of leaving.
    """
    left_on = max((day for one in pupils if (day := _here_until(one, years))), default=date.min)
    if keeping.years_after_leaving == 0 or left_on == date.min:
        return left_on
    return date(left_on.year + keeping.years_after_leaving, 12, 31)


def _here_until(pupil: PupilId, years: Sequence[Year]) -> date | None:
    """The last day at the school; a year later for who is to come back after the summer.

    Between two school years the next class list is not written yet, and nobody has left by that.
    """
    last_day = last_day_of(pupil, years)
    newest = next((year for year in years if classes_attended(pupil, year)), None)
    if last_day is None or newest is None:
        return None
    group = newest.class_of(pupil)
    comes_back = group is not None and newest.classes[group].grade not in _LAST_GRADES
    return last_day + _A_YEAR if comes_back else last_day


def may_be_disposed(correction: Correction, keeping: Keeping, reader: Reader, today: date) -> None:
    """Refuse while the dossier has to be kept."""
    until = kept_until(correction, keeping, reader, today)
    if today <= until:
        raise refusals.DossierStillKept(until=until, ordered_by=keeping.ordered_by)
