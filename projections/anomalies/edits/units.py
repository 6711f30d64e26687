"""Whose edits are compared with whose: people over a year and a semester, and sheets."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from ledger.signals.finding import Place
from ledger.vocabulary import CommandId, PersonId, SheetId
from projections.anomalies.edits.counting import Cell, Counted, net_of
from projections.anomalies.material import Change, Entries, Material, SheetPlace

# Of fewer first marks no share is worth a word.
LEAST_ENTERED: Final = 20
# The newest lines behind a signal are enough to look at; the history has the others.
_SHOWN: Final = 200


@dataclass
class Unit:
    """A person or a sheet: what was entered first (marks), and what of it was changed later.

    `reentered` are marks that were deleted and entered again, those that came back unchanged too.
    `moved` is how often a column was put right that had been typed a row off.
    """

    place: Place
    entered: int = 0
    at_odd_hours: int = 0
    before_deadline: int = 0
    edits: list[Change] = field(default_factory=list)
    reentered: list[Change] = field(default_factory=list)
    moved: int = 0

    @cached_property
    def net(self) -> Mapping[Cell, tuple[int, int]]:
        """What became of each cell over the unit's edits; to be asked when all of them are in."""
        return net_of(self.edits)

    @property
    def positions(self) -> tuple[int, ...]:
        return positions_of(self.edits)

    @property
    def acts(self) -> int:
        """How many edits, a column that was put right as a whole being one."""
        return len(self.edits) + self.moved


def positions_of(changes: Iterable[Change]) -> tuple[int, ...]:
    """The lines of these changes, in order, the newest ones where there are many."""
    return tuple(sorted(one.position for one in changes)[-_SHOWN:])


def families_of(material: Material, counted: Counted) -> list[list[Unit]]:
    """Units that are alike and are compared with each other, each family in a fixed order.

    People are those who typed, over each semester, and over the year where there was work of
    theirs in both; sheets are those of each semester.
    """
    return [*_of_people(material, counted), *_of_sheets(material, counted)]


def _of_people(material: Material, counted: Counted) -> Iterator[list[Unit]]:
    semesters = {sheet: place.semester for sheet, place in material.places.items()}
    units: dict[tuple[PersonId, int], Unit] = {}

    def unit(person: PersonId, sheet: SheetId) -> Iterator[Unit]:
        for key in (person, 0), (person, semesters[sheet]):
            if key not in units:
                units[key] = Unit(Place(person=person, semester=key[1] or None))
            yield units[key]

    for entries in material.entries:
        for one in unit(entries.person, entries.sheet_id):
            _enter(one, entries)
    for change in counted.edits:
        for one in unit(change.person, change.sheet_id):
            one.edits.append(change)
    for change in counted.reentered:
        for one in unit(change.person, change.sheet_id):
            one.reentered.append(change)
    for first in _first_of_each_act(counted.moved):
        for one in unit(first.person, first.sheet_id):
            one.moved += 1
    in_both = {person for person, semester in units if semester == 1} & {
        person for person, semester in units if semester == 2
    }
    for semester in (0, 1, 2):
        family = [key for key in units if key[1] == semester and (semester or key[0] in in_both)]
        yield [units[key] for key in sorted(family, key=lambda key: str(key[0]))]


def _of_sheets(material: Material, counted: Counted) -> Iterator[list[Unit]]:
    units = {sheet: Unit(place_of(sheet, place)) for sheet, place in material.places.items()}
    for entries in material.entries:
        if entries.sheet_id in units:
            _enter(units[entries.sheet_id], entries)
    for change in counted.edits:
        if change.sheet_id in units:
            units[change.sheet_id].edits.append(change)
    for change in counted.reentered:
        if change.sheet_id in units:
            units[change.sheet_id].reentered.append(change)
    for first in _first_of_each_act(counted.moved):
        if first.sheet_id in units:
            units[first.sheet_id].moved += 1
    for semester in (1, 2):
        family = [one for one in units.values() if one.place.semester == semester]
        yield sorted(family, key=lambda one: str(one.place.sheet))


@lru_cache(maxsize=4096)
def place_of(sheet: SheetId, place: SheetPlace) -> Place:
    """Where a sheet is, as a signal says it."""
    return Place(
        semester=place.semester,
        grade=place.grade,
        class_group=place.class_group,
        subject=place.subject,
        sheet=sheet,
    )


def _enter(unit: Unit, entries: Entries) -> None:
    unit.entered += entries.count
    unit.at_odd_hours += entries.at_odd_hours
    unit.before_deadline += entries.before_deadline


def _first_of_each_act(moved: Sequence[Change]) -> Iterator[Change]:
    seen: dict[CommandId, set[tuple[SheetId, str]]] = defaultdict(set)
    for one in moved:
        act = (one.sheet_id, one.column)
        if act not in seen[one.command_id]:
            seen[one.command_id].add(act)
            yield one
