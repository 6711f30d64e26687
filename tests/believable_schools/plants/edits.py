"""Plants in how marks are changed; `strength` is what `tests.believable_schools.plants` says."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from numpy.random import Generator

from ledger.signals.finding import SignalKind
from ledger.vocabulary import FINAL, MIDTERM, PersonId, Role, columns_of
from projections.anomalies.material import NO_MARK
from tests.believable_schools.editing import ask, attempt, refuse
from tests.believable_schools.plants.places import free_sheets, fresh_cells, own_sheets, pick
from tests.believable_schools.school import Hand, School, Sheet
from tests.believable_schools.truth import Planted

OFTEN: Final = {"faint": 0.025, "hesitate": 0.05, "obvious": 0.12}
AGAIN: Final = {"faint": (1, 3), "hesitate": (3, 3), "obvious": (6, 4)}
CLEARED: Final = {"faint": 2, "hesitate": 5, "obvious": 12}
IN_WINDOW: Final = {"faint": 4, "hesitate": 8, "obvious": 20}
LAST_EVENING: Final = {"faint": 4, "hesitate": 8, "obvious": 18}
AT_NIGHT: Final = {"faint": 3, "hesitate": 6, "obvious": 15}
BY_ANOTHER: Final = {"faint": 2, "hesitate": 5, "obvious": 12}
RAISED: Final = {"faint": 6, "hesitate": 10, "obvious": 20}
CROSSED: Final = {"faint": 4, "hesitate": 8, "obvious": 15}
LIFTED: Final = {"faint": 3, "hesitate": 6, "obvious": 12}
ASKED: Final = {"faint": 1, "hesitate": 2, "obvious": 4}
ATTEMPTS: Final = {"faint": 4, "hesitate": 8, "obvious": 20}
THRESHOLDS: Final = (50, 65, 80, 90)


def _told(kind: SignalKind, strength: str, sheets: list[Sheet], person: PersonId) -> Planted:
    return Planted(kind, strength, frozenset(one.sheet_id for one in sheets), person=person)


def _either_way(rng: Generator) -> int:
    """Half a point to a point and a half, up or down."""
    return int(rng.choice([5, 10, 15])) * int(rng.choice([-1, 1]))


def _upward(rng: Generator) -> int:
    """Half a point to two points up, in seven cases of ten."""
    return int(rng.choice([5, 10, 15, 20])) * (1 if rng.random() < 0.7 else -1)


def _day_of(rng: Generator, sheet: Sheet, column: str) -> datetime:
    """An ordinary working hour between the entering of a column and its deadline."""
    entered, last = sheet.entered[column], sheet.due(column)
    days = max((last - entered).days, 1)
    day = entered.replace(hour=0, minute=0) + timedelta(days=int(rng.integers(0, days)))
    at = day + timedelta(hours=8 + 8 * rng.random())
    return at if entered < at < last else entered + (last - entered) * float(rng.random())


def _replace(
    rng: Generator,
    school: School,
    sheet: Sheet,
    column: str,
    row: int,
    *,
    by: int,
    at: datetime,
    hand: Hand | None = None,
    window: int | None = None,
    reentered: bool = False,
) -> None:
    """Change a mark that stands, so that the new one is the sheet's."""
    before = int(sheet.marks[column][row])
    after = int(np.clip(before + by, 0, 100))
    if after == before:
        after = before - 5 if before > 50 else before + 5
    sheet.marks[column][row] = after
    school.change(
        sheet,
        row,
        column,
        before=before,
        after=after,
        at=at,
        by=hand or Hand(sheet.teacher_of(column).person),
        window=window,
        reentered=reentered,
    )


def often(school: School, strength: str, rng: Generator) -> Planted:
    """A teacher changes 2.5, 5 or 12 percent of all marks of their sheets, up as often as down."""
    sheet = pick(rng, free_sheets(school))
    sheets = own_sheets(school, sheet)
    for one in sheets:
        for column in one.marks:
            for row in fresh_cells(rng, school, one, column):
                if one.teacher_of(column) is sheet.teacher and rng.random() < OFTEN[strength]:
                    at = _day_of(rng, one, column)
                    _replace(rng, school, one, column, row, by=_either_way(rng), at=at)
    return _told(SignalKind.CHANGED_OFTEN, strength, sheets, sheet.teacher.person)


def again(school: School, strength: str, rng: Generator) -> Planted:
    """One mark three times, three marks three times, six marks four times."""
    sheet = pick(rng, free_sheets(school))
    cells, times = AGAIN[strength]
    column = str(rng.choice([MIDTERM, FINAL]))
    for row in fresh_cells(rng, school, sheet, column)[:cells]:
        for at in sorted(_day_of(rng, sheet, column) for _ in range(times)):
            _replace(rng, school, sheet, column, row, by=_either_way(rng), at=at)
    return _told(SignalKind.MARK_CHANGED_AGAIN, strength, [sheet], sheet.teacher.person)


def cleared(school: School, strength: str, rng: Generator) -> Planted:
    """Two, five or twelve marks cleared and entered again, mostly higher, in one sheet."""
    sheet = pick(rng, free_sheets(school))
    column = str(rng.choice(columns_of(sheet.regular)))
    at = _day_of(rng, sheet, column)
    for row in fresh_cells(rng, school, sheet, column)[: CLEARED[strength]]:
        at += timedelta(minutes=int(rng.integers(1, 6)))
        _replace(rng, school, sheet, column, row, by=_upward(rng), at=at, reentered=True)
    return _told(
        SignalKind.CLEARED_AND_REENTERED, strength, [sheet], sheet.teacher_of(column).person
    )


def in_window(school: School, strength: str, rng: Generator) -> Planted:
    """A column opened for a slip, and 4, 8 or 20 of its marks changed while it was open."""
    sheet = pick(rng, free_sheets(school))
    column = str(rng.choice([MIDTERM, FINAL]))
    opened = sheet.due(column) + timedelta(days=int(rng.integers(1, 6)), hours=9)
    window = school.position(opened)
    at = opened + timedelta(hours=6)
    for row in fresh_cells(rng, school, sheet, column)[: IN_WINDOW[strength]]:
        at += timedelta(minutes=int(rng.integers(1, 5)))
        _replace(rng, school, sheet, column, row, by=_upward(rng), at=at, window=window)
    return _told(SignalKind.CHANGED_IN_WINDOW, strength, [sheet], sheet.teacher.person)


def before_deadline(school: School, strength: str, rng: Generator) -> Planted:
    """On the last evening, 4, 8 or 18 marks that had stood for days are changed, mostly up."""
    sheet = pick(rng, free_sheets(school))
    column = str(rng.choice(columns_of(sheet.regular)))
    sheet.entered[column] = min(sheet.entered[column], sheet.due(column) - timedelta(days=5))
    at = sheet.due(column) - timedelta(hours=4)
    for row in fresh_cells(rng, school, sheet, column)[: LAST_EVENING[strength]]:
        at += timedelta(minutes=int(rng.integers(1, 8)))
        _replace(rng, school, sheet, column, row, by=_upward(rng), at=at)
    return _told(
        SignalKind.CHANGED_BEFORE_DEADLINE, strength, [sheet], sheet.teacher_of(column).person
    )


def at_night(school: School, strength: str, rng: Generator) -> Planted:
    """Three, six or fifteen marks changed between one and four in the morning."""
    sheet = pick(rng, free_sheets(school))
    columns = columns_of(sheet.regular)
    column = str(rng.choice(columns))
    person = sheet.teacher_of(column).person
    sheet.entered[column] = min(sheet.entered[column], sheet.due(column) - timedelta(days=5))
    night = sheet.due(column).replace(hour=1, minute=0) - timedelta(days=int(rng.integers(1, 4)))
    for number, row in enumerate(fresh_cells(rng, school, sheet, column)[: AT_NIGHT[strength]]):
        at = night + timedelta(minutes=7 * number + int(rng.integers(1, 7)))
        _replace(rng, school, sheet, column, row, by=_upward(rng), at=at)
    return _told(SignalKind.CHANGED_AT_ODD_HOURS, strength, [sheet], person)


def by_another(school: School, strength: str, rng: Generator) -> Planted:
    """Two, five or twelve marks changed by the administrator or a colleague, for nobody."""
    sheet = pick(rng, free_sheets(school))
    column = str(rng.choice(columns_of(sheet.regular)))
    person, role = school.staffing.administrator, Role.ADMINISTRATOR
    if rng.random() < 0.5:
        others = [one.teacher for one in free_sheets(school) if one.teacher not in sheet.team]
        person, role = others[int(rng.integers(len(others)))].person, Role.SUBJECT_TEACHER
    at = _day_of(rng, sheet, column)
    for row in fresh_cells(rng, school, sheet, column)[: BY_ANOTHER[strength]]:
        at += timedelta(minutes=int(rng.integers(1, 5)))
        _replace(rng, school, sheet, column, row, by=_upward(rng), at=at, hand=Hand(person, role))
    return _told(SignalKind.CHANGED_BY_ANOTHER, strength, [sheet], person)


def one_direction(school: School, strength: str, rng: Generator) -> Planted:
    """Six, ten or twenty changes over the weeks, at ordinary hours, and every one of them up."""
    sheet = pick(rng, free_sheets(school))
    cells = _own_cells(rng, school, sheet, highest=85)
    for column, row in cells[: RAISED[strength]]:
        at = _day_of(rng, sheet, column)
        _replace(rng, school, sheet, column, row, by=int(rng.choice([5, 10, 15])), at=at)
    return _told(SignalKind.ONE_DIRECTION, strength, [sheet], sheet.teacher.person)


def _own_cells(
    rng: Generator, school: School, sheet: Sheet, *, highest: int
) -> list[tuple[str, int]]:
    """Fresh cells of the columns that the sheet's first teacher enters, in an order of chance."""
    cells = [
        (column, row)
        for column in columns_of(sheet.regular)
        if sheet.teacher_of(column) is sheet.teacher
        for row in fresh_cells(rng, school, sheet, column)
        if sheet.marks[column][row] <= highest
    ]
    return [cells[place] for place in rng.permutation(len(cells)).tolist()]


def crossing(school: School, strength: str, rng: Generator) -> Planted:
    """Four, eight or fifteen marks just below 5,0 6,5 8,0 or 9,0 changed to just above."""
    sheet = pick(rng, free_sheets(school))
    cells = _own_cells(rng, school, sheet, highest=89)
    cells = sorted(cells, key=lambda cell: _missing(sheet, *cell))[: CROSSED[strength]]
    for column, row in cells:
        by = _missing(sheet, column, row) + int(rng.choice([0, 0, 1, 2]))
        _replace(rng, school, sheet, column, row, by=by, at=_day_of(rng, sheet, column))
    return _told(SignalKind.CROSSES_THRESHOLDS, strength, [sheet], sheet.teacher.person)


def _missing(sheet: Sheet, column: str, row: int) -> int:
    """How many tenths a mark is below the next threshold."""
    mark = int(sheet.marks[column][row])
    return min(threshold - mark for threshold in THRESHOLDS if threshold > mark)


def lifting(school: School, strength: str, rng: Generator) -> Planted:
    """The final marks of 3, 6 or 12 pupils raised as far as their averages need to cross."""
    sheet = pick(rng, free_sheets(school))
    weights = {MIDTERM: 2, FINAL: 3}
    of_columns = np.array([weights.get(column, 1) for column in sheet.marks])
    marks = np.stack([marks.astype(np.int64) for marks in sheet.marks.values()])
    whole, total = int(of_columns.sum()), of_columns @ marks
    complete = set(np.flatnonzero((marks != NO_MARK).all(axis=0)).tolist())
    wanted: list[tuple[int, int]] = []
    for row in fresh_cells(rng, school, sheet, FINAL):
        # The average is rounded half up to a tenth, so half a tenth less is enough.
        needs = [
            int(np.ceil((whole * (threshold - 0.5) - total[row]) / 3))
            for threshold in THRESHOLDS[:3]
        ]
        short = [need for need in needs if need > 0]
        if row in complete and short and sheet.marks[FINAL][row] + short[0] <= 100:
            wanted.append((short[0], row))
    at = sheet.entered[FINAL] + (sheet.due(FINAL) - sheet.entered[FINAL]) * 0.5
    for need, row in sorted(wanted)[: LIFTED[strength]]:
        at += timedelta(minutes=3)
        _replace(rng, school, sheet, FINAL, row, by=need, at=min(at, sheet.due(FINAL)))
    return _told(SignalKind.LIFTS_RESULTS, strength, [sheet], sheet.teacher.person)


def asking_again(school: School, strength: str, rng: Generator) -> Planted:
    """The same mark asked to be corrected once, twice or four times more after a refusal."""
    sheet = pick(rng, free_sheets(school))
    column = str(rng.choice([MIDTERM, FINAL]))
    row = fresh_cells(rng, school, sheet, column)[0]
    at = sheet.due(column) + timedelta(days=2, hours=10)
    for _ in range(ASKED[strength] + 1):
        correction = ask(school, sheet, {(row, column)}, at=at, person=sheet.teacher.person)
        refuse(school, correction, at=at + timedelta(days=1))
        at += timedelta(days=int(rng.integers(2, 5)))
    return _told(SignalKind.CORRECTION_ASKED_AGAIN, strength, [sheet], sheet.teacher.person)


def trying(school: School, strength: str, rng: Generator) -> Planted:
    """Four, eight or twenty attempts at locked marks within two weeks."""
    sheet = pick(rng, free_sheets(school))
    column = str(rng.choice([MIDTERM, FINAL]))
    first = sheet.due(column) + timedelta(days=1)
    for moment in sorted(14 * rng.random(ATTEMPTS[strength])):
        at = first + timedelta(days=float(moment))
        attempt(school, sheet, at=at, person=sheet.teacher.person, refusal="sheet-is-locked")
    return _told(SignalKind.ATTEMPTS_REFUSED, strength, [sheet], sheet.teacher.person)


PLANTS: Final[Mapping[SignalKind, Callable[[School, str, Generator], Planted]]] = {
    SignalKind.CHANGED_OFTEN: often,
    SignalKind.MARK_CHANGED_AGAIN: again,
    SignalKind.CLEARED_AND_REENTERED: cleared,
    SignalKind.CHANGED_IN_WINDOW: in_window,
    SignalKind.CHANGED_BEFORE_DEADLINE: before_deadline,
    SignalKind.CHANGED_AT_ODD_HOURS: at_night,
    SignalKind.CHANGED_BY_ANOTHER: by_another,
    SignalKind.ONE_DIRECTION: one_direction,
    SignalKind.CROSSES_THRESHOLDS: crossing,
    SignalKind.LIFTS_RESULTS: lifting,
    SignalKind.CORRECTION_ASKED_AGAIN: asking_again,
    SignalKind.ATTEMPTS_REFUSED: trying,
}
