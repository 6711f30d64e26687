"""A sheet as it stood at a point, as its template reads it: nothing in it can be typed into."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from ledger.line import Line
from ledger.points import AtMoment, AtPosition, lines_until
from ledger.sheet import facts
from ledger.sheet.state import DeadlineDecision, LockDecision, Place, Sheet, replay
from ledger.vocabulary import Author, Mark, SheetId
from projections.gradebook import ColumnView, DeadlineView, LockView
from web.as_of.asking import AskedPoint
from web.desk import Desk
from web.grid.page import ColumnHead, GridCell, GridRow, anchor_of
from web.marks import shown_mark
from web.names import Names

# How many appends are offered to go to, on each side of the point.
_BESIDE: Final = 12


@dataclass(frozen=True, slots=True)
class Append:
    """What one command wrote into the sheet: its lines' positions, and how many of each fact."""

    first: int
    last: int
    at: datetime
    by: Author
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SheetAsOf:
    """The sheet at a point. `last` is its last line then, None before it was opened.

    `before` and `after` are the appends next to the point, newest first.
    """

    asked: AskedPoint
    moment: datetime | None
    beyond_now: bool
    last: Line | None
    heads: tuple[ColumnHead, ...]
    rows: tuple[GridRow, ...]
    teachers: tuple[str, ...]
    homeroom_teacher: str
    before: tuple[Append, ...]
    after: tuple[Append, ...]


def sheet_as_of(desk: Desk, sheet_id: SheetId, asked: AskedPoint, names: Names) -> SheetAsOf:
    """Replay the sheet up to the point."""
    every = desk.ledger.lines_until(sheet_id, end_of(desk).point)
    lines = list(lines_until(every, asked.point))
    sheet = replay(lines)
    now = desk.clock()
    moment = desk.ledger.moment_of(asked.point)
    heads = _heads(sheet, min(moment or now, now))
    return SheetAsOf(
        asked=asked,
        moment=moment,
        beyond_now=is_beyond_now(desk, asked),
        last=lines[-1] if lines else None,
        heads=heads,
        rows=_rows(sheet, heads, corrected_marks(lines), names),
        teachers=tuple(names.staff(one) for one in names.in_order(sheet.teachers)),
        homeroom_teacher=names.staff(sheet.homeroom_teacher),
        before=appends_of(lines)[:_BESIDE],
        after=appends_of(every[len(lines) :])[-_BESIDE:],
    )


def end_of(desk: Desk) -> AskedPoint:
    """Where the ledger ends now."""
    position = desk.ledger.recorder.head().position
    return AskedPoint(AtPosition(position), str(position))


def is_beyond_now(desk: Desk, asked: AskedPoint) -> bool:
    """Whether nothing was written at the point yet, so that it shows what stands now."""
    match asked.point:
        case AtPosition(position):
            return position > desk.ledger.recorder.head().position
        case AtMoment(moment):
            return moment > desk.clock()


def appends_of(lines: Iterable[Line]) -> tuple[Append, ...]:
    """The appends that these lines were written in, newest first."""
    appends = []
    for _, of_one in groupby(lines, key=lambda line: line.command_id):
        written = list(of_one)
        names = [line.fact.NAME for line in written]
        counts = {name: names.count(name) for name in dict.fromkeys(names)}
        first, last = written[0], written[-1]
        appends.append(Append(first.position, last.position, first.at, first.by, counts))
    return tuple(reversed(appends))


def corrected_marks(lines: Iterable[Line]) -> dict[Place, Mark]:
    """The cells whose mark was put there by a correction, with the mark that it replaced."""
    found: dict[Place, Mark] = {}
    for line in lines:
        match line.fact:
            case facts.MarkCorrected(pupil=pupil, column=column, before=before):
                found[pupil, column] = before
            case (
                facts.MarkEntered(pupil=pupil, column=column)
                | facts.MarkChanged(pupil=pupil, column=column)
                | facts.MarkCleared(pupil=pupil, column=column)
                | facts.MarkBrought(pupil=pupil, column=column)
            ):
                found.pop((pupil, column), None)
    return found


def _heads(sheet: Sheet, moment: datetime) -> tuple[ColumnHead, ...]:
    return tuple(
        ColumnHead(
            column=column,
            view=_view(sheet, column, place),
            locked=sheet.is_locked(column, moment),
            past_deadline=sheet.is_past_deadline(column, moment),
            official=sheet.is_official(column, moment),
            may_type=False,
            awaits_me=0,
        )
        for place, column in enumerate(sheet.columns)
    )


def _view(sheet: Sheet, column: str, place: int) -> ColumnView:
    closed_by, closed_at = sheet.closed.get(column, (None, None))
    decision, deadline = sheet.locks.get(column), sheet.deadlines.get(column)
    return ColumnView(
        column=column,
        place=place,
        due=_due(deadline) if deadline else None,
        closed_by=closed_by,
        closed_at=closed_at,
        lock=_lock(decision) if decision else None,
    )


def _due(decision: DeadlineDecision) -> DeadlineView:
    by = decision.by
    return DeadlineView(
        deadline=decision.deadline,
        by=by.person,
        role=by.role,
        on_behalf_of=by.on_behalf_of,
        at=decision.at,
        reason=decision.reason,
    )


def _lock(decision: LockDecision) -> LockView:
    by = decision.by
    return LockView(
        by=by.person,
        role=by.role,
        on_behalf_of=by.on_behalf_of,
        at=decision.at,
        reason=decision.reason,
        until=decision.until,
        whole_sheet=decision.whole_sheet,
    )


def _rows(
    sheet: Sheet, heads: Sequence[ColumnHead], corrected: Mapping[Place, Mark], names: Names
) -> tuple[GridRow, ...]:
    names.pupils(sheet.numbers)  # all of them in one question
    return tuple(
        GridRow(
            pupil=pupil,
            number=number,
            name=names.pupil(pupil),
            left=pupil in sheet.left,
            cells=tuple(_cell(sheet, (pupil, head.column), head, corrected) for head in heads),
        )
        for pupil, number in sorted(sheet.numbers.items(), key=lambda entry: entry[1])
    )


def _cell(
    sheet: Sheet, place: Place, head: ColumnHead, corrected: Mapping[Place, Mark]
) -> GridCell:
    cell, before = sheet.cell(place), corrected.get(place)
    return GridCell(
        column=head.column,
        anchor=anchor_of(sheet.numbers[place[0]], head.column),
        shown=shown_mark(cell.mark),
        head=head,
        field=None,
        before=None if before is None else shown_mark(before) or "trống",
        unconfirmed_for=cell.unconfirmed_for,
    )
