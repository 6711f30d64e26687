"""The stage with an open semester beside its own sheets: classes 6A2, 6A3 and 7A1."""

from typing import Final

from ledger.people import Pupil
from ledger.vocabulary import CommandId
from tests.browser.stage import Stage
from tests.opened_year import OpenedYear, decides_lock, first_semester
from tests.school import LAN, NGOC, numbered_id

YEAR: Final = OpenedYear(
    classes=("6A2", "6A3", "7A1"), subjects=("toan", "giao-duc-the-chat"), pupil_count=3
)
DECISION: Final = CommandId(numbered_id(3001))


def open_semester(stage: Stage) -> None:
    """Open it; every pupil of 6A2 has a midterm mark in maths but the last, whose test waits."""
    desk = stage.desk
    desk.people.register_pupils(
        Pupil(pupil_id=pupil, code=f"{name}-{number}", family_name="Đinh Thị", given_name=given)
        for name in YEAR.classes
        for number, (pupil, given) in enumerate(
            zip(YEAR.pupils(name), ("Mận", "Na", "Ổi"), strict=True), 1
        )
    )
    YEAR.open(desk.ledger)
    first, second, last = YEAR.pupils("6A2")
    stage.says(
        LAN.about(YEAR.sheet_id("6A2")),
        "enters",
        (first, "midterm", "0.0", 0),
        (second, "midterm", "7.5", 0),
        (last, "midterm", "awaiting-make-up", 0),
    )


def decide_once(stage: Stage) -> None:
    """The principal has locked the midterm column of grade 7 in this very decision."""
    command = decides_lock(NGOC.author, first_semester(grades=(7,), columns=("midterm",)))
    stage.desk.handle(command.model_copy(update={"command_id": DECISION}))
