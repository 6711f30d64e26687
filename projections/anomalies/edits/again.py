"""Marks that were changed again and again: single ones, and sheets that have several."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from ledger.school.calendar import LOCAL_TIME
from ledger.signals.finding import SignalKind
from ledger.vocabulary import SheetId
from projections.anomalies.edits.counting import Cell, Counted, scored_in
from projections.anomalies.edits.habits import Belief, rate_tails
from projections.anomalies.edits.units import place_of, positions_of
from projections.anomalies.material import NO_MARK, Change, Material
from projections.anomalies.signal import Candidate

Cells = Mapping[Cell, Sequence[Change]]

# A mark that is put right twice is a bad day; the third time somebody should know why.
_LEAST_EDITS: Final = 3
# One edited mark in fifty is edited again, until the school's own are known.
_SELDOM: Final = Belief(0.02, 1.0)
# A sheet with one mark that was edited three times has nothing to add to what that mark says.
_WORTH_AGAIN: Final = 4


def mark_changed_again(material: Material, counted: Counted) -> list[Candidate]:
    """Cells with three edits or more, and sheets by how often edited marks are edited again."""
    cells: dict[Cell, list[Change]] = defaultdict(list)
    for one in counted.edits:
        if one.sheet_id in material.places:
            cells[one.sheet_id, one.pupil, one.column].append(one)
    if not cells:
        return []
    return [*_of_cells(material, cells), *_of_sheets(material, cells)]


def _of_cells(material: Material, cells: Cells) -> Iterator[Candidate]:
    """Of all cells that were edited few are told, so the `p` of each pays for many."""
    told = [cell for cell, some in cells.items() if len(some) >= _LEAST_EDITS]
    again = np.array([len(some) - 1 for some in cells.values()])
    tails = rate_tails(again, np.ones(len(cells)), _SELDOM)
    p_of = dict(zip(cells, tails.tolist(), strict=True))
    usual = float(again.mean())
    scored = scored_in(material)
    for cell in sorted(told, key=lambda cell: cells[cell][0].position):
        some = cells[cell]
        yield Candidate(
            SignalKind.MARK_CHANGED_AGAIN,
            place_of(cell[0], material.places[cell[0]]).model_copy(
                update={"column": cell[2], "pupil": cell[1]}
            ),
            p=min(1.0, p_of[cell] * len(cells) / len(told)),
            effect=len(some),
            figures=_figures(some, scored) | {"school-rate": usual},
            positions=positions_of(some),
        )


def _figures(some: Sequence[Change], scored: Collection[SheetId]) -> dict[str, float]:
    seen = [some[0].before, *(one.after for one in some)]
    ends = {"before": seen[0] / 10, "after": seen[-1] / 10}
    return {
        "edits": len(some),
        "days": len({one.at.astimezone(LOCAL_TIME).date() for one in some}),
        "people": len({one.person for one in some}),
        "returns": sum(mark in seen[:number] for number, mark in enumerate(seen)),
        # Đạt and Chưa đạt are no numbers, and what was taken away in the end has none.
        **(ends if some[0].sheet_id in scored and NO_MARK not in {seen[0], seen[-1]} else {}),
    }


def _of_sheets(material: Material, cells: Cells) -> Iterator[Candidate]:
    of_sheet: dict[SheetId, list[Sequence[Change]]] = defaultdict(list)
    for cell, some in cells.items():
        of_sheet[cell[0]].append(some)
    sheets = sorted(of_sheet, key=str)
    again = np.array([sum(len(some) - 1 for some in of_sheet[sheet]) for sheet in sheets])
    edited = np.array([len(of_sheet[sheet]) for sheet in sheets], dtype=np.float64)
    tails = rate_tails(again, edited, _SELDOM)
    others = (again.sum() - again + 0.02) / (edited.sum() - edited + 1)
    for row, sheet in enumerate(sheets):
        several = [some for some in of_sheet[sheet] if len(some) > 1]
        yield Candidate(
            SignalKind.MARK_CHANGED_AGAIN,
            place_of(sheet, material.places[sheet]),
            p=float(tails[row]),
            effect=float(again[row]),
            figures={
                "marks": len(several),
                "edited": len(of_sheet[sheet]),
                "most": max(len(some) for some in of_sheet[sheet]),
                "school-rate": float(others[row]),
            },
            positions=positions_of(one for some in several for one in some),
            worth_telling=int(again[row]) >= _WORTH_AGAIN,
        )
