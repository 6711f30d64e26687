"""Which school years there can be: "2026-2027" and its neighbours."""

from datetime import date
from typing import Final

EARLIEST: Final = 2011  # the first school year whose circular is known


def school_year_from(first: int) -> str:
    return f"{first}-{first + 1}"


def years_until(day: date) -> list[str]:
    """Every school year that can have been planned by a day, the newest first."""
    return [school_year_from(first) for first in range(day.year + 1, EARLIEST - 1, -1)]
