"""Which file of a dossier has to be there: the newest, of which all earlier ones are the beginning.

A dossier drafted anew begins with another file, and the one before is not needed either.
"""

from ledger.dossiers.facts import (
    DossierArchived,
    DossierDisposed,
    DossierDrafted,
    DossierSigned,
)
from ledger.line import Fact
from ledger.vocabulary import CorrectionId


class DossierFiles:
    """What the facts say of files, by digest: followed line after line, in their order.

    `superseded` are those that a newer one replaced, `disposed` what was ordered to be destroyed.
    """

    def __init__(self) -> None:
        self._newest: dict[CorrectionId, str] = {}
        self.superseded: set[str] = set()
        self.disposed: set[str] = set()

    def take(self, fact: Fact) -> None:
        """Take a fact in; those of other rooms say nothing here."""
        match fact:
            case DossierDrafted() | DossierSigned() | DossierArchived():
                before = self._newest.get(fact.correction_id)
                self._newest[fact.correction_id] = fact.revision.sha256
                if before:
                    self.superseded.add(before)
                self.superseded.discard(fact.revision.sha256)
            case DossierDisposed():
                self.disposed.update(fact.files)
