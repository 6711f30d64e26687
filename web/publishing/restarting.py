"""A new incarnation of the log: what was lost is found out, recorded by two people, and told."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

from ledger.cosigning import Ask, NoAnswer
from ledger.school.commands import RestartLog
from ledger.school.incarnation import LedgerRestored, PublishedHead, TreeHead
from ledger.store.keys import KeyMissing
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.merkle import empty_root
from ledger.trust.note import Note, NotSigned, SigningKey, VerifierKey
from ledger.trust.policy import Policy
from ledger.trust.witnessing import AddCheckpoint, Answer, WitnessRefuses
from ledger.vocabulary import Author, CommandId, PersonId
from web.desk import Desk

_NO_WITNESSES: Final = Policy()


class NothingIsKnown(LookupError):
    """No witness told what it has seen, so that nobody can say what was lost."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The new incarnation: what was recorded of it, and the key that witnesses have to be given."""

    fact: LedgerRestored
    key: VerifierKey


def newest_known_to_witnesses(desk: Desk, ask: Ask) -> PublishedHead:
    """The largest size that any witness of the policy has cosigned; raises NothingIsKnown.

    Each is shown the empty tree, which every log begins with and which says nothing new: it answers
    how many lines it has seen.
    """
    key = _key(desk)
    note = Checkpoint(key.name, 0, empty_root).signed(key)
    seen = 0
    for witness in (desk.keys.policy() or _NO_WITNESSES).witnesses.values():
        try:
            ask(witness, AddCheckpoint(0, (), note))
        except WitnessRefuses as refused:
            if refused.answer is Answer.OTHER_SIZE and refused.known_size:
                seen = max(seen, refused.known_size)
        except NoAnswer:
            continue
    if not seen:
        raise NothingIsKnown
    return PublishedHead(size=seen)


def head_in(desk: Desk, content: bytes) -> PublishedHead:
    """What a checkpoint's file says, that somebody has kept.

    Raises MalformedNote, MalformedCheckpoint, SignatureInvalid, and NotSigned where it is not by
    this log, or where no witness has cosigned it: only what others have seen counts as published.
    """
    key, note = _key(desk), Note.parse(content)
    note.verified_by_any([key.verifier])
    checkpoint = Checkpoint.parse(note.text)
    if checkpoint.origin != key.name:
        raise NotSigned(checkpoint.origin)
    if not (desk.keys.policy() or _NO_WITNESSES).cosigned(note):
        raise NotSigned("by a witness")
    return PublishedHead(
        size=checkpoint.size,
        root=checkpoint.root.hex(),
        note=sha256(note.text.encode()).hexdigest(),
    )


def begin_anew(
    desk: Desk, published: PublishedHead, *, by: Author, administrator: PersonId, reason: str
) -> Begun:
    """Record the restore and make the key of the new incarnation; both people have been asked.

    Raises `Refused`, and ValidationError for a reason that is none.
    """
    key = _key(desk)
    command = RestartLog(
        command_id=CommandId(uuid4()),
        by=by,
        at=desk.clock(),
        old_origin=key.name,
        new_origin=_next_origin(desk, key),
        published=published,
        reason=reason,
        administrator=administrator,
        **_heads(desk, key.name, published.size),
    )
    desk.handle(command)
    begun = unfinished(desk)
    assert begun, "what was recorded waits for its key"
    return begun


def unfinished(desk: Desk) -> Begun | None:
    """Make the key of an incarnation that was recorded, where that has not been done yet.

    Raises KeyMissing where that key has signed something already: then it was lost.
    """
    restorations = desk.ledger.school().restorations
    if not restorations or _has_key(desk, restorations[-1].new_origin):
        return None
    fact = restorations[-1]
    if fact.new_origin in desk.checkpoints.origins():
        raise KeyMissing(fact.new_origin)
    return Begun(fact, desk.keys.begin_log(fact.new_origin).verifier)


def _heads(desk: Desk, origin: str, published: int) -> dict[str, Any]:
    """The restored tree, and how it continues the newest cosigned checkpoint that it holds."""
    size, tree = desk.ledger.recorder.head().position, desk.ledger.recorder.tree
    cosigned = desk.checkpoints.latest_cosigned(origin)
    held = cosigned.checkpoint if cosigned else None
    proof = tree.consistency_proof(held.size, size) if held and held.size <= size else []
    return {
        "there": tree.root(published).hex() if published <= size else None,
        "continued": TreeHead(size=held.size, root=held.root.hex()) if held else None,
        "restored": TreeHead(size=size, root=tree.root(size).hex()),
        "consistency": tuple(one.hex() for one in proof),
    }


def _next_origin(desk: Desk, key: SigningKey) -> str:
    """The name of the first incarnation, and which one this is: `so-diem/31000501/r2`."""
    restorations = desk.ledger.school().restorations
    first = restorations[0].old_origin if restorations else key.name
    return f"{first}/r{len(restorations) + 2}"


def _has_key(desk: Desk, origin: str) -> bool:
    return any(key.name == origin for key in desk.keys.log_keys())


def _key(desk: Desk) -> SigningKey:
    """The key that signed last; raises KeyMissing."""
    keys = desk.keys.log_keys()
    if not keys:
        raise KeyMissing("log-1.key")
    return keys[-1]
