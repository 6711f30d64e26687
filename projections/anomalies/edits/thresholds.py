"""Edits that lift marks over 5,0, 6,5, 8,0 and 9,0 more often than edits of their size do."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ledger.signals.finding import SignalKind
from ledger.vocabulary import SheetId
from projections.anomalies.edits.counting import Cell
from projections.anomalies.edits.shares import Share, compared
from projections.anomalies.edits.units import Unit, positions_of
from projections.anomalies.material import NO_MARK, Material
from projections.anomalies.signal import Candidate

Chances = NDArray[np.float64]

# What levels and awards ask of an average (TT22 Điều 9 and 15), in tenths.
THRESHOLDS: Final = (50, 65, 80, 90)
# "Just over": what somebody gives who wants the threshold and no more.
_JUST: Final = 2
_WORTH_FOUND: Final = 4
_WORTH_TIMES: Final = 1.5
# Many edits cross thresholds, too; they are told of here if their crossing alone stands off.
_STANDS_OFF: Final = 0.1
# Steps of a school that has hardly any edits are believed to be those of typing: up to a point.
_USUAL_STEPS: Final = (1, 2, 3, 5, 5, 10, 10, 10, 15, 20)
_LEAST_CHANCE, _MOST_CHANCE = 0.02, 0.9


class Crossing:
    """How likely an edit upwards lifts a mark of a sheet over a threshold, and just over it.

    The mark is any mark of the sheet and the step any step upwards of the school's edits, so what
    is known is what chance would do, and not what was chosen.
    """

    def __init__(self, material: Material, families: Sequence[Sequence[Unit]]) -> None:
        steps = Counter(_USUAL_STEPS)
        for family in families:
            for unit in family:
                if unit.place.sheet is not None:
                    steps.update(after - before for before, after in _ups(unit).values())
        self._over = _chances(steps, just=False)
        self._just = _chances(steps, just=True)
        self._known: dict[tuple[SheetId, bool], float] = {}
        self._marks = {
            sheet.sheet_id: _histogram(sheet.columns.values()) for sheet in material.sheets
        }

    def knows(self, sheet: SheetId) -> bool:
        """Whether the sheet has marks; those of comment subjects have no thresholds."""
        return sheet in self._marks

    def chance(self, sheet: SheetId, *, just: bool) -> float:
        if (sheet, just) not in self._known:
            marks, chances = self._marks[sheet], self._just if just else self._over
            self._known[sheet, just] = float(marks @ chances / max(marks.sum(), 1.0))
        return self._known[sheet, just]


def crosses_thresholds(family: Sequence[Unit], crossing: Crossing) -> Iterator[Candidate]:
    """Lifts over a threshold among the marks that went up; the effect is found to expected.

    Two questions in one: whether thresholds are crossed too often, and whether they are only just
    reached too often; `p` pays for both. It is that of so many for the
    marks that were entered; that they are so large a share is asked of what is told.
    """
    ups = [
        {cell: ends for cell, ends in _ups(unit).items() if crossing.knows(cell[0])}
        for unit in family
    ]
    over = _shares(family, ups, crossing, just=False)
    just = _shares(family, ups, crossing, just=True)
    ups_of = {unit.place: some for unit, some in zip(family, ups, strict=True)}
    pairs = zip(compared(over), compared(just), strict=True)
    for one, close in pairs:
        place = one.unit.place
        yield _candidate(one, close, ups_of[place])


def _candidate(over: Share, just: Share, ups: Mapping[Cell, tuple[int, int]]) -> Candidate:
    way = over if over.p <= just.p else just
    expected = max(way.base, way.usual) * way.of
    crossing = {cell for cell, ends in ups.items() if crossed(*ends)}
    behind = [one for one in over.unit.edits if (one.sheet_id, one.pupil, one.column) in crossing]
    return Candidate(
        SignalKind.CROSSES_THRESHOLDS,
        over.unit.place,
        p=min(1.0, 2 * way.many),
        effect=way.found / expected,
        figures={
            "up": over.of,
            "crossed": over.found,
            "just": just.found,
            "expected": max(over.base, over.usual) * over.of,
            "expected-just": max(just.base, just.usual) * just.of,
        },
        positions=positions_of(behind),
        worth_telling=2 * way.p <= _STANDS_OFF
        and way.found >= _WORTH_FOUND
        and way.found >= _WORTH_TIMES * expected,
    )


def crossed(before: int, after: int) -> bool:
    return any(before < threshold <= after for threshold in THRESHOLDS)


def _only_just(before: int, after: int) -> bool:
    return any(before < threshold <= after <= threshold + _JUST for threshold in THRESHOLDS)


def _ups(unit: Unit) -> dict[Cell, tuple[int, int]]:
    return {cell: ends for cell, ends in unit.net.items() if ends[1] > ends[0]}


def _shares(
    family: Sequence[Unit],
    ups: Sequence[Mapping[Cell, tuple[int, int]]],
    crossing: Crossing,
    *,
    just: bool,
) -> list[Share]:
    lifted = _only_just if just else crossed
    shares = []
    for unit, some in zip(family, ups, strict=True):
        chances = [crossing.chance(cell[0], just=just) for cell in some]
        mean = sum(chances) / len(chances) if chances else 0.5
        base = min(max(mean, _LEAST_CHANCE), _MOST_CHANCE)
        found = sum(lifted(*ends) for ends in some.values())
        shares.append(Share(unit, found, len(some), base))
    return shares


def _chances(steps: Mapping[int, int], *, just: bool) -> Chances:
    """For each mark in tenths, how likely a step that leads to a mark crosses a threshold."""
    lifted = _only_just if just else crossed
    chances = np.zeros(101)
    for mark in range(100):
        open_to = {step: times for step, times in steps.items() if mark + step <= 100}
        crossing = sum(times for step, times in open_to.items() if lifted(mark, mark + step))
        chances[mark] = crossing / max(sum(open_to.values()), 1)
    return chances


def _histogram(columns: Iterable[NDArray[np.int16]]) -> Chances:
    marks = np.concatenate(list(columns))
    # Nobody goes up from the highest mark.
    return np.bincount(marks[(marks != NO_MARK) & (marks < 100)], minlength=101).astype(np.float64)
