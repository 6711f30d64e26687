"""How what is personal is sealed: one key for each person, all of them wrapped by a master key.

AES-256-GCM with a random nonce throughout. What is sealed is bound to its place: a box that was
moved to another person or another field does not open.
"""

import hmac
from hashlib import sha256
from secrets import token_bytes
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class DoesNotOpen(ValueError):
    """Not sealed with this key for this place, or not the bytes that were sealed."""


class MasterKey:
    """What wraps the keys of persons, and finds a code without knowing it from its traces."""

    def __init__(self, secret: bytes) -> None:
        """Take 32 random bytes."""
        self._cipher = AESGCM(secret)
        # Another key, so that what is looked up tells nothing about what wraps.
        derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"grade-ledger vault-code")
        self._for_lookups = derived.derive(secret)

    def wrap(self, person: UUID, key: bytes) -> bytes:
        """A person's key as it is stored: nonce, ciphertext and tag."""
        return _sealed(self._cipher, key, _key_place(person))

    def unwrap(self, person: UUID, wrapped: bytes) -> bytes:
        """The key of a person; raises DoesNotOpen."""
        return _opened(self._cipher, wrapped, _key_place(person))

    def lookup(self, kind: str, code: str) -> bytes:
        """What a code is found by: the same for the same code, telling nothing about it."""
        return hmac.digest(self._for_lookups, f"{kind}\n{code}".encode(), sha256)


class PersonKey:
    """What seals the boxes of one person."""

    def __init__(self, person: UUID, key: bytes) -> None:
        self._person = person
        self._cipher = AESGCM(key)

    def seal(self, field: str, text: str) -> bytes:
        """A text as it is stored: nonce, ciphertext and tag."""
        return _sealed(self._cipher, text.encode(), self._place(field))

    def open(self, field: str, box: bytes) -> str:
        """The text that was sealed for this person and field; raises DoesNotOpen."""
        return _opened(self._cipher, box, self._place(field)).decode()

    def _place(self, field: str) -> bytes:
        return f"vault-box\n{self._person}\n{field}".encode()


def new_key() -> bytes:
    """A random key for a person."""
    return token_bytes(KEY_BYTES)


def _key_place(person: UUID) -> bytes:
    return f"vault-key\n{person}".encode()


def _sealed(cipher: AESGCM, content: bytes, place: bytes) -> bytes:
    nonce = token_bytes(_NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, content, place)


def _opened(cipher: AESGCM, sealed: bytes, place: bytes) -> bytes:
    try:
        return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place)
    except (InvalidTag, ValueError) as error:
        raise DoesNotOpen(place.decode()) from error
