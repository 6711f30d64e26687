"""Every fact of the supervision of a school year: the file that auditors read.

These are the stored shapes. A field added, renamed or dropped is a new `SHAPE` with an upcaster in
`ledger.store.codec` and a new golden line; `NAME` stays for ever. Who and when are on the line.
"""

from typing import Annotated, NewType
from uuid import UUID

from pydantic import Field, StringConstraints

from ledger.line import Fact
from ledger.vocabulary import (
    ClassGroup,
    Column,
    Grade,
    Mark,
    PersonId,
    Reason,
    SheetId,
    Subject,
    Value,
)

ProposalId = NewType("ProposalId", UUID)
# A calendar month, "2026-10".
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class InspectionRemarked(Fact):
    """The book of a class was inspected for a month, with this remark (regulation, Điều 4.1)."""

    NAME = "inspection-remarked"
    class_group: ClassGroup
    month: Month
    remark: Reason


class MinimumShare(Value):
    """At least so many percent of the marks are this mark or better."""

    at_least: Mark
    percent: int = Field(ge=0, le=100)


class ScoreTargetSet(Fact):
    """A department aims at these shares in a subject of a grade; none: the target was dropped.

    `column` is None where the target holds for every column that has none of its own.
    """

    NAME = "score-target-set"
    department: Subject
    grade: Grade
    subject: Subject
    column: Column | None
    shares: tuple[MinimumShare, ...]


class ProposalMade(Fact):
    """A department's head proposed to a teacher what to do about a column (Điều 5.3)."""

    NAME = "proposal-made"
    proposal_id: ProposalId
    department: Subject
    teacher: PersonId
    sheet: SheetId
    column: Column
    text: Reason


class ProposalAnswered(Fact):
    """The teacher answered a proposal; a later answer stands beside the earlier one."""

    NAME = "proposal-answered"
    proposal_id: ProposalId
    text: Reason


class ProposalClosed(Fact):
    """The department's head closed a proposal: what came of it is the reason."""

    NAME = "proposal-closed"
    proposal_id: ProposalId
    reason: Reason


AnySupervisionFact = (
    InspectionRemarked | ScoreTargetSet | ProposalMade | ProposalAnswered | ProposalClosed
)
