"""Put one signature into its field: the same for every way of signing, wherever the key is."""

from datetime import datetime
from io import BytesIO

from cryptography import x509
from pyhanko.pdf_utils.layout import LayoutError
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import pdf_cms
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from web.refusals import SigningFailed
from web.signing.algorithms import DIGEST
from web.signing.appearance import stamp
from web.signing.certificates import check_usable
from web.signing.port import Asked
from web.signing.revising import Revision, Unreadable, read


async def signed(
    pdf: bytes, asked: Asked, signer: pdf_cms.Signer, timestamper: TimeStamper
) -> bytes:
    """The PDF with a signature (PAdES B-T) in the field; the bytes given are its beginning.

    The certificate is checked before anything is signed, and the signature before it is given
    back. Raises SigningFailed and CertificateUnfit.
    """
    if signer.signing_cert is None:
        raise SigningFailed(why="no-certificate")
    check_usable(x509.load_der_x509_certificate(signer.signing_cert.dump()), asked.at)
    pen = _Pen(_about(asked), signer, timestamper=timestamper, stamp_style=stamp(asked.appearance))
    pen.at = asked.at
    try:
        output = await pen.async_sign_pdf(
            Revision.of(pdf), existing_fields_only=True, output=BytesIO()
        )
    except TimestampRequestError as silent:
        raise SigningFailed(why="no-timestamp") from silent
    except (SigningError, PdfError, LayoutError, Unreadable) as failed:
        raise SigningFailed(why="not-signable") from failed
    continued: bytes = output.getvalue()
    _check(pdf, continued)
    return continued


class _Pen(PdfSigner):
    """A signer by the clock of whoever asks, instead of the machine's."""

    at: datetime

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002 - as the library declares it
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


def _about(asked: Asked) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=asked.field,
        md_algorithm=DIGEST,
        name=asked.name,
        reason=asked.reason,
        location=asked.place,
        subfilter=SigSeedSubFilter.PADES,
        certify=asked.first,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )


def _check(before: bytes, after: bytes) -> None:
    """Raise SigningFailed where the key gave back something else than a signature of the file.

    Devices and services are other people's: a signature is not taken unseen.
    """
    signature = read(after).embedded_signatures[-1]
    try:
        intact, valid = validate_sig_integrity(
            signature.signer_info, signature.signer_cert, "data", signature.compute_digest()
        )
    except SignatureValidationError as broken:
        raise SigningFailed(why="signed-wrongly") from broken
    if not (intact and valid and after.startswith(before)):
        raise SigningFailed(why="signed-wrongly")
