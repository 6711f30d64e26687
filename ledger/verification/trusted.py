"""What the person who verifies brings along: keys that are believed, and heads remembered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from ledger.trust.checkpoint import Checkpoint, decimal
from ledger.trust.merkle import HASH_LENGTH
from ledger.trust.note import Note, SignatureInvalid, VerifierKey, from_base64
from ledger.trust.policy import Policy
from ledger.verification.findings import Finding

_NO_WITNESSES: Final = Policy()


@dataclass(frozen=True, slots=True)
class Trusted:
    """Keys of logs, one for each incarnation, and the witnesses that somebody has decided on.

    None of this may be taken from the database that is verified.
    """

    logs: Sequence[VerifierKey] = ()
    policy: Policy = _NO_WITNESSES

    @property
    def log_keys(self) -> Sequence[VerifierKey]:
        return [*dict.fromkeys((*self.logs, *self.policy.logs))]

    def signed_by_log(self, note: Note, origin: str) -> bool:
        """Whether the log of this origin has signed; raises SignatureInvalid."""
        return bool(note.verified(key for key in self.log_keys if key.name == origin))


@dataclass(frozen=True, slots=True)
class Remembered:
    """A head kept elsewhere: in a note from a witness, or copied onto paper (then `note` None).

    `where` is how it is named to people: the file, or what was typed.
    """

    size: int
    root: bytes
    where: str
    note: Note | None = None

    @classmethod
    def from_note(cls, content: bytes, *, where: str) -> Self:
        """Read a note's file; raises MalformedNote or MalformedCheckpoint."""
        note = Note.parse(content)
        checkpoint = Checkpoint.parse(note.text)
        return cls(checkpoint.size, checkpoint.root, where, note)

    @classmethod
    def from_paper(cls, typed: str) -> Self:
        """Read `size:root` as it is copied from paper, the root in hex or base64; ValueError."""
        size, _, text = typed.strip().partition(":")
        try:
            root = bytes.fromhex(text)
        except ValueError:
            root = from_base64(text)
        if len(root) != HASH_LENGTH:
            raise ValueError(typed)
        return cls(decimal(size), root, typed)

    @classmethod
    def from_text(cls, text: str, *, where: str) -> Self:
        """Read either, as somebody pasted it; ValueError."""
        lines = text.replace("\r\n", "\n").strip()
        if "\n" not in lines:
            return cls.from_paper(lines)
        return cls.from_note(f"{lines}\n".encode(), where=where)


def remembered_findings(
    remembered: Sequence[Remembered], trusted: Trusted, roots: Mapping[int, bytes], size: int
) -> Iterator[Finding]:
    """Whether the lines continue every head that was kept elsewhere."""
    for head in remembered:
        yield from _signature_findings(head, trusted)
        if head.size > size:
            yield Finding("remembered-beyond-end", size + 1, head.where, str(head.size), str(size))
        elif (found := roots[head.size]) != head.root:
            yield Finding("remembered-differs", head.size, head.where, head.root.hex(), found.hex())


def _signature_findings(head: Remembered, trusted: Trusted) -> Iterator[Finding]:
    if head.note is None or not trusted.log_keys:
        return
    try:
        origin = Checkpoint.parse(head.note.text).origin
        if not trusted.signed_by_log(head.note, origin):
            yield Finding("remembered-unsigned", head.size, head.where, origin, "")
        trusted.policy.cosigned(head.note)
    except SignatureInvalid as failure:
        yield Finding("remembered-unsigned", head.size, head.where, str(failure), "")
