"""Copying files of evidence, each checked against the SHA-256 that is its name."""

from collections.abc import Collection

from eventsourcing.persistence import StoredEvent
from sqlalchemy import Connection

from ledger.privacy.commands import PRIVACY_STREAM
from ledger.privacy.facts import PersonalDataErased
from ledger.recovery.rows import plain
from ledger.store.codec import to_line
from ledger.store.evidence import EvidenceAltered, EvidenceMissing, EvidenceStore
from ledger.store.tables import event


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


def disposed_evidence(connection: Connection) -> frozenset[str]:
    """The files that were destroyed with the personal data of somebody, as the lines say."""
    chosen = plain(event).where(
        event.c.originator_id == str(PRIVACY_STREAM), event.c.topic == PersonalDataErased.NAME
    )
    disposed: set[str] = set()
    for _, stream, version, topic, state, _ in connection.execute(chosen):
        fact = to_line(StoredEvent(stream, version, topic, state)).fact
        assert isinstance(fact, PersonalDataErased)
        disposed.update(fact.evidence)
    return frozenset(disposed)
