"""The signals of a year as the lines make them: what was noted, said and decided, and reported."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Self

from ledger.line import Fact, Line
from ledger.signals import facts
from ledger.signals.facts import SignalStatus
from ledger.signals.finding import Finding, SignalId
from ledger.vocabulary import Author, PersonId


class Act(NamedTuple):
    """What somebody did about a signal, and when."""

    fact: Any  # one of `ledger.signals.facts`
    by: Author
    at: datetime

    @property
    def text(self) -> str:
        """The words that go with it; empty where there are none."""
        for name in ("reason", "question", "answer", "resolution"):
            if words := getattr(self.fact, name, ""):
                return str(words)
        return ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the answers that came after it, oldest first."""

    asked: facts.TeacherAsked
    by: Author
    at: datetime
    answers: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Handled:
    """A signal that people acted on: all that they did, oldest first, a noted finding included."""

    acts: tuple[Act, ...]

    @property
    def finding(self) -> Finding:
        """The signal as it was noted last."""
        return self.findings[-1]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the signal said whenever its figures were noted, oldest first."""
        noted = (act.fact for act in self.acts)
        return tuple(fact.finding for fact in noted if isinstance(fact, facts.SignalNoted))

    @property
    def seen_by(self) -> frozenset[PersonId]:
        """Who has seen the signal as it was noted last."""
        seen: set[PersonId] = set()
        for fact, by, _ in self.acts:
            if isinstance(fact, facts.SignalNoted):
                seen.clear()
            elif isinstance(fact, facts.SignalSeen):
                seen.add(by.person)
        return frozenset(seen)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What was asked, oldest first. An answer belongs to all that its author was asked before
        and had not answered, or else to the last.
        """
        questions: list[Question] = []
        for act in self.acts:
            if isinstance(act.fact, facts.TeacherAsked):
                questions.append(Question(act.fact, act.by, act.at))
            elif isinstance(act.fact, facts.QuestionAnswered):
                _answer(questions, act)
        return tuple(questions)

    @property
    def explained(self) -> Act | None:
        """The last explanation."""
        return self._last(facts.SignalExplained)

    @property
    def escalated(self) -> Act | None:
        """How it was last laid before the principal; it stays so, closed and reopened too."""
        return self._last(facts.SignalEscalated)

    @property
    def closed(self) -> Act | None:
        """How it was closed; None where it is open, or open again."""
        last = self._last(facts.SignalClosed, facts.SignalReopened)
        return last if last and isinstance(last.fact, facts.SignalClosed) else None

    @property
    def reopened(self) -> Act | None:
        """How it was taken up again; None where it was never closed, or is closed."""
        last = self._last(facts.SignalClosed, facts.SignalReopened)
        return last if last and isinstance(last.fact, facts.SignalReopened) else None

    @property
    def status(self) -> SignalStatus:
        if self.closed:
            return SignalStatus.CLOSED
        if self.escalated:
            return SignalStatus.ESCALATED
        questions = self.questions
        if any(not question.answers for question in questions):
            return SignalStatus.ASKED
        if self.explained:
            return SignalStatus.EXPLAINED
        return SignalStatus.ANSWERED if questions else SignalStatus.SEEN

    def awaits_answer_by(self, person: PersonId) -> bool:
        """Whether the person was asked and has not answered, and it still matters."""
        if self.closed:
            return False
        return any(one.asked.teacher == person and not one.answers for one in self.questions)

    def _last(self, *kinds: type[Fact]) -> Act | None:
        return next((act for act in reversed(self.acts) if isinstance(act.fact, kinds)), None)


def _answer(questions: list[Question], act: Act) -> None:
    mine = [n for n, one in enumerate(questions) if one.asked.teacher == act.by.person]
    waiting = [number for number in mine if not questions[number].answers]
    for number in waiting or mine[-1:]:
        question = questions[number]
        questions[number] = replace(question, answers=(*question.answers, act))


@dataclass(frozen=True, slots=True)
class Report:
    """A report of a month, and how the principal received it."""

    submitted: facts.MonthlyReportSubmitted
    by: Author
    at: datetime
    received: tuple[Act, ...] = ()


@dataclass(slots=True)
class Signals:
    """The signals of a year after `version` lines. Treat it as frozen.

    `of` are the signals that people acted on; `reports` are kept by month, oldest first.
    """

    version: int = 0
    of: dict[SignalId, Handled] = field(default_factory=dict)
    reports: dict[str, tuple[Report, ...]] = field(default_factory=dict)

    def status_of(self, signal_id: SignalId) -> SignalStatus:
        """How far people are with a signal, known here or not."""
        handled = self.of.get(signal_id)
        return handled.status if handled else SignalStatus.NEW

    def to_answer_by(self, person: PersonId) -> list[Handled]:
        """The signals that a person was asked about and has not answered."""
        return [one for one in self.of.values() if one.awaits_answer_by(person)]

    def draft(self) -> Self:
        """A copy whose collections may be changed without touching this state."""
        draft = copy(self)
        draft.of, draft.reports = self.of.copy(), self.reports.copy()
        return draft


NO_SIGNALS_YET: Final = Signals()


def evolve_signals(signals: Signals, lines: Iterable[Line]) -> Signals:
    """The state after `lines`; never refuses, since what was recorded has happened."""
    draft = signals.draft()
    for line in lines:
        _HANDLERS[type(line.fact)](line.fact, draft, Act(line.fact, line.by, line.at))
        draft.version = line.version
    return draft


def _noted(fact: facts.SignalNoted, signals: Signals, act: Act) -> None:
    signal_id = fact.finding.signal_id
    before = signals.of.get(signal_id)
    signals.of[signal_id] = Handled((*before.acts, act) if before else (act,))


def _acted(fact: Any, signals: Signals, act: Act) -> None:  # noqa: ANN401  (any with a signal)
    signals.of[fact.signal_id] = Handled((*signals.of[fact.signal_id].acts, act))


def _submitted(fact: facts.MonthlyReportSubmitted, signals: Signals, act: Act) -> None:
    before = signals.reports.get(fact.month, ())
    signals.reports[fact.month] = (*before, Report(fact, act.by, act.at))


def _received(fact: facts.MonthlyReportReceived, signals: Signals, act: Act) -> None:
    signals.reports[fact.month] = tuple(
        replace(report, received=(*report.received, act))
        if report.submitted.sha256 == fact.sha256
        else report
        for report in signals.reports[fact.month]
    )


_HANDLERS: Final[Mapping[type, Callable[[Any, Signals, Act], None]]] = MappingProxyType(
    {
        facts.SignalNoted: _noted,
        facts.SignalSeen: _acted,
        facts.TeacherAsked: _acted,
        facts.QuestionAnswered: _acted,
        facts.SignalExplained: _acted,
        facts.SignalEscalated: _acted,
        facts.SignalClosed: _acted,
        facts.SignalReopened: _acted,
        facts.MonthlyReportSubmitted: _submitted,
        facts.MonthlyReportReceived: _received,
    }
)
