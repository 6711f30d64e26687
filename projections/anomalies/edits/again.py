"""Single marks that were changed again and again, on different days."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from scipy.special import betainc

from ledger.school.calendar import LOCAL_TIME
from ledger.signals.finding import SignalKind
from projections.anomalies.edits.counting import Cell, Counted
from projections.anomalies.edits.units import place_of, positions_of
from projections.anomalies.material import Change, Material
from projections.anomalies.signal import Candidate

# A mark that is put right twice is a bad day; the third time somebody should know why.
_LEAST_EDITS: Final = 3
# One edited mark in fifty is edited again, until the school's own are known (as of 50 marks).
_USUAL: Final = 0.02
_USUAL_COUNTS_FOR: Final = 50
# How often a mark is changed again differs as much as its mean: some pupils ask more than others.
_SPREAD: Final = 1.0


def mark_changed_again(material: Material, counted: Counted) -> list[Candidate]:
    """Cells with three edits or more; the effect is their number.

    Thousands of cells were edited and only these are told, so each `p` pays for all: it is that of
    one cell times how many cells there are for each that is told.
    """
    by_cell: dict[Cell, list[Change]] = defaultdict(list)
    for one in counted.edits:
        by_cell[one.sheet_id, one.pupil, one.column].append(one)
    told = sorted(
        (some for some in by_cell.values() if _days(some) >= _LEAST_EDITS),
        key=lambda some: some[0].position,
    )
    if not told:
        return []
    paid = len(by_cell) / len(told)
    again = {cell: _days(some) - 1 for cell, some in by_cell.items()}
    total, cells = sum(again.values()), len(again)
    sheets: dict[object, list[int]] = defaultdict(list)
    for cell, times in again.items():
        sheets[cell[0]].append(times)
    return [
        _candidate(material, some, _rate(total, cells, sheets[some[0].sheet_id]), paid)
        for some in told
    ]


def _rate(total: int, cells: int, own: Sequence[int]) -> float:
    """How often a mark that was edited is edited again, by all sheets but the mark's own."""
    return (total - sum(own) + _USUAL * _USUAL_COUNTS_FOR) / (cells - len(own) + _USUAL_COUNTS_FOR)


def _candidate(material: Material, some: Sequence[Change], rate: float, paid: float) -> Candidate:
    days = _days(some)
    shape = 1 / _SPREAD
    tail = float(betainc(days - 1, shape, rate / (rate + shape)))
    seen = [some[0].before, *(one.after for one in some)]
    returns = sum(mark in seen[:number] for number, mark in enumerate(seen))
    first = some[0]
    place = place_of(first.sheet_id, material.places[first.sheet_id])
    return Candidate(
        SignalKind.MARK_CHANGED_AGAIN,
        place.model_copy(update={"column": first.column, "pupil": first.pupil}),
        p=min(1.0, tail * paid),
        effect=len(some),
        figures={
            "edits": len(some),
            "days": days,
            "people": len({one.person for one in some}),
            "returns": returns,
            "before": seen[0] / 10,
            "after": seen[-1] / 10,
            "school-rate": rate,
        },
        positions=positions_of(some),
    )


def _days(some: Sequence[Change]) -> int:
    return len({one.at.astimezone(LOCAL_TIME).date() for one in some})
