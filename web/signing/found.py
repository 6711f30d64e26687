"""What a check finds of one signature: plain values, for pages, reports and the ledger."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Remark(StrEnum):
    """What is wrong with a signature, or worth knowing; the sentences are in `web.wording`."""

    # Wrong: any of these and the signature does not hold.
    CHANGED = "changed"  # the bytes under the signature are not those that were signed
    FORGED = "forged"  # the signature was not made with the key of its certificate
    COVERS_PART = "covers-part"  # it leaves out bytes that stood in the file when it was made
    CHANGED_LATER = "changed-later"  # what was added afterwards is more than signatures
    REVOKED = "revoked"
    EXPIRED = "expired"
    WEAK = "weak"  # RSA under 2048 bits, a curve under 256, or a broken hash
    UNREADABLE = "unreadable"
    # Worth knowing.
    NOT_TRUSTED = "not-trusted"  # its chain leads to no root that the school accepts
    INTERNAL = "internal"  # the chữ ký nội bộ of the school, no public certificate
    INTERNAL_TIME = "internal-time"  # the timestamp is the school's own
    NO_TIMESTAMP = "no-timestamp"
    TIMESTAMP_NOT_TRUSTED = "timestamp-not-trusted"
    OLD_PADDING = "old-padding"  # RSA with PKCS#1 v1.5, which TT 15/2025 no longer has for signing


WRONG = frozenset(
    {
        Remark.CHANGED,
        Remark.FORGED,
        Remark.COVERS_PART,
        Remark.CHANGED_LATER,
        Remark.REVOKED,
        Remark.EXPIRED,
        Remark.WEAK,
        Remark.UNREADABLE,
    }
)


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """One signature of a PDF, as far as the file and the trusted roots tell.

    `covers` is the length in bytes of the revision that it signs. `signer`, `issuer` and `time_by`
    are the names in the certificates; who the signer is, the ledger knows by `certificate` (the
    SHA-256 of the DER bytes). `algorithm` is one like "RSASSA-PSS 2048, SHA-256".
    `unchanged_since` says that what follows in the file is signatures and nothing else.
    """

    field: str
    certificate: str
    signer: str
    issuer: str
    algorithm: str
    covers: int
    intact: bool
    valid: bool
    trusted: bool
    unchanged_since: bool
    internal: bool
    claimed_at: datetime | None
    timestamped_at: datetime | None
    time_by: str | None
    remarks: tuple[Remark, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong with it; whether its root is accepted is told apart."""
        return WRONG.isdisjoint(self.remarks)
