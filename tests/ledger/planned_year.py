"""A ledger with a planned year, and what the tests of a year look at."""

from datetime import datetime

import pytest
from eventsourcing.persistence import Notification
from sqlalchemy import Engine

from ledger.application import GradeLedger
from ledger.command import Command
from ledger.line import Line
from ledger.refusal import Refused
from ledger.school import commands
from ledger.sheet.state import Sheet
from ledger.store.codec import to_line
from ledger.store.recorder import LedgerRecorder
from ledger.vocabulary import CommandId, PupilId, Role, SheetId, sheet_id_of
from tests.ledger.school.scenario import (
    SUMMER,
    YEAR_NAME,
    asks,
)
from tests.ledger.school.test_assigning import assigns, leads
from tests.ledger.school.test_enrolling import enrols
from tests.ledger.school.test_opening_a_semester import opens
from tests.opened_year import OpenedYear
from tests.school import (
    CLOCKWORK,
    KHOA,
    NGOC,
    QUYEN,
    VINH,
    numbered_id,
)

SPORTS = "giao-duc-the-chat"
YEAR = OpenedYear()
FIRST, SECOND, THIRD = YEAR.pupils("6A1")
OTHERS = YEAR.pupils("6A2")


def planned_ledger(engine: Engine) -> GradeLedger:
    """A ledger with a planned year; no semester is open."""
    ledger = GradeLedger(LedgerRecorder(engine))
    YEAR.plan(ledger)
    one = CommandId(numbered_id(77))
    by = CLOCKWORK.with_id(one)
    staff = ((VINH, Role.SUBJECT_TEACHER), (QUYEN, Role.HOMEROOM_TEACHER), (NGOC, Role.PRINCIPAL))
    ledger.handle_together(
        [
            asks(by, commands.JoinStaff, person=voice.person, roles={role}, since=SUMMER)
            for voice, role in staff
        ]
    )
    return ledger


def sheet_id(class_group: str = "6A1", subject: str = "toan", semester: int = 1) -> SheetId:
    return sheet_id_of(YEAR_NAME, semester, class_group, subject)


def sheet(
    ledger: GradeLedger, class_group: str = "6A1", subject: str = "toan", semester: int = 1
) -> Sheet:
    return ledger.sheet(sheet_id(class_group, subject, semester))


def deadlines(of: Sheet) -> dict[str, datetime]:
    return {column: decision.deadline for column, decision in of.deadlines.items()}


def both_semesters(ledger: GradeLedger) -> GradeLedger:
    ledger.handle(opens(KHOA, 2))
    return ledger


def head(ledger: GradeLedger) -> int:
    return ledger.recorder.max_notification_id() or 0


def told_since(ledger: GradeLedger, position: int) -> list[Line]:
    rows: list[Notification] = ledger.recorder.select_notifications(position + 1, 10_000)
    return [to_line(row) for row in rows]


def refuse(ledger: GradeLedger, command: Command, reason: type[Refused]) -> None:
    """The command is refused for this reason, and nothing is recorded of it."""
    before = head(ledger)
    with pytest.raises(reason) as caught:
        ledger.handle(command)
    assert type(caught.value) is reason
    assert head(ledger) == before
    assert ledger.recorder.find_command(command.command_id) is None


def add_class(ledger: GradeLedger, *pupils: PupilId) -> None:
    """Form 6A3 in the middle of the year."""
    ledger.handle(asks(KHOA, commands.FormClass, class_group="6A3", grade=6))
    ledger.handle(leads(KHOA, QUYEN, "6A3"))
    for subject in YEAR.subjects:
        ledger.handle(assigns(KHOA, VINH, class_group="6A3", subject=subject))
    for pupil in pupils:
        ledger.handle(enrols(KHOA, pupil, class_group="6A3"))
