"""Sign with the key that the school's own authority gave: chữ ký nội bộ của trường."""

from asn1crypto import x509
from asn1crypto.keys import PrivateKeyInfo
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ledger.credentials.facts import SigningWay
from web.signing.algorithms import mechanism
from web.signing.authority import KeyPair, SchoolAuthority
from web.signing.certificates import der, fingerprint
from web.signing.embedding import signed
from web.signing.port import Asked
from web.signing.waiting import result_of


class SchoolSigner:
    """A person's key out of `SchoolKeys.open`, for one signature."""

    way = SigningWay.SCHOOL

    def __init__(self, pair: KeyPair, authority: SchoolAuthority, timestamper: TimeStamper) -> None:
        self._pair = pair
        self._authority = authority
        self._timestamper = timestamper

    def certificate(self) -> str:
        return fingerprint(der(self._pair.certificate))

    def sign(self, pdf: bytes, asked: Asked) -> bytes:
        """The PDF with this signature; raises SigningFailed and CertificateUnfit."""
        chain = SimpleCertificateStore()
        chain.register_multiple(map(x509.Certificate.load, self._authority.roots))
        own = x509.Certificate.load(der(self._pair.certificate))
        key = PrivateKeyInfo.load(self._pair.key_der)
        signer = SimpleSigner(own, key, chain, mechanism(own))
        return result_of(signed(pdf, asked, signer, self._timestamper))
