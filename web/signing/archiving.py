"""Make a signed PDF provable for decades: what proves its signatures goes into it (PAdES B-LTA).

Certificates, and what their authorities say about revocations, are put into the document security
store, and a document timestamp seals all of it. From then on nobody has to be asked any more,
until the certificate of that timestamp ends; before that day another timestamp renews it.
"""

from collections.abc import Iterable
from contextlib import aclosing
from datetime import UTC, date, datetime, timedelta
from typing import Final

from asn1crypto import x509
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper, TimestampDSSContentSettings
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation import async_validate_pdf_timestamp
from pyhanko.sign.validation.ades import simulate_future_ades_lta_validation
from pyhanko.sign.validation.dss import DocumentSecurityStore, collect_validation_info
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec, SignatureValidationSpec
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.errors import PathBuildingError, RevokedError, ValidationError
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from web.refusals import ArchivingFailed
from web.signing.algorithms import DIGEST
from web.signing.chains import FOR_SIGNING, Chains, Proofs
from web.signing.found import Remark
from web.signing.revising import Revision, read
from web.signing.trust import Trust
from web.signing.validating import archive_times, signatures_of, stamp_of
from web.signing.waiting import result_of

_ONE_REVISION: Final = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)


def archive(pdf: bytes, trust: Trust, timestamper: TimeStamper, *, at: datetime) -> bytes:
    """The PDF, continued by one revision that proves all its signatures from now on.

    What authorities outside know of revocations is fetched from them now. What comes back has
    passed the check of `holds_at` for the last day on which it holds. Raises ArchivingFailed.
    """
    found = signatures_of(pdf, trust, at=at)
    if not found or not all(each.holds for each in found):
        raise ArchivingFailed(why="signature-broken")
    moments = [each.timestamped_at or at for each in found]
    signatures = read(pdf).embedded_regular_signatures
    dated = zip(signatures, moments, strict=True)
    archived = result_of(_continued(pdf, dated, trust, timestamper, at))
    last_day = _start_of(holds_until(archived, trust, at=at)) - timedelta(days=1)
    if not holds_at(archived, trust, last_day, at=at):
        raise ArchivingFailed(why="does-not-hold")
    return archived


def renew(pdf: bytes, trust: Trust, timestamper: TimeStamper, *, at: datetime) -> bytes:
    """An archived PDF with one more document timestamp over all of it; raises ArchivingFailed."""
    if not archive_times(pdf, trust, at=at):
        raise ArchivingFailed(why="does-not-hold")
    last = read(pdf).embedded_timestamp_signatures[-1]
    return result_of(_continued(pdf, [(last, at)], trust, timestamper, at))


def holds_until(pdf: bytes, trust: Trust, *, at: datetime) -> date:
    """The day on which the last document timestamp stops to prove, for want of its certificate.

    Before it, `renew`. Raises ArchivingFailed where the file is not archived.
    """
    return result_of(_holds_until(pdf, trust, at))


def holds_at(pdf: bytes, trust: Trust, moment: datetime, *, at: datetime) -> bool:
    """Whether the signatures of a file, kept as it is now, will be provable at a later moment.

    What the file does not carry itself is not asked for anywhere, as nobody may be there to answer.
    """
    return result_of(_dated_hold_at(pdf, trust, moment, at)) and _undated_hold_at(
        pdf, Trust(trust.roots, trust.school), moment
    )


async def _continued(
    pdf: bytes,
    signatures: Iterable[tuple[EmbeddedPdfSignature, datetime]],
    trust: Trust,
    timestamper: TimeStamper,
    at: datetime,
) -> bytes:
    """One revision with the proofs of these signatures, each as of its moment, and a timestamp."""
    revision = Revision.of(pdf)
    number = len(revision.prev.embedded_timestamp_signatures) + 1
    try:
        for signature, moment in signatures:
            await _prove(revision, signature, _asking(trust, moment))
        seal = PdfTimeStamper(timestamper, field_name=f"archive-{number}")
        async with aclosing(_asking(trust, at)) as context:
            output = await seal.async_timestamp_pdf(
                revision, DIGEST, context, dss_settings=_ONE_REVISION
            )
    except TimestampRequestError as silent:
        raise ArchivingFailed(why="no-timestamp") from silent
    except RevokedError as revoked:
        raise ArchivingFailed(why="signature-broken") from revoked
    except PathBuildingError as stranger:
        raise ArchivingFailed(why="not-trusted") from stranger
    except ValidationError as unknown:
        raise ArchivingFailed(why="revocation-unknown") from unknown
    continued: bytes = output.getvalue()
    return continued


async def _prove(
    revision: Revision, signature: EmbeddedPdfSignature, asking: ValidationContext
) -> None:
    """Ask what proves a signature and its timestamp, and put it into the revision."""
    async with aclosing(asking):
        paths = await collect_validation_info(signature, asking)
        DocumentSecurityStore.supply_dss_in_writer(
            revision, None, paths=paths, validation_context=asking
        )


def _asking(trust: Trust, moment: datetime) -> ValidationContext:
    """How to ask: each certificate of a chain needs word of its authority, by list or answer."""
    return ValidationContext(
        trust_roots=_roots(trust),
        crls=trust.revoked,
        moment=moment,
        allow_fetching=True,
        revocation_mode="require",
        retroactive_revinfo=True,
    )


def _roots(trust: Trust) -> list[x509.Certificate]:
    return [x509.Certificate.load(root) for root in (*trust.roots, *trust.school)]


async def _holds_until(pdf: bytes, trust: Trust, at: datetime) -> date:
    reader = read(pdf)
    if not reader.embedded_timestamp_signatures:
        raise ArchivingFailed(why="does-not-hold")
    last = reader.embedded_timestamp_signatures[-1]
    context = Chains(trust, Proofs.in_file(reader)).context(last.signer_cert, at)
    status = await async_validate_pdf_timestamp(last, context)
    if not status.trusted or status.validation_path is None:
        raise ArchivingFailed(why="does-not-hold")
    ends = (each.not_valid_after for each in status.validation_path.iter_certs(include_root=True))
    until: date = min(ends).astimezone(UTC).date()
    return until


async def _dated_hold_at(pdf: bytes, trust: Trust, moment: datetime, at: datetime) -> bool:
    """The library's simulation: as if timestamps had been renewed in time until then."""
    policy = CertValidationPolicySpec(
        SimpleTrustManager.build(trust_roots=_roots(trust)), CertRevTrustPolicy(REQUIRE_REVINFO)
    )
    asked = PdfSignatureValidationSpec(
        SignatureValidationSpec(policy, key_usage_settings=FOR_SIGNING)
    )
    results = [
        await simulate_future_ades_lta_validation(signature, asked, moment, at)
        for signature in read(pdf).embedded_regular_signatures
        if stamp_of(signature)
    ]
    return all(each.ades_subindic == AdESPassed.OK for each in results)


def _undated_hold_at(pdf: bytes, trust: Trust, moment: datetime) -> bool:
    """Of signatures without a timestamp of their own, which the simulation does not know.

    They are proved by the file's document timestamps only, for as long as these are.
    """
    signatures = read(pdf).embedded_regular_signatures
    if all(stamp_of(each) for each in signatures):
        return bool(signatures)
    found = signatures_of(pdf, trust, at=moment)
    undated = [each for each in found if Remark.NO_TIMESTAMP in each.remarks]
    proved = archive_times(pdf, trust, at=moment)
    return bool(proved) and all(each.holds and each.trusted for each in undated)


def _start_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
