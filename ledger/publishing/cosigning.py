"""Asking the witnesses: each is sent the proof from what it has seen to what was published."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ledger.publishing.alarms import Alarm, Wrong
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.note import Note, Signature, SignatureInvalid, VerifierKey
from ledger.trust.policy import Witness
from ledger.trust.tiles import TiledTree
from ledger.trust.witnessing import AddCheckpoint, Answer, WitnessRefuses


class NoAnswer(Exception):
    """The witness could not be reached in time, or said what no witness says."""


# Bring a checkpoint to a witness: the signature lines that it answers, unchecked. Raises NoAnswer
# and WitnessRefuses and nothing else, within a few seconds.
Ask = Callable[[Witness, AddCheckpoint], Sequence[Signature]]

# A witness may learn of newer checkpoints, from another process, between its two answers.
_TRIES: Final = 3


class Trouble(StrEnum):
    """Why a witness has not cosigned, where that is nothing to be alarmed about."""

    SILENT = "silent"
    NOT_KNOWN = "not-known"  # It does not know this log, or not this key of it.
    NOT_UNDERSTOOD = "not-understood"
    NOT_ITS_SIGNATURE = "not-its-signature"
    AHEAD = "ahead"  # It has cosigned a newer checkpoint of ours already.


@dataclass(slots=True)
class Cosigning:
    """What the witnesses have said to this process.

    `known` is the size that each has cosigned last, as far as it said; `troubles` and `alarms`
    are by the witness's name and go away when it cosigns.
    """

    tree: TiledTree
    ask: Ask
    known: dict[VerifierKey, int] = field(default_factory=dict)
    troubles: dict[str, Trouble] = field(default_factory=dict)
    alarms: dict[str, Alarm] = field(default_factory=dict)
    origin: str = ""

    def gather(
        self, note: Note, witnesses: Collection[Witness], *, signed: Callable[[], int]
    ) -> Mapping[Witness, Signature]:
        """The checked cosignatures of a checkpoint; all witnesses are asked at the same time.

        `signed` tells the size of the newest checkpoint that is kept now. Each is kept before it
        is shown to anybody, so a witness that has seen a larger one has seen what is gone.
        """
        if not witnesses:
            return {}
        self._be_about(Checkpoint.parse(note.text).origin)
        with ThreadPoolExecutor(len(witnesses)) as asking:
            answers = asking.map(lambda witness: self._ask(witness, note, signed), witnesses)
            found = zip(witnesses, answers, strict=True)
            return {witness: cosignature for witness, cosignature in found if cosignature}

    def _be_about(self, origin: str) -> None:
        """Forget what was said of the log before, where a new incarnation has begun."""
        if origin != self.origin:
            self.origin = origin
            self.known.clear()
            self.troubles.clear()
            self.alarms.clear()

    def _ask(self, witness: Witness, note: Note, signed: Callable[[], int]) -> Signature | None:
        checkpoint = Checkpoint.parse(note.text)
        try:
            for _ in range(_TRIES):
                answer = self._ask_once(witness, note, checkpoint, signed)
                if isinstance(answer, Signature):
                    self.known[witness.key] = checkpoint.size
                    self.troubles.pop(witness.name, None)
                    self.alarms.pop(witness.name, None)
                    return answer
                if answer is not None:
                    self.alarms[witness.name] = answer
                    return None
            trouble = Trouble.NOT_UNDERSTOOD
        except NoAnswer:
            trouble = Trouble.SILENT
        except SignatureInvalid:
            trouble = Trouble.NOT_ITS_SIGNATURE
        except _Ahead:
            trouble = Trouble.AHEAD
        except WitnessRefuses as refused:
            stranger = refused.answer in {Answer.UNKNOWN_LOG, Answer.NOT_SIGNED}
            trouble = Trouble.NOT_KNOWN if stranger else Trouble.NOT_UNDERSTOOD
        self.troubles[witness.name] = trouble
        return None

    def _ask_once(
        self, witness: Witness, note: Note, checkpoint: Checkpoint, signed: Callable[[], int]
    ) -> Signature | Alarm | None:
        """Its cosignature, what is wrong, or None where it told which size to begin at."""
        old, size = self.known.get(witness.key, 0), checkpoint.size
        if old > size:
            if old > (ours := signed()):
                return Alarm(Wrong.ROLLED_BACK, size, str(old), str(ours), witness.name)
            raise _Ahead
        proof = self.tree.consistency_proof(old, size) if old else []
        try:
            answered = self.ask(witness, AddCheckpoint(old, tuple(proof), note))
        except WitnessRefuses as refused:
            known = refused.known_size
            if refused.answer is Answer.OTHER_SIZE and known is not None and known != old:
                self.known[witness.key] = known
                return None
            same_size = refused.answer is Answer.OTHER_SIZE and old == size
            if same_size or refused.answer is Answer.NOT_CONSISTENT:
                seen = f"{witness.name}: {refused.answer.value}, {old}"
                return Alarm(Wrong.FORKED, size, seen, checkpoint.root.hex(), witness.name)
            raise
        return _checked(witness, note, answered)


class _Ahead(Exception):
    """The witness has seen more than this checkpoint, and no more than was signed."""


def _checked(witness: Witness, note: Note, answered: Sequence[Signature]) -> Signature:
    """The line of the witness's own key; those of keys that nobody asked are passed over."""
    key = witness.key
    for signature in answered:
        if (signature.name, signature.key_id) == (key.name, key.key_id):
            key.verify(note.text, signature)
            return signature
    raise SignatureInvalid(key.name)
