"""What was planted, and which signals are right about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from ledger.signals.finding import Place, SignalKind
from ledger.vocabulary import PersonId, SheetId
from projections.anomalies.material import SheetPlace

K = SignalKind
_RAISED: Final = frozenset({K.ONE_DIRECTION, K.CROSSES_THRESHOLDS, K.LIFTS_RESULTS})
# What may rightly be told of each plant, apart from its own kind: many changes of a window are
# many changes too, and an inflated column has too many high marks.
ALSO_RIGHT: Final[Mapping[SignalKind, frozenset[SignalKind]]] = {
    K.CHANGED_OFTEN: frozenset({K.MARK_CHANGED_AGAIN}),
    K.MARK_CHANGED_AGAIN: frozenset({K.CHANGED_OFTEN}),
    K.CLEARED_AND_REENTERED: frozenset({K.CHANGED_OFTEN}),
    K.CHANGED_IN_WINDOW: _RAISED | {K.CHANGED_OFTEN},
    K.CHANGED_BEFORE_DEADLINE: _RAISED | {K.CHANGED_OFTEN},
    K.CHANGED_AT_ODD_HOURS: _RAISED | {K.CHANGED_OFTEN},
    K.CHANGED_BY_ANOTHER: _RAISED | {K.CHANGED_OFTEN},
    K.ONE_DIRECTION: _RAISED | {K.CHANGED_OFTEN},
    K.CROSSES_THRESHOLDS: _RAISED | {K.CHANGED_OFTEN},
    K.LIFTS_RESULTS: _RAISED | {K.CHANGED_OFTEN},
    K.CORRECTION_ASKED_AGAIN: frozenset(),
    K.ATTEMPTS_REFUSED: frozenset(),
    K.MARKS_HIGH: frozenset({K.UPPER_TAIL, K.COLUMNS_APART, K.APART_FROM_EARLIER_TERM}),
    K.MARKS_LOW: frozenset({K.COLUMNS_APART, K.APART_FROM_EARLIER_TERM}),
    K.UPPER_TAIL: frozenset({K.MARKS_HIGH, K.COLUMNS_APART}),
    K.SPREAD_COLLAPSED: frozenset({K.BUNCHED_ABOVE_THRESHOLD}),
    K.BUNCHED_ABOVE_THRESHOLD: frozenset({K.SPREAD_COLLAPSED}),
    K.COLUMNS_APART: frozenset({K.MARKS_HIGH, K.UPPER_TAIL}),
    K.COLUMN_COPIED: frozenset(),
    K.APART_FROM_EARLIER_TERM: frozenset({K.MARKS_HIGH, K.MARKS_LOW, K.UPPER_TAIL}),
}
EDIT_KINDS: Final = tuple(K)[: tuple(K).index(K.MARKS_HIGH)]
DISTRIBUTION_KINDS: Final = tuple(K)[tuple(K).index(K.MARKS_HIGH) :]


@dataclass(frozen=True, slots=True)
class Planted:
    """A plant: its kind and strength, the sheets it is in, and who did it where it is an edit."""

    kind: SignalKind
    strength: str
    sheets: frozenset[SheetId]
    columns: frozenset[str] = frozenset()
    person: PersonId | None = None

    @property
    def acceptable(self) -> frozenset[SignalKind]:
        return ALSO_RIGHT[self.kind] | {self.kind}


class Told(Protocol):
    """What is judged: a signal, or whatever has its kind and place."""

    @property
    def kind(self) -> SignalKind: ...
    @property
    def place(self) -> Place: ...


def points_at(place: Place, planted: Planted, sheets: Mapping[SheetId, SheetPlace]) -> bool:
    """Whether a place is one of the plant's: a sheet of it, or the person who did it."""
    if place.sheet is not None:
        return bool({place.sheet, place.other_sheet} & planted.sheets)
    if place.person is not None and place.person == planted.person:
        return True
    return any(_lies_in(sheets[sheet], place) for sheet in planted.sheets)


def _lies_in(sheet: SheetPlace, place: Place) -> bool:
    """Whether a place that names no sheet says where this one is, and no less than its class."""
    asked = (place.semester, place.class_group, place.subject)
    stands = (sheet.semester, sheet.class_group, sheet.subject)
    named = [pair for pair in zip(asked, stands, strict=True) if pair[0] is not None]
    return place.class_group is not None and all(one == other for one, other in named)


def found(planted: Planted, told: Iterable[Told], sheets: Mapping[SheetId, SheetPlace]) -> bool:
    """Whether a plant was found: something acceptable was told of one of its places."""
    return any(
        one.kind in planted.acceptable and points_at(one.place, planted, sheets) for one in told
    )


def is_true(place: Place, plants: Iterable[Planted], sheets: Mapping[SheetId, SheetPlace]) -> bool:
    """Whether something is planted where a signal points, of whatever kind."""
    return any(points_at(place, planted, sheets) for planted in plants)
