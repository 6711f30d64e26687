"""What was changed while a column was open again: a handful is what it was opened for."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from ledger.signals.finding import Place, SignalKind
from ledger.vocabulary import PersonId, SheetId
from projections.anomalies.edits.counting import Counted, mean_change, net_of, points_of, scored_in
from projections.anomalies.edits.habits import Belief, both, rate_tails, share_tails
from projections.anomalies.edits.shares import pooled
from projections.anomalies.edits.units import place_of, positions_of
from projections.anomalies.material import NO_MARK, Change, Material
from projections.anomalies.signal import Candidate

# Whoever has a column opened for one mark finds another to put right, or none.
_HANDFUL: Final = Belief(0.7, 0.8)
# Ups and downs are those of the school's other edits, within a fifth or so.
_WAYS: Final = Belief(0.0, 0.4, differing=0.06)
_WORTH_EDITS: Final = 5

_Use = tuple[int, SheetId, str, PersonId]


def changed_in_window(material: Material, counted: Counted) -> list[Candidate]:
    """Each use of a window by one person in one column, and in all columns where there are more.

    `p` is that of two questions which have nothing to do with each other: how many marks were
    changed, and how many of them went up. The effect is the share of the column's marks.
    """
    uses: dict[_Use, list[Change]] = defaultdict(list)
    for one in counted.edits:
        if one.window is not None and one.sheet_id in material.places:
            uses[one.window, one.sheet_id, one.column, one.person].append(one)
    if not uses:
        return []
    ends = net_of(one for one in counted.edits if one.window is None).values()
    up = pooled(sum(after > before for before, after in ends), len(ends))
    marks = _Marks(material)
    scored = scored_in(material)
    single = {_place(use, material): (some, marks(use)) for use, some in uses.items()}
    return [
        *_compared(single, dict.fromkeys(single, 1), up, scored),
        *_over_many_columns(uses, marks, up, scored),
    ]


def _over_many_columns(
    uses: Mapping[_Use, list[Change]], marks: "_Marks", up: float, scored: Collection[SheetId]
) -> Iterator[Candidate]:
    together: dict[Place, list[Change]] = defaultdict(list)
    columns: Counter[Place] = Counter()
    of: Counter[Place] = Counter()
    for use, some in uses.items():
        place = Place(window=use[0], person=use[3])
        together[place] += some
        columns[place] += 1
        of[place] += marks(use)
    wide = {place: (some, of[place]) for place, some in together.items()}
    for one in _compared(wide, columns, up, scored):
        if columns[one.place] > 1:
            yield one


def _compared(
    uses: Mapping[Place, tuple[Sequence[Change], int]],
    columns: Mapping[Place, int],
    up: float,
    scored: Collection[SheetId],
) -> Iterator[Candidate]:
    places = sorted(uses, key=Place.model_dump_json)
    ends = [list(net_of(uses[place][0]).values()) for place in places]
    cells = np.array([_cells(uses[place][0]) for place in places])
    opened = np.array([columns[place] for place in places])
    # What a column was opened for is one mark at least, and says nothing.
    # Uses of one window have one cause: a whole school that is reopened is judged by other windows.
    windows = np.array([place.window for place in places])
    further, columns_open = np.maximum(cells - opened, 0), opened.astype(np.float64)
    many = rate_tails(further, columns_open, _HANDFUL, together=windows)
    ups = np.array([sum(after > before for before, after in some) for some in ends])
    moved = np.array([len(some) for some in ends])
    ways = share_tails(ups, moved, np.full(len(places), up), _WAYS)
    for row, place in enumerate(places):
        some, of = uses[place]
        count = int(cells[row])
        yield Candidate(
            SignalKind.CHANGED_IN_WINDOW,
            place,
            p=both(float(many[row]), float(ways[row])),
            effect=count / max(of, count),
            figures={
                "edits": count,
                "marks": max(of, count),
                "rate": count / max(of, count),
                "columns": int(opened[row]),
                "up": int(ups[row]),
                "down": int(moved[row] - ups[row]),
                "usual": float((cells.sum() - count) / max(opened.sum() - opened[row], 1)),
            }
            | mean_change(points_of(net_of(some), scored)),
            positions=positions_of(some),
            worth_telling=count >= _WORTH_EDITS,
        )


def _cells(changes: Iterable[Change]) -> int:
    return len({(one.sheet_id, one.pupil, one.column) for one in changes})


class _Marks:
    """How many marks a column holds; where nobody knows, as many as were entered."""

    def __init__(self, material: Material) -> None:
        self._held = {sheet.sheet_id: sheet.columns for sheet in material.sheets}
        self._entered: Counter[tuple[SheetId, str]] = Counter()
        for one in material.entries:
            self._entered[one.sheet_id, one.column] += one.count

    def __call__(self, use: _Use) -> int:
        _, sheet, column, _ = use
        if column in self._held.get(sheet, {}):
            return int((self._held[sheet][column] != NO_MARK).sum())
        return self._entered[sheet, column]


def _place(use: _Use, material: Material) -> Place:
    window, sheet, column, person = use
    place = place_of(sheet, material.places[sheet])
    return place.model_copy(update={"column": column, "window": window, "person": person})
