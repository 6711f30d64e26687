"""The proof of a line: its bytes, and where they stand under a checkpoint that the log signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from eventsourcing.persistence import Notification

from ledger.line import Line
from ledger.store.checkpoints import Checkpoints, Published
from ledger.store.codec import to_line
from ledger.store.keys import KeyFolder
from ledger.store.recorder import LedgerRecorder, entry
from ledger.trust.checkpoint import MalformedCheckpoint, decimal
from ledger.trust.merkle import ProofFails, leaf_hash
from ledger.trust.note import MalformedNote, NotSigned, SignatureInvalid, SigningKey
from ledger.trust.policy import MalformedPolicy, Policy
from ledger.trust.proof import TlogProof


class NoSuchLine(LookupError):
    """The ledger has no line at this position."""


class NotPublished(LookupError):
    """No checkpoint of the log covers the line, or the log has not begun."""


class LineDiffers(Exception):
    """What stands in the ledger is not what the log has signed; there is nothing to prove."""


class NotALine(ValueError):
    """The bytes are no entry of a ledger that this program knows."""


@dataclass(frozen=True, slots=True)
class LineProof:
    """What a person takes home: the exact bytes of the line, and the proof over them."""

    position: int
    entry: bytes
    proof: TlogProof


def prove(
    position: int, *, recorder: LedgerRecorder, checkpoints: Checkpoints, keys: KeyFolder
) -> LineProof:
    """Prove the line under the smallest checkpoint that meets the school's policy.

    Where none does, under the smallest that covers it. What is handed out has been verified.
    Raises NoSuchLine, NotPublished, LineDiffers, and MalformedKey for a broken key file.
    """
    (proven,) = prove_together([position], recorder=recorder, checkpoints=checkpoints, keys=keys)
    return proven


def prove_together(
    positions: Sequence[int], *, recorder: LedgerRecorder, checkpoints: Checkpoints, keys: KeyFolder
) -> list[LineProof]:
    """Prove several lines under one checkpoint: lines of one history, and not of two.

    It is the one under which the last of them is proven. Raises as `prove`.
    """
    last = max(positions)
    entries = {position: _entry(position, recorder) for position in positions}
    log = next(reversed(keys.log_keys()), None)
    published = _best(last, log.name, checkpoints, keys) if log else None
    if log is None or published is None:
        raise NotPublished(last)
    return [_proven(one, entries[one], published, log, recorder) for one in positions]


def _proven(
    position: int, content: bytes, published: Published, log: SigningKey, recorder: LedgerRecorder
) -> LineProof:
    index = position - 1
    try:
        path = recorder.tree.inclusion_proof(index, published.checkpoint.size)
        proof = TlogProof(index, tuple(path), published.note)
        proof.verify(leaf_hash(content), Policy(logs={log.verifier: None}))
    except (IndexError, ProofFails, NotSigned, SignatureInvalid, MalformedCheckpoint) as wrong:
        raise LineDiffers(position) from wrong
    return LineProof(position, content, proof)


def line_in(content: bytes) -> Line:
    """The line in the bytes of an entry, as strangers bring it; raises NotALine."""
    try:
        sequence, stream, version, topic, state = content.split(b"\n", 4)
        stored = Notification(
            originator_id=UUID(stream.decode()),
            originator_version=decimal(version.decode()),
            topic=topic.decode(),
            state=state,
            id=decimal(sequence.decode()) + 1,
        )
        return to_line(stored)
    except Exception as unknown:
        # Whatever somebody put in a line's place: it is none.
        raise NotALine from unknown


def _entry(position: int, recorder: LedgerRecorder) -> bytes:
    if not 1 <= position <= recorder.head().position:
        raise NoSuchLine(position)
    found = recorder.select_notifications(position, 1, stop=position)
    if not found:  # Positions have no gap: somebody has taken the line out.
        raise LineDiffers(position)
    (line,) = found
    return entry(
        position - 1,
        str(line.originator_id),
        version=line.originator_version,
        topic=line.topic,
        state=line.state,
    )


def _best(
    position: int, origin: str, checkpoints: Checkpoints, keys: KeyFolder
) -> Published | None:
    policy = _policy(keys)
    names = {witness.key.name for witness in policy.witnesses.values()} if policy else set()
    try:
        for least in range(1, len(names) + 1):
            found = checkpoints.covering(origin, position, by=names, least=least)
            if policy and found and policy.is_met_by(policy.cosigned(found.note)):
                return found
        return checkpoints.covering(origin, position)
    except (MalformedNote, SignatureInvalid) as wrong:
        raise LineDiffers(position) from wrong


def _policy(keys: KeyFolder) -> Policy | None:
    """What the school has decided, if it can be read; its own pages say so where it cannot."""
    try:
        return keys.policy()
    except MalformedPolicy:
        return None
