"""A log and witnesses with keys that are the same in every run, and notes that they sign."""

from collections.abc import Iterable

from ledger.trust.checkpoint import Checkpoint
from ledger.trust.note import Algorithm, Note, SigningKey
from ledger.trust.policy import Policy

ORIGIN = "so-diem/thcs-thu-nghiem"
AT = 1_790_000_000


def log_key(origin: str = ORIGIN, seed: int = 0) -> SigningKey:
    return SigningKey.from_seed(origin, Algorithm.ED25519, seed.to_bytes(32, "big"))


def witness_key(name: str) -> SigningKey:
    return SigningKey.from_seed(name, Algorithm.COSIGNATURE, name.encode().ljust(32, b"."))


def signed(
    checkpoint: Checkpoint, *, by: Iterable[str] = (), key: SigningKey | None = None
) -> Note:
    """The checkpoint signed by its log and cosigned by witnesses, a second apart."""
    note = checkpoint.signed(key or log_key())
    cosigned = (
        witness_key(name).cosign(note.text, at=AT + second) for second, name in enumerate(by)
    )
    return note.signed_with(*cosigned)


def policy(*names: str, least: str = "all", key: SigningKey | None = None) -> Policy:
    """The log, these witnesses, and so many of them; nobody else is asked."""
    return Policy.parse(policy_text(*names, least=least, key=key).encode())


def policy_text(*names: str, least: str = "all", key: SigningKey | None = None) -> str:
    lines = [f"log {(key or log_key()).verifier}"]
    lines += [f"witness {name} {witness_key(name).verifier}" for name in names]
    if names:
        lines += [f"group cua-truong {least} {' '.join(names)}", "quorum cua-truong"]
    else:
        lines.append("quorum none")
    return "".join(f"{line}\n" for line in lines)
