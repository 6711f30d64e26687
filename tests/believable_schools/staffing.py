"""Who is at the school: classes with their pupils, and teachers with their classes and their ways.

All chances here are stated as the sentences above each number say; a point is a mark's point.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid5

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ledger.vocabulary import PersonId, PupilId

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
BoolRows = NDArray[np.bool_]

_IDS: Final = UUID("5e0f7a52-6a3b-4c4e-8b43-2f1f3b7c9d10")
GRADES: Final = (6, 7, 8, 9)


@dataclass(frozen=True, slots=True)
class SubjectPlan:
    """A subject: regular columns, how the grade does in it (points), and classes per teacher."""

    name: str
    regular: int
    mean: float = 0.0
    spread: float = 0.0
    load: int = 4
    parts: int = 1
    scored: bool = True

    def regular_in(self, grade: int) -> int:
        """Công nghệ has more lessons from grade 8 on."""
        return 3 if self.name == "cong-nghe" and grade >= 8 else self.regular


SUBJECTS: Final = (
    SubjectPlan("ngu-van", 4, 6.5, 1.25, load=4),
    SubjectPlan("toan", 4, 6.2, 1.75, load=4),
    SubjectPlan("tieng-anh", 4, 6.1, 1.7, load=5),
    SubjectPlan("khoa-hoc-tu-nhien", 4, 6.6, 1.5, load=4, parts=2),
    SubjectPlan("lich-su-va-dia-li", 4, 6.9, 1.35, load=5, parts=2),
    SubjectPlan("gdcd", 2, 7.7, 1.1, load=12),
    SubjectPlan("cong-nghe", 2, 7.5, 1.1, load=10),
    SubjectPlan("tin-hoc", 2, 7.4, 1.2, load=10),
)
COMMENT_SUBJECTS: Final = tuple(
    SubjectPlan(name, 2, load=8, scored=False)
    for name in ("giao-duc-the-chat", "nghe-thuat", "hdtn-hn", "gd-dia-phuong")
)


@dataclass(slots=True, eq=False)
class Teacher:
    """A teacher's honest ways.

    `severity` (points) and `spread` (a factor) are those of their own tests; `lenience` is the
    little that is left of it in tests common to the grade. `step` is the grid of their marks, in
    tenths. `error_rate` is the share of marks typed wrong, `lateness` the mean of days before the
    deadline at which they enter, `owl` the share of their evenings that end after eleven.
    """

    person: PersonId
    severity: float
    lenience: float
    spread: float
    step: float
    mercy: float
    error_rate: float
    lateness: float
    owl: float
    clears_first: float


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """A class: its pupils' places among all pupils, and what it is as a whole (deviations)."""

    name: str
    grade: int
    rows: Rows
    selected: bool
    ability: float


@dataclass(slots=True)
class Staffing:
    """The people of one school."""

    pupils: Sequence[PupilId]
    classes: Sequence[ClassPlan]
    administrator: PersonId
    secretary: PersonId
    # By (class, subject): one teacher, or several who share a subject's parts.
    teachers: dict[tuple[str, str], tuple[Teacher, ...]] = field(default_factory=dict)

    def everybody(self) -> list[Teacher]:
        """Each teacher once, in the order of their first class."""
        shared = [teacher for team in self.teachers.values() for teacher in team]
        return list({teacher.person: teacher for teacher in shared}.values())


def id_of(seed: int, name: str) -> UUID:
    return uuid5(_IDS, f"{seed}/{name}")


def staffing_of(seed: int, rng: Generator, *, classes: int, streamed: bool) -> Staffing:
    """Classes of 30 to 46 pupils, one in twenty a small one, in four grades, and their teachers."""
    plans = list(_class_plans(rng, classes=classes, streamed=streamed))
    count = sum(len(plan.rows) for plan in plans)
    staffing = Staffing(
        pupils=[PupilId(id_of(seed, f"pupil/{number}")) for number in range(count)],
        classes=plans,
        administrator=PersonId(id_of(seed, "administrator")),
        secretary=PersonId(id_of(seed, "secretary")),
    )
    for subject in (*SUBJECTS, *COMMENT_SUBJECTS):
        _assign(seed, rng, subject, staffing)
    return staffing


def _class_plans(rng: Generator, *, classes: int, streamed: bool) -> Iterator[ClassPlan]:
    usual = rng.normal(38.5, 2.5)
    first = 0
    for grade in GRADES:
        in_grade = len(range(grade - 6, classes, 4))
        for number in range(in_grade):
            small = rng.random() < 0.05
            size = rng.integers(9, 17) if small else np.clip(rng.normal(usual, 2.5), 28, 46)
            rows = np.arange(first, first + int(size))
            first += int(size)
            selected = streamed and number == 0 and in_grade >= 3
            # Classes that are made up by lot still differ a little.
            ability = rng.normal(0, 0.15) + (1.0 if selected else -0.1 if streamed else 0.0)
            yield ClassPlan(f"{grade}A{number + 1}", grade, rows, selected, ability)


def _assign(seed: int, rng: Generator, subject: SubjectPlan, staffing: Staffing) -> None:
    """Teachers take classes of neighbouring grades, as many as their lessons allow."""
    teams: list[tuple[Teacher, ...]] = []
    for place, plan in enumerate(staffing.classes):
        if place % subject.load == 0:
            names = [f"{subject.name}/{len(teams)}/{part}" for part in range(subject.parts)]
            teams.append(tuple(_teacher(PersonId(id_of(seed, name)), rng) for name in names))
        staffing.teachers[plan.name, subject.name] = teams[-1]


def _teacher(person: PersonId, rng: Generator) -> Teacher:
    return Teacher(
        person=person,
        severity=0.35 * rng.standard_t(8),
        lenience=0.1 * rng.standard_t(8),
        spread=float(np.exp(rng.normal(0, 0.1))),
        step=float(rng.choice([10.0, 5.0, 2.5, 1.0], p=[0.15, 0.45, 0.25, 0.15])),
        mercy=float(rng.choice([0.0, 0.15, 0.35], p=[0.5, 0.3, 0.2])),
        # One mark in a hundred, with teachers who mistype three times as many.
        error_rate=float(rng.gamma(2.0, 0.005)),
        lateness=float(np.exp(rng.normal(1.3, 0.6))),
        owl=float(rng.choice([0.02, 0.35], p=[0.96, 0.04])),
        clears_first=float(rng.choice([0.02, 0.25], p=[0.9, 0.1])),
    )
