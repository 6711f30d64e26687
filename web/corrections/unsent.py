"""Files of requests that are not sent yet: kept apart from the evidence that facts name.

Each person has a folder of their own, so nobody can name a file of somebody else. The folders
stand in folders of days, and what is older than yesterday goes: a form lies open for hours.
"""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from ledger.store.evidence import EvidenceMissing, EvidenceStore
from ledger.vocabulary import PersonId

_MOST_A_DAY: Final = 200


class TooManyUnsent(Exception):
    """A person has put by more files in one day than any request needs."""


class UnsentFiles:
    """A folder of what people have uploaded and not sent."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, person: PersonId, content: bytes, *, today: date) -> str:
        """Keep a file for its person, and return its SHA-256; raises TooManyUnsent."""
        self.forget_before(today - timedelta(days=1))
        store = self._of(person, today)
        if len(store.digests()) >= _MOST_A_DAY:
            raise TooManyUnsent
        return store.put(content)

    def read(self, person: PersonId, digest: str, *, today: date) -> bytes:
        """A file that this person kept today or yesterday; raises EvidenceMissing."""
        try:
            return self._of(person, today).read(digest)
        except EvidenceMissing:
            return self._of(person, today - timedelta(days=1)).read(digest)

    def forget_before(self, day: date) -> None:
        """Remove what was kept before a day."""
        for folder in self._folder.glob("????-??-??"):
            if folder.name < day.isoformat():
                shutil.rmtree(folder, ignore_errors=True)

    def _of(self, person: PersonId, day: date) -> EvidenceStore:
        return EvidenceStore(self._folder / day.isoformat() / person.hex)
