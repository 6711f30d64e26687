"""What must not be: signs that the ledger is not the one of which it was published that it grew."""

from dataclasses import dataclass
from enum import StrEnum


class Wrong(StrEnum):
    """What was found to be wrong; the words are permanent."""

    # The hashes of the lines do not give the root that the head holds.
    HEAD_DIFFERS = "head-differs"
    # The last checkpoint that is kept was not signed by the log's key.
    NOT_OURS = "not-ours"
    # The lines under the last checkpoint are no longer those that it was signed for.
    REWRITTEN = "rewritten"
    # There are fewer lines than the last checkpoint, or a witness, has seen.
    ROLLED_BACK = "rolled-back"
    # A witness has seen other lines in these places.
    FORKED = "forked"
    # What is kept of a checkpoint is not even a signed note.
    UNREADABLE = "unreadable"
    # A cosignature that is kept is none.
    COSIGNATURE_INVALID = "cosignature-invalid"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that only a person can explain; until then nothing more is signed.

    `size` is the number of lines up to which it was looked at; `witness` the name of the one that
    knows otherwise, None where the ledger's own rows are enough to see it.
    """

    wrong: Wrong
    size: int
    expected: str
    found: str
    witness: str | None = None


class PublishingStopped(Exception):
    """The log does not sign, since it could no longer stand by what it signed before."""

    def __init__(self, alarm: Alarm) -> None:
        super().__init__(f"{alarm.wrong}: expected {alarm.expected}, found {alarm.found}")
        self.alarm = alarm
