"""The supervision of a year is a stream of its own, beside the year and its sheets."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Engine

from ledger.application import GradeLedger
from ledger.line import Line
from ledger.refusal import Refused
from ledger.school.commands import FormDepartment, year_stream
from ledger.store.recorder import LedgerRecorder
from ledger.supervision.commands import (
    AnswerProposal,
    MakeProposal,
    RemarkInspection,
    SupervisionCommand,
    supervision_stream,
)
from ledger.supervision.refusals import ProposalIdReused
from tests.every_supervision_fact import PROPOSAL
from tests.ledger.supervision.story import asks
from tests.opened_year import SCHOOL_YEAR, OpenedYear, asked
from tests.school import DUC, KHOA, LAN, TUAN, Voice

YEAR = OpenedYear(classes=("6A1",))


@pytest.fixture
def ledger(engine: Engine) -> GradeLedger:
    ledger = GradeLedger(LedgerRecorder(engine))
    YEAR.open(ledger)
    ledger.handle(
        FormDepartment(
            **asked(KHOA.author),
            school_year=SCHOOL_YEAR,
            department="toan-tin",
            title="Tổ Toán – Tin",
            head=TUAN.person,
            members=(LAN.person,),
            subjects=("toan",),
        )
    )
    return ledger


def proposal(**changed: object) -> MakeProposal:
    content: dict[str, Any] = {
        "proposal_id": PROPOSAL,
        "teacher": LAN.person,
        "sheet": YEAR.sheet_id(),
        "column": "midterm",
        "text": "Phụ đạo thêm phần phân số",
    }
    return asks(TUAN, MakeProposal, **{**content, **changed})


def inspection(voice: Voice = DUC) -> SupervisionCommand:
    content = {"class_group": "6A1", "month": "2026-10", "remark": "Vào điểm đúng kế hoạch"}
    return asks(voice, RemarkInspection, **content)


def test_what_is_noted_changes_neither_the_year_nor_a_sheet(ledger: GradeLedger) -> None:
    streams = (year_stream(SCHOOL_YEAR), YEAR.sheet_id())
    before = [len(ledger.lines(stream)) for stream in streams]
    for command in (inspection(), proposal()):
        (line,) = ledger.handle(command)
        assert line.stream_id == supervision_stream(SCHOOL_YEAR)
    assert [len(ledger.lines(stream)) for stream in streams] == before


def test_a_command_sent_twice_is_noted_once(ledger: GradeLedger) -> None:
    command = proposal()
    first: Sequence[Line] = ledger.handle(command)
    assert ledger.handle(command) == first
    assert len(ledger.lines(supervision_stream(SCHOOL_YEAR))) == 1


def test_another_process_sees_what_was_noted(engine: Engine, ledger: GradeLedger) -> None:
    other = GradeLedger(LedgerRecorder(engine))
    assert other.supervision(SCHOOL_YEAR).version == 0
    ledger.handle(proposal())
    other.handle(asks(LAN, AnswerProposal, proposal_id=PROPOSAL, text="Đã phụ đạo"))
    assert ledger.supervision(SCHOOL_YEAR).proposals[PROPOSAL].answers[0].by == LAN.author
    assert other.supervision("2027-2028").version == 0


def test_two_proposals_under_one_id_are_decided_one_after_the_other(
    engine: Engine, ledger: GradeLedger
) -> None:
    other = GradeLedger(LedgerRecorder(engine))
    assert other.supervision(SCHOOL_YEAR).version == 0  # kept, and soon behind
    ledger.handle(proposal())
    with pytest.raises(ProposalIdReused):
        other.handle(proposal(text="Ra đề nhẹ hơn"))


def test_a_refusal_of_supervision_leaves_no_line(ledger: GradeLedger) -> None:
    last = ledger.recorder.max_notification_id()
    with pytest.raises(Refused, match="not-for-your-role"):
        ledger.handle(inspection(LAN))
    assert ledger.recorder.max_notification_id() == last
