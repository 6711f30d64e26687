"""Whether every line is one of exactly one recorded command, and says so itself."""

from collections.abc import Iterator, Mapping

from ledger.application import recorded_as
from ledger.line import Line
from ledger.verification.checks import Batch
from ledger.verification.findings import Finding
from ledger.verification.source import Row, Source


class CommandCheck:
    """The ranges of the command table, laid along the lines; in memory is one command at a time."""

    def __init__(self, commands: Iterator[Row]) -> None:
        self._commands = commands
        self._current: Row | None = None
        self._count = 0
        self._last = 0

    @property
    def checked(self) -> Mapping[str, int]:
        return {"commands": self._count}

    def take(self, batch: Batch) -> Iterator[Finding]:
        for row, line in zip(batch.rows, batch.lines, strict=True):
            yield from self._of_line(row[0], line)

    def finish(self, source: Source) -> Iterator[Finding]:  # noqa: ARG002  (as every check)
        if self._current and self._current[2] > self._last:
            yield self._out_of_place(self._current, f"…–{self._last}")
        while current := self._next():
            yield self._out_of_place(current, f"…–{self._last}")

    def _of_line(self, position: int, line: Line | None) -> Iterator[Finding]:
        while self._current is None or self._current[2] < position:
            self._current = self._next()
            if self._current is None:
                break
            first, last = self._current[1:]
            if not (isinstance(first, int) and isinstance(last, int) and position <= first <= last):
                yield self._out_of_place(self._current, f"{position}–…")
                self._current = None
        self._last = position
        if self._current is None or self._current[1] > position:
            yield Finding("line-without-command", position, "command", "1", "0")
        elif (
            line and (expected := str(recorded_as(line.command_id, line.fact))) != self._current[0]
        ):
            yield Finding("command-differs", position, "command", expected, str(self._current[0]))

    def _next(self) -> Row | None:
        found = next(self._commands, None)
        self._count += found is not None
        return found

    def _out_of_place(self, command: Row, expected: str) -> Finding:
        named, first, last = command
        place = first if isinstance(first, int) else None
        return Finding("command-out-of-place", place, str(named), expected, f"{first}–{last}")
