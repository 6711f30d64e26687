"""What every way of signing does: take a PDF and a place in it, give back the PDF with more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ledger.credentials.facts import SigningWay


@dataclass(frozen=True, slots=True)
class Asked:
    """One signature that is asked for.

    `field` is the name of an empty field of the PDF; `name`, `reason` and `place` are what programs
    show of it. `at` is the moment that the signature claims. `appearance` is a PDF of one page,
    drawn into the field's box. The `first` signature of a paper certifies it: afterwards only the
    other fields may be signed.
    """

    field: str
    name: str
    reason: str
    place: str
    at: datetime
    appearance: bytes
    first: bool


class Signer(Protocol):
    """A person's key, wherever it is, ready to sign once or several times."""

    way: SigningWay

    def certificate(self) -> str:
        """The SHA-256 of the certificate that will sign, in hexadecimal digits."""

    def sign(self, pdf: bytes, asked: Asked) -> bytes:
        """The PDF with one more signature; it begins with the bytes that were given.

        Raises SigningFailed: nothing was signed, and the same may be asked again.
        """
