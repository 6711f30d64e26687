"""What people see of signing: certificates and where they stand, whom the school believes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509

from ledger.credentials.state import Certificate
from ledger.vocabulary import PersonId
from web.desk import Desk
from web.signing.certificates import common_name, der, fingerprint
from web.signing.enrolling import SOON
from web.signing.trust import ROOTS
from web.wording import enrolling as words


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate that somebody is bound to, as it stands at a moment."""

    certificate: Certificate
    at: datetime

    @property
    def usable(self) -> bool:
        return self.certificate.is_usable(self.at)

    @property
    def ends_soon(self) -> bool:
        return self.usable and self.certificate.valid_until - self.at < SOON

    @property
    def state(self) -> tuple[str, str]:
        """The words of its chip and their look."""
        if self.certificate.withdrawn_at is not None:
            return words.WITHDRAWN
        if self.at < self.certificate.valid_from:
            return words.NOT_YET
        if not self.usable:
            return words.ENDED
        return words.ENDS_SOON if self.ends_soon else words.USABLE


@dataclass(frozen=True, slots=True)
class Root:
    """An authority outside that the school accepts; one without an end cannot be read."""

    file: str
    name: str = ""
    sha256: str = ""
    valid_until: datetime | None = None


def held_by(desk: Desk, person: PersonId) -> list[Held]:
    """Every certificate that a person was ever bound to, the newest first."""
    known = desk.ledger.credentials().certificates.values()
    return _held((one for one in known if one.person == person), desk.clock())


def held_by_all(desk: Desk) -> list[Held]:
    """The certificates of everybody that were not withdrawn, the newest first."""
    known = desk.ledger.credentials().certificates.values()
    return _held((one for one in known if one.withdrawn_at is None), desk.clock())


def _held(certificates: Iterable[Certificate], at: datetime) -> list[Held]:
    newest_first = sorted(certificates, key=lambda one: one.since, reverse=True)
    return [Held(one, at) for one in newest_first]


def accepted_roots(keys: Path) -> Sequence[Root]:
    """What lies in the folder of accepted roots, file after file."""
    found: list[Root] = []
    for path in sorted((keys / ROOTS).glob("*.pem")):
        try:
            each = x509.load_pem_x509_certificates(path.read_bytes())
        except ValueError:
            found.append(Root(path.name))
            continue
        found += [_root(path.name, one) for one in each]
    return found


def _root(file: str, one: x509.Certificate) -> Root:
    return Root(file, common_name(one.subject), fingerprint(der(one)), one.not_valid_after_utc)
