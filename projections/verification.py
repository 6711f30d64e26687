"""Whether what people look at is what the lines give: a replay beside it, compared row by row."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection, Engine, NullPool, Table, Text, Uuid, create_engine

from ledger.line import Line
from ledger.store.evidence import EvidenceStore
from ledger.verification import Finding, Remembered, Report, Trusted, verify
from ledger.verification.checks import Batch
from ledger.verification.source import Row, Source, batches
from ledger.verification.verifying import MakeCheck, Progress
from projections.runner import Projection, every_projection, projection

_NOBODY: Final = Trusted()
_CLAIMED: Final = "SELECT name, version, position FROM projection"
# Each connection is a database without a name, which SQLite keeps to itself, on disk where memory
# does not do, and forgets when it is closed. One engine, so that statements are compiled once.
_TEMPORARY: Final = create_engine(
    "sqlite://",
    creator=lambda: sqlite3.connect("", check_same_thread=False),
    poolclass=NullPool,
    paramstyle="named",
)


def verify_school(
    engine: Engine,
    *,
    trusted: Trusted = _NOBODY,
    remembered: Sequence[Remembered] = (),
    evidence: EvidenceStore | None = None,
    more: Sequence[MakeCheck] = (),
    progress: Progress | None = None,
) -> Report:
    """Everything that `ledger.verification.verify` checks, and the projections."""
    return verify(
        engine,
        trusted=trusted,
        remembered=remembered,
        evidence=evidence,
        more=[ProjectionCheck, *more],
        progress=progress,
    )


class ProjectionCheck:
    """Each projection is made anew up to the line that it claims, in a database of its own."""

    def __init__(self, source: Source) -> None:
        # By name: the version of the code that made the tables, and the last line in them.
        self._claimed: dict[Any, tuple[Any, Any]] = {}
        if projection.name in source.tables:
            rows = chain.from_iterable(source.batches(_CLAIMED))
            self._claimed = {name: (version, position) for name, version, position in rows}
        self._every = every_projection()
        self._compared = [one for one in self._every if self._is_ours(one)]
        self._replay = _TEMPORARY.connect()
        self._replay.exec_driver_sql("PRAGMA journal_mode = OFF")
        for one in self._compared:
            one.metadata.create_all(self._replay, checkfirst=False)
        self._last = 0
        self._unreadable: int | None = None
        self._broken: list[Projection] = []
        self._rows = 0

    @property
    def checked(self) -> Mapping[str, int]:
        return {"projection-rows": self._rows}

    def take(self, batch: Batch) -> Iterator[Finding]:
        for row, line in zip(batch.rows, batch.lines, strict=True):
            self._last = row[0]
            if line is None and self._unreadable is None:
                self._unreadable = row[0]
        for one in [one for one in self._compared if one not in self._broken]:
            until = self._until(one)
            if lines := [line for line in batch.lines if line and line.position <= until]:
                yield from self._apply(one, lines)

    def finish(self, source: Source) -> Iterator[Finding]:
        with closing(self._replay):
            if self._claimed:
                yield from self._of_projections(source)
            else:  # As in a backup, from which they are built anew.
                yield Finding("projection-not-compared", None, projection.name, "", "")

    def _of_projections(self, source: Source) -> Iterator[Finding]:
        for one in self._every:
            version, claimed = self._claimed.get(one.name, ("", 0))
            if one not in self._compared:
                yield _about("projection-not-compared", one, one.version, version)
                continue
            if claimed > self._last:
                yield _about("projection-ahead", one, self._last, claimed)
            elif claimed < self._last:
                yield _about("projection-behind", one, self._last, claimed)
            if one in self._broken:
                continue
            if self._until(one) < min(claimed, self._last):
                yield _about("projection-not-compared", one, claimed, self._until(one))
                continue
            for table in one.metadata.sorted_tables:
                yield from self._of_table(table, source)

    def _apply(self, one: Projection, lines: Sequence[Line]) -> Iterator[Finding]:
        try:
            one.apply(self._replay, lines)
        except Exception as failure:  # noqa: BLE001  (no program wrote such lines; anything may come of it)
            self._broken.append(one)
            kind = type(failure).__name__
            yield Finding("projection-not-replayed", lines[0].position, one.name, "", kind)

    def _is_ours(self, one: Projection) -> bool:
        version, claimed = self._claimed.get(one.name, (None, 0))
        return version == one.version and isinstance(claimed, int)

    def _until(self, one: Projection) -> int:
        """The line up to which it can be replayed: without a line, what follows is a new story."""
        claimed: int = self._claimed[one.name][1]
        return claimed if self._unreadable is None else min(claimed, self._unreadable - 1)

    def _of_table(self, table: Table, source: Source) -> Iterator[Finding]:
        names = sorted(column.name for column in table.columns)
        found = source.columns.get(table.name, [])
        if found != names:
            expected = ", ".join(names)
            yield Finding("projection-malformed", None, table.name, expected, ", ".join(found))
            return
        made = self._counted(batches(self._replay, _sorted_rows(table, self._replay)))
        kept = chain.from_iterable(source.batches(_sorted_rows(table, source.connection)))
        yield from _differences(table, made, kept)

    def _counted(self, found: Iterator[Sequence[Row]]) -> Iterator[Row]:
        for rows in found:
            self._rows += len(rows)
            yield from rows


def _about(code: str, one: Projection, expected: object, found: object) -> Finding:
    return Finding(code, None, one.name, str(expected), str(found))


def _sorted_rows(table: Table, connection: Connection) -> str:
    """A question for the whole table, in an order that both databases have in common."""
    on_postgresql = connection.dialect.name == "postgresql"
    shown = {
        column.name: f'"{column.name}"::text'
        if on_postgresql and isinstance(column.type, Uuid)
        else f'"{column.name}"'
        for column in table.columns
    }
    order = ", ".join(
        f'{shown[key.name]} COLLATE "C"'
        if on_postgresql and isinstance(key.type, Text | Uuid)
        else f'"{key.name}"'
        for key in table.primary_key
    )
    return f"SELECT {', '.join(shown.values())} FROM {table.name} ORDER BY {order}"  # noqa: S608  (our own names)


def _differences(table: Table, made: Iterator[Row], kept: Iterator[Row]) -> Iterator[Finding]:
    """Walk along both, which are sorted by the table's key."""
    names = [column.name for column in table.columns]
    keys = [names.index(key.name) for key in table.primary_key]

    def key_of(row: Row | None) -> list[tuple[int, Any]]:
        return [(2, 0)] if row is None else [_sortable(row[at]) for at in keys]

    expected, found = next(made, None), next(kept, None)
    while expected is not None or found is not None:
        if expected == found:
            expected, found = next(made, None), next(kept, None)
            continue
        wanted, there = key_of(expected), key_of(found)
        missing, surplus = wanted < there, wanted > there
        yield _difference(
            table.name, names, keys, None if surplus else expected, None if missing else found
        )
        if not surplus:
            expected = next(made, None)
        if not missing:
            found = next(kept, None)


def _sortable(value: Any) -> tuple[int, Any]:  # noqa: ANN401  (any type may be stored)
    """As SQLite sorts what is of several types: nothing, numbers, texts, bytes."""
    match value:
        case None:
            return (-2, 0)
        case bool() | int() | float():
            return (-1, value)
        case str():
            return (0, value)
        case _:
            return (1, bytes(value))


def _difference(
    table: str, names: Sequence[str], keys: Sequence[int], expected: Row | None, found: Row | None
) -> Finding:
    row = expected or found or ()
    where = " · ".join([table, *(str(row[at]) for at in keys)])
    position = row[names.index("position")] if "position" in names else None

    def told(one: Row | None, other: Row | None) -> str:
        if one is None:
            return ""
        differing = (at for at in range(len(names)) if other is None or one[at] != other[at])
        return ", ".join(f"{names[at]}={one[at]}" for at in differing)

    return Finding(
        "projection-differs", position, where, told(expected, found), told(found, expected)
    )
