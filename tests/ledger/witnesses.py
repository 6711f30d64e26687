"""Witnesses without a network: the real decision, a real key, a memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from ledger.publishing.cosigning import NoAnswer
from ledger.store.keys import KeyFolder
from ledger.trust.note import Algorithm, Signature, SigningKey, VerifierKey
from ledger.trust.policy import Witness
from ledger.trust.witnessing import AddCheckpoint, Seen, must_continue


@dataclass
class Watcher:
    """One witness of one log: whether it knows it, what it has seen of it, whether it is there."""

    name: str
    knows_log: bool = True
    seen: Seen = field(default_factory=Seen)
    at_home: bool = True
    time: int = 1_790_000_000
    asked: int = 0
    forges: bool = False

    @property
    def key(self) -> SigningKey:
        seed = sha256(self.name.encode()).digest()
        return SigningKey.from_seed(f"{self.name}.example/w1", Algorithm.COSIGNATURE, seed)

    def answer(self, asked: AddCheckpoint, log: VerifierKey) -> Sequence[Signature]:
        self.asked += 1
        if not self.at_home:
            raise NoAnswer(self.name)
        checkpoint = asked.checkpoint
        asked.signed_by_log([log] if self.knows_log else [])
        must_continue(asked, self.seen)
        self.seen = Seen(checkpoint.size, checkpoint.root)
        self.time += 1
        cosignature = self.key.cosign(asked.note.text, at=self.time)
        if self.forges:
            forged = bytes(byte ^ 1 for byte in cosignature.value)
            return [Signature(cosignature.name, cosignature.key_id, forged)]
        stranger = SigningKey.from_seed("stranger.example/w9", Algorithm.COSIGNATURE, bytes(32))
        return [stranger.cosign(asked.note.text, at=self.time), cosignature]


class Watchers:
    """The port through which a publisher reaches them, by their names in the policy."""

    def __init__(self, *names: str) -> None:
        self.by_name = {name: Watcher(name) for name in names}
        self.log: VerifierKey | None = None

    def __getitem__(self, name: str) -> Watcher:
        return self.by_name[name]

    def __call__(self, witness: Witness, asked: AddCheckpoint) -> Sequence[Signature]:
        assert self.log is not None, "the test says whose key they trust"
        return self.by_name[witness.name].answer(asked, self.log)

    def policy(self, least: str = "any") -> bytes:
        """A policy with a group of all of them, of which so many are needed."""
        lines = [f"witness {n} {w.key.verifier} http://{n}/" for n, w in self.by_name.items()]
        return "\n".join(
            [*lines, f"group all {least} {' '.join(self.by_name)}", "quorum all"]
        ).encode()

    def decide(self, keys: KeyFolder, least: str = "any", name: str = "policy") -> None:
        """Let a school have decided so."""
        (keys.folder / name).write_bytes(self.policy(least))
