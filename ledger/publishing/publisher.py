"""Publishing: the log signs where it stands, never against what it signed, and has it cosigned."""

from collections.abc import Callable, Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event
from typing import Final, Self

from ledger.line import Line
from ledger.publishing.alarms import Alarm, PublishingStopped, Wrong
from ledger.publishing.cosigning import Ask, Cosigning, Trouble
from ledger.store.checkpoints import Checkpoints, Published
from ledger.store.keys import KeyFolder, KeyMissing
from ledger.store.recorder import Head, LedgerRecorder
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.merkle import ProofFails, verify_consistency
from ledger.trust.note import (
    MalformedKey,
    MalformedNote,
    NotSigned,
    SignatureInvalid,
    SigningKey,
)
from ledger.trust.policy import MalformedPolicy, Policy, Witness

# Facts that people will ask a proof of soon: they are published at once, all others within the
# minute. By name, so that a room need not exist yet to be listed.
AT_ONCE: Final = frozenset(
    {
        *("sheet-locked", "sheet-unlocked", "column-locked", "column-unlocked"),
        *("lock-decided", "unlock-decided", "column-relocked"),
        *("correction-approved", "correction-executed"),
        *("term-results-approved", "promotion-after-summer-approved", "year-closed"),
        *("personal-data-restricted", "restriction-lifted", "personal-data-erased"),
        "log-restarted",
    }
)


# What reading a checkpoint raises that is not as it was written; SQLite takes a text for bytes.
UNREADABLE: Final = (ValueError, TypeError)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the ledger is published and cosigned, for people to look at.

    `policy` is None where no witness is named. `sealed` is the newest checkpoint that met it;
    `unsealed_since` when the first one behind it was signed, and `unseen_since` when the first
    was that no witness at all has cosigned.
    `cosigned` is of the newest checkpoint, by the witness's name; `troubles` why others have not.
    """

    lines: int
    newest: Published | None
    policy: Policy | None
    cosigned: Mapping[str, datetime]
    sealed: Published | None
    unsealed_since: datetime | None
    unseen_since: datetime | None
    troubles: Mapping[str, Trouble]
    alarm: Alarm | None
    failure: Exception | None

    @property
    def without_checkpoint(self) -> int:
        """How many lines no checkpoint holds yet."""
        return self.lines - (self.newest.checkpoint.size if self.newest else 0)

    @property
    def without_quorum(self) -> int:
        """How many lines are under no checkpoint that enough witnesses have cosigned."""
        return self.lines - (self.sealed.checkpoint.size if self.sealed else 0)


class Publisher:
    """Signs checkpoints of one ledger and gathers cosignatures, one at a time with these keys.

    Several processes may publish, also on other machines with a copy of the keys: what both sign is
    the same, and is kept once. `origin` gives the name that the log begins with, None while the
    school has none; `held` brings the running backup up and tells how many lines it holds, where
    there is one: no more are published. `ended` are the names of incarnations that are over.
    """

    def __init__(
        self,
        recorder: LedgerRecorder,
        checkpoints: Checkpoints,
        keys: KeyFolder,
        *,
        ask: Ask,
        origin: Callable[[], str | None],
        clock: Callable[[], datetime],
        held: Callable[[], int] | None = None,
        ended: Callable[[], Collection[str]] = frozenset,
    ) -> None:
        self._recorder = recorder
        self._checkpoints = checkpoints
        self._keys = keys
        self._cosigning = Cosigning(recorder.tree, ask)
        self._origin = origin
        self.clock = clock
        self._held = held
        self._ended = ended
        self._asked_before = False
        self._alarm: Alarm | None = None
        self._failure: Exception | None = None
        # Set when something is to be published at once; whoever waits for it clears it.
        self.wanted = Event()

    def living_by(self, clock: Callable[[], datetime]) -> Self:
        """The same publisher by another clock."""
        other = copy(self)
        other.clock = clock
        return other

    def notice(self, lines: Iterable[Line]) -> None:
        """Be told of new lines; some of them are worth not waiting for the minute."""
        if any(line.fact.NAME in AT_ONCE for line in lines):
            self.wanted.set()

    def publish(self) -> Published | None:
        """Sign the head if there is news, ask who has not cosigned, and keep all of it.

        Returns the newest checkpoint, None while there is nothing to publish. Raises
        PublishingStopped, KeyMissing, MalformedPolicy, MalformedKey, and what the database and
        the backup raise; a silent witness is no error.
        """
        with self._keys.turn():
            try:
                newest = self._publish()
            except PublishingStopped as stopped:
                self._alarm = stopped.alarm
                raise
            except (MalformedNote, SignatureInvalid) as invalid:
                self._alarm = _kept_is_wrong(invalid)
                raise PublishingStopped(self._alarm) from invalid
            except Exception as failure:
                self._failure = failure
                raise
            self._alarm = self._failure = None
            return newest

    def standing(self) -> Standing:
        """How things stand; looks, and asks nobody."""
        alarm = self._alarm
        try:
            policy, failure = self._keys.policy(), self._failure
        except MalformedPolicy as malformed:
            policy, failure = None, malformed
        if policy and not policy.witnesses:
            policy = None
        newest, sealed, unsealed_since, unseen_since = None, None, None, None
        cosigned: Mapping[str, datetime] = {}
        try:
            newest = self.newest()
            if newest and policy:
                cosigned = _moments(policy, newest)
                sealed = self.sealed(policy)
                origin = newest.checkpoint.origin
                unsealed_since = self._signed_after(origin, sealed)
                seen = self._checkpoints.latest_cosigned(origin)
                unseen_since = self._signed_after(origin, seen)
        except MalformedKey as malformed:
            failure = malformed
        except (*UNREADABLE, SignatureInvalid) as invalid:
            alarm = alarm or _kept_is_wrong(invalid)
        troubles = {n: t for n, t in self._cosigning.troubles.items() if n not in cosigned}
        return Standing(
            lines=self._recorder.head().position,  # Last, so that it is never behind a checkpoint.
            newest=newest,
            policy=policy,
            cosigned=cosigned,
            sealed=sealed,
            unsealed_since=unsealed_since,
            unseen_since=unseen_since,
            troubles=troubles,
            alarm=alarm,
            failure=failure,
        )

    def newest(self) -> Published | None:
        """The newest checkpoint of the log that signs now; raises MalformedKey, UNREADABLE."""
        keys = self._keys.log_keys()
        return self._checkpoints.latest(keys[-1].name) if keys else None

    def sealed(self, policy: Policy) -> Published | None:
        """The newest checkpoint that meets a policy's quorum; MalformedNote, SignatureInvalid."""
        keys = self._keys.log_keys()
        for least in range(len(policy.witnesses) + 1) if keys else ():
            found = self._checkpoints.latest_cosigned(keys[-1].name, least=least)
            if found and policy.is_met_by(policy.cosigned(found.note)):
                return found
        return None

    def _publish(self) -> Published | None:
        key = self._key()
        if key is None:
            return None
        policy = self._keys.policy()
        asked = [one for one in policy.witnesses.values() if one.url] if policy else []
        # In this order: whatever was signed by then, also by another process, is in the head.
        newest, head = self._checkpoints.latest(key.name), self._recorder.head()
        root = self._checked_root(head, newest, key)
        if newest and (self._cosigning.alarms or not self._asked_before):
            # Before a process signs anything, it hears what the witnesses have seen: a ledger
            # that was brought back from an old backup knows of nothing itself.
            self._gather(newest, asked)
        size = head.position if self._held is None else min(head.position, self._held())
        if size > (newest.checkpoint.size if newest else 0):
            # A backup that runs behind holds fewer lines than the head, whose root is known.
            root = root if size == head.position else self._recorder.tree.root(size)
            note = Checkpoint(key.name, size, root).signed(key)
            self._checkpoints.keep(note, signed_at=self.clock())
            newest = self._checkpoints.latest(key.name)
        if newest:
            self._gather(newest, asked)
        return self._checkpoints.latest(key.name)

    def _key(self) -> SigningKey | None:
        """The key that signs now; made at the first publication, and never again."""
        keys, begun = self._keys.log_keys(), self._checkpoints.origins()
        ended = {*self._ended()}
        if lost := begun - {key.name for key in keys} - ended:
            raise KeyMissing(", ".join(sorted(lost)))
        if keys and keys[-1].name not in ended:
            return keys[-1]
        if ended:  # It was recorded that the log begins anew, and the key has yet to be made.
            raise KeyMissing(f"log-{len(ended) + 1}.key")
        if not self._recorder.head().position or (origin := self._origin()) is None:
            return None
        return self._keys.begin_log(origin)

    def _checked_root(self, head: Head, newest: Published | None, key: SigningKey) -> bytes:
        """The root over all lines, out of their hashes; raises PublishingStopped."""
        lines, kept = head.position, head.frontier.root()
        tree = self._recorder.tree
        try:
            root = tree.root(lines)
        except IndexError as missing:
            raise _stopped(Wrong.HEAD_DIFFERS, lines, kept.hex(), str(missing)) from missing
        if root != kept:
            raise _stopped(Wrong.HEAD_DIFFERS, lines, kept.hex(), root.hex())
        if newest is None:
            return root
        signed = newest.checkpoint
        try:
            newest.note.verified_by_any([key.verifier])
        except (NotSigned, SignatureInvalid) as forged:
            found = newest.note.signatures[0].name
            raise _stopped(Wrong.NOT_OURS, signed.size, str(key.verifier), found) from forged
        if signed.size > lines:
            raise _stopped(Wrong.ROLLED_BACK, signed.size, str(signed.size), str(lines))
        try:
            proof = tree.consistency_proof(signed.size, lines)
            verify_consistency(signed.size, lines, signed.root, root, proof)
        except ProofFails as rewritten:
            found = tree.root(signed.size).hex()
            raise _stopped(Wrong.REWRITTEN, signed.size, signed.root.hex(), found) from rewritten
        return root

    def _gather(self, published: Published, asked: list[Witness]) -> None:
        """Ask those witnesses that have not cosigned it; raises PublishingStopped."""
        cosigned = published.note.verified(witness.key for witness in asked)
        waiting = [witness for witness in asked if witness.key not in cosigned]
        if not self._asked_before:
            waiting = asked  # Each once, since only its answer tells what it has seen.
        found = self._cosigning.gather(published.note, waiting, signed=self._signed_size)
        for cosignature in found.values():
            self._checkpoints.keep_cosignature(published.checkpoint, cosignature)
        alarms = self._cosigning.alarms
        for name in alarms.keys() - {witness.name for witness in asked}:
            del alarms[name]  # Nobody asks that witness any more.
        for witness in asked:
            if alarm := alarms.get(witness.name):
                raise PublishingStopped(alarm)
        self._asked_before = True

    def _signed_size(self) -> int:
        newest = self.newest()
        return newest.checkpoint.size if newest else 0

    def _signed_after(self, origin: str, published: Published | None) -> datetime | None:
        """When the first checkpoint was signed that is larger than this one, if there is one."""
        size = published.checkpoint.size if published else 0
        first = self._checkpoints.covering(origin, size + 1)
        return first.signed_at if first else None


def _stopped(wrong: Wrong, size: int, expected: str, found: str) -> PublishingStopped:
    return PublishingStopped(Alarm(wrong, size, expected, found))


def _moments(policy: Policy, published: Published) -> Mapping[str, datetime]:
    cosigned = policy.cosigned(published.note).items()
    return {name: datetime.fromtimestamp(seconds, UTC) for name, seconds in cosigned}


def _kept_is_wrong(invalid: Exception) -> Alarm:
    """What stands in the tables was not put there by this program."""
    is_none = isinstance(invalid, SignatureInvalid)
    wrong = Wrong.COSIGNATURE_INVALID if is_none else Wrong.UNREADABLE
    return Alarm(wrong, 0, "", str(invalid))
