"""What a witness is asked and when it agrees (c2sp.org/tlog-witness), without the network.

A witness remembers of each log the largest checkpoint that it has cosigned, and cosigns another
only if that one continues it. So two histories of one log can never both have its cosignature.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Final, Self

from ledger.trust.checkpoint import Checkpoint, MalformedCheckpoint, decimal
from ledger.trust.merkle import ProofFails, empty_root, verify_consistency
from ledger.trust.note import MalformedNote, Note, NotSigned, SignatureInvalid, VerifierKey
from ledger.trust.proof import from_lines, to_lines

# The type of the answer that tells which size the witness has seen.
SIZE_TYPE: Final = "text/x.tlog.size"


class Answer(IntEnum):
    """Why a witness does not cosign, as the status of its HTTP answer."""

    MALFORMED = 400
    NOT_SIGNED = 403
    UNKNOWN_LOG = 404
    OTHER_SIZE = 409
    NOT_CONSISTENT = 422


class WitnessRefuses(Exception):
    """The witness does not cosign; `known_size` is what it has seen, where that is the reason."""

    def __init__(self, answer: Answer, known_size: int | None = None) -> None:
        super().__init__(f"{answer.value} {answer.name}")
        self.answer = answer
        self.known_size = known_size


class Suspicion(StrEnum):
    """What a checkpoint that its log has signed and no witness may cosign says of the log.

    Two roots of one size are a proof: the two notes show to anybody that the log has signed two
    histories. The others have to be looked into, since anybody may send a log's note, an old one
    too, and under a false proof.
    """

    FORKED = "forked"
    NOT_CONTINUED = "not-continued"
    ROLLED_BACK = "rolled-back"


@dataclass(frozen=True, slots=True)
class Seen:
    """The largest checkpoint of a log that a witness has cosigned; of a new log, the empty tree."""

    size: int = 0
    root: bytes = empty_root


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """A checkpoint, and the proof that it continues the one of `old_size` leaves."""

    old_size: int
    proof: tuple[bytes, ...]
    note: Note

    def to_bytes(self) -> bytes:
        lines = [f"old {self.old_size}", *to_lines(self.proof), "", ""]
        return "\n".join(lines).encode() + self.note.to_bytes()

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Read a request; raises WitnessRefuses."""
        head, blank, note = content.partition(b"\n\n")
        try:
            old, *lines = head.decode().split("\n")
            if not blank or not old.startswith("old "):
                raise WitnessRefuses(Answer.MALFORMED)
            size = decimal(old.removeprefix("old "))
            return cls(size, from_lines(lines), Note.parse(note))
        except (UnicodeDecodeError, MalformedNote, MalformedCheckpoint) as error:
            raise WitnessRefuses(Answer.MALFORMED) from error

    @property
    def checkpoint(self) -> Checkpoint:
        """What the note says, believed or not; raises WitnessRefuses."""
        try:
            return Checkpoint.parse(self.note.text)
        except MalformedCheckpoint as error:
            raise WitnessRefuses(Answer.MALFORMED) from error

    def signed_by_log(self, keys: Collection[VerifierKey]) -> Note:
        """The note with the signatures of its log alone; raises WitnessRefuses.

        `keys` are those trusted for the checkpoint's origin, none for a log that is not known.
        """
        if not keys:
            raise WitnessRefuses(Answer.UNKNOWN_LOG)
        try:
            signed = self.note.verified_by_any(keys)
        except (NotSigned, SignatureInvalid) as error:
            raise WitnessRefuses(Answer.NOT_SIGNED) from error
        return replace(self.note, signatures=tuple(signed.values()))


def must_continue(asked: AddCheckpoint, seen: Seen) -> None:
    """Whether a checkpoint that its log has signed may be cosigned; raises WitnessRefuses.

    The order of the checks is that of the specification, so that each answer says what it means.
    A root that differs at the same size is told before a proof that should be empty.
    """
    checkpoint = asked.checkpoint
    if asked.old_size > checkpoint.size:
        raise WitnessRefuses(Answer.MALFORMED)
    if asked.old_size != seen.size:
        raise WitnessRefuses(Answer.OTHER_SIZE, seen.size)
    if checkpoint.size == seen.size and checkpoint.root != seen.root:
        raise WitnessRefuses(Answer.OTHER_SIZE, seen.size)
    try:
        if seen.size:
            verify_consistency(seen.size, checkpoint.size, seen.root, checkpoint.root, asked.proof)
        elif asked.proof:
            raise ProofFails("whatever continues the empty tree needs no proof")
    except ProofFails as error:
        raise WitnessRefuses(Answer.NOT_CONSISTENT) from error


def suspicion(
    refused: Answer, checkpoint: Checkpoint, seen: Seen, root_then: bytes | None
) -> Suspicion | None:
    """What a refused checkpoint, signed by its log, says of the log; None where it says nothing.

    `root_then` is the root that the witness has cosigned at the checkpoint's size, where it has
    cosigned one. A publisher that asks to learn the size is refused as well, and suspects nobody;
    nor does one that shows the empty tree, with which every log begins.
    """
    if root_then is not None:
        return Suspicion.FORKED if root_then != checkpoint.root else None
    if 0 < checkpoint.size < seen.size:
        return Suspicion.ROLLED_BACK
    return Suspicion.NOT_CONTINUED if refused is Answer.NOT_CONSISTENT else None
