"""From numbers to places in a drawing: scales, ticks, and labels that keep out of each other's way.

A drawing is 400 units wide, about as wide as a phone, so that its letters can be read there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

WIDTH: Final = 400
LEFT: Final = 34
RIGHT: Final = 392
Number = float | Fraction


@dataclass(frozen=True, slots=True)
class Scale:
    """Places `low` at `start` and `high` at `end`, and what is between them between those."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: Number) -> float:
        """The place of a value, to a tenth of a unit: finer than anybody sees."""
        share = (float(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


# Where a mark from 0 to 10 lies.
MARKS_ACROSS: Final = Scale(0, 10, LEFT, RIGHT)


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis with what is written there."""

    at: float
    label: str


def nice_ticks(most: int, *, at_most: int = 5) -> tuple[int, ...]:
    """Whole numbers from 0 to `most` or a little beyond, in steps of 1, 2 or 5 times a power of 10.

    There are at most `at_most` steps, which is 3 or more.
    """
    step, factors = 1, (2, Fraction(5, 2), 2)
    turn = 0
    while step * at_most < most:
        step = int(step * factors[turn % 3])
        turn += 1
    steps = max(-(-most // step), 1)
    return tuple(step * number for number in range(steps + 1))


def mark_ticks(scale: Scale = MARKS_ACROSS) -> tuple[Tick, ...]:
    return tuple(Tick(scale(mark), str(mark)) for mark in range(11))


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart, in their order, until each is `gap` or more from the next.

    None leaves `low` to `high` unless there are more than fit, which then share the room evenly.
    """
    if not wanted:
        return []
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    placed: list[float] = []
    for place in order:
        least = placed[-1] + gap if placed else low
        placed.append(max(wanted[place], least))
    limit = high
    for number in range(len(placed) - 1, -1, -1):
        placed[number] = min(placed[number], limit)
        limit = placed[number] - gap
    found = dict(zip(order, placed, strict=True))
    return [round(found[place], 1) for place in range(len(wanted))]
