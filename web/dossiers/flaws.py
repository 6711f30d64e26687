"""What a check of a dossier finds: permanent codes; the sentences are in `web.wording`."""

from dataclasses import dataclass
from enum import StrEnum


class Flaw(StrEnum):
    """What is wrong with a dossier, or worth knowing of it."""

    # Of the lines of the ledger and their proofs.
    PROOF_MALFORMED = "proof-malformed"
    LOG_UNSIGNED = "log-unsigned"  # no believed key of a log signed the checkpoint
    SEAL_FORGED = "seal-forged"
    QUORUM_MISSING = "quorum-missing"
    LINE_DIFFERS = "line-differs"  # not what stands at its place under the checkpoint
    LINE_UNREADABLE = "line-unreadable"
    SEALS_DIFFER = "seals-differ"
    LINE_FOREIGN = "line-foreign"  # of another correction
    LINE_MISSING = "line-missing"  # without it the others say nothing
    MANIFEST_DIFFERS = "manifest-differs"
    REVISIONS_BROKEN = "revisions-broken"  # one does not continue the one before
    MARKS_NOT_CORRECTED = "marks-not-corrected"  # other marks were corrected than asked for
    # Of the file, beside the revisions that the lines name.
    PDF_OLDER = "pdf-older"  # an earlier revision: a signature is cut off, or was not given yet
    PDF_DRAFT_REPLACED = "pdf-draft-replaced"  # of a draft that was made anew since
    PDF_LONGER = "pdf-longer"  # something was added after the last revision
    PDF_ALTERED = "pdf-altered"  # begins as it must, then differs
    PDF_FOREIGN = "pdf-foreign"
    PDF_UNREADABLE = "pdf-unreadable"
    # Of the signatures in it.
    SIGNATURE_AWAITED = "signature-awaited"
    SIGNATURE_MISSING = "signature-missing"
    SIGNATURE_UNKNOWN = "signature-unknown"
    SIGNATURE_OF_ANOTHER = "signature-of-another"  # another certificate than the line names
    SIGNATURE_COVERS_OTHER = "signature-covers-other"
    SIGNATURE_BROKEN = "signature-broken"
    SIGNER_NOT_ENROLLED = "signer-not-enrolled"
    SIGNER_OTHER = "signer-other"
    # Of what lies inside, of the approval, of the archive.
    EVIDENCE_DIFFERS = "evidence-differs"
    RECORD_MISSING = "record-missing"
    RECORD_DIFFERS = "record-differs"
    APPROVAL_DIFFERS = "approval-differs"
    ARCHIVE_FAILS = "archive-fails"
    # Worth knowing.
    LOG_KEY_FROM_FILE = "log-key-from-file"
    NO_WITNESS = "no-witness"
    NOT_ARCHIVED = "not-archived"
    PAPERS_AWAITED = "papers-awaited"
    SIGNATURE_REMARK = "signature-remark"
    APPROVED_WITHOUT_FACTOR = "approved-without-factor"


NOTES = frozenset(
    {
        Flaw.LOG_KEY_FROM_FILE,
        Flaw.NO_WITNESS,
        Flaw.NOT_ARCHIVED,
        Flaw.PAPERS_AWAITED,
        Flaw.SIGNATURE_REMARK,
        Flaw.APPROVED_WITHOUT_FACTOR,
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """One flaw: `where` is a line, a file or a role, `told` what is there instead."""

    flaw: Flaw
    where: str = ""
    told: str = ""

    @property
    def is_note(self) -> bool:
        """Worth knowing, and no sign that anything is wrong."""
        return self.flaw in NOTES
