"""Opening a semester, all sheets in one append, against a bare insert of the same rows."""

from typing import Any

from sqlalchemy import Engine

from bench.recording import bare_database, rows_of
from bench.timing import Watch
from ledger.application import GradeLedger
from ledger.store.recorder import LedgerRecorder
from tests.opened_year import OpenedYear


def measure_opening(engine: Engine, url: str, year: OpenedYear) -> dict[str, Any]:
    """Milliseconds to plan the year, to open its first semester, and to insert the same rows."""
    ledger, watch = GradeLedger(LedgerRecorder(engine)), Watch()
    with watch.timing("plan"):
        year.plan(ledger)
    command = year.opening()
    with watch.timing("handle"):
        lines = ledger.handle(command)
    rows = rows_of(engine, lines)
    with bare_database(url) as bare, watch.timing("bare"):
        bare.insert(rows)
        bare.commit()
    handle, inserted = watch.median_ms("handle"), watch.median_ms("bare")
    return {
        "sheets": len(lines) - 1,
        "pupils_each": year.pupil_count,
        "plan_ms": round(watch.median_ms("plan"), 3),
        "handle_ms": round(handle, 3),
        "bare_ms": round(inserted, 3),
        "share_of_bare": round(inserted / handle, 3),
    }
