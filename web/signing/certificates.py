"""What a certificate must be before anybody signs with it, as Thông tư 15/2025/TT-BKHCN orders."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    load_der_pkcs7_certificates,
    load_pem_pkcs7_certificates,
)
from cryptography.x509.oid import NameOID

from web.refusals import CertificateUnfit

_LEAST_RSA_BITS: Final = 2048
_LEAST_CURVE_BITS: Final = 256


def fingerprint(der: bytes) -> str:
    """What a certificate is known by in the ledger: SHA-256 of its DER bytes, in hexadecimal."""
    return sha256(der).hexdigest()


def certificate_in(content: bytes) -> x509.Certificate:
    """The person's certificate in a .cer, .crt, .pem, .p7b or .p7c file; raises CertificateUnfit.

    Where the authorities above it are in the file too, it is the one that vouches for nobody.
    """
    for read in (_in_pem, _in_der, load_pem_pkcs7_certificates, load_der_pkcs7_certificates):
        try:
            found = read(content)
        except (ValueError, UnsupportedAlgorithm):
            continue
        if of_people := [one for one in found if not _vouches(one)]:
            return of_people[0]
    raise CertificateUnfit(why="unreadable")


def _in_pem(content: bytes) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(content)


def _in_der(content: bytes) -> list[x509.Certificate]:
    return [x509.load_der_x509_certificate(content)]


def _vouches(certificate: x509.Certificate) -> bool:
    """Whether it is an authority's; what cannot be read is told of when it is checked."""
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False


def check_usable(certificate: x509.Certificate, at: datetime) -> None:
    """Raise CertificateUnfit where nobody may sign with the certificate at this moment."""
    for why in _faults(certificate, at):
        raise CertificateUnfit(
            why=why,
            valid_from=certificate.not_valid_before_utc,
            valid_until=certificate.not_valid_after_utc,
        )


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def common_name(name: x509.Name) -> str:
    """What a person or an authority is called in a certificate."""
    names = name.get_attributes_for_oid(NameOID.COMMON_NAME) or list(name)
    return str(names[-1].value) if names else ""


def _faults(certificate: x509.Certificate, at: datetime) -> Iterator[str]:
    if at < certificate.not_valid_before_utc:
        yield "not-yet-valid"
    if at > certificate.not_valid_after_utc:
        yield "expired"
    if not _strong(certificate):
        yield "weak"
    if not _for_signing(certificate):
        yield "not-for-signing"


def _strong(certificate: x509.Certificate) -> bool:
    try:
        key = certificate.public_key()
    except (UnsupportedAlgorithm, ValueError):
        return False
    if isinstance(key, RSAPublicKey):
        return key.key_size >= _LEAST_RSA_BITS
    return isinstance(key, EllipticCurvePublicKey) and key.key_size >= _LEAST_CURVE_BITS


def _for_signing(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    return usage.digital_signature or usage.content_commitment
