"""The same answers as they stood at a point of the past: the sheets are replayed up to it."""

from collections import Counter
from collections.abc import Iterable, Mapping

from ledger.circulars.choosing import circular_for
from ledger.past import Past
from ledger.results.subjects import semester_result
from ledger.sheet.state import Sheet
from ledger.vocabulary import SheetId
from projections.distributions.counts import AVERAGE, MarkCounts, SheetPlace, book_order


class PastDistributions:
    """How marks were distributed at a point; each sheet is replayed once.

    Pupils are those who were in the class then. Which sheets there are is asked of today.
    """

    def __init__(self, past: Past) -> None:
        self._past = past
        self._sheets: dict[SheetId, Sheet] = {}

    def by_sheet(self, places: Iterable[SheetPlace], column: str) -> Mapping[SheetId, MarkCounts]:
        """The marks of one column in each of these sheets that had it; or of `AVERAGE`."""
        if column == AVERAGE:
            return {place.sheet_id: self._averages(place) for place in places}
        return {
            place.sheet_id: _column_of(sheet, column)
            for place in places
            if column in (sheet := self._sheet(place)).columns
        }

    def by_column(self, places: Iterable[SheetPlace]) -> Mapping[str, MarkCounts]:
        """The marks of all these sheets together, by column in the order of the book."""
        sheets = [self._sheet(place) for place in places]
        columns = {column for sheet in sheets for column in sheet.columns}
        return {
            column: MarkCounts.together(
                _column_of(sheet, column) for sheet in sheets if column in sheet.columns
            )
            for column in sorted(columns, key=book_order)
        }

    def _averages(self, place: SheetPlace) -> MarkCounts:
        sheet, circular = self._sheet(place), circular_for(place.school_year, place.grade)
        return MarkCounts(
            Counter(semester_result(circular, sheet, pupil) for pupil in sheet.pupils)
        )

    def _sheet(self, place: SheetPlace) -> Sheet:
        if place.sheet_id not in self._sheets:
            self._sheets[place.sheet_id] = self._past.sheet(place.sheet_id)
        return self._sheets[place.sheet_id]


def _column_of(sheet: Sheet, column: str) -> MarkCounts:
    return MarkCounts(Counter(sheet.cell((pupil, column)).mark for pupil in sheet.pupils))
