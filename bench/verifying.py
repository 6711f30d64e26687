"""Verifying a ledger, against a bare loop that reads the same rows and hashes them."""

from hashlib import sha256
from typing import Any

from sqlalchemy import Engine

from bench.timing import Watch
from ledger.store.reading import reading
from ledger.verification.source import Source
from ledger.verification.tree import TreeCheck
from projections.verification import verify_school

_BARE = (
    "SELECT position, CAST(originator_id AS text), originator_version, topic, state"
    " FROM event ORDER BY 1"
)


def measure_verifying(engine: Engine, *, times: int = 3) -> dict[str, Any]:
    """Lines per second: the bare loop, leaves and tree alone, and all that verifying is.

    The leaves must keep at least half the pace of the bare loop, and 100,000 lines a second.
    """
    watch = Watch()
    lines = 0
    for _ in range(times):
        with reading(engine) as connection:
            source = Source(connection)
            with watch.timing("read and hash, bare"):
                lines = _read_and_hash(source)
            with watch.timing("leaves and tree"):
                _leaves_and_tree(source)
        with watch.timing("everything"):
            verify_school(engine)
    rates = {name: round(lines / watch.median_ms(name) * 1000) for name in watch.times}
    share = rates["leaves and tree"] / rates["read and hash, bare"]
    return {"lines": lines, "lines_per_second": rates, "share_of_bare": round(share, 3)}


def _read_and_hash(source: Source) -> int:
    lines = 0
    for rows in source.batches(_BARE):
        for position, stream, version, topic, state in rows:
            sha256(f"{position}\n{stream}\n{version}\n{topic}\n".encode() + state).digest()
        lines += len(rows)
    return lines


def _leaves_and_tree(source: Source) -> None:
    tree = TreeCheck()
    for rows in source.lines():
        for wrong in tree.take_rows(rows):
            raise AssertionError(wrong)
