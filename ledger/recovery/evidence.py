"""Copying files of evidence, each checked against the SHA-256 that is its name."""

from collections.abc import Collection
from datetime import date
from typing import Final

from eventsourcing.persistence import StoredEvent
from sqlalchemy import Connection

from ledger.dossiers.commands import dossiers_stream
from ledger.dossiers.facts import (
    DossierArchived,
    DossierDisposed,
    DossierDrafted,
    DossierSigned,
)
from ledger.dossiers.files import DossierFiles
from ledger.privacy.commands import PRIVACY_STREAM
from ledger.privacy.facts import PersonalDataErased
from ledger.recovery.rows import plain
from ledger.school.school_years import years_until
from ledger.store.codec import to_line
from ledger.store.evidence import EvidenceAltered, EvidenceMissing, EvidenceStore
from ledger.store.tables import event

_SAYING_SO: Final = tuple(
    fact.NAME
    for fact in (
        PersonalDataErased,
        *(DossierDrafted, DossierSigned, DossierArchived, DossierDisposed),
    )
)


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


def disposed_evidence(connection: Connection, today: date) -> frozenset[str]:
    """The files that are needed no more, as the lines say.

    They were destroyed with the personal data of somebody or with a dossier, or a dossier has a
    newer one.
    """
    streams = [PRIVACY_STREAM, *map(dossiers_stream, years_until(today))]
    chosen = (
        plain(event)
        .where(event.c.originator_id.in_(map(str, streams)), event.c.topic.in_(_SAYING_SO))
        .order_by(event.c.position)
    )
    erased: set[str] = set()
    of_dossiers = DossierFiles()
    for _, stream, version, topic, state, _ in connection.execute(chosen):
        fact = to_line(StoredEvent(stream, version, topic, state)).fact
        of_dossiers.take(fact)
        if isinstance(fact, PersonalDataErased):
            erased.update(fact.evidence)
    return frozenset(erased | of_dossiers.superseded | of_dossiers.disposed)
