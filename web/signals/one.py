"""One signal: the lines behind it, and where to look at what it is about."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from ledger.school.calendar import local_day
from ledger.signals.finding import Place
from projections.history import HistoryFilter, HistoryRow
from web.charts import EditDay
from web.desk import Desk
from web.distributions.asking import AskedMarks
from web.history_page import MARK_CHANGES
from web.signals.found import FoundSignal

ROWS_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Behind:
    """The lines behind a signal, newest first; `more` counts those that are not shown."""

    rows: Sequence[HistoryRow]
    more: int

    @property
    def days(self) -> list[EditDay]:
        """How many of the lines shown fall on each day."""
        counted = Counter(local_day(row.at) for row in self.rows)
        return [EditDay(day, count) for day, count in sorted(counted.items())]


def lines_behind(desk: Desk, found: FoundSignal) -> Behind:
    """The lines that the signal was made of, where it is about lines."""
    if not found.positions:
        return Behind((), 0)
    newest = tuple(sorted(found.positions, reverse=True)[:ROWS_SHOWN])
    asked = HistoryFilter(positions=newest, attempts=True)
    return Behind(desk.history.search(asked, limit=ROWS_SHOWN), len(found.positions) - len(newest))


def places_to_look(found: FoundSignal, behind: Behind) -> Iterator[tuple[str, str]]:
    """Where to look at what the signal is about: the address and what is there."""
    place = found.finding.place
    if place.sheet:
        sheet = f"/so-diem/{place.sheet}"
        yield sheet, "Mở bảng điểm"
        if behind.rows:
            first, last = behind.rows[-1].position, behind.rows[0].position
            points = urlencode({"tu": first - 1, "den": last, "chi_thay_doi": "true"})
            yield f"{sheet}/so-sanh?{points}", "So sánh bảng điểm trước và sau các thay đổi này"
        if found.card:
            marks = AskedMarks.of_sheet(found.card)
            yield marks.link(column=place.column or ""), "Xem phổ điểm"
        if place.pupil and place.column:
            yield f"{sheet}/o/{place.pupil}/{place.column}", "Lịch sử của ô điểm"
    if place.other_sheet and place.other_sheet != place.sheet:
        yield f"/so-diem/{place.other_sheet}", "Mở bảng điểm được so với"
    if place.correction_id:
        yield f"/de-nghi/{place.correction_id}", "Mở đề nghị sửa điểm"
    yield f"/lich-su?{urlencode(_history(found, place))}", "Mọi thay đổi điểm trong lịch sử"


def _history(found: FoundSignal, place: Place) -> dict[str, str]:
    asked = {
        "lop": found.class_group,
        "mon": found.subject,
        "nguoi": place.person,
        "hoc_sinh": place.pupil,
        "loai": MARK_CHANGES,
    }
    return {name: str(value) for name, value in asked.items() if value}
