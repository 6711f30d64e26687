"""The one file of a dossier: a new state is kept before its line, the one before removed after it.

So nothing is lost wherever a process dies: at worst a file is left that no line needs.
"""

from collections.abc import Callable

from ledger.dossiers.commands import ArchiveDossier, DraftDossier, SignDossier
from ledger.dossiers.facts import Revision
from ledger.dossiers.refusals import DossierIsDisposed
from ledger.dossiers.state import Dossier, DossierStatus
from ledger.refusal import Refused
from ledger.store.evidence import EvidenceAltered, EvidenceMissing
from ledger.vocabulary import CorrectionId
from projections.dossiers import DossierView
from web.desk import Desk
from web.refusals import DossierFileLost

NamesFile = DraftDossier | SignDossier | ArchiveDossier


def dossier_of(desk: Desk, school_year: str, correction_id: CorrectionId) -> Dossier | None:
    """The dossier of a correction as it is now; None if none was made."""
    return desk.ledger.dossiers(school_year).of.get(correction_id)


def newest_file(desk: Desk, dossier: Dossier | DossierView) -> bytes:
    """The file as it was kept last; raises DossierIsDisposed and DossierFileLost."""
    if dossier.status is DossierStatus.DISPOSED:
        raise DossierIsDisposed
    digest = dossier.revision.sha256
    try:
        return desk.evidence.read(digest)
    except (EvidenceMissing, EvidenceAltered) as lost:
        raise DossierFileLost(sha256=digest) from lost


def keep(desk: Desk, content: bytes, command_of: Callable[[Revision], NamesFile]) -> Dossier:
    """Keep a new state of the file together with the command that names it; raises `Refused`."""
    revision = Revision(sha256=desk.evidence.put(content), size=len(content))
    command = command_of(revision)
    before = dossier_of(desk, command.school_year, command.correction_id)
    try:
        desk.handle(command)
    except Refused:
        _remove_unless_newest(desk, command, revision)
        raise
    if before:
        _remove_unless_newest(desk, command, before.revision)
    now = dossier_of(desk, command.school_year, command.correction_id)
    assert now is not None, "it was drafted"
    return now


def _remove_unless_newest(desk: Desk, command: NamesFile, revision: Revision) -> None:
    now = dossier_of(desk, command.school_year, command.correction_id)
    if now is None or now.revision != revision:
        desk.evidence.remove(revision.sha256)
