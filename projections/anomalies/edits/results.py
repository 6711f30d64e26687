"""Edits that lift a pupil's average or level of study more often than edits of their size do."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ledger.circulars.choosing import circular_for
from ledger.circulars.tt22 import TT22, Level, study_level
from ledger.signals.finding import SignalKind
from ledger.vocabulary import PupilId, SheetId
from projections.anomalies.edits.averages import Averages, as_decimals, lifted, weight_of
from projections.anomalies.edits.shares import Share, compared
from projections.anomalies.edits.units import Unit, positions_of
from projections.anomalies.material import Material, SheetMarks
from projections.anomalies.signal import Candidate

_WORTH_FOUND: Final = 3
_WORTH_TIMES: Final = 1.5
# Many edits lift some averages; they are told of here if their lifting alone stands off.
_STANDS_OFF: Final = 0.1
_LEAST_CHANCE, _MOST_CHANCE = 0.01, 0.9

Lift = tuple[SheetId, PupilId]


@dataclass(frozen=True, slots=True)
class _Lifts:
    """Of one unit: what came to the weighted sum of each average that rose, and what that did."""

    rose: Mapping[Lift, int]
    over: frozenset[Lift]
    expected: float


class Book:
    """The averages of all scored sheets of the year; each is made when it is asked for."""

    def __init__(self, material: Material) -> None:
        grades = {sheet.grade for sheet in material.sheets}
        year = material.school_year
        self._grades = {one for one in grades if isinstance(circular_for(year, one), TT22)}
        self._sheets = {sheet.sheet_id: sheet for sheet in material.sheets}
        self._averages: dict[SheetId, Averages | None] = {}
        self._of_class: dict[tuple[int, str], list[SheetMarks]] = defaultdict(list)
        for sheet in material.sheets:
            self._of_class[sheet.semester, sheet.class_group].append(sheet)

    def averages(self, sheet: SheetId) -> Averages | None:
        """Averages by TT22; earlier years had other formulas and are not told of here."""
        if sheet not in self._averages:
            marks = self._sheets.get(sheet)
            known = marks is not None and marks.grade in self._grades
            self._averages[sheet] = Averages(marks) if marks and known else None
        return self._averages[sheet]

    def levels(self, lift: Lift, rose: Mapping[Lift, int]) -> tuple[Level, Level] | None:
        """The pupil's level of study of the semester without these lifts, and with them.

        None until all averages exist. Comment subjects are taken for Đạt, as they nearly always
        are: their marks are not numbers and no edit lifts them.
        """
        sheet_id, pupil = lift
        sheet = self._sheets[sheet_id]
        before, after = [], []
        for other in self._of_class[sheet.semester, sheet.class_group]:
            averages = self.averages(other.sheet_id)
            if averages is None or not averages.has(pupil):
                return None
            without = rose.get((other.sheet_id, pupil), 0)
            before.append((other.subject, averages.average(pupil, without)))
            after.append((other.subject, averages.average(pupil)))
        lower, higher = (study_level(as_decimals(some), {}) for some in (before, after))
        return None if lower is None or higher is None else (lower.level, higher.level)


def lifts_results(family: Sequence[Unit], book: Book) -> Iterator[Candidate]:
    """Averages lifted over 5,0, 6,5 or 8,0 among all that rose; the effect is found to expected.

    `p` is that of so many for the marks that were entered; that they are so large a share of what
    rose is asked of what is told.
    """
    lifts = {unit.place: _lifts_of(unit, book) for unit in family}
    shares = [
        Share(unit, len(some.over), len(some.rose), _within(some.expected))
        for unit in family
        if (some := lifts[unit.place])
    ]
    for share in compared(shares):
        place = share.unit.place
        yield _candidate(share, lifts[place], book)


def _lifts_of(unit: Unit, book: Book) -> _Lifts:
    sums: dict[Lift, int] = defaultdict(int)
    for (sheet, pupil, column), (before, after) in unit.net.items():
        averages = book.averages(sheet)
        if averages is not None and averages.has(pupil):
            sums[sheet, pupil] += weight_of(column) * (after - before)
    rose = {lift: came for lift, came in sums.items() if came > 0}
    chances, over = 0.0, set()
    for (sheet, pupil), came in rose.items():
        averages = book.averages(sheet)
        assert averages is not None
        chances += averages.chance(came)
        if lifted(averages.average(pupil, came), averages.average(pupil)):
            over.add((sheet, pupil))
    return _Lifts(rose, frozenset(over), chances / max(len(rose), 1))


def _candidate(share: Share, lifts: _Lifts, book: Book) -> Candidate:
    expected = max(share.base, share.usual) * share.of
    worth_telling = (
        share.p <= _STANDS_OFF
        and share.found >= _WORTH_FOUND
        and share.found >= _WORTH_TIMES * expected
    )
    behind = [one for one in share.unit.edits if (one.sheet_id, one.pupil) in lifts.over]
    return Candidate(
        SignalKind.LIFTS_RESULTS,
        share.unit.place,
        p=share.many,
        effect=share.found / expected,
        figures={
            "averages": share.of,
            "lifted": share.found,
            "expected": expected,
            # Levels are asked of the circular pupil by pupil, for what may be told only.
            "levels": _levels_lifted(lifts, book) if worth_telling else 0,
        },
        positions=positions_of(behind),
        worth_telling=worth_telling,
    )


def _levels_lifted(lifts: _Lifts, book: Book) -> int:
    """How many pupils reached a better level of study of a semester by these lifts."""
    better = set()
    for lift in sorted(lifts.over, key=str):
        levels = book.levels(lift, lifts.rose)
        semester = book.averages(lift[0])
        if levels is not None and semester is not None and levels[0].rank < levels[1].rank:
            better.add((semester.semester, lift[1]))
    return len(better)


def _within(chance: float) -> float:
    return min(max(chance, _LEAST_CHANCE), _MOST_CHANCE)
