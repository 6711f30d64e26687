"""Whom the school believes: the roots it accepts, its own authority, and what was revoked."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from web.refusals import AcceptedRootUnreadable

ROOTS: Final = "roots"


@dataclass(frozen=True, slots=True)
class Trust:
    """Certificates and revocation lists as DER bytes.

    `roots` are the authorities outside that the school accepts; `school` those it founded itself,
    one after the other; `revoked` their revocation lists.
    """

    roots: tuple[bytes, ...] = ()
    school: tuple[bytes, ...] = ()
    revoked: tuple[bytes, ...] = ()

    @classmethod
    def in_folder(
        cls, keys: Path, *, school: tuple[bytes, ...] = (), revoked: tuple[bytes, ...] = ()
    ) -> Self:
        """What `roots/*.pem` in the folder of keys holds, any number of certificates in each file.

        Raises AcceptedRootUnreadable: without that file more might be believed than people meant.
        """
        roots = [der for path in sorted((keys / ROOTS).glob("*.pem")) for der in _in_file(path)]
        return cls(tuple(roots), school, revoked)


def _in_file(path: Path) -> list[bytes]:
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except ValueError as unreadable:
        raise AcceptedRootUnreadable(file=path.name) from unreadable
    return [each.public_bytes(Encoding.DER) for each in found]
