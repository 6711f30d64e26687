"""A table of scores from anywhere, as numbers: one row per pupil, one column per subject."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Scores of pupils in groups: classes, schools, rooms or provinces.

    `group_of` (int32, one per pupil) is a place in `groups`. `scores` (float32, pupils × subjects,
    on whatever scale) is NaN where a pupil did not take a subject; 0 is a score.
    """

    groups: tuple[str, ...]
    subjects: tuple[str, ...]
    group_of: NDArray[np.int32]
    scores: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class GroupSignal:
    """One way in which a group stands off, in one subject or over all of them (None).

    `kind` is "high" or "low" (the group as a whole), "upper-tail" (too many of the highest scores
    for a group like this one) or "out-of-line" (single pupils far above what the same pupils reach
    in other subjects). `effect` is in standard deviations for the first two, and the ratio of
    found to expected for the others; `found` and `expected` count pupils, or are the mean and the
    one expected. `at_least` is the score from which an upper tail was counted, None for the others.
    """

    kind: str
    subject: str | None
    p: float
    q: float
    effect: float
    found: float
    expected: float
    pupils: int
    at_least: float | None = None


@dataclass(frozen=True, slots=True)
class GroupFinding:
    """What the screen says of one group; `q` is that of its strongest signal, 1 without any."""

    group: str
    pupils: int
    q: float
    signals: tuple[GroupSignal, ...]
