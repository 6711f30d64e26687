"""The witness itself: its key, its memory, and the answer to a log that asks for a cosignature."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes
from typing import Final

from ledger.store.database import open_database
from ledger.store.keys import keep_secret
from ledger.trust.note import Algorithm, Note, Signature, SigningKey
from ledger.trust.witnessing import (
    AddCheckpoint,
    Seen,
    WitnessRefuses,
    must_continue,
    suspicion,
)
from web.witness.memory import LogMemory, Memory

Clock = Callable[[], datetime]

_SEED_LENGTH: Final = 32


def now() -> datetime:
    """The moment in UTC, by the clock of this machine and no school's."""
    return datetime.now(UTC)


class WitnessMissing(LookupError):
    """The folder has no witness, or only half of one; the name of the file that is not there.

    A memory that is gone is never begun anew under the same key: that would be forgetting.
    """


@dataclass(frozen=True, slots=True)
class Witness:
    """One witness, for as many schools as it knows keys of."""

    key: SigningKey
    memory: Memory
    clock: Clock = now

    def add_checkpoint(self, content: bytes) -> Signature:
        """The cosignature of what a log asks to be cosigned; raises WitnessRefuses.

        Either way, what has to be remembered is on the disk when this returns or raises.
        """
        asked = AddCheckpoint.parse(content)
        origin = asked.checkpoint.origin
        # Strangers, whose signatures mean nothing, do not make the logs wait for their turn.
        note = asked.signed_by_log(self.memory.keys(origin))
        with self.memory.deciding(origin) as memory:
            answer = self._decided(asked, note, memory)
        if isinstance(answer, WitnessRefuses):
            raise answer
        return answer

    def _decided(
        self, asked: AddCheckpoint, note: Note, memory: LogMemory
    ) -> Signature | WitnessRefuses:
        """The answer, and what it leaves in the memory; a refusal is returned, to be kept too."""
        checkpoint, last, at = asked.checkpoint, memory.last(), int(self.clock().timestamp())
        seen = Seen(last.checkpoint.size, last.checkpoint.root) if last else Seen()
        try:
            must_continue(asked, seen)
        except WitnessRefuses as refusal:
            then = memory.of_size(checkpoint.size)
            root_then = then.checkpoint.root if then else None
            if why := suspicion(refusal.answer, checkpoint, seen, root_then):
                memory.suspect(why, checkpoint, note, at=at)
            return refusal
        cosignature = self.key.cosign(note.text, at=at)
        memory.keep(checkpoint, note.signed_with(cosignature), at=at)
        return cosignature


def begin_witness(folder: Path, name: str) -> Witness:
    """Make a new witness of this name in a folder.

    FileExistsError where there is one; MalformedKey where nobody can be called so.
    """
    key = SigningKey.from_seed(name, Algorithm.COSIGNATURE, token_bytes(_SEED_LENGTH))
    if _key_in(folder).exists():
        raise FileExistsError(_key_in(folder))
    folder.mkdir(parents=True, exist_ok=True)
    # The key comes last: without it nothing was ever cosigned, and this can be done again.
    memory = _memory_in(folder)
    memory.create_tables()
    keep_secret(_key_in(folder), f"{key.to_text()}\n".encode())
    return Witness(key, memory)


def open_witness(folder: Path, *, clock: Clock = now) -> Witness:
    """The witness of a folder; raises WitnessMissing, and MalformedKey where its key is damaged."""
    for place in (_key_in(folder), _database_in(folder)):
        if not place.exists():
            raise WitnessMissing(place.name)
    return Witness(SigningKey.parse(_key_in(folder).read_text()), _memory_in(folder), clock)


def _key_in(folder: Path) -> Path:
    return folder / "witness.key"


def _database_in(folder: Path) -> Path:
    return folder / "witness.db"


def _memory_in(folder: Path) -> Memory:
    return Memory(open_database(f"sqlite:///{_database_in(folder)}"))
