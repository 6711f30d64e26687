"""A witness that answers, against bare commits of the notes that it keeps."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.timing import Watch
from tests.logs import SchoolLog, leaves
from web.witness.answering import begin_witness


def measure_witnessing(folder: Path, *, times: int) -> dict[str, Any]:
    """Medians in milliseconds: one checkpoint cosigned, and one note committed by the driver alone.

    Both reach the disk before they return. Beside the commit, a witness reads what it knows, checks
    a signature and a proof, and signs.
    """
    log = SchoolLog(hashes=leaves(until=times + 1))
    requests = [log.asks(size - 1, size).to_bytes() for size in range(1, times + 1)]
    witness, watch = begin_witness(folder, "bench.example/witness"), Watch()
    witness.memory.trust(log.vkey)
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE note (size INTEGER PRIMARY KEY, note BLOB NOT NULL)")
        for size, request in enumerate(requests, 1):
            with watch.timing("cosigned"):
                witness.add_checkpoint(request)
            with watch.timing("bare commit"):
                bare.execute("BEGIN IMMEDIATE")
                bare.execute("INSERT INTO note VALUES (?, ?)", (size, request))
                bare.execute("COMMIT")
    witness.memory.close()
    cosigned, committed = watch.median_ms("cosigned"), watch.median_ms("bare commit")
    return {
        "times_ms": watch.medians_ms(),
        "cosigned_per_second": round(1000 / cosigned),
        "share_of_bare": round(committed / cosigned, 3),
    }
