"""Copying files of evidence, each checked against the SHA-256 that is its name."""

from collections.abc import Collection

from ledger.store.evidence import EvidenceAltered, EvidenceMissing, EvidenceStore


def copy_evidence(
    source: EvidenceStore, target: EvidenceStore, digests: Collection[str]
) -> frozenset[str]:
    """Copy these files; the digests of those that are gone or altered, which are left out.

    What is copied has reached the disk before this returns.
    """
    unusable = set()
    for digest in sorted(digests):
        try:
            target.put(source.read(digest))
        except (EvidenceMissing, EvidenceAltered):
            unusable.add(digest)
    return frozenset(unusable)
