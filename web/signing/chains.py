"""How the library is to check a certificate: along which roots, at which moment, by what proofs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
)

from web.signing.trust import Trust

# Certificates in Việt Nam have one of these, or both.
FOR_SIGNING: Final = KeyUsageConstraints(
    key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
)


def _heeding(revocations: str) -> CertRevTrustPolicy:
    """Heed what is known of revocations, however long ago somebody said so."""
    return CertRevTrustPolicy(
        RevocationCheckingPolicy.from_legacy(revocations),
        freshness=timedelta(days=365 * 100),
        freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
    )


_LISTED: Final = _heeding("require")
_IF_KNOWN: Final = _heeding("soft-fail")


@dataclass(frozen=True, slots=True)
class Proofs:
    """What a file carries itself: certificates, revocation lists and answers about revocations."""

    certificates: tuple[x509.Certificate, ...] = ()
    lists: tuple[crl.CertificateList, ...] = ()
    answers: tuple[ocsp.OCSPResponse, ...] = ()

    @classmethod
    def in_file(cls, reader: PdfFileReader) -> Self:
        """Those in the document security store (DSS) of a PDF; none where it has none."""
        try:
            store = DocumentSecurityStore.read_dss(reader)
        except NoDSSFoundError:
            return cls()
        lists = (crl.CertificateList.load(each.get_object().data) for each in store.crls)
        answers = (ocsp.OCSPResponse.load(each.get_object().data) for each in store.ocsps)
        return cls(tuple(store.load_certs()), tuple(lists), tuple(answers))


@dataclass(frozen=True, slots=True)
class Chains:
    """Trust and proofs together; makes what the library calls a validation context."""

    trust: Trust
    proofs: Proofs

    def is_internal(self, certificate: x509.Certificate) -> bool:
        """Whether the certificate says that the school's own authority issued it."""
        return any(
            certificate.issuer == x509.Certificate.load(root).subject for root in self.trust.school
        )

    def context(self, certificate: x509.Certificate, moment: datetime) -> ValidationContext:
        """How to check this certificate at a moment: nothing is fetched from anywhere.

        The school's lists are of all its certificates, so these have to be on record; what an
        authority outside said of revocations is heeded where the file carries it.
        """
        internal = self.is_internal(certificate)
        lists = (*self._lists(), *self.proofs.lists)
        told = any(each.issuer == certificate.issuer for each in lists)
        return ValidationContext(
            trust_roots=_loaded(self.trust.school if internal else self.trust.roots),
            other_certs=self.proofs.certificates,
            crls=lists,
            ocsps=self.proofs.answers,
            moment=moment,
            revinfo_policy=_LISTED if internal and told else _IF_KNOWN,
        )

    def _lists(self) -> Iterable[crl.CertificateList]:
        return map(crl.CertificateList.load, self.trust.revoked)


def _loaded(certificates: Iterable[bytes]) -> list[x509.Certificate]:
    return [x509.Certificate.load(each) for each in certificates]
