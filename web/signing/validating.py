"""Check the signatures of a PDF: whether they hold, for which bytes, whose, and since when.

All that is asked is answered from the file and the trusted roots; nothing is fetched.
"""

from collections.abc import Iterator
from datetime import datetime

from asn1crypto import cms
from cryptography import x509
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import (
    ModificationInfo,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    SignatureStatus,
)

from web.signing.algorithms import Algorithm
from web.signing.certificates import common_name, fingerprint
from web.signing.chains import FOR_SIGNING, Chains, Proofs
from web.signing.found import FoundSignature, Remark
from web.signing.revising import BROKEN, Unreadable, read
from web.signing.trust import Trust
from web.signing.waiting import result_of


def signatures_of(pdf: bytes, trust: Trust, *, at: datetime) -> list[FoundSignature]:
    """The signatures of persons in a PDF, in the order of signing; raises Unreadable.

    They are checked as of the moment that a believed timestamp tells, else as of `at`.
    """
    return result_of(_signatures_of(pdf, trust, at))


def archive_times(pdf: bytes, trust: Trust, *, at: datetime) -> list[datetime]:
    """The moments of the document timestamps that hold, the first one first; raises Unreadable."""
    return result_of(_archive_times(pdf, trust, at))


async def _signatures_of(pdf: bytes, trust: Trust, at: datetime) -> list[FoundSignature]:
    times = await _archive_times(pdf, trust, at)
    reader = read(pdf)
    try:
        chains = Chains(trust, Proofs.in_file(reader))
        # Whatever stands in the file existed when its first document timestamp was made.
        known_at = min([at, *times])
        return [await _found(each, chains, known_at) for each in reader.embedded_regular_signatures]
    except BROKEN as broken:
        raise Unreadable(str(broken)) from broken


async def _archive_times(pdf: bytes, trust: Trust, at: datetime) -> list[datetime]:
    """From the last to the first: each vouches for the one before it, from its own moment on."""
    reader, times = read(pdf), [at]
    try:
        chains = Chains(trust, Proofs.in_file(reader))
        for stamp in reversed(reader.embedded_timestamp_signatures):
            context = chains.context(stamp.signer_cert, times[-1])
            status = await async_validate_pdf_timestamp(stamp, context)
            if _good(status) and _only_kept_since(status) and status.timestamp <= times[-1]:
                times.append(status.timestamp)
    except BROKEN as broken:
        raise Unreadable(str(broken)) from broken
    return times[:0:-1]


async def _found(
    signature: EmbeddedPdfSignature, chains: Chains, known_at: datetime
) -> FoundSignature:
    stamped = stamp_of(signature)
    status = await _status(signature, chains, stamped, known_at)
    time = status.timestamp_validity
    believed = time.timestamp if time is not None and _good(time) else None
    if stamped is not None and believed is None:
        status = await _status(signature, chains, None, known_at)
    certificate = x509.load_der_x509_certificate(status.signing_cert.dump())
    internal = status.trusted and chains.is_internal(status.signing_cert)
    algorithm = Algorithm.of(signature.signer_info, status.signing_cert)
    remarks = [
        *_wrong(status, algorithm, certificate, believed or known_at),
        *_worth_knowing(status, algorithm, internal=internal),
        *_about_time(status, chains),
    ]
    return FoundSignature(
        field=signature.field_name,
        certificate=fingerprint(status.signing_cert.dump()),
        signer=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        algorithm=str(algorithm),
        covers=int(signature.byte_range[2]) + int(signature.byte_range[3]),
        intact=status.intact,
        valid=status.valid,
        trusted=status.trusted,
        unchanged_since=_unchanged(status),
        internal=internal,
        claimed_at=status.signer_reported_dt,
        timestamped_at=believed,
        time_by=_issuer_of(time) if time is not None else None,
        remarks=tuple(remarks),
    )


async def _status(
    signature: EmbeddedPdfSignature,
    chains: Chains,
    stamped: tuple[cms.SignedData, datetime] | None,
    known_at: datetime,
) -> PdfSignatureStatus:
    """What the library finds, as of the timestamp; the timestamp itself as of `known_at`."""
    of_time = None
    if stamped is not None:
        authority = extract_certificate_info(stamped[0]).signer_cert
        of_time = chains.context(authority, known_at)
    moment = stamped[1] if stamped else known_at
    return await async_validate_pdf_signature(
        signature,
        chains.context(signature.signer_cert, moment),
        of_time or chains.context(signature.signer_cert, known_at),
        key_usage_settings=FOR_SIGNING,
    )


def stamp_of(signature: EmbeddedPdfSignature) -> tuple[cms.SignedData, datetime] | None:
    """The timestamp inside a signature and the moment that it tells, believed or not."""
    for stamp in extract_tst_data_iter(signature.signer_info, signed=False):
        return stamp, stamp["encap_content_info"]["content"].parsed["gen_time"].native
    return None


def _wrong(
    status: PdfSignatureStatus,
    algorithm: Algorithm,
    certificate: x509.Certificate,
    moment: datetime,
) -> Iterator[Remark]:
    if not status.intact:
        yield Remark.CHANGED
    if not status.valid:
        yield Remark.FORGED
    if not _covers_its_revision(status):
        yield Remark.COVERS_PART
    elif status.intact and not _unchanged(status):
        yield Remark.CHANGED_LATER
    if status.revoked:
        yield Remark.REVOKED
    if not certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc:
        yield Remark.EXPIRED
    if not algorithm.strong:
        yield Remark.WEAK


def _worth_knowing(
    status: PdfSignatureStatus, algorithm: Algorithm, *, internal: bool
) -> Iterator[Remark]:
    if not status.trusted:
        yield Remark.NOT_TRUSTED
    if internal:
        yield Remark.INTERNAL
    if algorithm.old_padding:
        yield Remark.OLD_PADDING


def _about_time(status: PdfSignatureStatus, chains: Chains) -> Iterator[Remark]:
    time = status.timestamp_validity
    if time is None:
        yield Remark.NO_TIMESTAMP
    elif not _good(time):
        yield Remark.TIMESTAMP_NOT_TRUSTED
    elif chains.is_internal(time.signing_cert):
        yield Remark.INTERNAL_TIME


def _good(status: SignatureStatus) -> bool:
    return status.intact and status.valid and status.trusted


def _covers_its_revision(status: ModificationInfo) -> bool:
    coverage = status.coverage
    return coverage is not None and coverage >= SignatureCoverageLevel.ENTIRE_REVISION


def _unchanged(status: ModificationInfo) -> bool:
    """Whether nothing was added since but signatures in their fields, proofs and timestamps."""
    level = status.modification_level
    return bool(status.docmdp_ok) and level is not None and level <= ModificationLevel.FORM_FILLING


def _only_kept_since(status: ModificationInfo) -> bool:
    """Whether nothing was added since but proofs and timestamps."""
    level = status.modification_level
    return level is not None and level <= ModificationLevel.LTA_UPDATES


def _issuer_of(status: SignatureStatus) -> str:
    certificate = x509.load_der_x509_certificate(status.signing_cert.dump())
    return common_name(certificate.subject)
