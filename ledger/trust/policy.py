"""Policies (c2sp.org/tlog-policy): which logs are believed, and how many witnesses it takes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Self

from ledger.trust.checkpoint import Checkpoint
from ledger.trust.note import Algorithm, MalformedKey, Note, NotSigned, VerifierKey

NO_QUORUM: Final = "none"

_ALLOWED: Final = re.compile(rb"[\t\n\x20-\x7e\x80-\xff]*")
_LOG: Final = range(2, 4)
_WITNESS: Final = range(3, 5)
_LEAST_OF_GROUP: Final = 4
_NUMBER: Final = re.compile("[1-9][0-9]*")


class MalformedPolicy(ValueError):
    """The file is not a policy; says which line and why."""


class QuorumNotMet(Exception):
    """Too few of the witnesses that the policy asks for have cosigned the checkpoint."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness of a policy: its name there, its key, and where it answers, if that is said."""

    name: str
    key: VerifierKey
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """So many of these members, each a witness or a group named before."""

    least: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedCheckpoint:
    """A checkpoint that holds under a policy: which log, and which witnesses saw it when.

    `cosigned` is by the witness's name in the policy, in POSIX seconds; it may have more of them
    than the quorum asks for.
    """

    checkpoint: Checkpoint
    log: VerifierKey
    cosigned: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Policy:
    """Who is believed. Without logs, any log's checkpoint needs to be checked by other means."""

    quorum: str = NO_QUORUM
    logs: Mapping[VerifierKey, str | None] = field(default_factory=lambda: MappingProxyType({}))
    witnesses: Mapping[str, Witness] = field(default_factory=lambda: MappingProxyType({}))
    groups: Mapping[str, Group] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Read a policy file; raises MalformedPolicy."""
        reading = _Reading()
        if _ALLOWED.fullmatch(content) is None:
            raise MalformedPolicy("a control character")
        for number, line in enumerate(content.decode(errors="surrogateescape").split("\n"), 1):
            words = [word for word in re.split(r"[ \t]+", line) if word]
            if words and not words[0].startswith("#"):
                try:
                    reading.take(words)
                except (MalformedKey, ValueError) as error:
                    raise MalformedPolicy(f"line {number}: {error}") from error
        if reading.quorum is None:
            raise MalformedPolicy("no quorum")
        return cls(reading.quorum, reading.logs, reading.witnesses, reading.groups)

    def check(self, note: Note) -> CheckedCheckpoint:
        """Believe a checkpoint, or raise why not.

        NotSigned or SignatureInvalid (of `ledger.trust.note`), MalformedCheckpoint, QuorumNotMet.
        """
        signed = note.verified_by_any(self.logs)
        checkpoint = Checkpoint.parse(note.text)
        log = next((key for key in signed if key.name == checkpoint.origin), None)
        if log is None:
            raise NotSigned(f"not by the log of {checkpoint.origin}")
        cosigned = self.cosigned(note)
        if not self.is_met_by(cosigned):
            raise QuorumNotMet(f"{self.quorum} by {', '.join(cosigned) or 'nobody'}")
        return CheckedCheckpoint(checkpoint, log, cosigned)

    def cosigned(self, note: Note) -> Mapping[str, int]:
        """When each of the witnesses cosigned the note; raises SignatureInvalid."""
        found = note.verified(witness.key for witness in self.witnesses.values())
        return {
            witness.name: found[witness.key].cosigned_at
            for witness in self.witnesses.values()
            if witness.key in found
        }

    def is_met_by(self, cosigned: Mapping[str, int]) -> bool:
        """Whether these witnesses are enough."""
        return self.quorum == NO_QUORUM or self._is_met(self.quorum, cosigned)

    def _is_met(self, name: str, cosigned: Mapping[str, int]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in cosigned
        return sum(self._is_met(member, cosigned) for member in group.members) >= group.least


class _Reading:
    """What has been read of a policy file so far; each refusal is a ValueError."""

    def __init__(self) -> None:
        self.quorum: str | None = None
        self.logs: dict[VerifierKey, str | None] = {}
        self.witnesses: dict[str, Witness] = {}
        self.groups: dict[str, Group] = {}
        self._members: set[str] = set()

    def take(self, words: list[str]) -> None:
        match words:
            case ["log", text, *url] if len(words) in _LOG:
                self._log(text, *url)
            case ["witness", name, text, *url] if len(words) in _WITNESS:
                self._witness(name, text, *url)
            case ["group", name, least, *members] if len(words) >= _LEAST_OF_GROUP:
                self._group(name, least, members)
            case ["quorum", name] if self.quorum is None:
                if name != NO_QUORUM:
                    self._must_be_known(name)
                self.quorum = name
            case _:
                raise MalformedPolicy(" ".join(words))

    def _log(self, text: str, url: str | None = None) -> None:
        key = _key(text, Algorithm.ED25519)
        if key.public in {one.public for one in self.logs}:
            raise MalformedPolicy(f"the same log twice: {key.name}")
        self.logs[key] = url

    def _witness(self, name: str, text: str, url: str | None = None) -> None:
        key = _key(text, Algorithm.COSIGNATURE)
        if key.public in {one.key.public for one in self.witnesses.values()}:
            raise MalformedPolicy(f"the same witness twice: {key.name}")
        self._must_be_new(name)
        self.witnesses[name] = Witness(name, key, url)

    def _group(self, name: str, least: str, members: list[str]) -> None:
        self._must_be_new(name)
        for member in members:
            self._must_be_known(member)
            if member in self._members:
                raise MalformedPolicy(f"in a group already: {member}")
            self._members.add(member)
        needed = {"any": 1, "all": len(members)}.get(least)
        if needed is None:
            needed = int(least) if _NUMBER.fullmatch(least) else 0
        if not 1 <= needed <= len(members):
            raise MalformedPolicy(f"{least} of {len(members)}")
        self.groups[name] = Group(needed, tuple(members))

    def _names(self) -> Iterator[str]:
        yield NO_QUORUM
        yield from self.witnesses
        yield from self.groups

    def _must_be_new(self, name: str) -> None:
        if name in self._names():
            raise MalformedPolicy(f"named already: {name}")

    def _must_be_known(self, name: str) -> None:
        if name not in {*self.witnesses, *self.groups}:
            raise MalformedPolicy(f"not named before: {name}")


def _key(text: str, algorithm: Algorithm) -> VerifierKey:
    key = VerifierKey.parse(text)
    if key.algorithm is not algorithm:
        raise MalformedPolicy(f"a key of another kind: {text}")
    return key
