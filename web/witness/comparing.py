"""Hold a checkpoint that somebody brings against what the witness remembers of its log."""

from dataclasses import dataclass
from enum import StrEnum

from ledger.trust.checkpoint import Checkpoint, MalformedCheckpoint
from ledger.trust.note import MalformedNote, Note, NotSigned, SignatureInvalid
from ledger.trust.proof import MalformedProof, TlogProof
from web.witness.memory import Memory


class Comparison(StrEnum):
    """How it stands beside what is remembered; permanent names."""

    SAME = "same"
    DIFFERENT = "different"
    OTHER_SIZE = "other-size"
    NOT_SIGNED = "not-signed"
    UNKNOWN_LOG = "unknown-log"


class NotACheckpoint(ValueError):
    """The bytes are neither a checkpoint nor a proof that carries one."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A checkpoint that was brought, and the root remembered of its size, where there is one."""

    checkpoint: Checkpoint
    comparison: Comparison
    remembered: bytes | None = None


def compared(memory: Memory, content: bytes) -> Compared:
    """Compare a checkpoint's note, or the one in a .tlog-proof; raises NotACheckpoint.

    A size that was never cosigned tells nothing, for or against.
    """
    note, checkpoint = _brought(content)
    keys = memory.all_keys(checkpoint.origin)
    if not keys:
        return Compared(checkpoint, Comparison.UNKNOWN_LOG)
    try:
        note.verified_by_any(keys)
    except (NotSigned, SignatureInvalid):
        return Compared(checkpoint, Comparison.NOT_SIGNED)
    found = memory.of_size(checkpoint.origin, checkpoint.size)
    if found is None:
        return Compared(checkpoint, Comparison.OTHER_SIZE)
    root = found.checkpoint.root
    same = root == checkpoint.root
    return Compared(checkpoint, Comparison.SAME if same else Comparison.DIFFERENT, root)


def _brought(content: bytes) -> tuple[Note, Checkpoint]:
    """The note, from whichever of the two kinds of file."""
    try:
        note = TlogProof.parse(content).note
    except MalformedProof:
        try:
            note = Note.parse(content)
        except MalformedNote as error:
            raise NotACheckpoint(str(error)) from error
    try:
        return note, Checkpoint.parse(note.text)
    except MalformedCheckpoint as error:
        raise NotACheckpoint(str(error)) from error
