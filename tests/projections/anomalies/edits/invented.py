"""An invented school in which everybody mends a few marks, and whatever a test adds to it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

import numpy as np

from ledger.school.calendar import LOCAL_TIME
from ledger.signals.finding import SignalKind
from ledger.vocabulary import CommandId, PersonId, PupilId, Role, SheetId, columns_of
from projections.anomalies.edits import edit_candidates
from projections.anomalies.material import Change, Entries, Material, SheetMarks, SheetPlace
from projections.anomalies.signal import Candidate
from projections.history import LockState

PUPILS: Final = 40
# A Tuesday morning in October; the column is due ten days later.
MORNING: Final = datetime(2026, 10, 13, 9, 0, tzinfo=LOCAL_TIME)
DEADLINE: Final = MORNING + timedelta(days=10)
_NAMES: Final = UUID("2f0f3f3a-5a5c-4a51-8d6f-0a3a7f1f2b10")


def person(name: str) -> PersonId:
    return PersonId(uuid5(_NAMES, f"person/{name}"))


def sheet(number: int) -> SheetId:
    return SheetId(uuid5(_NAMES, f"sheet/{number}"))


def pupil(of_sheet: int, row: int) -> PupilId:
    return PupilId(uuid5(_NAMES, f"pupil/{of_sheet}/{row}"))


def teacher(of_sheet: int) -> PersonId:
    """Each teacher has three sheets."""
    return person(f"teacher-{of_sheet // 3}")


def change(of_sheet: int, row: int, before: int, after: int, **other: object) -> Change:
    """An edit by the sheet's teacher on a working day, of a mark that had stood for two days."""
    usual = Change(
        position=1,
        sheet_id=sheet(of_sheet),
        pupil=pupil(of_sheet, row),
        column="midterm",
        before=before,
        after=after,
        at=MORNING,
        age=timedelta(days=2),
        person=teacher(of_sheet),
        role=Role.SUBJECT_TEACHER,
        on_behalf_of=None,
        command_id=CommandId(uuid5(_NAMES, f"command/{of_sheet}/{row}/{before}/{after}")),
        lock_state=LockState.OPEN,
        after_official=False,
        deadline=DEADLINE,
    )
    return replace(usual, **other)  # type: ignore[arg-type]


def school(sheets: int = 30, *, more: Iterable[Change] = (), **other: object) -> Material:
    """Sheets of 40 pupils in which one mark goes up and one down, and `more` changes after them."""
    ordinary = [
        one
        for number in range(sheets)
        for one in (change(number, 38, 55, 60), change(number, 39, 75, 70))
    ]
    changes = [replace(one, position=place) for place, one in enumerate([*ordinary, *more], 1)]
    made = Material(
        school_year="2026-2027",
        position=len(changes) + 1,
        sheets=[_marks(number, changes) for number in range(sheets)],
        changes=changes,
        entries=[_entries(number, column) for number in range(sheets) for column in columns_of(4)],
        places={sheet(number): _place(number) for number in range(sheets)},
    )
    return replace(made, **other)  # type: ignore[arg-type]


def strongest(material: Material, kind: SignalKind) -> Candidate:
    """The candidate of a kind that would be told first."""
    return min(told_of(edit_candidates(material), kind), key=lambda one: one.p)


def told_of(candidates: Sequence[Candidate], kind: SignalKind) -> list[Candidate]:
    return [one for one in candidates if one.kind is kind and one.worth_telling]


def _place(number: int) -> SheetPlace:
    return SheetPlace(1, 6, f"6A{number}", "toan", (teacher(number),))


def _entries(number: int, column: str) -> Entries:
    return Entries(
        sheet_id=sheet(number),
        column=column,
        person=teacher(number),
        role=Role.SUBJECT_TEACHER,
        on_behalf_of=None,
        count=PUPILS,
        at_odd_hours=0,
        before_deadline=PUPILS // 4 if column == "final" else 0,
    )


def _marks(number: int, changes: Sequence[Change]) -> SheetMarks:
    """Marks from 3,0 to 9,9 in every column, and what the changes came to."""
    columns = {
        column: (30 + (7 * np.arange(PUPILS) + 13 * place + 3 * number) % 70).astype(np.int16)
        for place, column in enumerate(columns_of(4))
    }
    pupils = tuple(pupil(number, row) for row in range(PUPILS))
    for one in changes:
        if one.sheet_id == sheet(number):
            columns[one.column][pupils.index(one.pupil)] = one.after
    return SheetMarks(
        sheet_id=sheet(number),
        semester=1,
        grade=6,
        class_group=f"6A{number}",
        subject="toan",
        teachers=(teacher(number),),
        pupils=pupils,
        columns=columns,
    )
