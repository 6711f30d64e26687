"""What the ledger knows of a pupil's time at the school: years, sheets, the last day."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from ledger.reader import Reader
from ledger.school.school_years import years_until
from ledger.school.year import Year
from ledger.sheet.correction import Correction
from ledger.vocabulary import PupilId, SheetId


def years_attended(pupil: PupilId, reader: Reader, today: date) -> list[Year]:
    """The years on whose class lists the pupil stands, the newest first."""
    years = (reader.year(school_year) for school_year in years_until(today))
    return [year for year in years if classes_attended(pupil, year)]


def classes_attended(pupil: PupilId, year: Year) -> list[str]:
    """The classes of a year on whose lists the pupil stands, those left included."""
    return [name for name, group in year.classes.items() if pupil in group.places]


def last_day_of(pupil: PupilId, years: Sequence[Year]) -> date | None:
    """The last day at the school as known so far; None for who is on no list.

    Who has not left a class stays in it to the end of the year.
    """
    days = (
        year.frame(2).last if (until := year.classes[name].places[pupil].until) is None else until
        for year in years
        for name in classes_attended(pupil, year)
    )
    return max(days, default=None)


def sheets_attended(pupil: PupilId, years: Sequence[Year]) -> list[SheetId]:
    """The opened sheets of the classes that the pupil was in."""
    return [
        sheet_id
        for year in years
        for name in classes_attended(pupil, year)
        for semester in sorted(year.opened)
        for sheet_id in year.sheet_ids(semester, class_group=name)
    ]


def corrections_of(
    pupil: PupilId, sheet_ids: Collection[SheetId], reader: Reader
) -> Iterator[Correction]:
    """The corrections that have a line of the pupil."""
    for sheet in reader.sheets(sheet_ids).values():
        for correction in sheet.corrections.values():
            if any(line.pupil == pupil for line in correction.lines):
                yield correction
