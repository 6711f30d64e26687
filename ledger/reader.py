"""What a rule may look at beyond its own stream: the newest states of others."""

from collections.abc import Collection, Mapping
from typing import Protocol

from ledger.credentials.state import Credentials
from ledger.dossiers.state import Dossiers
from ledger.privacy.state import Privacy
from ledger.results.state import Results
from ledger.school.school import School
from ledger.school.year import Year
from ledger.sheet.state import Sheet
from ledger.vocabulary import SheetId

ClassKey = tuple[str, str]  # a class in a school year: ("2026-2027", "6A1")


class Reader(Protocol):
    """The newest states; what was never written has its empty state."""

    def sheets(self, sheet_ids: Collection[SheetId]) -> Mapping[SheetId, Sheet]: ...

    def school(self) -> School: ...

    def year(self, school_year: str) -> Year: ...

    def results(self, keys: Collection[ClassKey]) -> Mapping[ClassKey, Results]: ...

    def class_results(self, school_year: str, class_group: str) -> Results: ...

    def privacy(self) -> Privacy: ...

    def credentials(self) -> Credentials: ...

    def dossiers(self, school_year: str) -> Dossiers: ...
