"""Every fact about the signals of a school year: the file that auditors read.

These are the stored shapes. A field added, renamed or dropped is a new `SHAPE` with an upcaster in
`ledger.store.codec` and a new golden line; `NAME` stays for ever. Who and when are on the line.
"""

from enum import StrEnum

from pydantic import Field

from ledger.line import Fact
from ledger.signals.finding import Finding, SignalId
from ledger.supervision.facts import Month
from ledger.vocabulary import PersonId, Reason, Sha256, Value


class SignalOutcome(StrEnum):
    """What came of a signal that was closed."""

    INNOCENT = "innocent"
    CORRECTED = "corrected"
    HANDLED = "handled"
    NOT_ENOUGH_TO_SAY = "not-enough-to-say"


class SignalStatus(StrEnum):
    """How far people are with a signal; `NEW` where nobody has done anything about it."""

    NEW = "new"
    SEEN = "seen"
    ASKED = "asked"  # somebody has not answered yet
    ANSWERED = "answered"
    EXPLAINED = "explained"
    ESCALATED = "escalated"  # the principal decides
    CLOSED = "closed"


class SignalNoted(Fact):
    """What a signal said when somebody acted on it; noted again once its figures have changed."""

    NAME = "signal-noted"
    finding: Finding


class SignalSeen(Fact):
    """A leader has seen the signal as it was noted last."""

    NAME = "signal-seen"
    signal_id: SignalId


class TeacherAsked(Fact):
    """Somebody whom the signal is about was asked about it."""

    NAME = "teacher-asked"
    signal_id: SignalId
    teacher: PersonId
    question: Reason


class QuestionAnswered(Fact):
    """Who was asked answered; a later answer stands beside the earlier one."""

    NAME = "question-answered"
    signal_id: SignalId
    answer: Reason


class SignalExplained(Fact):
    """A leader explained the signal, whom it does not concern."""

    NAME = "signal-explained"
    signal_id: SignalId
    reason: Reason


class SignalEscalated(Fact):
    """The vice-principal laid the signal before the principal, who decides from then on."""

    NAME = "signal-escalated"
    signal_id: SignalId
    reason: Reason


class SignalClosed(Fact):
    """The signal was judged: what came of it, and why."""

    NAME = "signal-closed"
    signal_id: SignalId
    outcome: SignalOutcome
    reason: Reason


class SignalReopened(Fact):
    """A closed signal was taken up again."""

    NAME = "signal-reopened"
    signal_id: SignalId
    reason: Reason


class ReportedSignal(Value):
    """A signal of a monthly report, and how far people were with it."""

    signal_id: SignalId
    status: SignalStatus


class MonthlyReportSubmitted(Fact):
    """The vice-principal reported a month's signals to the principal (regulation, Điều 4.4).

    `position` is the last line that the report was made of, `sha256` that of the file. A later
    report of the same month stands beside the earlier one.
    """

    NAME = "monthly-report-submitted"
    month: Month
    position: int = Field(ge=1)
    signals: tuple[ReportedSignal, ...]
    remark: Reason
    sha256: Sha256


class MonthlyReportReceived(Fact):
    """The principal received the report with this file, and decided what follows from it."""

    NAME = "monthly-report-received"
    month: Month
    sha256: Sha256
    resolution: Reason


AnySignalsFact = (
    SignalNoted
    | SignalSeen
    | TeacherAsked
    | QuestionAnswered
    | SignalExplained
    | SignalEscalated
    | SignalClosed
    | SignalReopened
    | MonthlyReportSubmitted
    | MonthlyReportReceived
)
