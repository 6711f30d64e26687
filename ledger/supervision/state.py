"""The supervision of a year as its lines make it: remarks, targets, proposals."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Self

from ledger.line import Line
from ledger.supervision import facts
from ledger.supervision.facts import ProposalId
from ledger.vocabulary import Author, PersonId

TargetKey = tuple[int, str, str | None]  # grade, subject, column or all of them


class Said(NamedTuple):
    """Words that somebody wrote at some moment."""

    text: str
    by: Author
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal with its answers, oldest first, and how it was closed."""

    made: facts.ProposalMade
    said: Said
    answers: tuple[Said, ...] = ()
    closed: Said | None = None

    @property
    def proposal_id(self) -> ProposalId:
        return self.made.proposal_id

    @property
    def awaits_an_answer(self) -> bool:
        return not self.answers and self.closed is None


@dataclass(slots=True)
class Supervision:
    """The supervision of a year after `version` lines. Treat it as frozen.

    `remarks` are kept by class and month, oldest first: a second remark replaces none.
    """

    version: int = 0
    remarks: dict[tuple[str, str], tuple[Said, ...]] = field(default_factory=dict)
    targets: dict[TargetKey, facts.ScoreTargetSet] = field(default_factory=dict)
    proposals: dict[ProposalId, Proposal] = field(default_factory=dict)

    def last_inspection(self, class_group: str) -> Said | None:
        """The newest remark in the book of a class, of whichever month."""
        of_class = (said[-1] for (name, _), said in self.remarks.items() if name == class_group)
        return max(of_class, key=lambda said: said.at, default=None)

    def target(self, grade: int, subject: str, column: str) -> facts.ScoreTargetSet | None:
        """The target of a column: its own, else the one for all columns; None without any."""
        own = self.targets.get((grade, subject, column))
        return own or self.targets.get((grade, subject, None))

    def proposals_to(self, teacher: PersonId) -> list[Proposal]:
        """The proposals made to a teacher, oldest first."""
        return [one for one in self.proposals.values() if one.made.teacher == teacher]

    def proposals_of(self, department: str) -> list[Proposal]:
        """The proposals made in a department, oldest first."""
        return [one for one in self.proposals.values() if one.made.department == department]

    def draft(self) -> Self:
        """A copy whose collections may be changed without touching this state."""
        draft = copy(self)
        draft.remarks, draft.targets = self.remarks.copy(), self.targets.copy()
        draft.proposals = self.proposals.copy()
        return draft


NOTHING_SUPERVISED: Final = Supervision()


def evolve_supervision(supervision: Supervision, lines: Iterable[Line]) -> Supervision:
    """The state after `lines`; never refuses, since what was recorded has happened."""
    draft = supervision.draft()
    for line in lines:
        _HANDLERS[type(line.fact)](line.fact, draft, line)
        draft.version = line.version
    return draft


def _inspected(fact: facts.InspectionRemarked, supervision: Supervision, line: Line) -> None:
    key = (fact.class_group, fact.month)
    said = Said(fact.remark, line.by, line.at)
    supervision.remarks[key] = (*supervision.remarks.get(key, ()), said)


def _target_set(fact: facts.ScoreTargetSet, supervision: Supervision, _line: Line) -> None:
    key = (fact.grade, fact.subject, fact.column)
    if fact.shares:
        supervision.targets[key] = fact
    else:
        supervision.targets.pop(key, None)


def _proposal_made(fact: facts.ProposalMade, supervision: Supervision, line: Line) -> None:
    said = Said(fact.text, line.by, line.at)
    supervision.proposals[fact.proposal_id] = Proposal(fact, said)


def _answered(fact: facts.ProposalAnswered, supervision: Supervision, line: Line) -> None:
    proposal = supervision.proposals[fact.proposal_id]
    answers = (*proposal.answers, Said(fact.text, line.by, line.at))
    supervision.proposals[fact.proposal_id] = replace(proposal, answers=answers)


def _closed(fact: facts.ProposalClosed, supervision: Supervision, line: Line) -> None:
    proposal = supervision.proposals[fact.proposal_id]
    closed = Said(fact.reason, line.by, line.at)
    supervision.proposals[fact.proposal_id] = replace(proposal, closed=closed)


_HANDLERS: Final[Mapping[type, Callable[[Any, Supervision, Line], None]]] = MappingProxyType(
    {
        facts.InspectionRemarked: _inspected,
        facts.ScoreTargetSet: _target_set,
        facts.ProposalMade: _proposal_made,
        facts.ProposalAnswered: _answered,
        facts.ProposalClosed: _closed,
    }
)
