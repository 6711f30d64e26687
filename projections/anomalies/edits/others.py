"""Marks changed by somebody who does not teach the sheet."""

from collections import Counter, defaultdict
from typing import Final

import numpy as np

from ledger.signals.finding import SignalKind
from ledger.vocabulary import PERIODIC, PersonId, Role, SheetId
from projections.anomalies.edits.counting import Counted, mean_change, net_of, points_of, scored_in
from projections.anomalies.edits.habits import Belief, rate_tails
from projections.anomalies.edits.units import place_of, positions_of
from projections.anomalies.material import Change, Material, SheetPlace
from projections.anomalies.signal import Candidate

_WORTH_EDITS: Final = 3
# One first mark in two thousand is changed by another, until the school's own are known.
_SELDOM: Final = Belief(0.0005, 1.5)


def changed_by_another(material: Material, counted: Counted) -> list[Candidate]:
    """Edits of each sheet by one other person, for each of the sheet's marks.

    A test of each sheet was made. Those that nobody else changed say nothing and are not told;
    the `p` of the others pays for them. The effect is the number of edits.
    """
    edits: dict[tuple[SheetId, PersonId], list[Change]] = defaultdict(list)
    entered: Counter[SheetId] = Counter()
    for entry in material.entries:
        entered[entry.sheet_id] += entry.count
    for one in counted.edits:
        place = material.places.get(one.sheet_id)
        if place is not None and is_by_another(one, place):
            edits[one.sheet_id, one.person].append(one)
    if not edits:
        return []
    quiet = sorted(set(material.places) - {sheet for sheet, _ in edits}, key=str)
    keys = sorted(edits, key=lambda key: (str(key[0]), str(key[1])))
    sheets = [*(sheet for sheet, _ in keys), *quiet]
    found = np.array([*(len(edits[key]) for key in keys), *(0 for _ in quiet)])
    exposure = np.array([max(entered[sheet], 1) for sheet in sheets], dtype=np.float64)
    tails = rate_tails(found, exposure, _SELDOM)
    paid = len(sheets) / len(keys)
    return [
        _candidate(material, key, edits[key], counted, min(1.0, paid * tail))
        for key, tail in zip(keys, tails.tolist(), strict=False)
    ]


def is_by_another(change: Change, place: SheetPlace) -> bool:
    """Whether somebody typed who neither teaches the sheet nor transfers tests to it."""
    transfers = change.role is Role.SECRETARY and change.column in PERIODIC
    return change.person not in place.teachers and not transfers


def _candidate(
    material: Material,
    key: tuple[SheetId, PersonId],
    some: list[Change],
    counted: Counted,
    p: float,
) -> Candidate:
    sheet, person = key
    net = net_of(some)
    steps = [after - before for before, after in net.values()]
    return Candidate(
        SignalKind.CHANGED_BY_ANOTHER,
        place_of(sheet, material.places[sheet]).model_copy(update={"person": person}),
        p=p,
        effect=len(some),
        figures={
            "edits": len(some),
            "of-edits": sum(one.sheet_id == sheet for one in counted.edits),
            "up": sum(step > 0 for step in steps),
            "down": sum(step < 0 for step in steps),
        }
        | mean_change(points_of(net, scored_in(material))),
        positions=positions_of(some),
        worth_telling=len(some) >= _WORTH_EDITS,
    )
