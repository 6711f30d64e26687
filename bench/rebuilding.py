"""Rebuilding projections, against a bare loop that reads the same rows."""

from typing import Any

from sqlalchemy import Engine

from bench.timing import Watch
from ledger.store.codec import to_line
from ledger.store.recorder import LedgerRecorder
from projections.runner import BATCH, Projections


def measure_rebuilding(engine: Engine, *, times: int = 3) -> dict[str, Any]:
    """Lines per second: reading rows, decoding them too, and rebuilding, all and one by one."""
    recorder = LedgerRecorder(engine)
    projections = Projections(engine, recorder)
    projections.create_tables()
    lines = recorder.head().position
    watch = Watch()
    for _ in range(times):
        with watch.timing("read rows"):
            _read(recorder)
        with watch.timing("read and decode"):
            _read_and_decode(recorder)
        with watch.timing("rebuild all"):
            projections.rebuild()
        for name in projections.positions():
            with watch.timing(f"rebuild {name}"):
                projections.rebuild([name])
    rates = {name: round(lines / watch.median_ms(name) * 1000) for name in watch.times}
    share = rates["rebuild all"] / rates["read rows"]
    return {"lines": lines, "lines_per_second": rates, "share_of_bare": round(share, 3)}


def _read(recorder: LedgerRecorder) -> None:
    start = 1
    while found := recorder.select_notifications(start, BATCH):
        start = found[-1].id + 1


def _read_and_decode(recorder: LedgerRecorder) -> None:
    start = 1
    while found := recorder.select_notifications(start, BATCH):
        start = [to_line(row) for row in found][-1].position + 1
