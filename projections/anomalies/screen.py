"""The whole screen of a school year: every test there is, under one rate of false discoveries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

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
    p_values = np.array([candidate.p for candidate in candidates], dtype=np.float64)
    qs = q_values(p_values, _weights(candidates))
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


def _weights(candidates: list[Candidate]) -> NDArray[np.float64]:
    """Half of the rate is shared among the kinds alike, the other half among the tests.

    Otherwise a kind that is asked of a few requests would have to be as improbable as one of the
    hundreds of sheets that are asked about their means.
    """
    tests = Counter(candidate.kind for candidate in candidates)
    share = len(candidates) / max(len(tests), 1)
    return np.array([0.5 + 0.5 * share / tests[candidate.kind] for candidate in candidates])
