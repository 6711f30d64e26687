"""A passkey made of software: what a phone does with a key pair, for tests without a phone."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Any, Protocol
from uuid import uuid4

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from ledger.command import Command
from ledger.credentials.commands import EnrolPasskey, RevokePasskey
from ledger.line import Line
from ledger.sheet.attestation import Assertion
from ledger.vocabulary import CommandId
from tests.school import Voice

HOST, ORIGIN = "localhost", "http://localhost"
PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


class CanHandle(Protocol):
    """A desk, or a ledger with its projections."""

    def handle(self, command: Command) -> Sequence[Line]: ...


@dataclass(frozen=True)
class Phone:
    """One passkey; `asks` says whether it asked for finger, face or PIN."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential_id: bytes = field(default_factory=lambda: token_bytes(20))
    asks: bool = True

    @property
    def credential(self) -> str:
        return bytes_to_base64url(self.credential_id)

    @property
    def public_key(self) -> str:
        return bytes_to_base64url(self._cose())

    def registers(self, options: dict[str, Any], *, origin: str = ORIGIN) -> str:
        """What a browser brings back when it was asked to make this passkey."""
        described = len(self.credential_id).to_bytes(2, "big") + self.credential_id + self._cose()
        data = self._data(WITH_KEY) + bytes(16) + described
        made = {"fmt": "none", "attStmt": {}, "authData": data}
        response = {
            "clientDataJSON": _client_data("webauthn.create", options["challenge"], origin),
            "attestationObject": bytes_to_base64url(cbor2.dumps(made)),
        }
        return self._told(response)

    def signs(self, statement: str, *, origin: str = ORIGIN) -> str:
        """What a browser brings back when it was asked to sign a statement (SHA-256, hex)."""
        assertion = self.asserts(statement, origin=origin)
        response = {
            "clientDataJSON": assertion.client_data,
            "authenticatorData": assertion.authenticator_data,
            "signature": assertion.signature,
        }
        return self._told(response)

    def asserts(self, statement: str, *, origin: str = ORIGIN) -> Assertion:
        """The same as it is kept with an approval."""
        challenge = bytes_to_base64url(bytes.fromhex(statement))
        client_data = _client_data("webauthn.get", challenge, origin)
        data, told = self._data(), base64url_to_bytes(client_data)
        signature = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(SHA256()))
        return Assertion(
            credential=self.credential,
            client_data=client_data,
            authenticator_data=bytes_to_base64url(data),
            signature=bytes_to_base64url(signature),
        )

    def _told(self, response: dict[str, str]) -> str:
        kind = {"id": self.credential, "rawId": self.credential, "type": "public-key"}
        return json.dumps({**kind, "response": response})

    def _data(self, flags: int = 0) -> bytes:
        flags |= PRESENT | (VERIFIED if self.asks else 0)
        return hashlib.sha256(HOST.encode()).digest() + bytes([flags]) + bytes(4)

    def _cose(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})


def enrol_passkey(has: CanHandle, voice: Voice, phone: Phone) -> None:
    """Let a passkey of a person count from now on."""
    has.handle(
        EnrolPasskey(
            command_id=CommandId(uuid4()),
            by=voice.author,
            at=voice.moment,
            credential=phone.credential,
            public_key=phone.public_key,
        )
    )


def revoke_passkey(has: CanHandle, voice: Voice, phone: Phone) -> None:
    """Let it count no longer."""
    has.handle(
        RevokePasskey(
            command_id=CommandId(uuid4()),
            by=voice.author,
            at=voice.moment,
            credential=phone.credential,
            reason="Mất máy ở bến xe",
        )
    )


def _client_data(kind: str, challenge: str, origin: str) -> str:
    told = {"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}
    return bytes_to_base64url(json.dumps(told).encode())
