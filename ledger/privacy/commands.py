"""Every request that can be made about pupils' personal data; each has who and when."""

from typing import Final
from uuid import UUID

from pydantic import Field

from ledger.command import Command
from ledger.privacy.facts import ErasureId, Ground, Requester, Retention
from ledger.vocabulary import PupilId, Reason, Sha256

# One ledger is one school, so its stream needs no name of its own.
PRIVACY_STREAM: Final = UUID("c3f1d2a8-5b0e-4e47-9a6d-81f4b27e60c5")


class PrivacyCommand(Command):
    """A request made about the personal data that the school holds."""

    @property
    def stream_id(self) -> UUID:
        return PRIVACY_STREAM


class SetRetention(PrivacyCommand):
    """Set how long the data of who has left is kept."""

    NAME = "set-retention"
    retention: Retention


class RestrictPersonalData(PrivacyCommand):
    """Show a pupil's personal data no longer, though it is kept."""

    NAME = "restrict-personal-data"
    pupil: PupilId
    reason: Reason


class LiftRestriction(PrivacyCommand):
    """Show a pupil's personal data again."""

    NAME = "lift-restriction"
    pupil: PupilId
    reason: Reason


class RequestErasure(PrivacyCommand):
    """Write down that a pupil's personal data is to be erased, on whose request and why."""

    NAME = "request-erasure"
    erasure_id: ErasureId
    pupil: PupilId
    requested_by: Requester
    ground: Ground
    reason: Reason


class DeclineErasure(PrivacyCommand):
    """Say no to a request, and why."""

    NAME = "decline-erasure"
    erasure_id: ErasureId
    reason: Reason


class WithdrawErasure(PrivacyCommand):
    """Take a request back before it is decided."""

    NAME = "withdraw-erasure"
    erasure_id: ErasureId
    reason: Reason


class ApproveErasure(PrivacyCommand):
    """Erase, as the principal; `evidence` are files that nothing else needs any more."""

    NAME = "approve-erasure"
    erasure_id: ErasureId
    evidence: tuple[Sha256, ...] = Field(default=(), max_length=500)


AnyPrivacyCommand = (
    SetRetention
    | RestrictPersonalData
    | LiftRestriction
    | RequestErasure
    | DeclineErasure
    | WithdrawErasure
    | ApproveErasure
)
