"""How many regular marks a semester has, from the steps that a circular sets."""

from collections.abc import Sequence
from typing import Final

Steps = Sequence[tuple[int, int]]  # (lessons a year at most, marks), the fewest lessons first
_MOST: Final = 4


def regular_marks(lessons_per_year: int, steps: Steps) -> int:
    """Return the number of the first step that is high enough, four marks above them all."""
    if lessons_per_year < 1:
        message = f"a subject has lessons, not {lessons_per_year}"
        raise ValueError(message)
    fitting = (marks for lessons, marks in steps if lessons_per_year <= lessons)
    return next(fitting, _MOST)
