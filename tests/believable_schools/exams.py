"""Tables of a common examination, for the screening of files: honest ones, and what is planted.

    exam = believable_exam(seed=1, groups=60)
    truth = lift_pupils(exam, "obvious", np.random.default_rng(2))    # the names of planted groups
    findings = screen_table(exam.table())

Groups are provinces (or schools) of 500 to 80,000 pupils whose means differ widely and honestly;
some hold elite schools, pupils choose their optional subjects by what they are good at, and every
group has its strong and weak subjects. Scores are on the grid of 0.25 (essays), 0.2 (choices of
fifty questions give 0.2), or 0.25 (of forty).
"""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from projections.screening.table import ScoreTable

Floats = NDArray[np.float64]

# Names, means, spreads and grids; the first three are taken by all, the others by choice.
_SUBJECTS: Final = (
    ("toan", 6.2, 1.6, 0.2),
    ("ngu-van", 6.4, 1.35, 0.25),
    ("tieng-anh", 4.9, 1.7, 0.2),
    ("vat-li", 6.2, 1.5, 0.25),
    ("hoa-hoc", 6.1, 1.6, 0.25),
    ("sinh-hoc", 5.6, 1.4, 0.25),
    ("lich-su", 5.2, 1.5, 0.25),
    ("dia-li", 6.3, 1.2, 0.25),
    ("gdcd", 7.6, 1.2, 0.25),
)
_COMPULSORY: Final = 3
_SCIENCE: Final = (3, 4, 5)
_SOCIETY: Final = (6, 7, 8)

# Pupils lifted, of a group of about 5,500; each by 2 to 8 points in two to four subjects.
LIFTED: Final = {"faint": 20, "hesitate": 50, "obvious": 114}
# Points by which a whole group is marked too high in one subject.
TOO_HIGH: Final = {"faint": 0.3, "hesitate": 0.6, "obvious": 1.0}
# The share of answers that a room has in common.
IN_COMMON: Final = {"faint": 0.5, "hesitate": 0.7, "obvious": 0.9}


@dataclass(slots=True)
class Exam:
    """An examination in the making; `scores` is pupils × subjects, NaN where not taken."""

    groups: tuple[str, ...]
    subjects: tuple[str, ...]
    grids: Floats
    group_of: NDArray[np.int32]
    scores: Floats
    planted: list[str] = field(default_factory=list)

    def copy(self) -> "Exam":
        return replace(self, scores=self.scores.copy(), planted=list(self.planted))

    def table(self) -> ScoreTable:
        """The table with its scores on the grids of their papers."""
        grid = np.round(np.clip(self.scores, 0, 10) / self.grids) * self.grids
        return ScoreTable(self.groups, self.subjects, self.group_of, grid.astype(np.float32))

    def rows(self, group: int) -> NDArray[np.int64]:
        return np.flatnonzero(self.group_of == group)


def believable_exam(
    seed: int, *, groups: int = 60, subjects: int = 9, largest: int = 80_000
) -> Exam:
    """An honest examination of all provinces; `largest` makes a smaller one of the same kind."""
    rng = np.random.default_rng([seed, 10])
    sizes = np.exp(rng.uniform(np.log(500), np.log(largest), groups)).astype(np.int64)
    group_of = np.repeat(np.arange(groups, dtype=np.int32), sizes)
    chosen = _SUBJECTS[:subjects]
    latent = _abilities(rng, sizes, group_of, subjects)
    means = np.array([mean for _, mean, _, _ in chosen])
    spreads = np.array([spread for _, _, spread, _ in chosen])
    scores = means + spreads * latent
    scores[~_taken(rng, latent)] = np.nan
    return Exam(
        groups=tuple(f"G{number + 1:02d}" for number in range(groups)),
        subjects=tuple(name for name, _, _, _ in chosen),
        grids=np.array([grid for _, _, _, grid in chosen]),
        group_of=group_of,
        scores=scores,
    )


def _abilities(
    rng: Generator, sizes: NDArray[np.int64], group_of: NDArray[np.int32], subjects: int
) -> Floats:
    """Standard deviations from the nation's mean, pupils × subjects."""
    pupils, groups = len(group_of), len(sizes)
    general = rng.normal(0, 1, pupils) + rng.normal(0, 0.3, groups)[group_of]
    # One to three pupils in a hundred are at a school for the gifted, where there is one.
    gifted = np.where(rng.random(groups) < 0.5, rng.uniform(0.01, 0.03, groups), 0.0)
    elite = rng.random(pupils) < gifted[group_of]
    general[elite] += rng.normal(1.5, 0.4, int(elite.sum()))
    own = rng.normal(0, 1, (pupils, subjects))
    # Where there are good teachers of languages, marks in English are higher: honestly so.
    of_groups = rng.normal(0, 0.13, (groups, subjects))
    latent: Floats = np.sqrt(0.55) * general[:, None] + np.sqrt(0.45) * own
    return latent + of_groups[group_of]


def _taken(rng: Generator, latent: Floats) -> NDArray[np.bool_]:
    """Who sat what: everybody the first three, then the sciences or society by their strengths."""
    pupils, subjects = latent.shape
    taken = rng.random((pupils, subjects)) >= 0.01
    if subjects <= _COMPULSORY:
        return taken
    leans = latent[:, 3:6].mean(axis=1) + 0.5 * rng.normal(0, 1, pupils) > 0.3
    for place in range(_COMPULSORY, subjects):
        taken[:, place] &= leans if place in _SCIENCE else ~leans
    return taken


def lift_pupils(exam: Exam, strength: str, rng: Generator) -> str:
    """Pupils of one group below the average lifted by 2 to 8 points up to 8.5 to 9.8.

    They were in the middle or below it, and each was lifted in two to four subjects; a group of
    5,500 has 20, 50 or 114 of them, others in the same proportion, between a dozen and 300.
    """
    group = _low_group(exam, rng)
    rows = exam.rows(group)
    count = int(np.clip(LIFTED[strength] * len(rows) / 5_500, 12, 300))
    total = np.nanmean(exam.scores[rows], axis=1)
    middling = rows[total < np.quantile(total, 0.75)]
    for row in rng.permutation(middling)[:count]:
        sat = np.flatnonzero(~np.isnan(exam.scores[row]))
        for subject in rng.permutation(sat)[: int(rng.integers(2, 5))]:
            wanted = rng.uniform(8.5, 9.8)
            if wanted - exam.scores[row, subject] >= 2.0:
                exam.scores[row, subject] = min(wanted, exam.scores[row, subject] + 8.0)
    return _planted(exam, group)


def _low_group(exam: Exam, rng: Generator) -> int:
    """A group of the lower half, of 2,000 to 12,000 pupils where there is one."""
    sizes = np.bincount(exam.group_of, minlength=len(exam.groups))
    total = np.nanmean(exam.scores, axis=1)
    means = np.bincount(exam.group_of, weights=np.nan_to_num(total)) / sizes
    low = means < np.median(means)
    usual = low & (sizes >= 2_000) & (sizes <= 12_000)
    free = np.array([name not in exam.planted for name in exam.groups])
    return int(rng.choice(np.flatnonzero(usual & free if (usual & free).any() else low & free)))


def mark_too_high(exam: Exam, strength: str, rng: Generator) -> str:
    """A whole group marked 0.3, 0.6 or 1 point too high in one compulsory subject."""
    free = [place for place, name in enumerate(exam.groups) if name not in exam.planted]
    group = int(rng.choice(free))
    exam.scores[exam.rows(group), int(rng.integers(0, _COMPULSORY))] += TOO_HIGH[strength]
    return _planted(exam, group)


def _planted(exam: Exam, group: int) -> str:
    exam.planted.append(exam.groups[group])
    return exam.groups[group]


def believable_rooms(seed: int, *, rooms: int = 30, seats: int = 24, subjects: int = 6) -> Exam:
    """A common test of one school: pupils are placed by the alphabet, so rooms are alike."""
    rng = np.random.default_rng([seed, 11])
    pupils = rooms * seats
    general = rng.normal(0, 1, pupils)
    own = rng.normal(0, 1, (pupils, subjects))
    latent = np.sqrt(0.6) * general[:, None] + np.sqrt(0.4) * own
    chosen = _SUBJECTS[:subjects]
    means = np.array([mean for _, mean, _, _ in chosen])
    spreads = np.array([spread for _, _, spread, _ in chosen])
    return Exam(
        groups=tuple(f"P{number + 1:02d}" for number in range(rooms)),
        subjects=tuple(name for name, _, _, _ in chosen),
        grids=np.full(subjects, 0.25),
        group_of=np.repeat(np.arange(rooms, dtype=np.int32), seats),
        scores=means + spreads * latent,
    )


def copy_answers(exam: Exam, strength: str, rng: Generator) -> str:
    """In one room, 50, 70 or 90 percent of the pupils hand in a good pupil's answers.

    In two subjects their scores are those of the best of the room, to a quarter of a point.
    """
    group = int(rng.choice([g for g, name in enumerate(exam.groups) if name not in exam.planted]))
    rows = exam.rows(group)
    for subject in rng.permutation(exam.scores.shape[1])[:2]:
        best = float(np.sort(exam.scores[rows, subject])[-3])
        copying = rows[rng.random(len(rows)) < IN_COMMON[strength]]
        near = best + rng.choice([-0.25, 0.0, 0.0, 0.25], len(copying))
        exam.scores[copying, subject] = np.maximum(near, exam.scores[copying, subject])
    return _planted(exam, group)
