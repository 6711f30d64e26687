"""Who may do what about signals: leaders judge, who was asked answers, nobody judges their own."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from ledger.authority import only_for
from ledger.line import Fact
from ledger.reader import Reader
from ledger.school.calendar import local_day
from ledger.school.refusals import YearNotPlanned
from ledger.signals import commands, facts, refusals
from ledger.signals.finding import Finding, SignalId
from ledger.signals.state import Act, Handled, Signals
from ledger.supervision.refusals import MonthOutsideYear
from ledger.supervision.rules import months_of
from ledger.vocabulary import PersonId, Role

# Whoever types into the book may be asked about it, the secretary and leaders too.
_PEOPLE: Final = tuple(role for role in Role if role is not Role.SYSTEM)


def mark_signal_seen(
    command: commands.MarkSignalSeen, signals: Signals, _reader: Reader
) -> Sequence[Fact]:
    noted = _noted(command, signals)
    handled = signals.of.get(command.finding.signal_id)
    if handled and handled.closed:
        raise _closed(handled.closed)
    if handled and not noted and command.by.person in handled.seen_by:
        return []
    return [*noted, facts.SignalSeen(signal_id=command.finding.signal_id)]


def ask_teacher(command: commands.AskTeacher, signals: Signals, reader: Reader) -> Sequence[Fact]:
    noted = _noted(command, signals)
    handled = signals.of.get(command.finding.signal_id)
    if handled and handled.closed:
        raise _closed(handled.closed)
    if command.teacher not in _concerned(command.finding, reader):
        raise refusals.NotOfTheSignal(person=command.teacher)
    asked = facts.TeacherAsked(
        signal_id=command.finding.signal_id, teacher=command.teacher, question=command.question
    )
    waiting = [one.asked for one in handled.questions if not one.answers] if handled else []
    return [] if asked in waiting else [*noted, asked]


def explain_signal(
    command: commands.ExplainSignal, signals: Signals, reader: Reader
) -> Sequence[Fact]:
    noted = _noted(command, signals)
    handled = _judged(command, signals, reader)
    if handled and handled.closed:
        raise _closed(handled.closed)
    explained = facts.SignalExplained(signal_id=command.finding.signal_id, reason=command.reason)
    same = handled and not noted and _said(handled.explained, explained, command)
    return [] if same else [*noted, explained]


def escalate_signal(
    command: commands.EscalateSignal, signals: Signals, reader: Reader
) -> Sequence[Fact]:
    """The vice-principal lays it before the principal, unless it concerns the principal."""
    only_for(command.by, Role.VICE_PRINCIPAL)
    noted = _noted(command, signals)
    handled = signals.of.get(command.finding.signal_id)
    if handled and handled.closed:
        raise _closed(handled.closed)
    principal = reader.school().principal_on(local_day(command.at))
    if principal in _concerned(command.finding, reader):
        raise refusals.SignalConcernsThePrincipal
    escalated = facts.SignalEscalated(signal_id=command.finding.signal_id, reason=command.reason)
    same = handled and not noted and _said(handled.escalated, escalated, command)
    return [] if same else [*noted, escalated]


def close_signal(command: commands.CloseSignal, signals: Signals, reader: Reader) -> Sequence[Fact]:
    noted = _noted(command, signals)
    handled = _judged(command, signals, reader)
    closed = facts.SignalClosed(
        signal_id=command.finding.signal_id, outcome=command.outcome, reason=command.reason
    )
    if handled and _said(handled.closed, closed, command):
        return []
    if handled and handled.closed:
        raise _closed(handled.closed)
    _principal_decides(command, handled)
    return [*noted, closed]


def reopen_signal(
    command: commands.ReopenSignal, signals: Signals, reader: Reader
) -> Sequence[Fact]:
    noted = _noted(command, signals)
    handled = _judged(command, signals, reader)
    if handled is None:
        raise refusals.SignalIsNotClosed
    reopened = facts.SignalReopened(signal_id=command.finding.signal_id, reason=command.reason)
    if _said(handled.reopened, reopened, command):
        return []
    if not handled.closed:
        raise refusals.SignalIsNotClosed
    _principal_decides(command, handled)
    return [*noted, reopened]


def answer_question(
    command: commands.AnswerQuestion, signals: Signals, _reader: Reader
) -> Sequence[Fact]:
    only_for(command.by, *_PEOPLE)
    handled = _known(command.signal_id, signals)
    mine = [one for one in handled.questions if one.asked.teacher == command.by.person]
    if not mine:
        raise refusals.NobodyAskedYou
    answered = facts.QuestionAnswered(signal_id=command.signal_id, answer=command.answer)
    if mine[-1].answers and mine[-1].answers[-1].fact == answered:
        return []
    if handled.closed:
        raise _closed(handled.closed)
    return [answered]


def submit_monthly_report(
    command: commands.SubmitMonthlyReport, signals: Signals, reader: Reader
) -> Sequence[Fact]:
    """The vice-principal reports every month, and again where something is to be added."""
    only_for(command.by, Role.VICE_PRINCIPAL)
    year = reader.year(command.school_year)
    if year.planned is None:
        raise YearNotPlanned(school_year=command.school_year)
    if command.month not in months_of(year):
        raise MonthOutsideYear(month=command.month)
    if command.month > f"{local_day(command.at):%Y-%m}":
        raise refusals.ReportMonthNotBegun(month=command.month)
    submitted = facts.MonthlyReportSubmitted(
        month=command.month,
        position=command.position,
        signals=command.signals,
        remark=command.remark,
        sha256=command.sha256,
    )
    before = signals.reports.get(command.month)
    if before and before[-1].submitted == submitted:
        return []
    if any(signals.status_of(one.signal_id) != one.status for one in command.signals):
        raise refusals.ReportMovedOn(month=command.month)
    return [submitted]


def receive_monthly_report(
    command: commands.ReceiveMonthlyReport, signals: Signals, _reader: Reader
) -> Sequence[Fact]:
    only_for(command.by, Role.PRINCIPAL)
    reports = signals.reports.get(command.month)
    if not reports:
        raise refusals.NoSuchReport(month=command.month)
    newest = reports[-1]
    if newest.submitted.sha256 != command.sha256:
        raise refusals.ReportMovedOn(month=command.month)
    received = facts.MonthlyReportReceived(
        month=command.month, sha256=command.sha256, resolution=command.resolution
    )
    same = newest.received and newest.received[-1].fact == received
    return [] if same else [received]


def _noted(command: commands.FindingCommand, signals: Signals) -> Sequence[Fact]:
    """The finding, where it is new or has other figures than those noted last.

    Every mark of the school moves the strength of a signal a little, so it is no news alone.
    """
    only_for(command.by, Role.VICE_PRINCIPAL, Role.PRINCIPAL)
    finding = command.finding
    if finding.school_year != command.school_year:
        raise refusals.SignalOfAnotherYear(school_year=finding.school_year)
    handled = signals.of.get(finding.signal_id)
    if handled and handled.finding.figures == finding.figures:
        return []
    return [facts.SignalNoted(finding=finding)]


def _judged(command: commands.FindingCommand, signals: Signals, reader: Reader) -> Handled | None:
    """What was done about the signal so far, for somebody whom it does not concern."""
    if command.by.person in _concerned(command.finding, reader):
        raise refusals.SignalConcernsYou
    return signals.of.get(command.finding.signal_id)


def _concerned(finding: Finding, reader: Reader) -> frozenset[PersonId]:
    """Whose marks or changes the signal is about: its person, and who teaches its sheet."""
    people = {finding.place.person} if finding.place.person else set()
    if sheet := finding.place.sheet:
        people.update(reader.sheets([sheet])[sheet].teachers)
    return frozenset(people)


def _principal_decides(command: commands.FindingCommand, handled: Handled | None) -> None:
    if handled and handled.escalated and command.by.role is not Role.PRINCIPAL:
        by, at = handled.escalated.by.person, handled.escalated.at
        raise refusals.SignalIsEscalated(by=by, at=at, reason=handled.escalated.text)


def _said(before: Act | None, fact: Fact, command: commands.FindingCommand) -> bool:
    return before is not None and (before.fact, before.by.person) == (fact, command.by.person)


def _known(signal_id: SignalId, signals: Signals) -> Handled:
    handled = signals.of.get(signal_id)
    if handled is None:
        raise refusals.NoSuchSignal
    return handled


def _closed(closed: Act) -> refusals.SignalIsClosed:
    return refusals.SignalIsClosed(
        by=closed.by.person, at=closed.at, outcome=closed.fact.outcome, reason=closed.text
    )


SIGNALS_RULES: Final[Mapping[type[commands.SignalsCommand], Callable[..., Any]]] = MappingProxyType(
    {
        commands.MarkSignalSeen: mark_signal_seen,
        commands.AskTeacher: ask_teacher,
        commands.ExplainSignal: explain_signal,
        commands.EscalateSignal: escalate_signal,
        commands.CloseSignal: close_signal,
        commands.ReopenSignal: reopen_signal,
        commands.AnswerQuestion: answer_question,
        commands.SubmitMonthlyReport: submit_monthly_report,
        commands.ReceiveMonthlyReport: receive_monthly_report,
    }
)


def decide_signals(
    command: commands.SignalsCommand, signals: Signals, reader: Reader
) -> Sequence[Fact]:
    """The facts that the command makes of the signals, [] where it is so; raises `Refused`."""
    facts_made: Sequence[Fact] = SIGNALS_RULES[type(command)](command, signals, reader)
    return facts_made
