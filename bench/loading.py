"""Loading one full sheet with its history: from the database, and from the kept state."""

from random import Random
from typing import Any

from sqlalchemy import Engine

from bench.sheets import new_sheet
from bench.timing import Watch
from ledger.application import GradeLedger
from ledger.sheet.state import replay
from ledger.store.codec import to_line
from ledger.store.recorder import LedgerRecorder

_CHANGED = ("regular-1", "regular-2", "midterm")  # entered twice: a third of the cells have a past


def measure_loading(engine: Engine, *, times: int) -> dict[str, Any]:
    """Medians in milliseconds for a sheet of 45 pupils and 7 columns, a third entered twice."""
    recorder = LedgerRecorder(engine)
    ledger, chance = GradeLedger(recorder), Random(2)
    sheet = new_sheet(regular_count=5)
    ledger.handle(sheet.opening)
    first_versions = {}
    for column in sheet.columns:
        first_versions[column] = ledger.sheet(sheet.sheet_id).version + 1
        ledger.handle(sheet.entering(column, chance))
    for column in _CHANGED:
        ledger.handle(sheet.entering(column, chance, read_version=first_versions[column]))
    watch = Watch()
    for _ in range(times):
        fresh = GradeLedger(recorder)
        with watch.timing("cold"):
            state = fresh.sheet(sheet.sheet_id)
        with watch.timing("warm"):
            fresh.sheet(sheet.sheet_id)
        with watch.timing("read rows"):
            stored = recorder.select_events(sheet.sheet_id)
        with watch.timing("decode"):
            lines = [to_line(row) for row in stored]
        with watch.timing("replay"):
            replay(lines)
    return {"lines": state.version, "times_ms": watch.medians_ms()}
