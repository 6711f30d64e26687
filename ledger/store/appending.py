"""One append: take the head, write the events and their command, move the head on."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from sqlalchemy.engine.interfaces import DBAPICursor

from ledger.trust.merkle import Frontier, leaf_hash

# Written for the driver and kept plain: this is the path on which a whole class's marks wait.
_TAKE_HEAD: Final = "UPDATE head SET position = position WHERE id = 1 RETURNING position, frontier"
_FIND_COMMAND: Final = (
    "SELECT digest, first_position, last_position FROM command WHERE command_id = {0}"
)
_FIND_EVENT: Final = (
    "SELECT position, topic, state FROM event"
    " WHERE originator_id = {0} AND originator_version = {0}"
)
_INSERT_EVENT: Final = (
    "INSERT INTO event"
    " (position, originator_id, originator_version, topic, state, leaf_hash) VALUES "
)
_INSERT_COMMAND: Final = (
    "INSERT INTO command (command_id, digest, first_position, last_position) VALUES "
)
_MOVE_HEAD: Final = "UPDATE head SET position = {0}, frontier = {0} WHERE id = 1 AND position = {0}"

_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class CommandKey:
    """What makes a command happen once: its id, and a digest of its content."""

    command_id: UUID
    digest: bytes


@dataclass(frozen=True, slots=True)
class RecordedCommand:
    """What the ledger keeps of a command: its digest and the positions of its events."""

    digest: bytes
    first_position: int
    last_position: int

    @property
    def positions(self) -> list[int]:
        return list(range(self.first_position, self.last_position + 1))


class CommandAlreadyRecorded(Exception):
    """A command of this id has been recorded; whether it was the same one, its digest says."""

    def __init__(self, recorded: RecordedCommand) -> None:
        super().__init__(f"recorded at {recorded.first_position}..{recorded.last_position}")
        self.recorded = recorded


class HeadMovedOn(Exception):
    """The closing update found another position than was read: a writer slipped past."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the ledger ends: its last position, 0 when empty, and the tree over all its lines."""

    position: int
    frontier: Frontier

    @property
    def root(self) -> bytes:
        return self.frontier.root()


@dataclass(frozen=True, slots=True)
class Batch:
    """Events to be recorded together or not at all, with the command they come from."""

    events: Sequence[StoredEvent]
    command: CommandKey | None = None

    def repeats_a_version(self) -> bool:
        versions = {(event.originator_id, event.originator_version) for event in self.events}
        return len(versions) < len(self.events)


def entry(sequence: int, stream: str, *, version: int, topic: str, state: bytes) -> bytes:
    """The bytes whose hash is an event's leaf; `sequence` is its position less one.

    Plain text before the state, so that a leaf can be recomputed with `sha256sum` alone.
    """
    return f"{sequence}\n{stream}\n{version}\n{topic}\n".encode() + state


class Append:
    """The statements of one transaction, spoken straight to the driver.

    Everything else asks through SQLAlchemy; here its share of the time would be as long as
    the whole insert of a class's marks.
    """

    def __init__(self, cursor: DBAPICursor, *, dialect: str) -> None:
        self._cursor = cursor
        self._on_sqlite = dialect == "sqlite"
        self._value = "?" if self._on_sqlite else "%s"
        if self._on_sqlite:
            # Before anything is read: a transaction that becomes a writer only later fails
            # at once when somebody else has written meanwhile.
            cursor.execute("BEGIN IMMEDIATE")

    def take_head(self) -> Head:
        """Read the head and hold it: until the transaction ends, nobody else can append.

        An UPDATE and not SELECT … FOR UPDATE: on a distributed PostgreSQL, writers have
        slipped past the latter while a schema was being moved to another node.
        """
        self._cursor.execute(_TAKE_HEAD)
        ((position, frontier),) = self._cursor.fetchall()
        return Head(position, Frontier.from_bytes(bytes(frontier)))

    def write(self, batch: Batch) -> list[int]:
        """Write the batch after the last position; raises HeadMovedOn."""
        head = self.take_head()
        rows = _rows(batch.events, head.position)
        last = head.position + len(rows)
        frontier = head.frontier.extended([row[-1] for row in rows])
        moved = (last, frontier.to_bytes(), head.position)
        command: tuple[Any, ...] | None = None
        if (key := batch.command) is not None:
            command = (str(key.command_id), key.digest, head.position + 1, last)
        write = self._write_each if self._on_sqlite else self._write_together
        write(rows, command, moved)
        if self._cursor.rowcount != 1:
            raise HeadMovedOn(f"from {head.position} while writing up to {last}")
        return list(range(head.position + 1, last + 1))

    def find(self, batch: Batch) -> list[int] | None:
        """The positions of the batch, if an append whose COMMIT was not answered recorded it.

        Takes the head first: the lost transaction may still be committing on the server, and
        holds the head until it has.
        """
        self.take_head()
        if batch.command is not None:
            recorded = self._find_command(batch.command.command_id)
            if recorded is not None and recorded.digest != batch.command.digest:
                raise CommandAlreadyRecorded(recorded)
            return None if recorded is None else recorded.positions
        first = batch.events[0]
        self._cursor.execute(
            _FIND_EVENT.format(self._value), (str(first.originator_id), first.originator_version)
        )
        for position, topic, state in self._cursor.fetchall():
            if (topic, bytes(state)) == (first.topic, first.state):
                # What is appended together stands together.
                return list(range(position, position + len(batch.events)))
        return None

    def _find_command(self, command_id: UUID) -> RecordedCommand | None:
        self._cursor.execute(_FIND_COMMAND.format(self._value), (str(command_id),))
        for digest, first, last in self._cursor.fetchall():
            return RecordedCommand(bytes(digest), first, last)
        return None

    def _write_each(self, rows: list[_Row], command: _Row | None, moved: _Row) -> None:
        self._cursor.executemany(f"{_INSERT_EVENT}(?,?,?,?,?,?)", rows)
        if command is not None:
            self._cursor.execute(f"{_INSERT_COMMAND}(?,?,?,?)", command)
        self._cursor.execute(_MOVE_HEAD.format("?"), moved)

    def _write_together(self, rows: list[_Row], command: _Row | None, moved: _Row) -> None:
        """The same in one round trip; the count of rows is that of the last statement."""
        statements = [_INSERT_EVENT + ",".join(["(%s,%s,%s,%s,%s,%s)"] * len(rows))]
        values = list(chain.from_iterable(rows))
        if command is not None:
            statements.append(f"{_INSERT_COMMAND}(%s,%s,%s,%s)")
            values += command
        statements.append(_MOVE_HEAD.format("%s"))
        values += moved
        self._cursor.execute(";".join(statements), values)


def _rows(events: Sequence[StoredEvent], position: int) -> list[_Row]:
    """Rows of the event table, for the positions after this one."""
    # The text of an id is slow to make, and most batches write to one stream.
    last_id, stream, rows = None, "", []
    for sequence, event in enumerate(events, position):
        if event.originator_id is not last_id:
            last_id = event.originator_id
            stream = str(last_id)
        version, topic, state = event.originator_version, event.topic, event.state
        leaf = leaf_hash(entry(sequence, stream, version=version, topic=topic, state=state))
        rows.append((sequence + 1, stream, version, topic, state, leaf))
    return rows
