"""Signed notes (c2sp.org/signed-note) and cosignatures v1 (c2sp.org/tlog-cosignature).

A note is a text and lines that sign it. Ed25519 is used in two ways: a log signs the text alone,
a witness signs the text under the moment at which it saw it.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from hashlib import sha256
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

# A note with more lines than any number of witnesses could explain is an attack on who reads it.
MOST_SIGNATURES: Final = 100

_SIGNATURE_LINE: Final = re.compile("— ([^ ]+) ([A-Za-z0-9+/=]+)")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")
# Spaces of any script and the plus; also what no note can hold, and half characters.
_NOT_IN_NAMES: Final = re.compile(r"[\s+\x00-\x1f\ud800-\udfff]")
_KEY_ID_LENGTH: Final = 4
_SEED_LENGTH: Final = 32
_PUBLIC_LENGTH: Final = 32
_TIME_LENGTH: Final = 8
# tlog-cosignature: a later moment cannot be meant.
_LATEST: Final = 2**63 - 1
_ED25519_LENGTH: Final = 64
_PRIVATE_KEY: Final = "PRIVATE+KEY+"


class Algorithm(IntEnum):
    """What a key signs; the byte by which the specifications name it."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


class MalformedKey(ValueError):
    """The text is not a key in the form of signed notes, or of an algorithm not used here."""


class MalformedNote(ValueError):
    """The bytes are not a signed note."""


class SignatureInvalid(Exception):
    """A line that names a known key is not a signature of that key over this text."""


class NotSigned(Exception):
    """No known key has signed the note; its text means nothing."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note: which key, and what it left. `value` is without the key id."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"— {self.name} {b64encode(self.key_id + self.value).decode()}\n"

    @classmethod
    def parse(cls, line: str) -> Self:
        """Read one line, without its newline; raises MalformedNote."""
        found = _SIGNATURE_LINE.fullmatch(line)
        if found is None or not is_key_name(found[1]):
            raise MalformedNote(f"not a signature: {line!r}")
        content = from_base64(found[2])
        if len(content) <= _KEY_ID_LENGTH:
            raise MalformedNote(f"a signature of nothing: {line!r}")
        return cls(found[1], content[:_KEY_ID_LENGTH], content[_KEY_ID_LENGTH:])

    @property
    def cosigned_at(self) -> int:
        """The POSIX time that a cosignature carries, in whole seconds."""
        return int.from_bytes(self.value[:_TIME_LENGTH], "big")


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends with a newline, and the signatures under it, checked or not."""

    text: str
    signatures: tuple[Signature, ...]

    def to_bytes(self) -> bytes:
        return f"{self.text}\n{''.join(map(str, self.signatures))}".encode()

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Read a note without believing it; raises MalformedNote."""
        try:
            whole = content.decode()
        except UnicodeDecodeError as error:
            raise MalformedNote("not UTF-8") from error
        if _CONTROL.search(whole):
            raise MalformedNote("a control character")
        text, blank, lines = whole.rpartition("\n\n")
        if not blank or not lines.endswith("\n"):
            raise MalformedNote("no signatures")
        signatures = lines.removesuffix("\n").split("\n")
        if len(signatures) > MOST_SIGNATURES:
            raise MalformedNote(f"{len(signatures)} signatures")
        return cls(f"{text}\n", tuple(map(Signature.parse, signatures)))

    def signed_with(self, *more: Signature) -> "Note":
        """The note with further signatures under it, each key's last one kept."""
        by_key = {(one.name, one.key_id): one for one in (*self.signatures, *more)}
        return replace(self, signatures=tuple(by_key.values()))

    def verified(self, keys: "Iterable[VerifierKey]") -> "Mapping[VerifierKey, Signature]":
        """Which of these keys have signed the text.

        Lines of other keys are passed over, as are further lines of the same key. Raises
        SignatureInvalid where a line of a known key is no signature of it: somebody tried.
        """
        known = {(key.name, key.key_id): key for key in keys}
        found: dict[VerifierKey, Signature] = {}
        for signature in self.signatures:
            key = known.get((signature.name, signature.key_id))
            if key and key not in found:
                key.verify(self.text, signature)
                found[key] = signature
        return found

    def verified_by_any(self, keys: "Iterable[VerifierKey]") -> "Mapping[VerifierKey, Signature]":
        """The same, but raises NotSigned when none of the keys has signed."""
        found = self.verified(keys)
        if not found:
            raise NotSigned(self.text)
        return found


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key under its name: who may check."""

    name: str
    algorithm: Algorithm
    public: bytes

    @property
    def key_id(self) -> bytes:
        hashed = f"{self.name}\n".encode() + bytes([self.algorithm]) + self.public
        return sha256(hashed).digest()[:_KEY_ID_LENGTH]

    def __str__(self) -> str:
        encoded = b64encode(bytes([self.algorithm]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key like `truong.example/so-diem+530d903a+…`; raises MalformedKey."""
        name, key_id, algorithm, public = _parts(text)
        key = cls(name, algorithm, public)
        if len(public) != _PUBLIC_LENGTH or key.key_id.hex() != key_id:
            raise MalformedKey(f"its id does not follow from the key: {text!r}")
        return key

    def verify(self, text: str, signature: Signature) -> None:
        """Check one signature over a note's text; raises SignatureInvalid."""
        message, value = text.encode(), signature.value
        if self.algorithm is Algorithm.COSIGNATURE:
            if signature.cosigned_at > _LATEST:
                raise SignatureInvalid(self.name)
            message, value = _under_time(text, signature.cosigned_at), value[_TIME_LENGTH:]
        try:
            if len(value) != _ED25519_LENGTH:
                raise InvalidSignature
            Ed25519PublicKey.from_public_bytes(self.public).verify(value, message)
        except (InvalidSignature, ValueError) as error:
            raise SignatureInvalid(self.name) from error


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key under its name: who may sign. It is never printed but by `to_text`."""

    name: str
    algorithm: Algorithm
    _private: Ed25519PrivateKey

    @classmethod
    def from_seed(cls, name: str, algorithm: Algorithm, seed: bytes) -> Self:
        """The key that 32 random bytes give; MalformedKey where the name cannot be one."""
        if not is_key_name(name) or len(seed) != _SEED_LENGTH:
            raise MalformedKey(f"not a name for a key: {name!r}")
        return cls(name, algorithm, Ed25519PrivateKey.from_private_bytes(seed))

    @property
    def verifier(self) -> VerifierKey:
        public = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return VerifierKey(self.name, self.algorithm, public)

    def to_text(self) -> str:
        """As it is kept in a file that nobody else may read."""
        secret = bytes([self.algorithm]) + self._private.private_bytes_raw()
        key_id = self.verifier.key_id.hex()
        return f"{_PRIVATE_KEY}{self.name}+{key_id}+{b64encode(secret).decode()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `to_text` wrote; raises MalformedKey, which does not repeat the key."""
        try:
            name, key_id, algorithm, seed = _parts(text.strip().removeprefix(_PRIVATE_KEY))
            key = cls.from_seed(name, algorithm, seed)
        except MalformedKey as error:
            raise MalformedKey("not a private key") from error
        if not text.startswith(_PRIVATE_KEY) or key.verifier.key_id.hex() != key_id:
            raise MalformedKey("not a private key")
        return key

    def sign(self, text: str) -> Signature:
        """A log's signature over a note's text."""
        assert self.algorithm is Algorithm.ED25519, "a witness signs at a time"
        return self._signature(self._private.sign(text.encode()))

    def cosign(self, text: str, *, at: int) -> Signature:
        """A witness's signature over a note's text, seen at this POSIX time."""
        assert self.algorithm is Algorithm.COSIGNATURE, "a log signs the text alone"
        signed = self._private.sign(_under_time(text, at))
        return self._signature(at.to_bytes(_TIME_LENGTH, "big") + signed)

    def _signature(self, value: bytes) -> Signature:
        return Signature(self.name, self.verifier.key_id, value)


def is_key_name(name: str) -> bool:
    """Whether a key may have this name: neither empty nor with a space of any script or a plus."""
    return bool(name) and _NOT_IN_NAMES.search(name) is None


def from_base64(text: str) -> bytes:
    """The bytes of standard base64, spelled the one way that it has; raises MalformedNote."""
    try:
        content = b64decode(text, validate=True)
    except ValueError as error:  # also where a letter is none of ASCII
        raise MalformedNote(f"not base64: {text!r}") from error
    if b64encode(content).decode() != text:
        raise MalformedNote(f"not base64 as it is written: {text!r}")
    return content


def _under_time(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _parts(text: str) -> tuple[str, str, Algorithm, bytes]:
    """Name, id in hexadecimal, algorithm and key out of `name+id+base64`; raises MalformedKey."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    try:
        content = from_base64(encoded)
        algorithm = Algorithm(content[0])
    except (MalformedNote, IndexError, ValueError) as error:
        raise MalformedKey(f"not a key: {text!r}") from error
    if not is_key_name(name):
        raise MalformedKey(f"not a name for a key: {name!r}")
    return name, key_id, algorithm, content[1:]
