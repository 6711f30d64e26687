"""What is written down and approved of a class in a year, and how each line changes it."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Generic, NamedTuple, Self, TypeVar

from ledger.line import Line
from ledger.results import facts
from ledger.results.terms import Term
from ledger.vocabulary import Author, Mark, PupilId

Approved = TypeVar("Approved")


class Approval(NamedTuple, Generic[Approved]):
    """An approved fact, by whom and when."""

    fact: Approved
    by: Author
    at: datetime


TermApproval = Approval[facts.TermResultsApproved]
SummerApproval = Approval[facts.PromotionAfterSummerApproved]


@dataclass(slots=True)
class Results:
    """Results of a class after `version` lines. Treat it as frozen: `evolve` makes a new one."""

    version: int = 0
    absences: dict[str, Mapping[PupilId, facts.PupilAbsences]] = field(default_factory=dict)
    conduct: dict[Term, Mapping[PupilId, str]] = field(default_factory=dict)
    comments: dict[Term, Mapping[PupilId, str]] = field(default_factory=dict)
    approvals: dict[Term, tuple[TermApproval, ...]] = field(default_factory=dict)
    reassessed: dict[PupilId, Mapping[str, Mark]] = field(default_factory=dict)
    conduct_after_summer: dict[PupilId, str] = field(default_factory=dict)
    after_summer: tuple[SummerApproval, ...] = ()

    def approved(self, term: Term) -> TermApproval | None:
        """The newest approval of a term."""
        held = self.approvals.get(term, ())
        return held[-1] if held else None

    def approved_after_summer(self) -> SummerApproval | None:
        """The newest approval of who goes up after summer."""
        return self.after_summer[-1] if self.after_summer else None

    def approved_of(self, term: Term, pupil: PupilId) -> facts.PupilResults | None:
        """What was approved last of a pupil."""
        approval = self.approved(term)
        of_term = approval.fact.results if approval else ()
        return next((results for results in of_term if results.pupil == pupil), None)

    def draft(self) -> Self:
        """A copy whose collections may be changed without touching this state."""
        draft = copy(self)
        for name in _COLLECTIONS:
            setattr(draft, name, getattr(self, name).copy())
        return draft


_COLLECTIONS: Final = (
    *("absences", "conduct", "comments", "approvals", "reassessed", "conduct_after_summer"),
)
NO_RESULTS_YET: Final = Results()


def evolve_results(results: Results, lines: Iterable[Line]) -> Results:
    """The state after `lines`; never refuses, since what was recorded has happened."""
    draft = results.draft()
    for line in lines:
        _HANDLERS[type(line.fact)](line.fact, draft, line)
        draft.version = line.version
    return draft


def _attendance_recorded(fact: facts.AttendanceRecorded, results: Results, _line: Line) -> None:
    new = {entry.pupil: entry for entry in fact.absences}
    results.absences[fact.month] = {**results.absences.get(fact.month, {}), **new}


def _conduct_assessed(fact: facts.ConductAssessed, results: Results, _line: Line) -> None:
    new = {entry.pupil: entry.level for entry in fact.pupils}
    results.conduct[fact.term] = {**results.conduct.get(fact.term, {}), **new}


def _comment_written(fact: facts.HomeroomCommentWritten, results: Results, _line: Line) -> None:
    new = {entry.pupil: entry.digest for entry in fact.comments}
    results.comments[fact.term] = {**results.comments.get(fact.term, {}), **new}


def _term_approved(fact: facts.TermResultsApproved, results: Results, line: Line) -> None:
    approval = Approval(fact, line.by, line.at)
    results.approvals[fact.term] = (*results.approvals.get(fact.term, ()), approval)


def _term_continued(fact: facts.TermResultsContinued, results: Results, _line: Line) -> None:
    *earlier, begun = results.approvals[fact.term]
    whole = begun.fact.model_copy(update={"results": (*begun.fact.results, *fact.results)})
    results.approvals[fact.term] = (*earlier, begun._replace(fact=whole))


def _subject_reassessed(fact: facts.SubjectReassessed, results: Results, _line: Line) -> None:
    before = results.reassessed.get(fact.pupil, {})
    results.reassessed[fact.pupil] = {**before, fact.subject: fact.result}


def _conduct_reassessed(fact: facts.ConductReassessed, results: Results, _line: Line) -> None:
    results.conduct_after_summer[fact.pupil] = fact.level


def _after_summer(fact: facts.PromotionAfterSummerApproved, results: Results, line: Line) -> None:
    results.after_summer = (*results.after_summer, Approval(fact, line.by, line.at))


_HANDLERS: Final[Mapping[type, Any]] = MappingProxyType(
    {
        facts.AttendanceRecorded: _attendance_recorded,
        facts.ConductAssessed: _conduct_assessed,
        facts.HomeroomCommentWritten: _comment_written,
        facts.TermResultsApproved: _term_approved,
        facts.TermResultsContinued: _term_continued,
        facts.SubjectReassessed: _subject_reassessed,
        facts.ConductReassessed: _conduct_reassessed,
        facts.PromotionAfterSummerApproved: _after_summer,
    }
)
