"""Columns that are copies of one another: in one sheet, or of two classes by number."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ledger.signals.finding import Place, SignalKind
from projections.anomalies.distribution.cohort import Floats
from projections.anomalies.distribution.copies import Copies
from projections.anomalies.distribution.school import School, Unit
from projections.anomalies.signal import Candidate
from projections.screening.robust import middle
from projections.screening.shrinkage import at_least, overdispersion

# At least half of the pupils who have both marks.
WORTH_TELLING: Final = 0.5
# Constants after which columns may be equal, for the one that was chosen as the best.
_CONSTANTS: Final = 8.0
_MOST: Final = 0.95


def column_copied(school: School) -> list[Candidate]:
    """One candidate per sheet: its most similar pair, inside or with a class before it."""
    units = {unit.at: unit for unit in school.units}
    candidates = []
    parts = [summary.copies for summary in school.summaries]
    for cohort, (copies, chance) in enumerate(zip(parts, _chances(parts), strict=True)):
        for pair, looked_at in _clearest(copies, chance, len(school.layout.subjects)):
            row, subject = copies.second[pair, :2].tolist()
            other = units[cohort, int(copies.first[pair, 0]), subject]
            p = min(1.0, float(chance[pair]) * looked_at)
            place = _place(school, units[cohort, row, subject], other, copies, pair)
            candidates.append(_candidate(place, copies, pair, p))
    return candidates


def _clearest(copies: Copies, chance: Floats, subjects: int) -> Iterator[tuple[int, int]]:
    """For each sheet its least probable pair, and how many of its pairs were looked at."""
    owner = copies.second[:, 0] * subjects + copies.second[:, 1]
    order = np.lexsort((np.arange(len(owner)), chance, owner))
    _, starts, counts = np.unique(owner[order], return_index=True, return_counts=True)
    for start, count in zip(starts.tolist(), counts.tolist(), strict=True):
        yield int(order[start]), count


def _chances(parts: list[Copies]) -> list[Floats]:
    """The probability of each pair in a school whose columns are as alike as this one's are."""
    both = np.concatenate([part.both for part in parts])
    equal = np.concatenate([part.equal for part in parts])
    dealt = np.concatenate([part.chance for part in parts])
    inside = np.concatenate([_inside(part) for part in parts])
    moved = np.concatenate([part.shift for part in parts]) != 0
    p = np.ones(len(both))
    for group in (inside & ~moved, inside & moved, ~inside & ~moved, ~inside & moved):
        if group.any():
            p[group] = _of_alike(equal[group], both[group], dealt[group])
    p = np.minimum(p * np.where(moved, _CONSTANTS, 1.0), 1.0)
    return np.split(p, np.cumsum([len(part.both) for part in parts])[:-1])


def _inside(part: Copies) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = part.first[:, 0] == part.second[:, 0]
    return same


def _of_alike(equal: Floats, both: Floats, dealt: Floats) -> Floats:
    """Pupils have more equal marks than dealt ones, by a factor that the middle pair shows."""
    odds = np.clip(dealt, 0.02, _MOST) / (1 - np.clip(dealt, 0.02, _MOST))
    share = np.clip(equal / both, 0.02, _MOST)
    factor = np.exp(middle(np.log(share / (1 - share)) - np.log(odds)))
    chance = odds * factor / (1 + odds * factor)
    return at_least(equal, both, chance, overdispersion(equal, both, chance))


def _place(school: School, unit: Unit, other: Unit, copies: Copies, pair: int) -> Place:
    columns = school.layout.columns
    return unit.place(
        columns[int(copies.second[pair, 2])],
        other_column=columns[int(copies.first[pair, 2])],
        other_sheet=None if other.at == unit.at else other.sheet.sheet_id,
    )


def _candidate(place: Place, copies: Copies, pair: int, p: float) -> Candidate:
    share = float(copies.equal[pair] / copies.both[pair])
    return Candidate(
        kind=SignalKind.COLUMN_COPIED,
        place=place,
        p=p,
        effect=round(share, 2),
        figures={
            "equal": float(copies.equal[pair]),
            "pupils": float(copies.both[pair]),
            "expected": round(float(copies.chance[pair] * copies.both[pair]), 1),
            "constant": float(copies.shift[pair]) / 10,
        },
        worth_telling=share >= WORTH_TELLING,
    )
