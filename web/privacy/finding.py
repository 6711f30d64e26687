"""Find a pupil: by year, who has left, or by name and code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ledger.people import Pupil
from ledger.privacy.attended import classes_attended, last_day_of
from ledger.school.school_years import years_until
from ledger.school.year import Year
from ledger.vocabulary import PupilId
from web.desk import Desk
from web.names import Names
from web.results.next_year import LAST_GRADE
from web.spreadsheets.usernames import plain

MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class FoundPupil:
    """A pupil of a year: the last class there, the last day there, and what may be shown."""

    pupil: PupilId
    name: str
    details: Pupil | None
    class_group: str
    last_day: date


def planned_years(desk: Desk, today: date) -> list[str]:
    """The planned school years, the newest first."""
    return [year for year in years_until(today) if desk.ledger.year(year).planned]


def pupils_of(year: Year, names: Names, wanted: str, today: date) -> list[FoundPupil]:
    """Who has left in a year or with its end; with a text, everybody whose name or code has it."""
    chosen = list(_everybody(year) if wanted else _leavers(year, today))
    details, called = names.details(chosen), names.pupils(chosen)
    found = []
    for pupil in chosen:
        name = called[pupil].full_name if pupil in called else names.pupil(pupil)
        code = details[pupil].code if pupil in details else ""
        if not wanted or _matches(wanted, name, code):
            found.append(_found(pupil, name, details.get(pupil), year))
    return sorted(found, key=lambda one: (one.class_group, one.name))


def _matches(wanted: str, name: str, code: str) -> bool:
    """Whether the name has it, typed with or without tones, or the code."""
    letters = plain(wanted)
    return bool(letters and letters in plain(name)) or wanted.casefold() in code.casefold()


def _everybody(year: Year) -> Iterator[PupilId]:
    yield from {pupil: None for group in year.classes.values() for pupil in group.places}


def _leavers(year: Year, today: date) -> Iterator[PupilId]:
    over = today > year.frame(2).last
    for pupil in _everybody(year):
        current = year.class_of(pupil)
        if current is None or (over and year.classes[current].grade == LAST_GRADE):
            yield pupil


def _found(pupil: PupilId, name: str, details: Pupil | None, year: Year) -> FoundPupil:
    attended = classes_attended(pupil, year)
    last = max(attended, key=lambda group: year.classes[group].places[pupil].since)
    last_day = last_day_of(pupil, [year])
    assert last_day is not None, "stands on a list of the year"
    return FoundPupil(pupil, name, details, year.class_of(pupil) or last, last_day)
