"""How a person comes by something to sign with, and how it is taken away again."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from cryptography import x509

from ledger.credentials.commands import EnrolCertificate, FoundAuthority, WithdrawCertificate
from ledger.credentials.facts import SigningWay
from ledger.credentials.state import Authority, Certificate
from ledger.school.calendar import local_day
from ledger.vocabulary import Author, CommandId
from web.desk import Desk
from web.refusals import NoSchoolAuthority, SchoolNotDescribed
from web.signing.authority import SchoolAuthority
from web.signing.certificates import check_usable, der, fingerprint

# From so long before its end on, people are told that a certificate ends.
SOON: Final = timedelta(days=45)


def found_authority(desk: Desk, command_id: CommandId, by: Author) -> None:
    """Begin the school's own authority, or the next one, as the principal in person.

    Keys that a process before made and did not live to tell of are told of now.
    """
    if desk.ledger.recorder.find_command(command_id):
        return  # The form came twice: one authority is begun, not two.
    at, known = desk.clock(), desk.ledger.credentials().authorities
    authority = _untold(desk, known)
    if authority is None:
        described = desk.ledger.school().described_on(local_day(at))
        if described is None:
            raise SchoolNotDescribed
        authority = SchoolAuthority.found(desk.keys, described.school_name, at)
    root = authority.root.certificate
    desk.handle(
        FoundAuthority(
            command_id=command_id,
            by=by,
            at=at,
            certificate=fingerprint(der(root)),
            valid_until=root.not_valid_after_utc,
        )
    )


def give_key(
    desk: Desk, command_id: CommandId, by: Author, *, name: str, pin: str, reason: str
) -> None:
    """Give a person a key of the school behind a PIN; the one before is withdrawn for this reason.

    Raises NoSchoolAuthority and PinUnfit.
    """
    if desk.ledger.recorder.find_command(command_id):
        return  # The form came twice: another key would put the first one out of use.
    at = desk.clock()
    authority = SchoolAuthority.in_folder(desk.keys)
    before = school_keys_of(desk, by)
    key = desk.school_keys.give(authority, by.person, name, pin=pin, at=at)
    asked: dict[str, Any] = {"command_id": command_id, "by": by, "at": at}
    desk.handle_together(
        [
            *(
                WithdrawCertificate(**asked, certificate=one.sha256, reason=reason)
                for one in before
            ),
            EnrolCertificate(
                **asked,
                person=by.person,
                certificate=key.certificate,
                way=SigningWay.SCHOOL,
                valid_from=key.valid_from,
                valid_until=key.valid_until,
            ),
        ]
    )


def enrol(
    desk: Desk, command_id: CommandId, by: Author, certificate: x509.Certificate, way: SigningWay
) -> None:
    """Bind a certificate from outside to its owner; raises CertificateUnfit, and as rules do."""
    at = desk.clock()
    check_usable(certificate, at)
    desk.handle(
        EnrolCertificate(
            command_id=command_id,
            by=by,
            at=at,
            person=by.person,
            certificate=fingerprint(der(certificate)),
            way=way,
            valid_from=certificate.not_valid_before_utc,
            valid_until=certificate.not_valid_after_utc,
        )
    )


def withdraw(desk: Desk, command_id: CommandId, by: Author, certificate: str, reason: str) -> None:
    """Let nothing be signed with a certificate any more; a key of the school's goes with it."""
    asked: dict[str, Any] = {"command_id": command_id, "by": by, "at": desk.clock()}
    desk.handle(WithdrawCertificate(**asked, certificate=certificate, reason=reason))


def school_keys_of(desk: Desk, by: Author) -> list[Certificate]:
    """The keys of the school that a person has by the facts: one, or none."""
    mine = desk.ledger.credentials().certificates_of(by.person)
    return [one for one in mine if one.way is SigningWay.SCHOOL]


def _untold(desk: Desk, known: Sequence[Authority]) -> SchoolAuthority | None:
    try:
        authority = SchoolAuthority.in_folder(desk.keys)
    except NoSchoolAuthority:
        return None
    told = {one.certificate for one in known}
    return authority if fingerprint(der(authority.root.certificate)) not in told else None
