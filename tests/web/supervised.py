"""The stage with an open semester, a department, its head, and a midterm test that went badly."""

from typing import Any, Final, TypeVar
from uuid import uuid4

from ledger.people import StaffMember
from ledger.school.commands import FormDepartment
from ledger.supervision.commands import MakeProposal, SupervisionCommand
from ledger.supervision.facts import ProposalId
from ledger.vocabulary import CommandId, SheetId
from tests.browser.scope_stage import YEAR, open_semester
from tests.browser.stage import Stage
from tests.opened_year import SCHOOL_YEAR
from tests.school import KHOA, LAN, TUAN, Voice, numbered_id
from tests.staff import employ

Kind = TypeVar("Kind", bound=SupervisionCommand)

DEPARTMENT: Final = "toan-tin"
PROPOSAL: Final = ProposalId(numbered_id(4001))
MATHS_6A2: Final[SheetId] = YEAR.sheet_id("6A2")
MATHS_6A3: Final[SheetId] = YEAR.sheet_id("6A3")
SEMESTER: Final = f"{SCHOOL_YEAR}.1"


def open_supervised(stage: Stage) -> None:
    """Open the semester and form a department of Lan with Tuấn at its head."""
    open_semester(stage)
    desk = stage.desk
    tuan = StaffMember(person_id=TUAN.person, family_name="Ngô Anh", given_name="Tuấn")
    desk.people.register_staff([tuan])
    employ(desk, TUAN.person, TUAN.author.role, username="tuan")
    desk.handle(
        FormDepartment(
            command_id=CommandId(uuid4()),
            by=KHOA.author,
            at=stage.clock(),
            school_year=SCHOOL_YEAR,
            department=DEPARTMENT,
            title="Tổ Toán – Tin",
            head=TUAN.person,
            members=(LAN.person,),
            subjects=("toan", "tin-hoc"),
        )
    )


def notes(stage: Stage, voice: Voice, command: type[Kind], **content: Any) -> None:  # noqa: ANN401
    """Let somebody give a command of supervision now."""
    asked = {"command_id": CommandId(uuid4()), "by": voice.author, "at": stage.clock()}
    stage.desk.handle(command(**{"school_year": SCHOOL_YEAR, **asked, **content}))


def propose(stage: Stage, text: str = "Phụ đạo thêm phần phân số") -> None:
    """Let Tuấn propose something to Lan about the midterm test of 6A2."""
    notes(
        stage,
        TUAN,
        MakeProposal,
        proposal_id=PROPOSAL,
        teacher=LAN.person,
        sheet=MATHS_6A2,
        column="midterm",
        text=text,
    )
