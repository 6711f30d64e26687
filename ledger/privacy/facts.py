"""Every fact about the personal data of pupils: the file that auditors read.

These are the stored shapes. A field added, renamed or dropped is a new `SHAPE` with an upcaster in
`ledger.store.codec` and a new golden line; `NAME` stays for ever. Who and when are on the line.
"""

from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

from pydantic import Field

from ledger.line import Fact
from ledger.vocabulary import PupilId, Reason, Sha256, Value

ErasureId = NewType("ErasureId", UUID)


class Requester(StrEnum):
    """Who wants the data erased."""

    PUPIL = "pupil"
    PARENT = "parent"
    SCHOOL = "school"  # by itself, once nothing orders keeping any more


class Ground(StrEnum):
    """What the law lets data be erased for (Luật 91/2025/QH15); the reason says it in words."""

    REQUEST = "request-of-the-person"
    RETENTION_OVER = "retention-over"
    AUTHORITY = "decision-of-an-authority"


class Retention(Value):
    """How long the data of who has left is kept, and which law orders it.

    It is counted as archives count: in whole calendar years after the year of leaving.
    """

    years: int = Field(ge=1, le=100)
    legal_basis: Reason


class RetentionSet(Fact):
    """The principal set how long the data of pupils is kept after they have left."""

    NAME = "retention-set"
    retention: Retention


class PersonalDataRestricted(Fact):
    """The processing of a pupil's personal data was restricted: kept, and no longer shown."""

    NAME = "personal-data-restricted"
    pupil: PupilId
    reason: Reason


class RestrictionLifted(Fact):
    """A pupil's personal data may be shown again."""

    NAME = "restriction-lifted"
    pupil: PupilId
    reason: Reason


class ErasureRequested(Fact):
    """Somebody asked for a pupil's personal data to be erased; who wrote it down is the author."""

    NAME = "erasure-requested"
    erasure_id: ErasureId
    pupil: PupilId
    requested_by: Requester
    ground: Ground
    reason: Reason


class ErasureDeclined(Fact):
    """The principal declined to erase, for this reason."""

    NAME = "erasure-declined"
    erasure_id: ErasureId
    reason: Reason


class ErasureWithdrawn(Fact):
    """Who had asked no longer wants it."""

    NAME = "erasure-withdrawn"
    erasure_id: ErasureId
    reason: Reason


class PersonalDataErased(Fact):
    """A pupil's personal data was erased for ever, and these evidence files with it.

    The line is written first; what it says is then done, and done again wherever it is undone.
    `left_on` is the pupil's last day at the school, from which the retention was counted.
    """

    NAME = "personal-data-erased"
    erasure_id: ErasureId
    pupil: PupilId
    requested_by: Requester
    ground: Ground
    left_on: date
    retention: Retention
    evidence: tuple[Sha256, ...]


AnyPrivacyFact = (
    RetentionSet
    | PersonalDataRestricted
    | RestrictionLifted
    | ErasureRequested
    | ErasureDeclined
    | ErasureWithdrawn
    | PersonalDataErased
)
