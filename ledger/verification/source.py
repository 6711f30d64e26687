"""What a verification reads: the rows of a ledger as they are stored, in one transaction."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any, Final, NamedTuple

import psycopg2.extensions
from sqlalchemy import Connection, inspect

from ledger.store import tables

BATCH: Final = 5_000

_NUMBERS: Final = count(1)


def _as_bytes(value: Any, cursor: Any) -> bytes | None:  # noqa: ANN401  (as the driver calls it)
    return None if value is None else bytes(psycopg2.BINARY(value, cursor))


# The driver's own memory views compare equal to no bytes.
_BYTES: Final = psycopg2.extensions.new_type(psycopg2.BINARY.values, "BYTES", _as_bytes)

# Position, stream, version, topic, state and kept leaf hash, each as the driver gives it.
Row = tuple[Any, ...]

_COLUMNS: Final = "originator_version, topic, state, leaf_hash FROM event"
_LINES: Final = {
    "sqlite": f"SELECT position, originator_id, {_COLUMNS}",
    "postgresql": f"SELECT position, originator_id::text, {_COLUMNS}",
}
_COMMANDS: Final = {
    "sqlite": "SELECT command_id, first_position, last_position FROM command ORDER BY 2",
    "postgresql": "SELECT command_id::text, first_position, last_position FROM command ORDER BY 2",
}
_HEADS: Final = "SELECT position, frontier FROM head"
_SIZES: Final = "SELECT DISTINCT size FROM checkpoint ORDER BY size"
_CHECKPOINTS: Final = """
    SELECT origin, size, checkpoint.root, checkpoint.note, checkpoint.signed_at,
        witness, cosigned_at, line
    FROM checkpoint LEFT JOIN cosignature USING (origin, size)
    ORDER BY size, origin, cosigned_at, witness
    """
_ORPHANED: Final = """
    SELECT origin, size, witness FROM cosignature
    WHERE NOT EXISTS (
        SELECT 1 FROM checkpoint
        WHERE checkpoint.origin = cosignature.origin AND checkpoint.size = cosignature.size
    )
    ORDER BY size
    """


class CheckpointRow(NamedTuple):
    """A stored checkpoint beside one of its stored cosignatures; the last three None without."""

    origin: str
    size: int
    root: bytes
    note: bytes
    signed_at: str
    witness: str | None
    cosigned_at: int | None
    line: str | None


class NotALedger(Exception):
    """The database lacks a table without which there is no ledger; its name."""


class Source:
    """One ledger over a connection whose transaction sees one moment (`ledger.store.reading`).

    Rows come straight from the driver and in batches, so that a ledger may be larger than the
    memory. Nothing is believed: a value may be of any type that its database lets pass.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect.name
        found = inspect(connection).get_multi_columns()
        # The names of the columns of each table, sorted.
        self.columns = {
            table: sorted(column["name"] for column in columns)
            for (_, table), columns in found.items()
        }
        self.tables = frozenset(self.columns)
        for table in (tables.event, tables.head, tables.command):
            if table.name not in self.tables:
                raise NotALedger(table.name)

    def lines(self) -> Iterator[Sequence[Row]]:
        """The rows of all lines in the order of their positions, in batches."""
        return self.batches(f"{_LINES[self.dialect]} ORDER BY position")

    def lines_about(self, topics: Sequence[str]) -> Iterator[Sequence[Row]]:
        """The rows of the lines of these topics, which are our own words."""
        chosen = ", ".join(f"'{topic}'" for topic in topics)
        return self.batches(f"{_LINES[self.dialect]} WHERE topic IN ({chosen}) ORDER BY position")

    def commands(self) -> Iterator[Row]:
        """Id, first and last position of each command, by the first position."""
        return self._each(_COMMANDS[self.dialect])

    def heads(self) -> Sequence[Row]:
        """Position and frontier of every row of the head, of which there has to be one."""
        return [row for rows in self.batches(_HEADS) for row in rows]

    def sealed_sizes(self) -> Iterator[int]:
        """Every size of which there is a checkpoint."""
        if tables.checkpoint.name in self.tables:
            yield from (size for (size,) in self._each(_SIZES) if isinstance(size, int))

    def checkpoints(self) -> Iterator[CheckpointRow]:
        """Every checkpoint, by size, once for each of its cosignatures or once without any."""
        return (CheckpointRow(*row) for row in self._each(_CHECKPOINTS))

    def orphaned_cosignatures(self) -> Iterator[Row]:
        """Origin, size and witness of cosignatures whose checkpoint is not there."""
        return self._each(_ORPHANED)

    def batches(self, question: str) -> Iterator[Sequence[Row]]:
        """What the database answers, never more of it in memory than a batch."""
        return batches(self.connection, question)

    def _each(self, question: str) -> Iterator[Row]:
        for rows in self.batches(question):
            yield from rows


def batches(connection: Connection, question: str) -> Iterator[Sequence[Row]]:
    """Rows as the driver gives them; several such questions may be open side by side."""
    driver = connection.connection.driver_connection
    assert driver is not None, "the connection is in use"
    # A cursor with a name stays on the server, which sends as much as is asked for.
    on_server = connection.dialect.name == "postgresql"
    cursor = driver.cursor(f"verification_{next(_NUMBERS)}") if on_server else driver.cursor()
    if on_server:
        psycopg2.extensions.register_type(_BYTES, cursor)
    try:
        cursor.execute(question)
        while rows := cursor.fetchmany(BATCH):
            yield rows
    finally:
        cursor.close()
