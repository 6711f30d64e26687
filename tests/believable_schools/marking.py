"""Marks as they come about: abilities, classes, teachers, tests, and the grid they are given on.

A pupil's ability is half general and half of the subject, carried from semester to semester. A
common test (midterm, final) is the same for the grade and marked with little of the teacher's own
severity; regular marks are the teacher's own: half a point higher, less spread, of less
reliability, and each with a difficulty of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.random import Generator

from ledger.vocabulary import PERIODIC, columns_of
from projections.anomalies.material import NO_MARK, Tenths
from tests.believable_schools.staffing import (
    SUBJECTS,
    BoolRows,
    ClassPlan,
    Floats,
    Staffing,
    SubjectPlan,
    Teacher,
)

# What remains to chance in one assessment, in points: reliability about 0.8 and 0.65.
_NOISE: Final = {True: 0.75, False: 0.85}


@dataclass(slots=True)
class Column:
    """One column of a class: what its marks would be before rounding, and their grid in tenths.

    `scored` says who has a mark; `mercy` is the share of marks a little below 5 that their teacher
    lets pass.
    """

    latent: Floats
    steps: Floats
    scored: BoolRows
    passes: BoolRows

    def copy(self) -> "Column":
        return Column(self.latent.copy(), self.steps.copy(), self.scored.copy(), self.passes.copy())

    def marks(self) -> Tenths:
        """The marks as given, in tenths."""
        points = np.where(
            self.passes & (self.latent >= 4.6), np.maximum(self.latent, 5.0), self.latent
        )
        points = np.clip(points, 0.0, 10.0)
        tenths = np.floor(np.round(points * 10 / self.steps) * self.steps + 0.5)
        return np.where(self.scored, tenths, NO_MARK).astype(np.int16)


@dataclass(frozen=True, slots=True)
class Abilities:
    """Deviations by semester, subject and pupil."""

    of: Mapping[tuple[int, str], Floats]


def abilities_of(rng: Generator, staffing: Staffing) -> Abilities:
    count = len(staffing.pupils)
    general = rng.normal(0, 1, count)
    for plan in staffing.classes:
        general[plan.rows] += plan.ability
    found: dict[tuple[int, str], Floats] = {}
    # Languages go together, and so do mathematics, science and computing.
    leaning = rng.normal(0, 1, count)
    for subject in SUBJECTS:
        leans = (
            -1.0 if subject.name in {"ngu-van", "tieng-anh", "gdcd", "lich-su-va-dia-li"} else 1.0
        )
        own = rng.normal(0, 1, count)
        later = 0.92 * own + np.sqrt(1 - 0.92**2) * rng.normal(0, 1, count)
        for semester, part in ((1, own), (2, later)):
            found[semester, subject.name] = (
                np.sqrt(0.58) * general + np.sqrt(0.07) * leans * leaning + np.sqrt(0.35) * part
            )
    return Abilities(found)


@dataclass(frozen=True, slots=True)
class Tests:
    """How easy each common test came out, in points, by (semester, grade, subject, column)."""

    ease: Mapping[tuple[int, int, str, str], float]


def tests_of(rng: Generator) -> Tests:
    return Tests(
        {
            (semester, grade, subject.name, column): rng.normal(0, 0.45)
            for semester in (1, 2)
            for grade in range(6, 10)
            for subject in SUBJECTS
            for column in sorted(PERIODIC)
        }
    )


def class_columns(
    rng: Generator,
    plan: ClassPlan,
    subject: SubjectPlan,
    *,
    semester: int,
    team: tuple[Teacher, ...],
    ability: Floats,
    tests: Tests,
    taught: float,
) -> dict[str, Column]:
    """All columns of a sheet. `taught` is how well the class has learned the subject, in points."""
    regular = subject.regular_in(plan.grade)
    columns: dict[str, Column] = {}
    for place, column in enumerate(columns_of(regular)):
        common = column in PERIODIC
        teacher = team[(place % len(team)) if not common else 0]
        shift = tests.ease.get((semester, plan.grade, subject.name, column), 0.0)
        if not common:
            shift = 0.5 + teacher.severity + rng.normal(0, 0.25)
        else:
            shift += teacher.lenience + rng.normal(0, 0.1)
        spread = subject.spread * (0.85 * teacher.spread if not common else 1.0)
        latent = subject.mean + taught + shift + spread * ability
        latent = latent + _NOISE[common] * rng.normal(0, 1, len(ability))
        columns[column] = _column(rng, teacher, latent, common=common)
    return columns


def _column(rng: Generator, teacher: Teacher, latent: Floats, *, common: bool) -> Column:
    count = len(latent)
    step = float(rng.choice([5.0, 2.5, 1.0], p=[0.2, 0.5, 0.3])) if common else teacher.step
    steps = np.where(rng.random(count) < 0.85, step, 5.0)
    zero = rng.random(count) < (0.0 if common else 0.001)
    return Column(
        latent=np.where(zero, 0.0, np.maximum(latent, 0.5)),
        steps=steps,
        scored=rng.random(count) >= 0.006,
        passes=rng.random(count) < teacher.mercy,
    )
