"""What signals are made of, recounted from all lines of a sheet by each cell's whole past.

Nothing is carried along but the states of the sheet, so this is slow and shares no code with the
projection.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from ledger.line import Line
from ledger.school.calendar import LOCAL_TIME
from ledger.sheet import facts
from ledger.sheet.state import Place, Sheet, evolve, replay
from ledger.vocabulary import BLANK, Mark, MarkState
from projections.anomalies.material import (
    NO_MARK,
    Attempt,
    Change,
    Entries,
    Request,
    SheetMarks,
)
from projections.columns import LockState

_MARK_FACTS = (
    facts.MarkEntered,
    facts.MarkBrought,
    facts.MarkChanged,
    facts.MarkCleared,
    facts.MarkCorrected,
)
_UNLOCKS = (facts.SheetUnlocked, facts.ColumnUnlocked)


@dataclass
class Recount:
    """The recount of one sheet."""

    sheet: Sheet
    changes: list[Change]
    entries: dict[tuple[Any, ...], Entries]
    requests: list[Request]

    def marks(self) -> dict[str, list[int]]:
        return {
            column: [_work(self.sheet.cell((pupil, column)).mark) for pupil in self.sheet.pupils]
            for column in self.sheet.columns
        }


def recounted(lines: Sequence[Line]) -> Recount:
    """Recount all lines of one sheet."""
    cells: dict[Place, list[_Write]] = defaultdict(list)
    for write in _writes(lines):
        cells[write.fact.pupil, write.fact.column].append(write)
    changes = [change for writes in cells.values() for change in _changes(writes)]
    return Recount(
        replay(lines),
        sorted(changes, key=lambda change: change.position),
        _entries(writes[first] for writes in cells.values() for first in _first(writes)),
        list(_requests(lines)),
    )


def attempts_of(lines: Sequence[Line]) -> list[Attempt]:
    """The refused attempts among the lines of their stream."""
    return [
        Attempt(
            position=line.position,
            sheet_id=line.fact.sheet,
            at=line.at,
            person=line.by.person,
            role=line.by.role,
            refusal=line.fact.refusal,
        )
        for line in lines
        if isinstance(line.fact, facts.AttemptRefused)
    ]


def told_marks(sheet: SheetMarks) -> dict[str, list[int]]:
    return {column: tenths.tolist() for column, tenths in sheet.columns.items()}


@dataclass
class _Write:
    """A line that wrote a cell, and the sheet before it with its columns' windows."""

    line: Line
    fact: Any
    sheet: Sheet
    windows: dict[str, int] = field(default_factory=dict)
    official_once: set[str] = field(default_factory=set)

    @property
    def mark(self) -> Mark:
        return BLANK if isinstance(self.fact, facts.MarkCleared) else self.fact.after

    @property
    def worth(self) -> int:
        return 0 if self.mark.state is MarkState.ZERO_BY_RULE else _work(self.mark)


def _writes(lines: Sequence[Line]) -> Iterator[_Write]:
    sheet = Sheet()
    windows: dict[str, int] = {}
    official_once: set[str] = set()
    for line in lines:
        after = evolve(sheet, [line])
        if isinstance(line.fact, _MARK_FACTS):
            yield _Write(line, line.fact, sheet, windows.copy(), official_once.copy())
        for column in sheet.columns:
            was, now = sheet.is_official(column, line.at), after.is_official(column, line.at)
            official_once |= {column} if was else set()
            unlocked = isinstance(line.fact, _UNLOCKS) and (
                getattr(line.fact, "column", column) == column
            )
            if now:
                windows.pop(column, None)
            elif was or unlocked:
                windows[column] = line.position
        sheet = after


def _work(mark: Mark) -> int:
    if mark.score is not None:
        return int(mark.score * 10)
    return NO_MARK if mark.passed is None else 100 * mark.passed


def _first(writes: Sequence[_Write]) -> list[int]:
    """The place of the first mark of a cell, if it has one."""
    return [at for at, write in enumerate(writes) if write.worth != NO_MARK][:1]


def _changes(writes: Sequence[_Write]) -> Iterator[Change]:
    for at, write in enumerate(writes):
        with_marks = [one for one in range(at) if writes[one].worth != NO_MARK]
        if not with_marks:
            continue
        emptied = write.worth == NO_MARK
        entered_later = any(later.worth != NO_MARK for later in writes[at:])
        if emptied and (entered_later or with_marks[-1] != at - 1):
            continue
        yield _change(write, writes[with_marks[-1]], reentered=with_marks[-1] != at - 1)


def _change(write: _Write, before: _Write, *, reentered: bool) -> Change:
    line, sheet, column = write.line, write.sheet, write.fact.column
    official = sheet.is_official(column, line.at)
    return Change(
        position=line.position,
        sheet_id=line.stream_id,  # type: ignore[arg-type]
        pupil=write.fact.pupil,
        column=column,
        before=before.worth,
        after=write.worth,
        at=line.at,
        age=line.at - before.line.at,
        person=line.by.person,
        role=line.by.role,
        on_behalf_of=line.by.on_behalf_of,
        command_id=line.command_id,
        lock_state=_lock_state(sheet, column, line),
        after_official=official or column in write.official_once,
        reentered=reentered,
        window=None if official else write.windows.get(column),
        deadline=sheet.deadline_of(column),
        correction_id=getattr(write.fact, "correction_id", None),
    )


def _lock_state(sheet: Sheet, column: str, line: Line) -> LockState:
    if sheet.is_locked(column, line.at):
        return LockState.LOCKED
    if column in sheet.locks:
        return LockState.UNLOCKED
    return LockState.CLOSED if column in sheet.closed else LockState.OPEN


def _entries(firsts: Iterator[_Write]) -> dict[tuple[Any, ...], Entries]:
    counted: dict[tuple[Any, ...], Counter[Any]] = defaultdict(Counter)
    for write in firsts:
        if not isinstance(write.fact, facts.MarkEntered | facts.MarkChanged):
            continue
        line, column = write.line, write.fact.column
        by, deadline = line.by, write.sheet.deadline_of(column)
        hour = line.at.astimezone(LOCAL_TIME).hour
        counted[line.stream_id, column, by.person, by.role, by.on_behalf_of].update(
            count=1,
            at_odd_hours=int(hour in {22, 23, 0, 1, 2, 3, 4}),
            before_deadline=int(
                deadline is not None and timedelta(0) <= deadline - line.at <= timedelta(hours=24)
            ),
        )
    return {key: Entries(*key, **dict(counts)) for key, counts in counted.items()}


def _requests(lines: Sequence[Line]) -> Iterator[Request]:
    refused = {
        line.fact.correction_id: line.at
        for line in lines
        if isinstance(line.fact, facts.CorrectionRefused)
    }
    for line in lines:
        if isinstance(line.fact, facts.CorrectionRequested):
            yield Request(
                position=line.position,
                correction_id=line.fact.correction_id,
                sheet_id=line.stream_id,  # type: ignore[arg-type]
                person=line.by.person,
                at=line.at,
                cells=frozenset((entry.pupil, entry.column) for entry in line.fact.lines),
                refused_at=refused.get(line.fact.correction_id),
            )
