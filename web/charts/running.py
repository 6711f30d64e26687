"""The empirical distributions of up to three groups, one over the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from projections.distributions.summary import Scores, cumulative_shares
from web.charts.scales import LEFT, MARKS_ACROSS, RIGHT, Scale, Tick, mark_ticks

TOP: Final = 10
BOTTOM: Final = 190
_LEGEND_ROW: Final = 18
_UP: Final = Scale(0, 1, BOTTOM, TOP)
_WHOLE_POINTS: Final = tuple(range(0, 101, 10))


@dataclass(frozen=True, slots=True)
class Staircase:
    """The steps of one group as a path, its key in the legend, and its shares at whole marks."""

    label: str
    count: int
    path: str
    legend_y: float
    at_marks: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class RunningShares:
    """Staircases from 0 to 100%, with a legend below them."""

    height: int
    baseline: int
    left: int
    right: int
    stairs: tuple[Staircase, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


def running_shares(groups: Sequence[tuple[str, Scores]]) -> RunningShares:
    """A staircase for each group that has marks, the first one the one that is looked at."""
    drawn = [(label, scores) for label, scores in groups if scores]
    stairs = tuple(
        Staircase(
            label=label,
            count=sum(scores.values()),
            path=_path(scores),
            legend_y=BOTTOM + 40 + _LEGEND_ROW * place,
            at_marks=tuple(share_up_to(scores, mark) for mark in _WHOLE_POINTS),
        )
        for place, (label, scores) in enumerate(drawn)
    )
    up = tuple(Tick(_UP(percent / 100), f"{percent}%") for percent in range(0, 101, 25))
    height = BOTTOM + 40 + _LEGEND_ROW * len(stairs)
    return RunningShares(height, BOTTOM, LEFT, RIGHT, stairs, mark_ticks(), up)


def share_up_to(scores: Scores, tenths: int) -> Fraction:
    """The share of marks that are this one or lower."""
    below = sum(count for mark, count in scores.items() if mark <= tenths)
    return Fraction(below, sum(scores.values()))


def _path(scores: Scores) -> str:
    steps = [f"M{MARKS_ACROSS(0)} {_UP(0)}"]
    steps += [
        f"H{MARKS_ACROSS(tenths / 10)}V{_UP(share)}" for tenths, share in cumulative_shares(scores)
    ]
    return "".join(steps) + f"H{MARKS_ACROSS(10)}"
