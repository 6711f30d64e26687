"""The stage with a signal that somebody acted on: Lan's changes in a window, noted by Đức."""

from hashlib import sha256
from typing import Any, Final, TypeVar
from uuid import uuid4

from ledger.signals.commands import (
    AnswerQuestion,
    AskTeacher,
    FindingCommand,
    MarkSignalSeen,
    SignalsCommand,
    SubmitMonthlyReport,
)
from ledger.signals.facts import ReportedSignal, SignalStatus
from ledger.signals.finding import Finding, SignalId
from ledger.vocabulary import CommandId
from tests.browser.stage import Stage
from tests.every_signal_fact import FINDING
from tests.opened_year import SCHOOL_YEAR
from tests.school import DUC, LAN, Voice
from tests.web.supervised import MATHS_6A2

Kind = TypeVar("Kind", bound=SignalsCommand)

QUESTION: Final = "Vì sao sửa 17 điểm sau khi mở lại cột?"
ANSWER: Final = "Chấm lại câu 4 theo đáp án đã thống nhất"
_PLACE: Final = FINDING.place.model_copy(update={"class_group": "6A2", "sheet": MATHS_6A2})
_FIGURES: Final = (
    *(("edits", "17"), ("marks", "40"), ("rate", "0.425"), ("columns", "1")),
    *(("up", "16"), ("down", "1"), ("usual", "1.5"), ("mean", "0.9")),
)
NOTED: Final[Finding] = FINDING.model_copy(
    update={"school_year": SCHOOL_YEAR, "place": _PLACE, "figures": _FIGURES, "position": 1}
)
SIGNAL: Final[SignalId] = NOTED.signal_id
# What the file of a report holds where it is not looked into.
FILE: Final = b"%PDF-1.7"
REPORT: Final = sha256(FILE).hexdigest()
LIST: Final = f"/bat-thuong/{SCHOOL_YEAR}"
PAGE: Final = f"{LIST}/{SIGNAL}"


def acts(stage: Stage, voice: Voice, command: type[Kind], **content: Any) -> None:  # noqa: ANN401
    """Let somebody act on the signal now, behind the pages' back."""
    asked = {"command_id": CommandId(uuid4()), "by": voice.author, "at": stage.clock()}
    about = {"finding": NOTED} if issubclass(command, FindingCommand) else {}
    stage.desk.handle(command(**{"school_year": SCHOOL_YEAR, **asked, **about, **content}))


def see_it(stage: Stage) -> None:
    acts(stage, DUC, MarkSignalSeen)


def ask_lan(stage: Stage, question: str = QUESTION) -> None:
    acts(stage, DUC, AskTeacher, teacher=LAN.person, question=question)


def report(stage: Stage, month: str = "2026-10") -> None:
    """Let Đức submit a report of the month, with a file of no importance."""
    listed = (ReportedSignal(signal_id=SIGNAL, status=stage_status(stage)),)
    digest = stage.desk.evidence.put(FILE)
    content = {"month": month, "position": 1, "signals": listed, "sha256": digest}
    acts(stage, DUC, SubmitMonthlyReport, remark="Chưa có gì đáng ngại", **content)


def stage_status(stage: Stage) -> SignalStatus:
    return stage.desk.ledger.signals(SCHOOL_YEAR).status_of(SIGNAL)


def answer(stage: Stage, text: str = ANSWER) -> None:
    acts(stage, LAN, AnswerQuestion, signal_id=SIGNAL, answer=text)
