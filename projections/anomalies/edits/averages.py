"""Averages of a semester with a sheet's marks as they are, and as they would be without edits."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ledger.vocabulary import FINAL, MIDTERM, Column, PupilId
from projections.anomalies.material import NO_MARK, SheetMarks

Totals = NDArray[np.int64]

# TT22 Điều 9.1b: a regular mark counts once, the midterm twice and the final three times.
_WEIGHTS: Final[Mapping[Column, int]] = {MIDTERM: 2, FINAL: 3}
# What the levels of study ask of an average (TT22 Điều 9.2), in tenths.
ASKED: Final = (50, 65, 80)


class Averages:
    """The averages of one sheet; a pupil without all marks has none, and is left out."""

    def __init__(self, sheet: SheetMarks) -> None:
        self.semester = sheet.semester
        marks = np.stack([sheet.columns[name] for name in sheet.columns]).astype(np.int64)
        weights = np.array([weight_of(name) for name in sheet.columns])
        periodic = {MIDTERM, FINAL} <= set(sheet.columns)
        whole = (marks != NO_MARK).all(axis=0) & periodic
        self._divisor = int(weights.sum())
        self._totals: Totals = (weights @ marks)[whole]
        pupils = (pupil for pupil, has in zip(sheet.pupils, whole.tolist(), strict=True) if has)
        self._row = {pupil: row for row, pupil in enumerate(pupils)}
        self._chances: dict[int, float] = {}

    def has(self, pupil: PupilId) -> bool:
        return pupil in self._row

    def average(self, pupil: PupilId, without: int = 0) -> int:
        """The average in tenths, half up; `without` tenths are first taken off the weighted sum."""
        return int(self._rounded(self._totals[self._row[pupil]] - without))

    def chance(self, lift: int) -> float:
        """Among all pupils of the sheet: how many averages such a lift brings over a threshold.

        `lift` is what came to the weighted sum of marks, in tenths, and more than 0.
        """
        if lift not in self._chances:
            before, after = self._rounded(self._totals - lift), self._rounded(self._totals)
            over = [(before < asked) & (asked <= after) for asked in ASKED]
            self._chances[lift] = float(np.any(over, axis=0).mean())
        return self._chances[lift]

    def _rounded(self, totals: Totals) -> Totals:
        # Whole numbers: a tie goes up as it does in `ledger.circulars.rounding`.
        return (2 * totals + self._divisor) // (2 * self._divisor)


def weight_of(column: Column) -> int:
    return _WEIGHTS.get(column, 1)


def lifted(before: int, after: int) -> bool:
    return any(before < asked <= after for asked in ASKED)


def as_decimals(averages: Iterable[tuple[str, int]]) -> Mapping[str, Decimal]:
    return {subject: Decimal(tenths).scaleb(-1) for subject, tenths in averages}
