"""Invented tables of scores: groups that differ honestly, and what is done to one of them."""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from projections.screening.table import ScoreTable

Matrix = NDArray[np.float32]

SUBJECTS: Final = ("toan", "van", "anh", "li", "hoa", "su")


def province(
    seed: int, *, groups: int = 40, pupils: int = 400, subjects: int = len(SUBJECTS)
) -> ScoreTable:
    """Schools of one province: able and less able ones, subjects that are taught better or worse.

    Scores are 0 to 10 in steps of 0.25, with 0 and 10 as hard ends.
    """
    rng = np.random.default_rng(seed)
    group_of = np.repeat(np.arange(groups, dtype=np.int32), pupils)
    able = rng.normal(0, 0.4, groups)[group_of] + rng.normal(size=len(group_of))
    columns = []
    for _ in range(subjects):
        taught = rng.normal(0, 0.15, groups)[group_of]
        own = 0.75 * able + 0.6 * rng.normal(size=len(group_of)) + taught
        columns.append(np.clip(np.round((5.4 + 1.5 * own) * 4) / 4, 0, 10))
    scores = np.stack(columns, axis=1).astype(np.float32)
    names = tuple(f"{place:02}" for place in range(groups))
    return ScoreTable(names, SUBJECTS[:subjects], group_of, scores)


def with_scores(table: ScoreTable, scores: Matrix) -> ScoreTable:
    return replace(table, scores=scores.astype(np.float32))


def weakest(table: ScoreTable) -> int:
    """The group whose mean is the lowest, where high scores are least to be expected."""
    means = [
        float(np.nanmean(table.scores[table.group_of == place]))
        for place in range(len(table.groups))
    ]
    return int(np.argmin(means))


def lifted(table: ScoreTable, group: int, *, pupils: int, to: float = 9.0) -> ScoreTable:
    """The same table where so many pupils of a group were lifted to the top of three subjects."""
    scores = table.scores.copy()
    chosen = np.flatnonzero(table.group_of == group)[:pupils]
    for subject in range(min(3, scores.shape[1])):
        scores[chosen, subject] = np.maximum(scores[chosen, subject], to)
    return with_scores(table, scores)


def raised(table: ScoreTable, group: int, points: float) -> ScoreTable:
    """The same table where a whole group has so many points more in every subject."""
    scores = table.scores.copy()
    scores[table.group_of == group] += np.float32(points)
    return with_scores(table, np.clip(scores, 0, 10))
