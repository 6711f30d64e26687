"""The states as they stood at a point of the past: a replay each time, never a stored copy."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from ledger.credentials.commands import CREDENTIALS_STREAM
from ledger.credentials.state import Credentials
from ledger.dossiers.commands import dossiers_stream
from ledger.dossiers.state import Dossiers
from ledger.line import Line
from ledger.points import AtPosition, Point, lines_until
from ledger.privacy.commands import PRIVACY_STREAM
from ledger.privacy.state import Privacy
from ledger.reader import ClassKey
from ledger.results.commands import results_stream
from ledger.results.state import Results
from ledger.rulebook import Rulebook
from ledger.rulebooks import CREDENTIALS, DOSSIERS, PRIVACY, RESULTS, SCHOOL, SHEETS, YEARS
from ledger.school.commands import SCHOOL_STREAM, year_stream
from ledger.school.school import School
from ledger.school.year import Year
from ledger.sheet.state import Sheet
from ledger.store.codec import to_line
from ledger.store.recorder import LedgerRecorder
from ledger.vocabulary import SheetId


class Past:
    """A `Reader` of the ledger as it stood at a point; what was not written yet is empty."""

    def __init__(self, recorder: LedgerRecorder, point: Point) -> None:
        self._recorder = recorder
        self.point = point

    def lines(self, stream_id: UUID) -> list[Line]:
        """The lines of a stream up to the point, oldest first, with their positions."""
        last = self.point.position if isinstance(self.point, AtPosition) else None
        stored = self._recorder.select_until(stream_id, last=last)
        return list(lines_until(map(to_line, stored), self.point))

    def sheet(self, sheet_id: SheetId) -> Sheet:
        sheet: Sheet = self._replayed(sheet_id, SHEETS)
        return sheet

    def sheets(self, sheet_ids: Collection[SheetId]) -> Mapping[SheetId, Sheet]:
        return {sheet_id: self.sheet(sheet_id) for sheet_id in sheet_ids}

    def school(self) -> School:
        school: School = self._replayed(SCHOOL_STREAM, SCHOOL)
        return school

    def year(self, school_year: str) -> Year:
        year: Year = self._replayed(year_stream(school_year), YEARS)
        return year

    def results(self, keys: Collection[ClassKey]) -> Mapping[ClassKey, Results]:
        return {key: self.class_results(*key) for key in keys}

    def class_results(self, school_year: str, class_group: str) -> Results:
        results: Results = self._replayed(results_stream(school_year, class_group), RESULTS)
        return results

    def privacy(self) -> Privacy:
        privacy: Privacy = self._replayed(PRIVACY_STREAM, PRIVACY)
        return privacy

    def credentials(self) -> Credentials:
        credentials: Credentials = self._replayed(CREDENTIALS_STREAM, CREDENTIALS)
        return credentials

    def dossiers(self, school_year: str) -> Dossiers:
        dossiers: Dossiers = self._replayed(dossiers_stream(school_year), DOSSIERS)
        return dossiers

    def _replayed(self, stream_id: UUID, rulebook: Rulebook) -> Any:  # noqa: ANN401  (a room's state)
        return rulebook.evolve(rulebook.nothing_yet, self.lines(stream_id))
