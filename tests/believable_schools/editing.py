"""How marks are entered and honestly changed: slips and their mending, marks looked at again.

Each teacher mistypes a share of marks of their own. Most slips are mended within minutes, the rest
within days, a few in a window that was opened for it or by an approved correction. A column in
three hundred is typed one row off and entered again. Now and then a paper is looked at again, and
then the mark goes up more often than down.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from numpy.random import Generator

from ledger.vocabulary import PERIODIC, CorrectionId, PersonId, Role
from projections.anomalies.hours import at_odd_hour, in_last_day
from projections.anomalies.material import NO_MARK, Attempt, Entries, Request
from tests.believable_schools.calendar import entering_time, given, hour_of
from tests.believable_schools.school import Hand, School, Sheet
from tests.believable_schools.staffing import Teacher, id_of

# Columns that nobody has entered when everything is due.
_FORGOTTEN: Final = 0.003


def write_editing(
    rng: Generator, school: School, *, secretary: bool, until: datetime | None
) -> None:
    """Enter all marks that are due, with the slips of each teacher and how they are mended."""
    for sheet in (*school.sheets, *school.comment_sheets):
        for column in sheet.marks:
            if (until and sheet.due(column) > until) or rng.random() < _FORGOTTEN:
                _leave_empty(sheet, column)
            else:
                _write_column(rng, school, sheet, column, secretary=secretary)
        _write_looking_again(rng, school, sheet)
    for teacher in school.staffing.everybody():
        _write_attempts(rng, school, teacher)
    if until:
        school.forget_after(until)


def _leave_empty(sheet: Sheet, column: str) -> None:
    sheet.marks[column] = np.full_like(sheet.marks[column], NO_MARK)
    if column in sheet.columns:
        sheet.columns[column].scored[:] = False


def hand_of(school: School, sheet: Sheet, column: str, *, secretary: bool) -> Hand:
    teacher = sheet.teacher_of(column).person
    if secretary and sheet.subject.scored and column in PERIODIC:
        return Hand(school.staffing.secretary, Role.SECRETARY, teacher)
    return Hand(teacher)


def _write_column(
    rng: Generator, school: School, sheet: Sheet, column: str, *, secretary: bool
) -> None:
    teacher = sheet.teacher_of(column)
    last = sheet.due(column)
    at = entering_time(rng, teacher, given(sheet.semester, column, regular=sheet.regular), last)
    sheet.entered[column] = at
    hand = hand_of(school, sheet, column, secretary=secretary)
    count = int((sheet.marks[column] != NO_MARK).sum())
    school.entries.append(
        Entries(
            sheet_id=sheet.sheet_id,
            column=column,
            person=hand.person,
            role=hand.role,
            on_behalf_of=hand.on_behalf_of,
            count=count,
            at_odd_hours=count if at_odd_hour(at) else 0,
            before_deadline=count if in_last_day(at, last) else 0,
        )
    )
    slips = list(_slips(rng, sheet, column))
    for row, wrong in slips:
        _mend(rng, school, sheet, column, row=row, wrong=wrong, hand=hand)
    if rng.random() < 1 / 300:
        _write_shifted(rng, school, sheet, column, hand=hand, slipped={row for row, _ in slips})


def _slips(rng: Generator, sheet: Sheet, column: str) -> Iterator[tuple[int, int]]:
    """Rows with what was typed there at first, in tenths."""
    marks = sheet.marks[column]
    rows = np.flatnonzero(marks != NO_MARK)
    # Đạt is typed for all at once: fewer slips.
    ease = 1.0 if sheet.subject.scored else 0.25
    count = rng.poisson(ease * len(rows) * sheet.teacher_of(column).error_rate)
    chosen = rng.permutation(rows)[: min(count, len(rows))]
    for row in chosen.tolist():
        right = int(marks[row])
        wrong = _mistyped(rng, right, marks, row) if sheet.subject.scored else 100 - right
        if wrong != marks[row]:
            yield row, wrong


def _mistyped(rng: Generator, mark: int, marks: np.ndarray, row: int) -> int:
    """What fingers make of a mark: another digit, its digits exchanged, the next pupil's mark."""
    way = rng.random()
    if way < 0.35:
        return int(np.clip(mark + rng.choice([-10, 10]), 0, 100))
    if way < 0.6:
        return int(np.clip(mark + rng.choice([-5, 5, -1, 1]), 0, 100))
    if way < 0.75:
        return mark % 10 * 10 + mark // 10 if mark < 100 else 10
    if way < 0.85:
        return mark // 10 * 10
    neighbour = marks[(row + rng.choice([-1, 1])) % len(marks)]
    return int(neighbour) if neighbour != NO_MARK else int(np.clip(mark - 10, 0, 100))


def _mend(
    rng: Generator,
    school: School,
    sheet: Sheet,
    column: str,
    *,
    row: int,
    wrong: int,
    hand: Hand,
) -> None:
    """Put a slip right: at once, days later, or after the deadline with leave."""
    right = int(sheet.marks[column][row])
    entered = sheet.entered[column]
    teacher = sheet.teacher_of(column)
    if rng.random() < 0.6:
        at = entered + timedelta(minutes=1 + rng.exponential(8))
    else:
        day = entered.replace(hour=0, minute=0) + timedelta(days=1 + int(rng.exponential(4)))
        at = day + hour_of(rng, teacher)
    if at > sheet.due(column):
        _mend_late(rng, school, sheet, column, row=row, wrong=wrong, at=at)
        return
    school.change(
        sheet,
        row,
        column,
        before=wrong,
        after=right,
        at=at,
        by=hand,
        reentered=bool(rng.random() < teacher.clears_first),
    )


def _mend_late(
    rng: Generator, school: School, sheet: Sheet, column: str, *, row: int, wrong: int, at: datetime
) -> None:
    """By a window of a day or two in one case of three, else by a correction that is approved."""
    teacher = sheet.teacher_of(column).person
    right = int(sheet.marks[column][row])
    if rng.random() < 0.35:
        window = school.position(at - timedelta(hours=3))
        school.change(
            sheet, row, column, before=wrong, after=right, at=at, by=Hand(teacher), window=window
        )
        return
    correction = ask(school, sheet, {(row, column)}, at=at - timedelta(days=2), person=teacher)
    if rng.random() < 0.07:
        refuse(school, correction, at=at)
        if rng.random() > 0.15:
            return
        # Asked again with better evidence, and approved.
        at += timedelta(days=4)
        correction = ask(school, sheet, {(row, column)}, at=at - timedelta(days=2), person=teacher)
    school.change(
        sheet,
        row,
        column,
        before=wrong,
        after=right,
        at=at,
        by=Hand(teacher),
        correction_id=correction,
    )


def ask(
    school: School, sheet: Sheet, cells: set[tuple[int, str]], *, at: datetime, person: PersonId
) -> CorrectionId:
    """Ask for marks to be corrected."""
    correction = CorrectionId(id_of(school.seed, f"correction/{school.next_name()}"))
    school.requests.append(
        Request(
            position=school.position(at),
            correction_id=correction,
            sheet_id=sheet.sheet_id,
            person=person,
            at=at,
            cells=frozenset((sheet.pupils[row], column) for row, column in cells),
        )
    )
    return correction


def refuse(school: School, correction: CorrectionId, *, at: datetime) -> None:
    """Refuse a request that was just asked."""
    asked = school.requests[-1]
    assert asked.correction_id == correction
    school.requests[-1] = Request(
        position=asked.position,
        correction_id=correction,
        sheet_id=asked.sheet_id,
        person=asked.person,
        at=asked.at,
        cells=asked.cells,
        refused_at=at,
    )


def _write_shifted(
    rng: Generator, school: School, sheet: Sheet, column: str, *, hand: Hand, slipped: set[int]
) -> None:
    """A part of a column typed one row off, seen at its end and entered again in one go."""
    marks = sheet.marks[column]
    first = int(rng.integers(0, max(len(marks) - 8, 1)))
    at = sheet.entered[column] + timedelta(minutes=4 + rng.exponential(10))
    if at > sheet.due(column):
        return
    command = school.command(school.next_name())
    for row in range(first + 1, len(marks)):
        before, after = int(marks[row - 1]), int(marks[row])
        if NO_MARK in {before, after} or before == after or row in slipped:
            continue
        school.change(
            sheet,
            row,
            column,
            before=before,
            after=after,
            at=at,
            by=hand,
            command=command,
        )


def _write_looking_again(rng: Generator, school: School, sheet: Sheet) -> None:
    """Papers that were looked at again after they were given back: up in three cases of four."""
    if not sheet.entered or not sheet.subject.scored or rng.random() > 0.15:
        return
    touched = school.touched(sheet)
    column = str(rng.choice(list(sheet.entered)))
    teacher = sheet.teacher_of(column)
    day = sheet.entered[column].replace(hour=0, minute=0)
    at = day + timedelta(days=int(rng.integers(1, 6))) + hour_of(rng, teacher)
    if at > sheet.due(column):
        return
    for row in rng.permutation(len(sheet.pupils))[: int(rng.integers(1, 4))].tolist():
        mark = int(sheet.marks[column][row])
        lift = int(rng.choice([3, 5, 10])) * (1 if rng.random() < 0.75 else -1)
        if mark == NO_MARK or (sheet.pupils[row], column) in touched or not 0 <= mark - lift <= 100:
            continue
        school.change(
            sheet, row, column, before=mark - lift, after=mark, at=at, by=Hand(teacher.person)
        )


def _write_attempts(rng: Generator, school: School, teacher: Teacher) -> None:
    """Now and then somebody forgets that a column is closed, and tries twice."""
    own = [sheet for sheet in school.sheets if teacher in sheet.team and sheet.entered]
    for _ in range(rng.poisson(0.6) if own else 0):
        sheet = own[int(rng.integers(len(own)))]
        column = str(rng.choice(list(sheet.entered)))
        at = sheet.due(column) + timedelta(days=int(rng.integers(1, 4))) + timedelta(hours=9)
        for number in range(int(rng.choice([1, 2, 3], p=[0.7, 0.2, 0.1]))):
            attempt(school, sheet, at=at + timedelta(minutes=2 * number), person=teacher.person)


def attempt(
    school: School,
    sheet: Sheet,
    *,
    at: datetime,
    person: PersonId,
    refusal: str = "deadline-has-passed",
) -> None:
    """Try to enter something that may not be entered."""
    school.attempts.append(
        Attempt(
            position=school.position(at),
            sheet_id=sheet.sheet_id,
            at=at,
            person=person,
            role=Role.SUBJECT_TEACHER,
            refusal=refusal,
        )
    )
