"""What people confirm and sign with, as the lines make it: passkeys, certificates, authority."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Self

from ledger.credentials import facts
from ledger.credentials.facts import SigningWay
from ledger.line import Line
from ledger.vocabulary import PersonId


@dataclass(frozen=True, slots=True)
class Passkey:
    """A person's passkey; `public_key` is COSE in base64url, as it was registered."""

    credential: str
    person: PersonId
    public_key: str
    since: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that a person is bound to: SHA-256 of its DER bytes, and while it is valid."""

    sha256: str
    person: PersonId
    way: SigningWay
    valid_from: datetime
    valid_until: datetime
    since: datetime
    withdrawn_at: datetime | None = None

    def is_usable(self, at: datetime) -> bool:
        """Whether something may be signed with it at a moment."""
        withdrawn = self.withdrawn_at is not None and self.withdrawn_at <= at
        return self.valid_from <= at < self.valid_until and not withdrawn


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority of the school's own: SHA-256 of its root, since when and until when."""

    certificate: str
    since: datetime
    valid_until: datetime


@dataclass(slots=True)
class Credentials:
    """All of them after `version` lines. Treat it as frozen: `evolve_credentials` makes a new one.

    What was revoked or withdrawn stays, since it is needed to check what it was used for before.
    `authenticators` says since when who confirms with codes, which leave nothing to check.
    `authorities` are in the order in which they were begun.
    """

    version: int = 0
    passkeys: dict[str, Passkey] = field(default_factory=dict)
    authenticators: dict[PersonId, datetime] = field(default_factory=dict)
    certificates: dict[str, Certificate] = field(default_factory=dict)
    authorities: tuple[Authority, ...] = ()

    @property
    def authority(self) -> Authority | None:
        """The newest authority of the school's own."""
        return self.authorities[-1] if self.authorities else None

    def passkeys_of(self, person: PersonId) -> list[Passkey]:
        """The passkeys of a person that count, the oldest first."""
        mine = (one for one in self.passkeys.values() if one.person == person)
        return [one for one in mine if one.revoked_at is None]

    def certificates_of(self, person: PersonId) -> list[Certificate]:
        """The certificates of a person that were not withdrawn, the oldest first."""
        mine = (one for one in self.certificates.values() if one.person == person)
        return [one for one in mine if one.withdrawn_at is None]

    def draft(self) -> Self:
        """A copy whose collections may be changed without touching this state."""
        draft = copy(self)
        draft.passkeys, draft.certificates = self.passkeys.copy(), self.certificates.copy()
        draft.authenticators = self.authenticators.copy()
        return draft


NO_CREDENTIALS_YET: Final = Credentials()


def evolve_credentials(credentials: Credentials, lines: Iterable[Line]) -> Credentials:
    """The state after `lines`; never refuses, since what was recorded has happened."""
    draft = credentials.draft()
    for line in lines:
        _HANDLERS[type(line.fact)](line.fact, draft, line)
        draft.version = line.version
    return draft


def _passkey_enrolled(fact: facts.PasskeyEnrolled, kept: Credentials, line: Line) -> None:
    kept.passkeys[fact.credential] = Passkey(
        fact.credential, line.by.person, fact.public_key, line.at
    )


def _passkey_revoked(fact: facts.PasskeyRevoked, kept: Credentials, line: Line) -> None:
    revoked = replace(kept.passkeys[fact.credential], revoked_at=line.at)
    kept.passkeys[fact.credential] = revoked


def _authenticator_enrolled(
    _fact: facts.AuthenticatorEnrolled, kept: Credentials, line: Line
) -> None:
    kept.authenticators[line.by.person] = line.at


def _authenticator_removed(
    fact: facts.AuthenticatorRemoved, kept: Credentials, _line: Line
) -> None:
    kept.authenticators.pop(fact.person, None)


def _certificate_enrolled(fact: facts.CertificateEnrolled, kept: Credentials, line: Line) -> None:
    kept.certificates[fact.certificate] = Certificate(
        sha256=fact.certificate,
        person=fact.person,
        way=fact.way,
        valid_from=fact.valid_from,
        valid_until=fact.valid_until,
        since=line.at,
    )


def _certificate_withdrawn(fact: facts.CertificateWithdrawn, kept: Credentials, line: Line) -> None:
    withdrawn = replace(kept.certificates[fact.certificate], withdrawn_at=line.at)
    kept.certificates[fact.certificate] = withdrawn


def _authority_founded(fact: facts.AuthorityFounded, kept: Credentials, line: Line) -> None:
    founded = Authority(fact.certificate, line.at, fact.valid_until)
    kept.authorities = (*kept.authorities, founded)


_HANDLERS: Final[Mapping[type, Callable[[Any, Credentials, Line], None]]] = MappingProxyType(
    {
        facts.PasskeyEnrolled: _passkey_enrolled,
        facts.PasskeyRevoked: _passkey_revoked,
        facts.AuthenticatorEnrolled: _authenticator_enrolled,
        facts.AuthenticatorRemoved: _authenticator_removed,
        facts.CertificateEnrolled: _certificate_enrolled,
        facts.CertificateWithdrawn: _certificate_withdrawn,
        facts.AuthorityFounded: _authority_founded,
    }
)
