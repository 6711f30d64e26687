"""Groups of marks in the order of time: their medians as a line, the middle half as a band."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from projections.distributions.summary import Scores, Summary
from web.charts.scales import LEFT, RIGHT, Scale, Tick
from web.wording.numbers import shown_decimal

TOP: Final = 14
BOTTOM: Final = 170
_UP: Final = Scale(0, 10, BOTTOM, TOP)


@dataclass(frozen=True, slots=True)
class Stop:
    """One point of time; without a `summary` there are too few marks, and all of them are dots."""

    label: str
    x: float
    count: int
    summary: Summary | None
    lower: float
    median: float
    upper: float
    median_label: str
    dots: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Stops from left to right; bands and lines are the points of polygons and polylines."""

    height: int
    baseline: int
    left: int
    right: int
    stops: tuple[Stop, ...]
    bands: tuple[str, ...]
    lines: tuple[str, ...]
    up: tuple[Tick, ...]


def trend(groups: Sequence[tuple[str, Scores]]) -> Trend:
    """One stop for each group; the line is broken where there are too few marks."""
    step = (RIGHT - LEFT) / max(len(groups), 1)
    stops = tuple(
        _stop(label, scores, x=round(LEFT + step * (place + 0.5), 1))
        for place, (label, scores) in enumerate(groups)
    )
    runs = list(_runs(stops))
    return Trend(
        height=BOTTOM + 38,
        baseline=BOTTOM,
        left=LEFT,
        right=RIGHT,
        stops=stops,
        bands=tuple(_band(run) for run in runs),
        lines=tuple(" ".join(f"{stop.x},{stop.median}" for stop in run) for run in runs),
        up=tuple(Tick(_UP(mark), f"{mark}") for mark in (0, 2, 5, 8, 10)),
    )


def _stop(label: str, scores: Scores, *, x: float) -> Stop:
    summary, count = Summary.of(scores), sum(scores.values())
    if summary is None:
        every = tuple(_UP(tenths / 10) for tenths in sorted(scores))
        return Stop(label, x, count, None, 0, 0, 0, "", every)
    return Stop(
        label=label,
        x=x,
        count=count,
        summary=summary,
        lower=_UP(summary.lower),
        median=_UP(summary.median),
        upper=_UP(summary.upper),
        median_label=shown_decimal(summary.median, 2),
        dots=(),
    )


def _runs(stops: Sequence[Stop]) -> Iterator[list[Stop]]:
    """Stops that follow each other and have enough marks, two or more."""
    for enough, run in groupby(stops, key=lambda stop: stop.summary is not None):
        found = list(run)
        if enough and len(found) > 1:
            yield found


def _band(run: Sequence[Stop]) -> str:
    there = [f"{stop.x},{stop.upper}" for stop in run]
    back = [f"{stop.x},{stop.lower}" for stop in reversed(run)]
    return " ".join([*there, *back])
