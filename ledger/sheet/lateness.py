"""When a correction takes the late path, on which paper books are corrected too (Điều 11.2)."""

from collections.abc import Collection, Iterator
from datetime import datetime

from ledger.sheet.grounds import LateReason
from ledger.sheet.state import Place, Sheet
from ledger.vocabulary import FINAL


def late_reasons(sheet: Sheet, places: Collection[Place], moment: datetime) -> Iterator[LateReason]:
    """Every reason for which a request made at `moment` is late; none if it is in time.

    The regulation's last day lies before final marks are even entered (Điều 11.1c against 11.2a),
    so lateness is marked for those who decide, never refused.
    """
    last_day = sheet.rules.last_day
    if last_day is not None and moment > last_day:
        existed = (sheet.cell(place).since for place in places)
        if any(since is not None and since <= last_day for since in existed):
            yield LateReason.AFTER_LAST_DAY
    if any(column == FINAL for _, column in places):
        yield LateReason.FINAL_MARK
    if sheet.is_book_closed(moment) and any(sheet.is_locked(c, moment) for _, c in places):
        yield LateReason.BOOK_CLOSED
