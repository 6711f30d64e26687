"""What stands in the printed catalogue where a page would show a name."""

from typing import Final
from uuid import UUID

from ledger.vocabulary import PupilId


class _Nobody:
    """Knows no name."""

    def staff(self, _person: UUID | None) -> str:
        return "…"

    def pupil(self, _pupil: PupilId) -> str:
        return "…"


NOBODY: Final = _Nobody()
