"""Run the measurements on SQLite and on PostgreSQL: `python -m bench --lines 20000`."""

import json
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.anomalies import measure_anomalies
from bench.anomaly_detection import figures_of, measure_detection
from bench.backing_up import measure_backing_up
from bench.dossiers import measure_dossiers
from bench.loading import measure_loading
from bench.locking import measure_locking
from bench.opening import measure_opening
from bench.proving import measure_proving
from bench.publishing import measure_publishing
from bench.rebuilding import measure_rebuilding
from bench.recording import measure_recording
from bench.screening_file import measure_screening_file
from bench.sheets import PUPILS
from bench.vault import measure_vault
from bench.verifying import measure_verifying
from bench.witnessing import measure_witnessing
from ledger.store.database import open_database
from ledger.store.tables import create_tables
from tests.opened_year import OpenedYear
from tests.postgresql import running_postgresql

_MOST_CLASSES = 48  # a big school, with twelve subjects in each class of forty


def measure(url: str, *, lines: int) -> dict[str, Any]:
    """Everything measured on one empty database, which is left filled."""
    engine = open_database(url)
    create_tables(engine)
    columns = max(lines // PUPILS, 5)
    classes = min(max(lines // 400, 1), _MOST_CLASSES)
    year = OpenedYear.of_size(classes=classes, subjects=12, pupils=40)
    try:
        return {
            "recording": measure_recording(engine, url, columns=columns),
            "loading": measure_loading(engine, times=min(columns, 30)),
            "rebuilding": measure_rebuilding(engine),
            "verifying": measure_verifying(engine),
            "opening": measure_opening(engine, url, year),
            "locking": measure_locking(engine, url, year),
            "publishing": measure_publishing(engine, url, times=min(columns, 30)),
            "vault": measure_vault(engine, times=min(columns, 30)),
            "backing up": measure_backing_up(engine),
            "anomalies": measure_anomalies(url, classes=min(max(lines // 3_600, 4), 40)),
        }
    finally:
        engine.dispose()


def table_of(report: dict[str, dict[str, Any]]) -> Table:
    """The report as a table, one column for each database; a witness is measured on one only."""
    table = Table("", *report)
    rows = [flat(measured) for measured in report.values()]
    for name in dict.fromkeys(name for row in rows for name in row):
        table.add_row(name, *(f"{row[name]:,}" if name in row else "" for row in rows))
    return table


def flat(measured: dict[str, Any], prefix: str = "") -> dict[str, float]:
    """Nested results under one name each: "recording: steps_ms: commit"."""
    found: dict[str, float] = {}
    for name, value in measured.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{name}: ")
        else:
            found[f"{prefix}{name}"] = value
    return found


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--lines", type=int, default=20_000, help="lines to record")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_postgresql() as postgresql:
        report = {
            "SQLite": measure(f"sqlite:///{Path(folder) / 'ledger.db'}", lines=options.lines),
            "PostgreSQL": measure(f"{postgresql}&schema=bench", lines=options.lines),
        }
        report["SQLite"]["proving"] = measure_proving(lines=1_000_000)
        report["SQLite"]["dossiers"] = measure_dossiers(Path(folder) / "dossiers")
        report["SQLite"]["witnessing"] = measure_witnessing(Path(folder) / "witness", times=300)
        scored = measure_screening_file(Path(folder) / "scores", scores=1_000_000)
        report["SQLite"]["screening a file"] = scored
    report["SQLite"]["detection"] = figures_of(measure_detection(seeds=3, quick=True))
    if options.json:
        print(json.dumps(report, indent=2))
    else:
        Console().print(table_of(report))


if __name__ == "__main__":
    main()
