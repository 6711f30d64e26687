"""Rows of any table between two databases of any kind, and what they are known again by."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from psycopg2.extras import execute_values
from sqlalchemy import ColumnElement, Connection, Select, Table, Text, Uuid, cast, insert, select

from ledger.store.appending import entry
from ledger.store.tables import event
from ledger.trust.merkle import leaf_hash

AT_ONCE: Final = 5_000

Row = tuple[Any, ...]


class LineAltered(Exception):
    """A line's hash is not that of what stands in its row, or a line is missing."""

    def __init__(self, position: int, expected: str, found: str) -> None:
        super().__init__(f"line {position}: expected {expected}, found {found}")
        self.position = position
        self.expected = expected
        self.found = found


def plain(table: Table) -> Select[Any]:
    """The rows of a table of the ledger, each value as both drivers take it."""
    return select(*(cast(c, Text) if isinstance(c.type, Uuid) else c for c in table.columns))


def all_rows(connection: Connection, table: Table) -> list[Row]:
    """The rows of a small table, in no order, each value as Python knows it."""
    return [tuple(row) for row in connection.execute(select(table))]


def lines(connection: Connection, first: int, last: int) -> Iterator[Sequence[Row]]:
    """The rows of the lines at these positions, both included, each one checked.

    Raises LineAltered where a position is missing, and where a row is not what its hash is of.
    """
    question = plain(event).order_by(event.c.position)
    for begin in range(first, last + 1, AT_ONCE):
        end = min(begin + AT_ONCE - 1, last)
        chosen = question.where(event.c.position.between(begin, end))
        rows = [tuple(row) for row in connection.execute(chosen)]
        for expected, row in enumerate(rows, begin):
            _check(expected, row)
        if len(rows) <= end - begin:
            raise LineAltered(begin + len(rows), "a line", "none")
        yield rows


def _check(expected: int, row: Row) -> None:
    position, stream, version, topic, state, leaf = row
    if position != expected:
        raise LineAltered(expected, "a line", "none")
    if not (isinstance(state, bytes) and isinstance(leaf, bytes)):  # SQLite keeps anything anywhere
        raise LineAltered(position, "bytes", "a text")
    hashed = leaf_hash(entry(position - 1, stream, version=version, topic=topic, state=state))
    if hashed != leaf:
        raise LineAltered(position, leaf.hex(), hashed.hex())


def put_plain(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows that `plain` has read."""
    names = ", ".join(table.columns.keys())
    into = f"INSERT INTO {table.name} ({names}) VALUES"
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        execute_values(connection.connection.cursor(), f"{into} %s", rows, page_size=1_000)
    else:
        places = ", ".join("?" * len(table.columns))
        connection.exec_driver_sql(f"{into} ({places})", list(rows))


def put(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Add rows that `all_rows` has read."""
    names = table.columns.keys()
    if named := [dict(zip(names, row, strict=True)) for row in rows]:
        connection.execute(insert(table), named)


def of_table(
    connection: Connection, table: Table, *which: ColumnElement[bool]
) -> Iterator[Sequence[Row]]:
    """The rows of a table that only grows, in the order of its columns, so many at a time."""
    found = connection.execute(plain(table).where(*which).order_by(*table.columns))
    for part in found.partitions(AT_ONCE):
        yield [tuple(row) for row in part]


def written_out(row: Row) -> bytes:
    """A row as the same bytes on every database."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_text).encode()


def digest_of(rows: Iterable[Row]) -> str:
    """SHA-256 of rows in hexadecimal, in whichever order they come."""
    hashed = sha256()
    for line in sorted(map(written_out, rows)):
        hashed.update(line + b"\n")
    return hashed.hexdigest()


def _text(value: object) -> str:
    match value:
        case bytes():
            return value.hex()
        case UUID():
            return str(value)
        case date():  # a moment as well
            return value.isoformat()
    raise TypeError(type(value))
