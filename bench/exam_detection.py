"""How often a planted group of an examination is found: `python -m bench.exam_detection`.

Beside the screen of a file stands the plain rule: a group whose mean is more than three standard
deviations from that of all groups' means, in a subject or over all.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.random import Generator
from rich.console import Console
from rich.table import Table

from bench.anomaly_tables import shown
from projections.screening.groups import screen_table
from projections.screening.table import ScoreTable
from tests.believable_schools import STRENGTHS
from tests.believable_schools.exams import (
    Exam,
    believable_exam,
    believable_rooms,
    copy_answers,
    lift_pupils,
    mark_too_high,
)

_PROMISED: Final = 0.05


@dataclass(slots=True)
class Found:
    """Of so many tables: the planted group told, ranked first, told by the plain rule, and false.

    `false` and `plain_false` are tables in which any other group was told.
    """

    tables: int = 0
    told: int = 0
    first: int = 0
    false: int = 0
    plain: int = 0
    plain_false: int = 0

    def add(self, table: ScoreTable, planted: list[str]) -> None:
        findings = screen_table(table)
        told = {one.group for one in findings if one.q <= _PROMISED}
        plain = plain_groups(table)
        self.tables += 1
        self.told += bool(told & set(planted))
        self.first += findings[0].group in planted
        self.false += bool(told - set(planted))
        self.plain += bool(plain & set(planted))
        self.plain_false += bool(plain - set(planted))


def plain_groups(table: ScoreTable) -> set[str]:
    """Groups with a mean beyond three standard deviations of the groups' means."""
    told: set[str] = set()
    for scores in (*table.scores.T, np.nanmean(table.scores, axis=1)):
        sat = ~np.isnan(scores)
        count = np.bincount(table.group_of[sat], minlength=len(table.groups))
        total = np.bincount(table.group_of[sat], scores[sat], minlength=len(table.groups))
        means = total / np.maximum(count, 1)
        off = abs(means - means.mean()) > 3 * means.std()
        told |= {table.groups[place] for place in np.flatnonzero(off)}
    return told


def measure_exams(
    *, seeds: int, largest: int, groups: int = 60, strengths: Sequence[str] = STRENGTHS
) -> Iterator[tuple[str, str, Found]]:
    """What was planted, its strength, and how it was found."""
    every = range(1, seeds + 1)
    provinces = [believable_exam(seed, largest=largest, groups=groups) for seed in every]
    rooms = [believable_rooms(seed) for seed in every]
    yield "nothing, provinces", "", _found(provinces)
    yield "nothing, rooms", "", _found(rooms)
    for strength in strengths:
        yield "pupils lifted", strength, _found(provinces, lift_pupils, strength)
    for strength in strengths:
        yield "a province too high", strength, _found(provinces, mark_too_high, strength)
    for strength in strengths:
        yield "a room's answers copied", strength, _found(rooms, copy_answers, strength)


def _found(
    exams: list[Exam],
    plant: Callable[[Exam, str, Generator], str] | None = None,
    strength: str = "",
) -> Found:
    found = Found()
    for seed, clean in enumerate(exams):
        exam = clean.copy()
        if plant:
            plant(exam, strength, np.random.default_rng([seed, 3]))
        found.add(exam.table(), exam.planted)
    return found


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(prog="python -m bench.exam_detection", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="tables of each sort")
    parser.add_argument("--largest", type=int, default=20_000, help="pupils of a province")
    options = parser.parse_args()
    table = Table("planted", "strength", "told", "ranked first", "told by |z| > 3")
    table.add_column("tables with a false group")
    table.add_column("the same of |z| > 3")
    for name, strength, one in measure_exams(seeds=options.seeds, largest=options.largest):
        found = [one.told, one.first, one.plain] if strength else []
        cells = [shown(count, one.tables) for count in found] or ["–"] * 3
        false = (shown(count, one.tables) for count in (one.false, one.plain_false))
        table.add_row(name, strength, *cells, *false)
    Console(width=160).print(table)


if __name__ == "__main__":
    main()
