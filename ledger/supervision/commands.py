"""Every request that can be made about the supervision of a year; each has who and when."""

from typing import Final
from uuid import UUID, uuid5

from pydantic import Field

from ledger.command import Command
from ledger.supervision.facts import MinimumShare, Month, ProposalId
from ledger.vocabulary import (
    ClassGroup,
    Column,
    Grade,
    PersonId,
    Reason,
    SchoolYear,
    SheetId,
    Subject,
)

_SUPERVISION: Final = UUID("51f2b7a0-6c0d-4b58-9f6e-2f8d3a7c1e95")


def supervision_stream(school_year: str) -> UUID:
    """The stream that keeps the supervision of a school year, "2026-2027"."""
    return uuid5(_SUPERVISION, school_year)


class SupervisionCommand(Command):
    """A request made about the supervision of one school year."""

    school_year: SchoolYear

    @property
    def stream_id(self) -> UUID:
        return supervision_stream(self.school_year)


class RemarkInspection(SupervisionCommand):
    """Write the remark of a month's inspection into the book of a class."""

    NAME = "remark-inspection"
    class_group: ClassGroup
    month: Month
    remark: Reason


class SetScoreTarget(SupervisionCommand):
    """Set the shares of marks that a subject of a grade aims at, in one column or in all."""

    NAME = "set-score-target"
    grade: Grade
    subject: Subject
    column: Column | None = None
    shares: tuple[MinimumShare, ...] = Field(max_length=5)


class MakeProposal(SupervisionCommand):
    """Propose to a member of the department what to do about a column."""

    NAME = "make-proposal"
    proposal_id: ProposalId
    teacher: PersonId
    sheet: SheetId
    column: Column
    text: Reason


class AnswerProposal(SupervisionCommand):
    """Answer a proposal, as the teacher that it was made to."""

    NAME = "answer-proposal"
    proposal_id: ProposalId
    text: Reason


class CloseProposal(SupervisionCommand):
    """Close a proposal, answered or not, saying what came of it."""

    NAME = "close-proposal"
    proposal_id: ProposalId
    reason: Reason


AnySupervisionCommand = (
    RemarkInspection | SetScoreTarget | MakeProposal | AnswerProposal | CloseProposal
)
