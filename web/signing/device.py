"""Sign with a PKCS#11 token on the machine that runs the ledger: a USB device of the office.

The PIN is given for one signature and kept nowhere. Which key of the token signs is told by the
certificate that the person enrolled.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final, NoReturn

import pkcs11
from asn1crypto import x509
from pkcs11 import Attribute, ObjectClass, PKCS11Error, Session
from pkcs11.exceptions import (
    PinIncorrect,
    PinInvalid,
    PinLenRange,
    PinLocked,
    TokenNotPresent,
    TokenNotRecognised,
)
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, find_token
from pyhanko.sign.timestamps import TimeStamper

from ledger.credentials.facts import SigningWay
from web.refusals import SigningFailed
from web.signing.algorithms import mechanism
from web.signing.certificates import fingerprint
from web.signing.embedding import signed
from web.signing.port import Asked
from web.signing.waiting import result_of

_WHY: Final[tuple[tuple[tuple[type[PKCS11Error], ...], str], ...]] = (
    ((PinIncorrect, PinInvalid, PinLenRange), "wrong-pin"),
    ((PinLocked,), "pin-locked"),
    ((TokenNotPresent, TokenNotRecognised), "no-device"),
)
# Whoever is signed in to a token is so for the whole process: two at once would share a PIN.
_ONE_AT_A_TIME: Final = Lock()


@dataclass(frozen=True, slots=True)
class Device:
    """A token: the module (.so) of its maker, and its label where several may be plugged in."""

    module: Path
    label: str | None = None

    def certificates(self) -> list[bytes]:
        """The certificates on the token as DER bytes, for enrolling; raises SigningFailed."""
        with self.session(None) as session:
            return [content for _, content in _certificates(session)]

    @contextmanager
    def session(self, pin: str | None) -> Iterator[Session]:
        """Open the token; raises SigningFailed, also for what happens inside."""
        try:
            with _ONE_AT_A_TIME, self._token().open(user_pin=pin) as session:
                yield session
        except PKCS11Error as failed:
            _refuse(failed)

    def _token(self) -> pkcs11.Token:
        try:
            library = pkcs11.lib(str(self.module))
        except (PKCS11Error, RuntimeError) as missing:
            raise SigningFailed(why="no-module") from missing
        slots = library.get_slots(token_present=True)
        wanted = TokenCriteria(label=self.label) if self.label else None
        first = None if wanted else 0
        token = find_token(slots, slot_no=first, token_criteria=wanted) if slots else None
        if token is None:
            raise SigningFailed(why="no-device")
        return token


class DeviceSigner:
    """A person's key on a token, for one signature."""

    way = SigningWay.DEVICE

    def __init__(
        self, device: Device, certificate: str, pin: str, timestamper: TimeStamper
    ) -> None:
        """Take the SHA-256 of the certificate that the person enrolled."""
        self._device = device
        self._certificate = certificate
        self._pin = pin
        self._timestamper = timestamper

    def certificate(self) -> str:
        return self._certificate

    def sign(self, pdf: bytes, asked: Asked) -> bytes:
        """The PDF with this signature; raises SigningFailed and CertificateUnfit."""
        with self._device.session(self._pin) as session:
            certificates = _certificates(session)
            mine = ((i, der) for i, der in certificates if fingerprint(der) == self._certificate)
            identifier, own = next(mine, (None, b""))
            if identifier is None:
                raise SigningFailed(why="no-key")
            certificate = x509.Certificate.load(own)
            signer = PKCS11Signer(
                session,
                signing_cert=certificate,
                ca_chain=[x509.Certificate.load(der) for _, der in certificates],
                key_id=identifier,
                signature_mechanism=mechanism(certificate),
            )
            return result_of(signed(pdf, asked, signer, self._timestamper))


def _certificates(session: Session) -> list[tuple[bytes, bytes]]:
    """The certificates that are there without a PIN: their number on the token, their DER bytes."""
    found = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
    return [(each[Attribute.ID], each[Attribute.VALUE]) for each in found]


def _refuse(failed: PKCS11Error) -> NoReturn:
    for kinds, why in _WHY:
        if isinstance(failed, kinds):
            raise SigningFailed(why=why) from failed
    raise SigningFailed(why="device-failed") from failed
