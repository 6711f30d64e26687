"""A small school year for the pages of the year: planned, set up, and open."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import uuid4

import httpx2
from starlette.testclient import TestClient

from ledger.school import commands
from ledger.school.facts import SemesterFrame
from ledger.school.year import Year
from ledger.vocabulary import CommandId, PersonId
from tests.browser.stage import PUPILS, Stage
from tests.school import CLOCKWORK, HOA, LAN, QUYEN, VINH

# Not the stage's own year, whose sheets are opened one by one.
YEAR: Final = "2027-2028"
PATH: Final = f"/quan-tri/nam-hoc/{YEAR}"
FIRST, SECOND = date(2027, 9, 6), date(2028, 1, 10)
FRAMES: Final = (
    SemesterFrame(first=FIRST, last=date(2028, 1, 8)),
    SemesterFrame(first=SECOND, last=date(2028, 5, 20)),
)


@dataclass
class YearStage:
    """The stage with its year, and commands given behind the pages' back."""

    stage: Stage

    @property
    def year(self) -> Year:
        return self.stage.desk.ledger.year(YEAR)

    def do(self, command: type[commands.YearCommand], /, **asked: Any) -> None:  # noqa: ANN401
        """Let the school's clockwork give a command."""
        everything = {
            "command_id": CommandId(uuid4()),
            "by": CLOCKWORK.author,
            "at": self.stage.clock(),
            "school_year": YEAR,
            **asked,
        }
        self.stage.desk.handle(command.model_validate(everything))

    def plan(self) -> None:
        self.do(commands.PlanYear, semesters=FRAMES)

    def set_up(self) -> None:
        """Two classes of grade 6 with two subjects, their teachers and five pupils."""
        self.plan()
        for subject, kind in (("toan", "scored"), ("nghe-thuat", "comment")):
            self.do(commands.PlanSubject, grade=6, subject=subject, kind=kind, lessons_per_year=70)
        for name, homeroom in (("6A1", HOA), ("6A2", QUYEN)):
            self.do(commands.FormClass, class_group=name, grade=6)
            self.do(commands.AssignHomeroom, class_group=name, teacher=homeroom.person, since=FIRST)
            for subject, teacher in (("toan", LAN), ("nghe-thuat", VINH)):
                self.assign(name, subject, teacher.person)
        self.do(commands.EnrolPupils, class_group="6A1", pupils=PUPILS[:3], since=FIRST)
        self.do(commands.EnrolPupils, class_group="6A2", pupils=PUPILS[3:5], since=FIRST)

    def assign(self, class_group: str, subject: str, teacher: PersonId) -> None:
        self.do(
            commands.AssignTeacher,
            class_group=class_group,
            subject=subject,
            teacher=teacher,
            since=FIRST,
        )

    def open(self, semester: int = 1) -> None:
        self.do(commands.OpenSemester, semester=semester)


def send(client: TestClient, place: str, **fields: object) -> httpx2.Response:
    """Send a form of the year's pages."""
    return client.post(f"{PATH}{place}", data={"command_id": str(uuid4()), **fields})
