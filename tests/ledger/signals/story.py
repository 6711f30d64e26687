"""Tell a rule about signals as a story, in a year with a principal and one open sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, TypeVar
from uuid import uuid4

from ledger.rulebooks import SIGNALS
from ledger.school.school import School
from ledger.school.year import NO_YEAR_YET, evolve_year
from ledger.sheet.state import replay
from ledger.signals import facts
from ledger.signals.commands import FindingCommand, SignalsCommand
from ledger.signals.finding import Finding
from ledger.signals.state import NO_SIGNALS_YET, Signals, evolve_signals
from ledger.vocabulary import CommandId, PersonId
from tests.every_school_fact import YEAR, YEAR_NAME
from tests.every_signal_fact import FINDING
from tests.ledger.dossiers.story import staff
from tests.ledger.supervision.story import Known as KnownYears
from tests.scenario import Past, lines_of
from tests.school import DUC, KHOA, LAN, NGOC, OPENED, SHEET, VINH, Voice
from tests.telling import Given

Kind = TypeVar("Kind", bound=SignalsCommand)
ANSWER, QUESTION, REASON = "Chấm lại câu 4", "Vì sao sửa 17 điểm?", "Tổ đã thống nhất đáp án"
THEN: Final = datetime(2026, 10, 6, 2, 0, tzinfo=UTC)
NOTED = DUC.wrote(facts.SignalNoted(finding=FINDING))
ASKED = facts.TeacherAsked(signal_id=FINDING.signal_id, teacher=LAN.person, question=QUESTION)
CLOSED = facts.SignalClosed(
    signal_id=FINDING.signal_id, outcome=facts.SignalOutcome.INNOCENT, reason=REASON
)
ESCALATED = facts.SignalEscalated(signal_id=FINDING.signal_id, reason=REASON)


@dataclass(frozen=True)
class Known(KnownYears):
    """What a rule may look at: the year, the sheet of the signal and who works here."""

    people: School = field(default_factory=lambda: staff(NGOC, DUC, KHOA, LAN, VINH))

    def school(self) -> School:
        return self.people


def taught_by(*teachers: PersonId) -> Known:
    """The sheet of the signal, with these teachers."""
    sheet = replay(lines_of([OPENED.model_copy(update={"teachers": teachers})]))
    return Known({YEAR_NAME: evolve_year(NO_YEAR_YET, lines_of(YEAR))}, {SHEET: sheet})


KNOWN = taught_by(LAN.person)


def given(*past: Past, known: Known = KNOWN) -> Given:
    return Given(SIGNALS, lines_of(past), known)


def now(*past: Past) -> Signals:
    return evolve_signals(NO_SIGNALS_YET, lines_of(past))


def asks(voice: Voice, command: type[Kind], **content: Any) -> Kind:  # noqa: ANN401  (any fields)
    """The command, asked by this voice, about the signal of the stories where it is about one."""
    asked: Mapping[str, Any] = {
        "command_id": CommandId(uuid4()),
        "by": voice.author,
        "at": THEN,
        "school_year": YEAR_NAME,
    }
    about = {"finding": FINDING} if issubclass(command, FindingCommand) else {}
    return command(**{**asked, **about, **content})


def changed(finding: Finding = FINDING, **figures: str) -> Finding:
    """The same signal with other figures."""
    moved = {**dict(finding.figures), **figures}
    return finding.model_copy(update={"figures": tuple(moved.items()), "q": "0.0003"})
