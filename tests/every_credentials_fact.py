"""One school in which every fact about what people confirm and sign with happens once."""

from datetime import timedelta

from ledger.credentials import facts
from ledger.credentials.facts import SigningWay
from tests.scenario import Past
from tests.school import KHOA, LAN, NGOC, NOW

PASSKEY = "c3lubmUtcGFzc2tleS1vZi1uZ29j"
PUBLIC_KEY = "pQECAyYgASFYIHTf0Iy8kWz4l0tJkq2nq8mPz1b6Q3b2M0Jk7wYb1dR6Ilgg"
CERTIFICATE, AUTHORITY = "c1" * 32, "a0" * 32

CREDENTIALS: tuple[Past, ...] = (
    NGOC.wrote(facts.PasskeyEnrolled(credential=PASSKEY, public_key=PUBLIC_KEY)),
    NGOC.wrote(facts.PasskeyRevoked(credential=PASSKEY, reason="Mất điện thoại ngày 02/10")),
    LAN.wrote(
        facts.CertificateEnrolled(
            person=LAN.person,
            certificate=CERTIFICATE,
            way=SigningWay.UPLOADED,
            valid_from=NOW - timedelta(days=30),
            valid_until=NOW + timedelta(days=700),
        )
    ),
    LAN.wrote(facts.CertificateWithdrawn(certificate=CERTIFICATE, reason="Hỏng thiết bị kí")),
    NGOC.wrote(
        facts.AuthorityFounded(certificate=AUTHORITY, valid_until=NOW + timedelta(days=3650))
    ),
    NGOC.wrote(facts.AuthenticatorEnrolled()),
    KHOA.wrote(facts.AuthenticatorRemoved(person=NGOC.person, reason="Mất điện thoại")),
)
