"""What the fact of an erasure says is gone, is made gone: at once, and at every start again.

The line is written before anything is destroyed. A process that dies in between, or an older copy
of the vault or of the evidence folder that somebody puts back, leaves what should be gone; the
facts know, so whoever opens the school next does it again.
"""

from collections.abc import Collection, Iterable

from ledger.privacy.state import Privacy
from ledger.store.evidence import EvidenceStore
from ledger.vault import Vault
from ledger.vocabulary import PupilId
from projections.corrections import Corrections


def dispose_of_erased(
    privacy: Privacy, vault: Vault, evidence: EvidenceStore, corrections: Corrections
) -> None:
    """Destroy what is still kept of the erased; harmless to repeat."""
    if kept := vault.known_of(privacy.erased):
        vault.erase(*kept)
    for fact in privacy.erased.values():
        for digest in needed_no_more(fact.evidence, privacy.erased, corrections):
            evidence.remove(digest)


def needed_no_more(
    digests: Iterable[str], erased: Collection[PupilId], corrections: Corrections
) -> list[str]:
    """The files that no correction needs which has a line about anybody but the erased.

    The same file may be put to a later correction, of somebody else: then it stays.
    """
    return [
        digest
        for digest in digests
        if all(
            line.pupil in erased
            for correction in corrections.list(with_evidence=digest)
            for line in correction.lines
        )
    ]
