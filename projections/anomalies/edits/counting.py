"""What counts as an edit: a mark that replaced another and was more than a slip mended at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import Final

from ledger.vocabulary import CommandId, PersonId, PupilId, SheetId
from projections.anomalies.material import NO_MARK, Change, Entries, Material

Cell = tuple[SheetId, PupilId, str]
_Place = tuple[int, PupilId, str]

# Who types a column looks over it once before leaving it: what the same person puts right within
# a quarter of an hour is part of typing, and says nothing about the mark.
MENDED_AT_ONCE: Final = timedelta(minutes=15)
# So many marks of a column in one go that each take their neighbour's are a column typed a row
# off; a few do not fit, where a pupil has no mark.
_MOVED: Final = 5
_FITTING: Final = 0.7


@dataclass(frozen=True, slots=True)
class Counted:
    """The changes of a year, each in the one sort it belongs to, in order of their lines.

    `edits` are what the signals are about. `moved` are edits that put a column right which had
    been typed a row off: together they are one act. `reentered` are marks that were deleted and
    entered again, those that came back as they were too. Slips mended at once and corrections
    that were approved are neither.
    """

    edits: tuple[Change, ...]
    moved: tuple[Change, ...]
    reentered: tuple[Change, ...]


def counted(material: Material) -> Counted:
    """Sort the changes of a year; a slip after an edit is what the edit came to."""
    hands = _first_hands(material.entries)
    last: dict[Cell, Change] = {}
    edits: dict[_Place, Change] = {}
    for one in sorted(material.changes, key=lambda change: change.position):
        cell = (one.sheet_id, one.pupil, one.column)
        before = last.get(cell)
        last[cell] = one
        # Without a mark before, nothing that anybody had earned was replaced: a make-up test.
        if one.correction_id is not None or one.before == NO_MARK:
            continue
        if _is_slip(one, before, hands):
            if before is not None and _place(before) in edits:
                last[cell] = _continued(edits, _place(before), one)
        else:
            edits[_place(one)] = one
    told = tuple(one for one in edits.values() if one.before != one.after)
    moved = frozenset(_moved(told, material))
    return Counted(
        edits=tuple(one for one in told if _place(one) not in moved),
        moved=tuple(one for one in told if _place(one) in moved),
        reentered=tuple(one for one in edits.values() if one.reentered),
    )


def _first_hands(entries: Iterable[Entries]) -> Mapping[tuple[SheetId, str], set[PersonId]]:
    hands = defaultdict(set)
    for one in entries:
        hands[one.sheet_id, one.column].add(one.person)
    return hands


def _is_slip(
    one: Change, before: Change | None, hands: Mapping[tuple[SheetId, str], set[PersonId]]
) -> bool:
    if one.age > MENDED_AT_ONCE:
        return False
    if before is not None:
        return before.person == one.person
    return one.person in hands.get((one.sheet_id, one.column), ())


def _place(one: Change) -> _Place:
    return one.position, one.pupil, one.column


def _continued(edits: dict[_Place, Change], place: _Place, slip: Change) -> Change:
    """An edit comes to what its slip was mended to."""
    edits[place] = replace(edits[place], after=slip.after)
    return edits[place]


def _moved(edits: Sequence[Change], material: Material) -> Iterator[_Place]:
    """The edits that only moved the marks of a column up or down the class list, in one go."""
    together: dict[tuple[CommandId, str], list[Change]] = defaultdict(list)
    for one in edits:
        together[one.command_id, one.column].append(one)
    lists = {sheet.sheet_id: sheet.pupils for sheet in material.sheets}
    for group in together.values():
        # One command is about one sheet.
        if len(group) >= _MOVED and _only_moved(group, lists.get(group[0].sheet_id, ())):
            yield from map(_place, group)


def _only_moved(group: Sequence[Change], pupils: Sequence[PupilId]) -> bool:
    row_of = {pupil: row for row, pupil in enumerate(pupils)}
    rows = sorted(group, key=lambda one: (row_of.get(one.pupil, -1), one.position))
    down = sum(one.after == below.before for one, below in pairwise(rows))
    up = sum(one.before == below.after for one, below in pairwise(rows))
    return max(down, up) >= _FITTING * (len(rows) - 1)


def scored_in(material: Material) -> frozenset[SheetId]:
    return frozenset(sheet.sheet_id for sheet in material.sheets)


def mean_change(points: Sequence[float]) -> dict[str, float]:
    """The figure of a mean change in points, where marks are numbers at all."""
    return {"mean-change": sum(points) / len(points)} if points else {}


def points_of(net: Mapping[Cell, tuple[int, int]], scored: Collection[SheetId]) -> list[float]:
    """By how many points the marks of scored subjects went up (or down) in the end."""
    return [(after - before) / 10 for cell, (before, after) in net.items() if cell[0] in scored]


def net_of(edits: Iterable[Change]) -> dict[Cell, tuple[int, int]]:
    """What each cell held before the first and after the last of these edits, where it differs.

    Only cells with a mark at both ends: a mark that was taken away went neither up nor down.
    """
    ends: dict[Cell, list[int]] = {}
    for one in edits:
        cell = (one.sheet_id, one.pupil, one.column)
        known = ends.get(cell)
        if known is None:
            ends[cell] = [one.before, one.after]
        else:
            known[1] = one.after
    return {
        cell: (before, after)
        for cell, (before, after) in ends.items()
        if before != after and min(before, after) != NO_MARK
    }
