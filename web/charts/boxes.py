"""Groups of marks as boxes: the middle half, the median, and how far the others reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from projections.distributions.summary import Scores, Summary
from web.charts.scales import MARKS_ACROSS, Tick, mark_ticks
from web.wording.numbers import shown_decimal

Group = tuple[str, Scores]

_ROW: Final = 50
_BOX: Final = 18
# Marks farther from the box than this many times its length are dots (Tukey, 1977).
_REACH: Final = Fraction(3, 2)


@dataclass(frozen=True, slots=True)
class Box:
    """One group; `summary` is None of fewer than ten marks, which are all dots then."""

    label: str
    label_y: float
    middle: float
    count: int
    summary: Summary | None
    dots: tuple[float, ...]
    whiskers: tuple[float, float] | None
    x: float
    width: float
    median: float
    median_label: str


@dataclass(frozen=True, slots=True)
class BoxPlots:
    """Boxes of `thickness` over one axis of marks."""

    height: int
    baseline: int
    thickness: int
    boxes: tuple[Box, ...]
    across: tuple[Tick, ...]


def box_plots(groups: Sequence[Group]) -> BoxPlots:
    """One box below the other, the first of them the one that is looked at."""
    baseline = _ROW * len(groups) + 6
    boxes = tuple(
        _box(label, scores, top=place * _ROW) for place, (label, scores) in enumerate(groups)
    )
    return BoxPlots(baseline + 32, baseline, _BOX, boxes, mark_ticks())


def _box(label: str, scores: Scores, *, top: float) -> Box:
    summary = Summary.of(scores)
    count, middle = sum(scores.values()), top + 36
    if summary is None:
        every = tuple(MARKS_ACROSS(tenths / 10) for tenths in sorted(scores))
        return Box(label, top + 18, middle, count, None, every, None, 0, 0, 0, "")
    reach = _REACH * (summary.upper - summary.lower)
    within = [
        tenths
        for tenths in scores
        if summary.lower - reach <= Fraction(tenths, 10) <= summary.upper + reach
    ]
    beyond = sorted(scores.keys() - within)
    x = MARKS_ACROSS(summary.lower)
    return Box(
        label=label,
        label_y=top + 18,
        middle=middle,
        count=count,
        summary=summary,
        dots=tuple(MARKS_ACROSS(tenths / 10) for tenths in beyond),
        whiskers=(MARKS_ACROSS(min(within) / 10), MARKS_ACROSS(max(within) / 10)),
        x=x,
        width=round(MARKS_ACROSS(summary.upper) - x, 1),
        median=MARKS_ACROSS(summary.median),
        median_label=shown_decimal(summary.median, 2),
    )
