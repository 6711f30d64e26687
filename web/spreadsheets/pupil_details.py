"""What a class list says of a pupil beside the name: birth date, gender, disability."""

import re
from datetime import date, timedelta
from typing import Final

from ledger.people import Gender
from web.spreadsheets.cells import Cell
from web.spreadsheets.spelling import folded

_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: 00:00:00)?", re.ASCII)
_SERIAL_DAYS: Final = re.compile(r"\d{5}", re.ASCII)
_SERIAL_START: Final = date(1899, 12, 30)  # day 0 of a spreadsheet after February 1900

_GENDERS: Final = {"nam": Gender.MALE, "nữ": Gender.FEMALE}
_NO_DISABILITY: Final = frozenset(map(folded, ("Không", "Không khuyết tật", "K", "0", "-")))


def birth_date_in(cell: Cell | None) -> date | None:
    """The date in a cell, the day before the month; ValueError if there is none to be read."""
    if cell is None or cell.is_blank:
        return None
    text = cell.text.strip()
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
        return date(year, month, day)
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
        return date(year, month, day)
    if _SERIAL_DAYS.fullmatch(text):
        # Days as a number, which some products write as text.
        return _SERIAL_START + timedelta(days=int(text))
    raise ValueError(text)


def gender_in(text: str) -> Gender:
    """ValueError for what is neither "Nam" nor "Nữ"."""
    try:
        return _GENDERS[folded(text)]
    except KeyError:
        raise ValueError(text) from None


def tells_disability(text: str) -> bool:
    """Whether the cell names a disability: any kind counts, and "Không" is none."""
    return folded(text) not in _NO_DISABILITY
