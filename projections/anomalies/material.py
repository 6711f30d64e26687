"""What signals are made of: marks, changes, entries, attempts and requests of one school year.

Plain values, so that a believable school can be made up of them as well as read from a ledger.
Marks are whole tenths (75 is 7,5) and `NO_MARK` where there is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ledger.vocabulary import CommandId, CorrectionId, PersonId, PupilId, Role, SheetId
from projections.history import LockState

Tenths = NDArray[np.int16]
NO_MARK: Final = -1


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """A scored sheet: its pupils who are in the class, by number, and a row of tenths per column.

    A 0 by rule is no work of the pupil's (TT22 Điều 7) and is `NO_MARK` here, as are exempt pupils
    and marks still to come.
    """

    sheet_id: SheetId
    semester: int
    grade: int
    class_group: str
    subject: str
    teachers: tuple[PersonId, ...]
    pupils: tuple[PupilId, ...]
    columns: Mapping[str, Tenths]


@dataclass(frozen=True, slots=True)
class Change:
    """A mark that replaced another, an approved correction included.

    A mark cleared and entered again is one change, told where it was entered again, with the mark
    before the clearing, be it the same; a mark cleared and never entered again is one to `NO_MARK`.
    Exempt and awaiting a make-up are no marks, so what they replaced was cleared. `age` is how
    long ago the mark before had been written. `window` is the position of the line that reopened a
    column which had been official (an unlock, a reopening, a deadline moved after it had passed),
    None where it was not open by such a line. `deadline` is the last moment to enter the column,
    as it stood then.
    """

    position: int
    sheet_id: SheetId
    pupil: PupilId
    column: str
    before: int
    after: int
    at: datetime
    age: timedelta
    person: PersonId
    role: Role
    on_behalf_of: PersonId | None
    command_id: CommandId
    lock_state: LockState
    after_official: bool
    reentered: bool = False
    window: int | None = None
    deadline: datetime | None = None
    correction_id: CorrectionId | None = None

    @property
    def responsible(self) -> PersonId:
        """Whose marks these are: the teacher on whose behalf somebody typed, else who typed."""
        return self.on_behalf_of or self.person


@dataclass(frozen=True, slots=True)
class Entries:
    """How many first marks a person entered into a column, and when.

    `at_odd_hours` counts those from 22:00 to 05:00, `before_deadline` those in the last 24 hours
    before the deadline of the column, as it stood then. Marks that a pupil brought along, or that
    a correction put into an empty cell, were entered by nobody.
    """

    sheet_id: SheetId
    column: str
    person: PersonId
    role: Role
    on_behalf_of: PersonId | None
    count: int
    at_odd_hours: int
    before_deadline: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that was refused; `refusal` is the permanent code of the answer."""

    position: int
    sheet_id: SheetId
    at: datetime
    person: PersonId
    role: Role
    refusal: str


@dataclass(frozen=True, slots=True)
class Request:
    """A request to correct marks, and whether it was refused; `cells` are (pupil, column)."""

    position: int
    correction_id: CorrectionId
    sheet_id: SheetId
    person: PersonId
    at: datetime
    cells: frozenset[tuple[PupilId, str]]
    refused_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """Everything of one school year that signals are made of, as of `position`.

    `sheets` are those of scored subjects, `places` tells of every sheet. In changes, Đạt is 100
    tenths and Chưa đạt 0. What the program recomputes is no line of the ledger, so no average that
    follows a mark can be taken for an edit.
    """

    school_year: str
    position: int
    sheets: Sequence[SheetMarks] = ()
    changes: Sequence[Change] = ()
    entries: Sequence[Entries] = ()
    attempts: Sequence[Attempt] = ()
    requests: Sequence[Request] = ()
    places: Mapping[SheetId, "SheetPlace"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """Where a sheet stands in the school, of scored subjects and of those with comments alike."""

    semester: int
    grade: int
    class_group: str
    subject: str
    teachers: tuple[PersonId, ...]
