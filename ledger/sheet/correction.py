"""One correction as the rules remember it, and how each of its steps moves it on."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from ledger.line import Line
from ledger.sheet import facts
from ledger.sheet.grounds import CorrectionCause, Evidence, FoundBy, LateReason
from ledger.vocabulary import CorrectionId, PersonId, Role


class CorrectionStatus(StrEnum):
    """Where a correction stands."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    APPROVED = "approved"
    EXECUTED = "executed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    VOID = "void"

    @property
    def is_open(self) -> bool:
        return self in {self.REQUESTED, self.CONFIRMED, self.APPROVED}


@dataclass(frozen=True, slots=True)
class Correction:
    """One biên bản: its lines and who took which step, when.

    `evidence` is that of the request and of every answer; `asked_back` says that a question waits
    for the requester's answer.
    """

    correction_id: CorrectionId
    lines: tuple[facts.CorrectionLine, ...]
    cause: CorrectionCause
    reason: str
    found_by: FoundBy
    late_because: tuple[LateReason, ...]
    evidence: tuple[Evidence, ...]
    requested_by: PersonId
    requested_at: datetime
    status: CorrectionStatus = CorrectionStatus.REQUESTED
    asked_back: bool = False
    confirmed_by: PersonId | None = None
    confirmed_role: Role | None = None
    confirmed_at: datetime | None = None
    approved_by: PersonId | None = None
    approved_on_behalf_of: PersonId | None = None
    approved_at: datetime | None = None
    teacher: PersonId | None = None
    teacher_agreed_at: datetime | None = None
    administrator: PersonId | None = None
    administrator_agreed_at: datetime | None = None
    executed_at: datetime | None = None
    relocked_at: datetime | None = None

    @property
    def late(self) -> bool:
        return bool(self.late_because)


StepTaken = (
    facts.CorrectionAskedBack
    | facts.CorrectionAnswered
    | facts.CorrectionConfirmed
    | facts.CorrectionApproved
    | facts.CorrectionRefused
    | facts.CorrectionWithdrawn
    | facts.CorrectionVoided
    | facts.CorrectionExecutionAgreed
    | facts.CorrectionExecuted
)


def requested(fact: facts.CorrectionRequested, line: Line) -> Correction:
    """The correction as it begins."""
    return Correction(
        correction_id=fact.correction_id,
        lines=fact.lines,
        cause=fact.cause,
        reason=fact.reason,
        found_by=fact.found_by,
        late_because=fact.late_because,
        evidence=fact.evidence,
        requested_by=line.by.person,
        requested_at=line.at,
    )


def moved_on(correction: Correction, step: StepTaken, line: Line) -> Correction:
    """The correction after a step, as its line says who took it and when."""
    match step:
        case facts.CorrectionAskedBack():
            return replace(correction, asked_back=True)
        case facts.CorrectionAnswered(evidence=further):
            evidence = tuple(dict.fromkeys((*correction.evidence, *further)))
            return replace(correction, asked_back=False, evidence=evidence)
        case facts.CorrectionConfirmed():
            return _confirmed(correction, line)
        case facts.CorrectionApproved():
            return _approved(correction, line)
        case facts.CorrectionExecutionAgreed():
            return _agreed(correction, line)
        case facts.CorrectionExecuted():
            return replace(correction, status=CorrectionStatus.EXECUTED, executed_at=line.at)
        case facts.CorrectionRefused():
            return replace(correction, status=CorrectionStatus.REFUSED)
        case facts.CorrectionWithdrawn():
            return replace(correction, status=CorrectionStatus.WITHDRAWN)
        case facts.CorrectionVoided():
            return replace(correction, status=CorrectionStatus.VOID)
        case _:
            assert_never(step)


def _confirmed(correction: Correction, line: Line) -> Correction:
    return replace(
        correction,
        status=CorrectionStatus.CONFIRMED,
        confirmed_by=line.by.person,
        confirmed_role=line.by.role,
        confirmed_at=line.at,
    )


def _approved(correction: Correction, line: Line) -> Correction:
    return replace(
        correction,
        status=CorrectionStatus.APPROVED,
        approved_by=line.by.person,
        approved_on_behalf_of=line.by.on_behalf_of,
        approved_at=line.at,
    )


def _agreed(correction: Correction, line: Line) -> Correction:
    by, at = line.by.person, line.at
    if line.by.role is Role.ADMINISTRATOR:
        return replace(correction, administrator=by, administrator_agreed_at=at)
    return replace(correction, teacher=by, teacher_agreed_at=at)
