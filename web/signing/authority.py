"""The school's own small authority: it vouches inside the school for who has no public certificate.

Its certificates name the school and say "chữ ký nội bộ"; no program outside knows its root. The
keys of the root and of the timestamps lie in the folder of keys beside those of the log.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from ledger.store.keys import KeyExposed, KeyFolder, KeyOfAnother, keep_secret
from web.refusals import NoSchoolAuthority
from web.signing.certificates import der

if TYPE_CHECKING:
    from web.signing.timestamps import SchoolTimeStamper

INTERNAL: Final = "Chữ ký nội bộ của trường"
_INTERNAL_TIME: Final = "Dấu thời gian nội bộ của trường"
_FILE: Final = re.compile(r"authority-([1-9][0-9]*)\.key")
_END: Final = b"-----END CERTIFICATE-----\n"
_OTHERS: Final = 0o077
_PUBLIC_EXPONENT: Final = 65537
_ROOT_BITS: Final = 3072
KEY_BITS: Final = 2048
# A dossier is to be checked after decades, a person's key is to be given anew every few years.
_ROOT_LASTS: Final = timedelta(days=365 * 30)
_PERSON_LASTS: Final = timedelta(days=365 * 3)
# Revocations are told when a dossier is archived, and hold until the next one is.
_LIST_LASTS: Final = timedelta(days=7)
_PADDING: Final = PSS(MGF1(SHA256()), SHA256.digest_size)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A private key and the certificate of its public half."""

    key: RSAPrivateKey
    certificate: x509.Certificate

    @property
    def key_der(self) -> bytes:
        """The key as PKCS#8."""
        return self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    def to_pem(self) -> bytes:
        """Both as one text, the key not encrypted."""
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return key + self.certificate.public_bytes(Encoding.PEM)

    @classmethod
    def from_pem(cls, pem: bytes) -> Self:
        """What `to_pem` made; raises ValueError."""
        # Made here and kept by nobody else, so its numbers are not proven prime at each signature.
        key = load_pem_private_key(pem, password=None, unsafe_skip_rsa_key_validation=True)
        (certificate,) = x509.load_pem_x509_certificates(pem)
        assert isinstance(key, RSAPrivateKey), "this authority makes no other keys"
        return cls(key, certificate)


@dataclass(frozen=True, slots=True)
class SchoolAuthority:
    """The root that signs now, its timestamps, and the roots before it, the newest first."""

    root: KeyPair
    timestamps: KeyPair
    earlier: tuple[KeyPair, ...] = ()

    @classmethod
    def found(cls, keys: KeyFolder, school: str, at: datetime) -> Self:
        """Begin an authority, the first or the next, and keep its keys; `school` is its name."""
        number = max(_numbered(keys.folder), default=0) + 1
        root = _new_root(school, at)
        timestamps = _new_timestamps(root, school, at)
        place = keys.folder / f"authority-{number}.key"
        keep_secret(place, b"".join(pair.to_pem() for pair in (root, timestamps)))
        return cls.in_folder(keys)

    @classmethod
    def in_folder(cls, keys: KeyFolder) -> Self:
        """The authority whose keys are there; raises NoSchoolAuthority and KeyUnusable."""
        found = _numbered(keys.folder)
        if not found:
            raise NoSchoolAuthority
        newest, *before = (found[number] for number in sorted(found, reverse=True))
        root, timestamps = _pairs(newest)
        return cls(root, timestamps, tuple(_pairs(path)[0] for path in before))

    @property
    def roots(self) -> tuple[bytes, ...]:
        """All roots as DER bytes, the newest first: what they signed stays believed."""
        return tuple(der(each.certificate) for each in (self.root, *self.earlier))

    def issue(self, key: RSAPublicKey, name: str, at: datetime) -> x509.Certificate:
        """A certificate of a person, for signing papers of the school."""
        until = min(at + _PERSON_LASTS, self.root.certificate.not_valid_after_utc)
        subject = _name(name, _organization(self.root.certificate), INTERNAL)
        building = _building(subject, self.root.certificate.subject, key, at, until)
        building = building.add_extension(_usage(signs=True), critical=True)
        return self._signed(building)

    def revocation_lists(
        self, withdrawn: Mapping[int, datetime], at: datetime
    ) -> tuple[bytes, ...]:
        """What was withdrawn when, by serial number, as DER bytes: one list signed by each root.

        For who was given a certificate by an earlier root, only that root's list counts.
        """
        return tuple(_list_of(root, withdrawn, at) for root in (self.root, *self.earlier))

    def timestamper(self, clock: Callable[[], datetime]) -> "SchoolTimeStamper":
        """Timestamps by the school's own clock."""
        # Signing takes a library that loads slowly; certificates and keys do not.
        from web.signing.timestamps import SchoolTimeStamper  # noqa: PLC0415

        own = self.timestamps
        return SchoolTimeStamper(
            der(own.certificate), own.key_der, der(self.root.certificate), clock
        )

    def _signed(self, building: x509.CertificateBuilder) -> x509.Certificate:
        building = building.add_extension(_issuer(self.root.certificate), critical=False)
        return building.sign(self.root.key, SHA256(), rsa_padding=_PADDING)


def _list_of(root: KeyPair, withdrawn: Mapping[int, datetime], at: datetime) -> bytes:
    building = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.certificate.subject)
        .last_update(at)
        .next_update(at + _LIST_LASTS)
        .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
        .add_extension(_issuer(root.certificate), critical=False)
    )
    for serial, moment in sorted(withdrawn.items()):
        entry = x509.RevokedCertificateBuilder(serial, moment).build()
        building = building.add_revoked_certificate(entry)
    signed = building.sign(root.key, SHA256(), rsa_padding=_PADDING)
    return signed.public_bytes(Encoding.DER)


def new_key() -> RSAPrivateKey:
    """A key for a person; takes some tenths of a second."""
    return generate_private_key(_PUBLIC_EXPONENT, KEY_BITS)


def _new_root(school: str, at: datetime) -> KeyPair:
    key = generate_private_key(_PUBLIC_EXPONENT, _ROOT_BITS)
    subject = _name(INTERNAL, school)
    building = _building(subject, subject, key.public_key(), at, at + _ROOT_LASTS)
    building = building.add_extension(_usage(signs=False), critical=True)
    building = building.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return KeyPair(key, building.sign(key, SHA256(), rsa_padding=_PADDING))


def _new_timestamps(root: KeyPair, school: str, at: datetime) -> KeyPair:
    key = new_key()
    until = root.certificate.not_valid_after_utc
    subject = _name(_INTERNAL_TIME, school)
    building = _building(subject, root.certificate.subject, key.public_key(), at, until)
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    building = building.add_extension(_usage(signs=True), critical=True)
    building = building.add_extension(purpose, critical=True)
    building = building.add_extension(_issuer(root.certificate), critical=False)
    return KeyPair(key, building.sign(root.key, SHA256(), rsa_padding=_PADDING))


def _building(
    subject: x509.Name, issuer: x509.Name, key: RSAPublicKey, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(person: str, organization: str, unit: str | None = None) -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATION_NAME, organization)]
    if unit:
        parts.append((NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    parts.append((NameOID.COMMON_NAME, person))
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts])


def _organization(certificate: x509.Certificate) -> str:
    (attribute,) = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return str(attribute.value)


def _usage(*, signs: bool) -> x509.KeyUsage:
    """What a key is for: signing papers and times, or certificates and revocation lists."""
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_cert_sign=not signs,
        crl_sign=not signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _issuer(root: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    known_by = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(known_by)


def _numbered(folder: Path) -> Mapping[int, Path]:
    paths: Iterable[Path] = folder.iterdir() if folder.is_dir() else ()
    matches = ((_FILE.fullmatch(path.name), path) for path in paths)
    return {int(match[1]): path for match, path in matches if match}


def _pairs(path: Path) -> tuple[KeyPair, KeyPair]:
    """The root and its timestamps, as they were kept in one file, all of it or nothing."""
    if path.stat().st_mode & _OTHERS:
        raise KeyExposed(path.name)
    blocks = path.read_bytes().split(_END)[:2]
    try:
        first, second = (KeyPair.from_pem(block + _END) for block in blocks)
    except ValueError as damaged:
        raise KeyOfAnother(path.name) from damaged
    return first, second
