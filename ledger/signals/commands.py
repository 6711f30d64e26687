"""Every request that can be made about the signals of a school year; each has who and when."""

from typing import Final
from uuid import UUID, uuid5

from pydantic import Field

from ledger.command import Command
from ledger.signals.facts import ReportedSignal, SignalOutcome
from ledger.signals.finding import Finding, SignalId
from ledger.supervision.facts import Month
from ledger.vocabulary import PersonId, Reason, SchoolYear, Sha256

_SIGNALS: Final = UUID("5b7b0f5e-90f4-4a6a-b3a8-7c1d6c0e2a17")


def signals_stream(school_year: str) -> UUID:
    """The stream of what people do about the signals of a school year."""
    return uuid5(_SIGNALS, school_year)


class SignalsCommand(Command):
    """A request made about the signals of one school year."""

    school_year: SchoolYear

    @property
    def stream_id(self) -> UUID:
        return signals_stream(self.school_year)


class FindingCommand(SignalsCommand):
    """A request about one signal, with what it says where it is made."""

    finding: Finding


class MarkSignalSeen(FindingCommand):
    """Say that one has seen the signal as it is now."""

    NAME = "mark-signal-seen"


class AskTeacher(FindingCommand):
    """Ask somebody whom the signal is about."""

    NAME = "ask-teacher"
    teacher: PersonId
    question: Reason


class ExplainSignal(FindingCommand):
    """Say what explains the signal."""

    NAME = "explain-signal"
    reason: Reason


class EscalateSignal(FindingCommand):
    """Lay the signal before the principal."""

    NAME = "escalate-signal"
    reason: Reason


class CloseSignal(FindingCommand):
    """Judge the signal: what came of it, and why."""

    NAME = "close-signal"
    outcome: SignalOutcome
    reason: Reason


class ReopenSignal(FindingCommand):
    """Take a closed signal up again."""

    NAME = "reopen-signal"
    reason: Reason


class AnswerQuestion(SignalsCommand):
    """Answer what one was asked about a signal."""

    NAME = "answer-question"
    signal_id: SignalId
    answer: Reason


class SubmitMonthlyReport(SignalsCommand):
    """Report a month's signals to the principal, with the file that was made of them."""

    NAME = "submit-monthly-report"
    month: Month
    position: int = Field(ge=1)
    signals: tuple[ReportedSignal, ...]
    remark: Reason
    sha256: Sha256


class ReceiveMonthlyReport(SignalsCommand):
    """Receive the newest report of a month as the principal, and decide what follows from it."""

    NAME = "receive-monthly-report"
    month: Month
    sha256: Sha256
    resolution: Reason


AnySignalsCommand = (
    MarkSignalSeen
    | AskTeacher
    | ExplainSignal
    | EscalateSignal
    | CloseSignal
    | ReopenSignal
    | AnswerQuestion
    | SubmitMonthlyReport
    | ReceiveMonthlyReport
)
