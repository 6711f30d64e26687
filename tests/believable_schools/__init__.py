"""Believable schools, for the statistics to be measured on: marks, edits, and what is planted.

    school = believable_school(seed=1, classes=16)      # 4 grades, about 600 pupils, a clean year
    planted = plant(school, SignalKind.MARKS_HIGH, "obvious", np.random.default_rng(2))
    material = school.material()                        # what the screen reads
    found(planted, signals, material.places)            # whether an acceptable signal points there
    is_true(signal.place, school.planted, material.places)  # whether anything is planted there

`signals` may be candidates as well: whatever has a `kind` and a `place`. Same seed, same school,
to the last id. 40 classes are 1,500 pupils. What was made up, and how, is in the docstrings of
`staffing`, `marking`, `editing` and `plants`; tables of scores are in `exams`.
"""

from datetime import datetime

import numpy as np

from tests.believable_schools.editing import write_editing
from tests.believable_schools.plants import STRENGTHS, plant
from tests.believable_schools.school import School, staffed
from tests.believable_schools.truth import Planted, found, is_true

__all__ = ["STRENGTHS", "Planted", "School", "believable_school", "found", "is_true", "plant"]


def believable_school(
    seed: int,
    *,
    classes: int = 16,
    streamed: bool | None = None,
    secretary: bool | None = None,
    until: datetime | None = None,
) -> School:
    """A clean school of 8 to 48 classes, at the end of its year or with what is due by `until`.

    `streamed`: the first class of each grade is a selected one, stronger in everything.
    `secretary`: periodic marks are entered by the secretary on behalf of teachers. None leaves
    either to chance.
    """
    rng = np.random.default_rng([seed, 0])
    chances = rng.random(2)
    school = staffed(
        seed,
        rng,
        classes=classes,
        streamed=bool(chances[0] < 0.4) if streamed is None else streamed,
    )
    typed = bool(chances[1] < 0.4) if secretary is None else secretary
    write_editing(np.random.default_rng([seed, 1]), school, secretary=typed, until=until)
    return school
