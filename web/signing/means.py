"""What a school signs with, put together at its desk: authority, time, trust, a person's key."""

from pyhanko.sign.timestamps import TimeStamper

from ledger.vocabulary import PersonId
from web.desk import Desk
from web.refusals import NoSchoolAuthority, SigningFailed
from web.signing.authority import SchoolAuthority
from web.signing.device import Device, DeviceSigner
from web.signing.remote import Consent, RemoteSigner
from web.signing.school import SchoolSigner
from web.signing.timestamps import outside
from web.signing.trust import Trust


def trust_of(desk: Desk) -> Trust:
    """Whom the school believes now, its own authority with what it has withdrawn included."""
    try:
        authority = SchoolAuthority.in_folder(desk.keys)
    except NoSchoolAuthority:
        return Trust.in_folder(desk.keys.folder)
    revoked = authority.revocation_lists(desk.school_keys.withdrawn(), desk.clock())
    return Trust.in_folder(desk.keys.folder, school=authority.roots, revoked=revoked)


def timestamper_of(desk: Desk) -> TimeStamper:
    """Where signatures get their time from; raises NoSchoolAuthority where nobody gives it."""
    if desk.settings.tsa:
        return outside(desk.settings.tsa)
    return SchoolAuthority.in_folder(desk.keys).timestamper(desk.clock)


def by_school(desk: Desk, person: PersonId, pin: str, *, address: str) -> SchoolSigner:
    """The key that the school gave; raises what `SchoolKeys.open` does, and NoSchoolAuthority."""
    authority = SchoolAuthority.in_folder(desk.keys)
    pair = desk.school_keys.open(person, pin, address=address, now=desk.clock())
    return SchoolSigner(pair, authority, timestamper_of(desk))


def by_device(desk: Desk, certificate: str, pin: str) -> DeviceSigner:
    """The token in this machine, with the certificate (SHA-256) that the person enrolled."""
    if desk.settings.device is None:
        raise SigningFailed(why="no-device")
    device = Device(desk.settings.device, desk.settings.device_label)
    return DeviceSigner(device, certificate, pin, timestamper_of(desk))


def by_service(desk: Desk, credential: str, consent: Consent) -> RemoteSigner:
    """The signing service, with its name for the person's key and what the person gave it."""
    if desk.settings.remote is None:
        raise SigningFailed(why="no-answer")
    return RemoteSigner(desk.settings.remote, credential, consent, timestamper_of(desk))
