"""What an attacker works with: a copy of the school, SQL without limits, and the program's code."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any, Self
from uuid import uuid4

from sqlalchemy import Connection, Engine, delete, insert, select, text, update

from ledger.store import tables
from ledger.store.appending import entry
from ledger.store.guards import put_back
from ledger.store.recorder import LedgerRecorder
from ledger.store.triggers import GUARDS
from ledger.trust.merkle import Frontier, leaf_hash
from projections.runner import Projections
from tests.tampering.place import Place

# Positions in the small school.
A_MARK, ITS_NEIGHBOUR, LOCKED, LAST_SEALED, LAST = 17, 18, 21, 30, 32


@dataclass(frozen=True)
class Row:
    """A row of the event table."""

    position: int
    stream: str
    version: int
    topic: str
    state: bytes
    leaf: bytes

    def at(self, position: int) -> Self:
        return replace(self, position=position)

    def saying(self, **changed: object) -> Self:
        """The row with another fact in it, for example another mark."""
        content = json.loads(self.state)
        content["fact"].update(changed)
        return replace(self, state=_compact(content))

    def written(self, **changed: object) -> Self:
        """The row with other words around its fact: `at`, `by`, `command`."""
        return replace(self, state=_compact(json.loads(self.state) | changed))

    def after(self, stream: str, topic: str, fact: object) -> Self:
        """The first line of another stream, right behind this one and by the same person."""
        told = self.written(fact=fact, command=str(uuid4()))
        return replace(told, position=self.position + 1, stream=stream, version=1, topic=topic)

    @property
    def command(self) -> str:
        command: str = json.loads(self.state)["command"]
        return command

    def hashed(self) -> Self:
        content = entry(
            self.position - 1,
            self.stream,
            version=self.version,
            topic=self.topic,
            state=self.state,
        )
        return replace(self, leaf=leaf_hash(content))


class Rehash(Enum):
    """How far an attacker makes good what depends on the rows."""

    NOTHING = auto()
    LEAVES = auto()
    EVERYTHING = auto()


class Scene:
    """One copy of the school in an attacker's hands."""

    def __init__(self, place: Place, engine: Engine, restore_yesterday: Callable[[], None]) -> None:
        self.place = place
        self.engine = engine
        # Puts the whole database back to what it was before the second checkpoint.
        self.restore_yesterday = restore_yesterday

    @property
    def on_postgresql(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    @contextmanager
    def unguarded(self) -> Iterator[Connection]:
        """One transaction in which no trigger is awake, and after which all are: no trace."""
        with self.engine.begin() as connection:
            self.fell_guards(connection)
            yield connection
            put_back(connection)

    def fell_guards(self, connection: Connection) -> None:
        for guard in GUARDS[self.engine.dialect.name]:
            of_table = f" ON {guard.table}" if self.on_postgresql else ""
            connection.exec_driver_sql(f"DROP TRIGGER {guard.name}{of_table}")

    def tell(self, statement: str, **values: object) -> None:
        """One statement of SQL, and no trace of the triggers that were in its way."""
        with self.unguarded() as connection:
            assert connection.execute(text(statement), values).rowcount, "changes something"

    @contextmanager
    def lines(self, rehash: Rehash) -> Iterator[list[Row]]:
        """All lines, to be changed in any way, and what is made good of the hashes after it."""
        with self.unguarded() as connection:
            rows = [Row(*row[:4], *map(bytes, row[4:])) for row in _read(connection)]
            yield rows
            if rehash is not Rehash.NOTHING:
                rows = [row.hashed() for row in rows]
            connection.execute(delete(tables.event))
            connection.execute(insert(tables.event), list(map(_values, rows)))
            if rehash is Rehash.EVERYTHING:
                leaves = [row.leaf for row in rows]
                frontier = Frontier().extended(leaves).to_bytes()
                grown = {"position": len(rows), "frontier": frontier}
                connection.execute(update(tables.head).values(grown))

    def claim(self, lines: Mapping[str, tuple[int, int]]) -> None:
        """Let the recorded commands have these lines, and no others, new commands too."""
        with self.unguarded() as connection:
            digests = {row.command_id: row.digest for row in connection.execute(_COMMANDS)}
            connection.execute(delete(tables.command))
            rows = [
                {
                    "command_id": command,
                    "digest": digests.get(command, bytes(32)),
                    "first_position": first,
                    "last_position": last,
                }
                for command, (first, last) in lines.items()
            ]
            connection.execute(insert(tables.command), rows)

    def hide(self) -> None:
        """Make everything agree that the program itself would: commands and what is shown."""
        with self.engine.connect() as connection:
            rows = [Row(*row[:4], *map(bytes, row[4:])) for row in _read(connection)]
        claimed: dict[str, tuple[int, int]] = {}
        for row in rows:
            first, _ = claimed.get(row.command, (row.position, 0))
            claimed[row.command] = (first, row.position)
        self.claim(claimed)
        self.projections().rebuild()

    def projections(self) -> Projections:
        return Projections(self.engine, LedgerRecorder(self.engine))


_COMMANDS = select(tables.command.c.command_id, tables.command.c.digest)
_event = tables.event.c
_ROWS = select(
    _event.position,
    _event.originator_id,
    _event.originator_version,
    _event.topic,
    _event.state,
    _event.leaf_hash,
).order_by(_event.position)


def _read(connection: Connection) -> list[Any]:
    return [tuple(row) for row in connection.execute(_ROWS)]


def _values(row: Row) -> dict[str, Any]:
    return {
        "position": row.position,
        "originator_id": row.stream,
        "originator_version": row.version,
        "topic": row.topic,
        "state": row.state,
        "leaf_hash": row.leaf,
    }


def _compact(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
