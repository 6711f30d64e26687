"""Points to look back at: a position in the ledger, or a moment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ledger.line import Line


@dataclass(frozen=True, slots=True)
class AtPosition:
    """Just after the line of this position; 0 is before every line."""

    position: int


@dataclass(frozen=True, slots=True)
class AtMoment:
    """As it stood at an aware moment, lines of that very moment included."""

    moment: datetime


Point = AtPosition | AtMoment


def lines_until(lines: Iterable[Line], point: Point) -> Iterator[Line]:
    """The lines of one stream up to the point, always a beginning of the stream.

    Clocks of two machines may disagree, so moments need not be in order. A moment means all lines
    up to the first one that is later: what stood there after those is what people saw, and a
    later line with an earlier moment was decided on lines that the point leaves out.
    """
    for line in lines:
        if is_beyond(line, point):
            return
        yield line


def is_beyond(line: Line, point: Point) -> bool:
    """Whether a line was written after the point."""
    match point:
        case AtPosition(position):
            return line.position > position
        case AtMoment(moment):
            return line.at > moment
