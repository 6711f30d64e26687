"""What every check of a verification is, and what it is shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ledger.line import Line
from ledger.verification.findings import Finding
from ledger.verification.source import Row, Source


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive lines: their rows as they are stored, and what those mean.

    `lines` has None for a row that means nothing. Both are of one length.
    """

    rows: Sequence[Row]
    lines: Sequence[Line | None]


class Check(Protocol):
    """One thing that is checked, made for one source and shown all its lines, once, in order.

    `checked` says how many of what were looked at, to be read at the end; what is not in it was
    not looked at.
    """

    @property
    def checked(self) -> Mapping[str, int]: ...

    def take(self, batch: Batch) -> Iterator[Finding]: ...

    def finish(self, source: Source) -> Iterator[Finding]: ...
