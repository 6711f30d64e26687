"""Events of invented sheets, and a look at a ledger that trusts none of its own answers."""

import re
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent
from sqlalchemy import Engine, select

from ledger.store import tables
from ledger.store.recorder import CommandKey, LedgerRecorder
from ledger.trust.merkle import Frontier


def some_events(
    count: int, *, stream: UUID | None = None, first: int = 1, mark: str = "8.5"
) -> list[StoredEvent]:
    stream = stream or uuid4()
    state = f'{{"mark":"{mark}"}}'.encode()
    versions = range(first, first + count)
    return [StoredEvent(stream, version, "mark-entered", state) for version in versions]


def a_key(command_id: UUID | None = None, content: bytes = b"content") -> CommandKey:
    return CommandKey(command_id or uuid4(), sha256(content).digest())


def assert_sound(engine: Engine) -> int:
    """Positions without a gap, leaves and root as recomputed from the rows; the last position."""
    with engine.connect() as connection:
        rows = connection.execute(select(tables.event).order_by(tables.event.c.position)).all()
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    leaves = []
    for row in rows:
        # Spelled out here once more, so that a slip in the recorder's own bytes is seen.
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", row.originator_id)
        place = f"{row.position - 1}\n{row.originator_id}\n{row.originator_version}\n{row.topic}\n"
        leaves.append(sha256(b"\x00" + place.encode() + row.state).digest())
        assert row.leaf_hash == leaves[-1]
    head = LedgerRecorder(engine).head()
    assert head.position == len(rows)
    assert head.root == Frontier().extended(leaves).root()
    return head.position


def assert_present(engine: Engine, acknowledged: Sequence[CommandKey], *, size: int) -> None:
    """Every acknowledged command is there, with all of its events and no more."""
    recorder = LedgerRecorder(engine)
    for key in acknowledged:
        recorded = recorder.find_command(key.command_id)
        assert recorded is not None
        assert recorded.digest == key.digest
        assert len(recorded.positions) == size
