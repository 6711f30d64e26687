"""The proof of one line: its bytes, and where they stand under a checkpoint that the log signed."""

from dataclasses import dataclass

from ledger.store.checkpoints import Checkpoints, Published
from ledger.store.keys import KeyFolder
from ledger.store.recorder import LedgerRecorder, entry
from ledger.trust.checkpoint import MalformedCheckpoint
from ledger.trust.merkle import ProofFails, leaf_hash
from ledger.trust.note import MalformedNote, NotSigned, SignatureInvalid
from ledger.trust.policy import MalformedPolicy, Policy
from ledger.trust.proof import TlogProof


class NoSuchLine(LookupError):
    """The ledger has no line at this position."""


class NotPublished(LookupError):
    """No checkpoint of the log covers the line, or the log has not begun."""


class LineDiffers(Exception):
    """What stands in the ledger is not what the log has signed; there is nothing to prove."""


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
    content = _entry(position, recorder)
    log = next(reversed(keys.log_keys()), None)
    published = _best(position, log.name, checkpoints, keys) if log else None
    if log is None or published is None:
        raise NotPublished(position)
    index = position - 1
    try:
        path = recorder.tree.inclusion_proof(index, published.checkpoint.size)
        proof = TlogProof(index, tuple(path), published.note)
        proof.verify(leaf_hash(content), Policy(logs={log.verifier: None}))
    except (IndexError, ProofFails, NotSigned, SignatureInvalid, MalformedCheckpoint) as wrong:
        raise LineDiffers(position) from wrong
    return LineProof(position, content, proof)


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
