"""Whether every stored state is a fact of its topic, and when each says that it happened."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from eventsourcing.persistence import Notification

from ledger.line import Line
from ledger.store.codec import to_line
from ledger.verification.checks import Batch
from ledger.verification.findings import Finding
from ledger.verification.source import Row, Source

# Clocks of several servers, and a command that waited for others, lie well within this.
SLIP: Final = timedelta(minutes=10)

_SHOWN: Final = 120


def decoded(rows: Sequence[Row]) -> Batch:
    """The rows with what they mean; None where that is nothing."""
    return Batch(rows, [_line_of(row) for row in rows])


class FactCheck:
    """Facts that can be read, written at moments that do not go back."""

    def __init__(self) -> None:
        self._read = 0
        self._latest = datetime.min.replace(tzinfo=UTC)

    @property
    def checked(self) -> Mapping[str, int]:
        return {"facts": self._read}

    def take(self, batch: Batch) -> Iterator[Finding]:
        for row, line in zip(batch.rows, batch.lines, strict=True):
            if line is None:
                position, _, _, topic, state, _ = row
                begins = repr(state[:_SHOWN]) if isinstance(state, bytes) else ""
                yield Finding("fact-unreadable", position, str(topic), str(topic), begins)
                continue
            self._read += 1
            if line.at > self._latest:
                self._latest = line.at
            elif line.at < self._latest - SLIP:
                latest, at = self._latest.isoformat(), line.at.isoformat()
                yield Finding("moment-goes-back", line.position, line.fact.NAME, latest, at)

    def finish(self, source: Source) -> Iterator[Finding]:  # noqa: ARG002  (as every check)
        yield from ()


def _line_of(row: Row) -> Line | None:
    position, stream, version, topic, state, _ = row
    try:
        return to_line(Notification(stream, version, topic, state, position))
    except Exception:  # noqa: BLE001  (whatever was put there in a fact's place, it is none)
        return None
