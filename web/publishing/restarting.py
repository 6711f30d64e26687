"""A new incarnation of the log: what was lost is found out, recorded by two people, and told."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

from ledger.publishing.cosigning import Ask, NoAnswer
from ledger.school.commands import RestartLog
from ledger.school.incarnation import LogRestarted, PublishedHead, TreeHead
from ledger.store.keys import KeyMissing
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.merkle import empty_root
from ledger.trust.note import Note, NotSigned, SigningKey, VerifierKey
from ledger.trust.policy import Policy
from ledger.trust.witnessing import AddCheckpoint, Answer, WitnessRefuses
from ledger.vocabulary import Author, CommandId, PersonId
from web.desk import Desk
from web.publishing.origin import ended_origins

_NO_WITNESSES: Final = Policy()


class NothingIsKnown(LookupError):
    """No witness told what it has seen, so that nobody can say what was lost."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The new incarnation: what was recorded of it, and the key that witnesses have to be given."""

    fact: LogRestarted
    key: VerifierKey


def newest_known_to_witnesses(desk: Desk, ask: Ask) -> PublishedHead:
    """The largest size that any witness of the policy has cosigned; raises NothingIsKnown.

    Each is shown the empty tree, which every log begins with and which says nothing new: it answers
    how many lines it has seen.
    """
    key = _log(desk).must_sign()
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
    log, note = _log(desk), Note.parse(content)
    if log.key:
        note.verified_by_any([log.key.verifier])
    checkpoint = Checkpoint.parse(note.text)
    if checkpoint.origin != log.name:
        raise NotSigned(checkpoint.origin)
    if not (desk.keys.policy() or _NO_WITNESSES).cosigned(note):
        raise NotSigned("by a witness")
    return PublishedHead(
        size=checkpoint.size,
        root=checkpoint.root.hex(),
        note=sha256(note.text.encode()).hexdigest(),
    )


def newest_kept(desk: Desk) -> PublishedHead:
    """The newest checkpoint of the ledger itself, for a school without witnesses.

    Raises NothingIsKnown where witnesses may have seen more.
    """
    policy, newest = desk.keys.policy(), desk.checkpoints.latest(_log(desk).name)
    if newest is None or (policy and policy.witnesses):
        raise NothingIsKnown
    checkpoint = newest.checkpoint
    return PublishedHead(size=checkpoint.size, root=checkpoint.root.hex())


def lost_key(desk: Desk) -> str | None:
    """The name of the log where it has signed with a key that is not here."""
    log = _log(desk)
    return log.name if log.key is None else None


def begin_anew(
    desk: Desk, published: PublishedHead, *, by: Author, administrator: PersonId, reason: str
) -> Begun:
    """Record that the log begins anew and make its key; both people have been asked.

    Raises `Refused`, and ValidationError for a reason that is none.
    """
    log = _log(desk)
    command = RestartLog(
        command_id=CommandId(uuid4()),
        by=by,
        at=desk.clock(),
        old_origin=log.name,
        new_origin=_next_origin(desk, log.name),
        published=published,
        key_lost=log.key is None,
        reason=reason,
        administrator=administrator,
        **_heads(desk, log.name, published.size),
    )
    desk.handle(command)
    begun = unfinished(desk)
    assert begun, "what was recorded waits for its key"
    return begun


def unfinished(desk: Desk) -> Begun | None:
    """Make the key of an incarnation that was recorded, where that has not been done yet.

    A key that has signed something already is not made again: it was lost.
    """
    restarts = desk.ledger.school().restarts
    if not restarts or restarts[-1].new_origin in {*_names(desk), *desk.checkpoints.origins()}:
        return None
    fact = restarts[-1]
    key = desk.keys.begin_log(fact.new_origin, incarnation=len(restarts) + 1)
    return Begun(fact, key.verifier)


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


def _next_origin(desk: Desk, name: str) -> str:
    """The name of the first incarnation, and which one this is: `so-diem/31000501/r2`."""
    restarts = desk.ledger.school().restarts
    first = restarts[0].old_origin if restarts else name
    return f"{first}/r{len(restarts) + 2}"


@dataclass(frozen=True, slots=True)
class _Log:
    """The log that signed last; `key` is None where it is not here."""

    name: str
    key: SigningKey | None

    def must_sign(self) -> SigningKey:
        if self.key is None:
            raise KeyMissing(self.name)
        return self.key


def _log(desk: Desk) -> _Log:
    """The incarnation that is not over; raises KeyMissing where nothing was ever signed."""
    living = (_names(desk) | desk.checkpoints.origins()).difference(ended_origins(desk.ledger)())
    if not living:
        raise KeyMissing("log-1.key")
    # One is what there should be; a checkpoint that somebody slipped in is no reason to stop.
    name = max(living & _names(desk) or living)
    keys = [key for key in desk.keys.log_keys() if key.name == name]
    return _Log(name, keys[0] if keys else None)


def _names(desk: Desk) -> frozenset[str]:
    return frozenset(key.name for key in desk.keys.log_keys())
