"""Rank the groups of a table of scores by how far they stand off: as a whole, and at the top.

The tests of a group ask of each subject, and of all together: is the mean unlike that of other
groups, given what the same pupils reach in their other subjects; is the upper tail heavier than the
body of the group foretells; are there more pupils far above what their other subjects foretell.
A group's `q` joins all its tests; a signal's `q` is that of the one test among all tests.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from projections.screening.discovery import q_values
from projections.screening.level import level
from projections.screening.profile import Profile, profile
from projections.screening.scale import to_normal_scores
from projections.screening.table import GroupFinding, GroupSignal, ScoreTable
from projections.screening.upper_tail import Tail, upper_tails

Floats = NDArray[np.float64]
Column = NDArray[np.float32]

RATE: Final = 0.05
# Of each kind of signal, what is too small to be told however certain it is.
_LEAST_EFFECT: Final = {"high": 0.15, "low": 0.15, "upper-tail": 1.3, "out-of-line": 1.3}
# Below it a tangent and its inverse lose the figures of p, and what they tend to is used.
_TINY: Final = 1e-8


@dataclass(frozen=True, slots=True)
class _Test:
    """One question asked of all groups: what was found and expected of each, and p."""

    kind: str
    subject: str | None
    p: Floats
    effect: Floats
    found: Floats
    expected: Floats
    at_least: Floats | None = None


def screen_table(table: ScoreTable, *, rate: float = RATE) -> list[GroupFinding]:
    """Every group of the table, the one that stands off most first.

    `rate` is the share of false ones to be expected among the groups with q ≤ rate, and among the
    signals that are told of them. Groups with no signal come last, in the order of their q.
    """
    count = len(table.groups)
    if not count or not table.scores.size:
        return [GroupFinding(name, 0, 1.0, ()) for name in table.groups]
    tests = list(_tests(table))
    pupils = np.bincount(table.group_of, minlength=count)
    p = np.stack([test.p for test in tests], axis=1)
    joined = joined_p(p, _weights(tests))
    of_groups = q_values(joined)
    of_tests = q_values(p.ravel()).reshape(p.shape)
    order = sorted(range(count), key=lambda one: (joined[one], table.groups[one]))
    return [
        GroupFinding(
            table.groups[one],
            int(pupils[one]),
            float(of_groups[one]),
            _signals(tests, of_tests, one, int(pupils[one]), rate)
            if of_groups[one] <= rate
            else (),
        )
        for one in order
    ]


def joined_p(p: Floats, weights: Floats | None = None) -> Floats:
    """One p for the tests of each row, however they depend on one another (Liu and Xie, 2020).

    `weights` say how much of the whole each column is worth; without them all are worth the same.
    A test that found nothing at all (p near 1) is no evidence against one that found much, as the
    sum of tangents would have it, so it counts as 0.95.
    """
    bounded = np.clip(p, 1e-300, 0.95)
    # For a tiny p the tangent is 1/(pπ), and computing it otherwise would lose all figures.
    tiny = bounded < _TINY
    heavy = np.where(
        tiny, 1 / (bounded * np.pi), np.tan((0.5 - np.maximum(bounded, _TINY)) * np.pi)
    )
    heavy = np.average(heavy, axis=1, weights=weights)
    far = 1 / (np.maximum(heavy, 1.0) * np.pi)
    near = 0.5 - np.arctan(heavy) / np.pi
    found: Floats = np.where(heavy > 1 / _TINY, far, near)
    return found


def _weights(tests: list[_Test]) -> Floats:
    """Single subjects are half of the whole, the group and its pupils over all subjects the other.

    Were all questions worth the same, what is wrong in all subjects would have to be as improbable
    as what one of thirty questions finds by luck.
    """
    families = [
        "subject" if test.subject else "level" if test.kind == "level" else "pupils"
        for test in tests
    ]
    # Where there is one subject, it is asked about its tail alone, and all about its level.
    worth = {"subject": 2.0 if "pupils" in families else 1.0, "level": 1.0, "pupils": 1.0}
    return np.array([worth[family] / families.count(family) for family in families])


def _tests(table: ScoreTable) -> Iterator[_Test]:
    groups, count = table.group_of, len(table.groups)
    columns = [to_normal_scores(column) for column in table.scores.T]
    scores = np.stack(columns, axis=1)
    of_pupils = profile(scores, groups, count)
    yield _level_test(table, of_pupils.ability, _means(table.scores), None)
    yield from _tail_tests(of_pupils, groups, count)
    alone = len(table.subjects) == 1
    for place, subject in enumerate(table.subjects):
        tails = upper_tails(scores[:, place], groups, count)
        yield from _of_tails(
            "upper-tail", subject, tails, (scores[:, place], table.scores[:, place])
        )
        if alone:
            continue
        residuals = of_pupils.residuals[:, place]
        beside = of_pupils.beside[:, place]
        yield _level_test(table, residuals, table.scores[:, place], subject, beside)
        even = to_normal_scores(residuals)
        yield from _of_tails("out-of-line", subject, upper_tails(even, groups, count))


def _tail_tests(of_pupils: Profile, groups: NDArray[np.int32], count: int) -> Iterator[_Test]:
    """The tests of pupils over all their subjects together."""
    for kind, values in (("upper-tail", of_pupils.best), ("out-of-line", of_pupils.contrast)):
        yield from _of_tails(kind, None, upper_tails(to_normal_scores(values), groups, count))


def _of_tails(
    kind: str, subject: str | None, tails: list[Tail], scores: tuple[Column, Column] | None = None
) -> Iterator[_Test]:
    """The cuts of one tail as one test, with the figures of the cut that says most.

    `scores` are the normal scores and the raw ones, where a cut can be told as a score.
    """
    if not tails:
        return
    p = np.stack([tail.p for tail in tails], axis=1)
    found = np.stack([tail.found for tail in tails], axis=1)
    expected = np.stack([tail.expected for tail in tails], axis=1)
    best = (np.arange(len(p)), p.argmin(axis=1))
    ratio = found[best] / np.maximum(expected[best], 1e-9)
    at_least = None
    if scores is not None:
        even, raw = scores
        at_least = np.array([raw[even >= tail.cut].min() for tail in tails])[best[1]]
    yield _Test(kind, subject, joined_p(p), ratio, found[best], expected[best], at_least)


def _level_test(
    table: ScoreTable,
    values: Column,
    raw: Column,
    subject: str | None,
    beside: Floats | None = None,
) -> _Test:
    """The level of each group, told in the table's own scores."""
    groups, count = table.group_of, len(table.groups)
    seen = level(values, groups, count, beside)
    known = ~np.isnan(raw) & ~np.isnan(values)
    sizes = np.maximum(np.bincount(groups[known], minlength=count), 1)
    means = np.bincount(groups[known], raw[known], count) / sizes
    if not known.any():
        return _Test("level", subject, seen.p, np.zeros(count), means, means)
    effect = (seen.means - seen.centres) / (float(np.std(values[known])) or 1.0)
    unit = float(np.std(raw[known]))
    return _Test("level", subject, seen.p, effect, means, means - effect * unit)


def _means(scores: NDArray[np.float32]) -> Column:
    known = ~np.isnan(scores)
    taken = known.sum(axis=1)
    total = np.where(known, scores, 0).sum(axis=1)
    means: Column = np.where(taken > 0, total / np.maximum(taken, 1), np.nan).astype(np.float32)
    return means


def _signals(
    tests: list[_Test], q: Floats, group: int, pupils: int, rate: float
) -> tuple[GroupSignal, ...]:
    """What is told of one group, the strongest first; at least that, since the group stands off."""
    told = [
        _signal(test, group, float(q[group, place]), pupils) for place, test in enumerate(tests)
    ]
    told.sort(key=lambda one: (one.p, one.kind, one.subject or ""))
    clear = [one for one in told if one.q <= rate and _is_worth_telling(one)]
    return tuple(clear or told[:1])


def _is_worth_telling(signal: GroupSignal) -> bool:
    return abs(signal.effect) >= _LEAST_EFFECT[signal.kind]


def _signal(test: _Test, group: int, q: float, pupils: int) -> GroupSignal:
    effect = float(test.effect[group])
    signal = GroupSignal(
        kind=test.kind,
        subject=test.subject,
        p=float(test.p[group]),
        q=q,
        effect=effect,
        found=float(test.found[group]),
        expected=float(test.expected[group]),
        pupils=pupils,
        at_least=None if test.at_least is None else float(test.at_least[group]),
    )
    if test.kind == "level":
        return replace(signal, kind="high" if effect > 0 else "low")
    return signal
