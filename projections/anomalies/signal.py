"""A signal: something unusual, where it lies, how strong it is, and the lines behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ledger.signals.finding import Finding, Place, SignalId, SignalKind, signal_id_of

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One test of the screen, whatever came of it; `p` is its probability in a quiet school.

    `effect` is in the unit of its kind, positive the more unusual; a candidate whose effect is not
    worth anybody's time is left out of the signals however small its `p` is. `figures` is what the
    sentence about it needs. `positions` are the lines behind it, empty where it is about marks.
    """

    kind: SignalKind
    place: Place
    p: float
    effect: float
    figures: Figures
    positions: tuple[int, ...] = ()
    worth_telling: bool = True


@dataclass(frozen=True, slots=True)
class Signal:
    """A candidate that stands out of the whole screen: `q` at most the promised rate."""

    school_year: str
    kind: SignalKind
    place: Place
    p: float
    q: float
    effect: float
    figures: Figures = field(default_factory=dict)
    positions: tuple[int, ...] = ()

    @property
    def signal_id(self) -> SignalId:
        return signal_id_of(self.school_year, self.kind, self.place)

    def finding(self, position: int) -> Finding:
        """The signal as the ledger keeps it, seen at a position."""
        return Finding(
            school_year=self.school_year,
            kind=self.kind,
            place=self.place,
            figures=tuple((name, _number(value)) for name, value in self.figures.items()),
            q=_number(self.q),
            effect=_number(self.effect),
            position=position,
        )


def _number(value: float) -> str:
    """A number as it is shown, to at most six places."""
    text = f"{Decimal(repr(value)):.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
