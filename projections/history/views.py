"""What the history answers: rows of who did what, when and why, and how many of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ledger.sheet.grounds import CorrectionCause
from ledger.vocabulary import (
    CommandId,
    CorrectionId,
    Mark,
    PersonId,
    PupilId,
    Role,
    SheetId,
)
from projections.columns import LockState


@dataclass(frozen=True, slots=True)
class NamedCell:
    """A cell that a line names in a list: a correction's request, or a refused attempt."""

    pupil: PupilId
    column: str
    before: Mark | None
    after: Mark | None


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of the ledger as people ask about it.

    `kind` is the permanent name of the fact. `before` and `after` are set where a mark changed.
    `net_before` is what the change really replaced: where a mark fills a cell that was cleared,
    it is the mark before the clearing, whose position is `cleared_at`, and the clearing's own row
    says at which position it was `reentered_at`. `lock_state` is how the column stood just before
    the line (None where it touches columns that stood differently, or no column at all).
    `after_official` says that the column was, or once had been, official. `reason` is what the
    line says in words (a question or an answer, too); a step of a correction that says nothing has
    the reason of its request, and every step its `cause`. `until` is the end of an
    unlock, or the new deadline; `teacher` who joined, left or took over the class.
    `refusal` and `attempted` (a kind of command) are set on refused attempts.
    """

    position: int
    sheet_id: SheetId
    school_year: str
    semester: int
    class_group: str
    subject: str
    at: datetime
    person: PersonId
    role: Role
    on_behalf_of: PersonId | None
    kind: str
    command_id: CommandId
    pupil: PupilId | None = None
    column: str | None = None
    before: Mark | None = None
    after: Mark | None = None
    net_before: Mark | None = None
    cleared_at: int | None = None
    reentered_at: int | None = None
    cause: CorrectionCause | None = None
    reason: str | None = None
    lock_state: LockState | None = None
    after_official: bool = False
    correction_id: CorrectionId | None = None
    until: datetime | None = None
    teacher: PersonId | None = None
    refusal: str | None = None
    attempted: str | None = None
    cells: tuple[NamedCell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFilter:
    """Which rows; what is None asks nothing. Days are local (Asia/Ho_Chi_Minh), both included.

    `person` finds what a person did and what was done on the person's behalf. `pupil` and `column`
    find the cells named in lists too. Refused attempts are left out unless `attempts` is set.
    """

    positions: tuple[int, ...] | None = None
    sheet_id: SheetId | None = None
    sheet_ids: tuple[SheetId, ...] | None = None
    school_year: str | None = None
    semester: int | None = None
    class_group: str | None = None
    subject: str | None = None
    person: PersonId | None = None
    pupil: PupilId | None = None
    column: str | None = None
    day_from: date | None = None
    day_to: date | None = None
    kinds: tuple[str, ...] | None = None
    correction_id: CorrectionId | None = None
    only_after_official: bool = False
    only_mark_changes: bool = False
    attempts: bool = False


@dataclass(frozen=True, slots=True)
class HistoryCounts:
    """How many rows a filter finds; `up` and `down` count net changes of marks.

    A mark cleared and entered again counts once, by what came of it.
    """

    total: int
    up: int
    down: int
    by_person: Mapping[PersonId, int] = field(default_factory=dict)
    by_kind: Mapping[str, int] = field(default_factory=dict)
