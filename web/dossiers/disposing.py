"""What the fact of a disposal says is gone, is made gone: at once, and at every start again.

The line is written before any file is removed. A process that dies in between, or an older copy
of the evidence folder that somebody puts back, leaves what should be gone; the facts know.
"""

from collections.abc import Collection, Iterable, Iterator

from ledger.application import GradeLedger
from ledger.dossiers.commands import dossiers_stream
from ledger.dossiers.files import DossierFiles
from ledger.dossiers.state import DossierStatus
from ledger.store.evidence import EvidenceStore
from ledger.vocabulary import CorrectionId
from projections.corrections import Corrections, CorrectionView
from projections.dossiers import DossierRegister, DossierView


def dispose_of_disposed(
    ledger: GradeLedger,
    register: DossierRegister,
    evidence: EvidenceStore,
    corrections: Corrections,
) -> None:
    """Remove what is still kept of disposed dossiers; harmless to repeat."""
    disposed = register.list(status=DossierStatus.DISPOSED)
    still_there = evidence.digests().intersection(_files_of(disposed, ledger))
    gone = {one.correction_id for one in disposed}
    for digest in needed_no_more(sorted(still_there), gone, corrections):
        evidence.remove(digest)


def remove_superseded(
    ledger: GradeLedger, register: DossierRegister, evidence: EvidenceStore
) -> None:
    """Remove the files that a newer one replaced, as far as a process that died left any."""
    files = DossierFiles()
    for school_year in register.years():
        for line in ledger.lines(dossiers_stream(school_year)):
            files.take(line.fact)
    for digest in sorted(evidence.digests() & files.superseded):
        evidence.remove(digest)


def files_to_dispose_of(
    dossier: DossierView, correction: CorrectionView, register: DossierRegister, all_of: Corrections
) -> tuple[str, ...]:
    """The paper itself, and the evidence of its correction that nothing else needs."""
    gone = {one.correction_id for one in register.list(status=DossierStatus.DISPOSED)}
    evidence = dict.fromkeys(file.sha256 for file in correction.evidence)
    unneeded = needed_no_more(evidence, {*gone, dossier.correction_id}, all_of)
    return (dossier.revision.sha256, *unneeded)


def needed_no_more(
    digests: Iterable[str], gone: Collection[CorrectionId], corrections: Corrections
) -> list[str]:
    """The files that only corrections name whose dossiers are gone.

    The same photo may be put to a later correction too: then it stays.
    """
    return [
        digest
        for digest in digests
        if all(one.correction_id in gone for one in corrections.list(with_evidence=digest))
    ]


def _files_of(disposed: Iterable[DossierView], ledger: GradeLedger) -> Iterator[str]:
    years = {one.school_year: ledger.dossiers(one.school_year) for one in disposed}
    for one in disposed:
        fact = years[one.school_year].of[one.correction_id].disposed
        assert fact is not None, "is disposed"
        yield from fact.files
