"""The marks of a column as bars of half a point, as dots, or small in the cell of a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from projections.distributions.summary import BIN, Scores, Summary, bins
from web.charts.scales import MARKS_ACROSS, Scale, Tick, mark_ticks, nice_ticks, spread
from web.wording.numbers import shown_decimal

TOP: Final = 34
BOTTOM: Final = 190
HEIGHT: Final = 222
# The lines that a bar may not hide: what is needed to pass, and what is good.
_LINES: Final = (50, 80)
_LABEL_ROOM: Final = 68
MINI_WIDTH: Final = 100
MINI_HEIGHT: Final = 22


@dataclass(frozen=True, slots=True)
class Bar:
    """The marks from `low` to below `high`; `look` tells below 5, below 8 and the rest apart."""

    x: float
    y: float
    width: float
    height: float
    count: int
    span: str
    look: str


@dataclass(frozen=True, slots=True)
class Upright:
    """A line at a mark, its label moved aside where another one stands."""

    x: float
    label: str
    label_x: float
    look: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars over the marks from 0 to 10, in a drawing of 400 x `height`."""

    height: int
    baseline: int
    top: int
    bars: tuple[Bar, ...]
    lines: tuple[Upright, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    total: int

    @property
    def fullest(self) -> Bar:
        return max(self.bars, key=lambda bar: bar.count)


def histogram(scores: Scores) -> Histogram:
    """Bars half a point wide; 10 is in the last one."""
    counts = bins(scores)
    ticks = nice_ticks(max(counts))
    up = Scale(0, ticks[-1], BOTTOM, TOP)
    return Histogram(
        height=HEIGHT,
        baseline=BOTTOM,
        top=TOP,
        bars=tuple(_bars(counts, up)),
        lines=_lines(scores),
        across=mark_ticks(),
        up=tuple(Tick(up(tick), str(tick)) for tick in ticks),
        total=sum(counts),
    )


def _bars(counts: tuple[int, ...], up: Scale) -> Iterator[Bar]:
    for place, count in enumerate(counts):
        low, high = place * BIN, (place + 1) * BIN
        x, y = MARKS_ACROSS(low / 10), up(count)
        width = round(MARKS_ACROSS(high / 10) - x - 1, 1)
        yield Bar(x, y, width, round(BOTTOM - y, 1), count, span_text(low, high), look_of(low))


def look_of(tenths: int) -> str:
    """Below 5, from 5 to below 8, and from 8 up."""
    return "low" if tenths < 50 else "middle" if tenths < 80 else "high"


def span_text(low: int, high: int) -> str:
    """The marks of a bar: "6,5–<7"; that of the last one, "9,5–10", has the 10 in it."""
    below = "" if high == 100 else "<"
    return f"{_mark_text(low)}–{below}{_mark_text(high)}"


def _mark_text(tenths: int) -> str:
    return f"{tenths // 10},{tenths % 10}" if tenths % 10 else str(tenths // 10)


def _lines(scores: Scores) -> tuple[Upright, ...]:
    at = [(MARKS_ACROSS(tenths / 10), f"{tenths // 10},0", "bound") for tenths in _LINES]
    if summary := Summary.of(scores):
        label = f"trung vị {shown_decimal(summary.median, 2)}"
        at.append((MARKS_ACROSS(summary.median), label, "median"))
    low, high = MARKS_ACROSS.start + 30, MARKS_ACROSS.end - 30
    places = spread([x for x, _, _ in at], _LABEL_ROOM, low, high)
    return tuple(
        Upright(x, label, label_x, look)
        for (x, label, look), label_x in zip(at, places, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Dot:
    """The place of one mark."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Dots:
    """Each mark a dot over its place, equal marks on top of each other."""

    height: int
    baseline: int
    dots: tuple[Dot, ...]
    marks: tuple[tuple[str, int], ...]
    across: tuple[Tick, ...]
    total: int


_DOT: Final = 12


def dots(scores: Scores) -> Dots:
    """For a handful of marks: their drawing is as high as the most frequent one needs."""
    baseline = max(scores.values(), default=0) * _DOT + 14
    placed = (
        Dot(MARKS_ACROSS(tenths / 10), baseline - _DOT * number - 8)
        for tenths in sorted(scores)
        for number in range(scores[tenths])
    )
    return Dots(
        height=baseline + 32,
        baseline=baseline,
        dots=tuple(placed),
        marks=tuple((_mark_text(tenths), scores[tenths]) for tenths in sorted(scores)),
        across=mark_ticks(),
        total=sum(scores.values()),
    )


@dataclass(frozen=True, slots=True)
class MiniBar:
    """A bar that only its look and its height tell of."""

    x: float
    y: float
    width: float
    height: float
    look: str


def mini_histogram(scores: Scores) -> tuple[MiniBar, ...]:
    """The bars alone, those without a mark left out, in a drawing of 100 x 22."""
    counts = bins(scores)
    up = Scale(0, max(*counts, 1), MINI_HEIGHT, 0)
    width = MINI_WIDTH / len(counts)
    return tuple(
        MiniBar(
            place * width, up(count), width - 0.8, MINI_HEIGHT - up(count), look_of(place * BIN)
        )
        for place, count in enumerate(counts)
        if count
    )
