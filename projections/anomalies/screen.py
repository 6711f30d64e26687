"""The whole screen of a school year: every test there is, under one rate of false discoveries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from projections.anomalies.distribution import distribution_candidates
from projections.anomalies.distribution.candidates import Summarise
from projections.anomalies.distribution.school import summary_of
from projections.anomalies.edits import edit_candidates
from projections.anomalies.material import Material
from projections.anomalies.signal import Candidate, Signal
from projections.screening.discovery import q_values

# At most so many of a hundred signals are to be expected where nothing is unusual.
RATE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Screened:
    """What a screen told, the strongest signal first, and how many tests it was made of.

    `position` is the last line that the screen knew.
    """

    position: int
    signals: tuple[Signal, ...]
    tested: int


def screen(
    material: Material, *, rate: float = RATE, summarise: Summarise = summary_of
) -> Screened:
    """Make every test, and tell those that are at most `rate` (0 to 1) likely to be false.

    `summarise` is how a cohort's marks are measured: anew, or as far as they moved.
    """
    candidates = [
        *edit_candidates(material),
        *distribution_candidates(material, summarise=summarise),
    ]
    return Screened(
        position=material.position,
        signals=tuple(_told(material.school_year, candidates, rate)),
        tested=len(candidates),
    )


def _told(school_year: str, candidates: list[Candidate], rate: float) -> Iterable[Signal]:
    qs = q_values(np.array([candidate.p for candidate in candidates], dtype=np.float64))
    signals = [
        Signal(
            school_year=school_year,
            kind=candidate.kind,
            place=candidate.place,
            p=candidate.p,
            q=float(q),
            effect=candidate.effect,
            figures=candidate.figures,
            positions=candidate.positions,
        )
        for candidate, q in zip(candidates, qs, strict=True)
        if q <= rate and candidate.worth_telling
    ]
    # Of signals that are equally strong, the order of the tests decides.
    return sorted(signals, key=lambda signal: (signal.q, signal.p))
