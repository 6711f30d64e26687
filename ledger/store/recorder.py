"""The recorder: appends what was decided, once and whole, and reads it back in order."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from time import sleep
from typing import Any, Final
from uuid import UUID

from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Notification,
    OperationalError,
    StoredEvent,
    Subscription,
)
from sqlalchemy import (
    Engine,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    column,
    or_,
    select,
    values,
)

from ledger.store import tables
from ledger.store.appending import (
    Append,
    Batch,
    CommandAlreadyRecorded,
    CommandKey,
    Head,
    HeadMovedOn,
    RecordedCommand,
    entry,
)
from ledger.store.database import borrowed, single_statement, taking_turns
from ledger.store.failures import FAILURES, is_collision, is_passing, translated
from ledger.store.subscription import PollingSubscription
from ledger.trust.merkle import Frontier
from ledger.trust.tiles import TiledTree

__all__ = [
    "CommandAlreadyRecorded",
    "CommandKey",
    "Head",
    "LedgerRecorder",
    "RecordedCommand",
    "entry",
]

# Before each attempt to append, in seconds: what passes has mostly passed within these.
_PAUSES: Final = (0.0, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64)

# Bounds that bound nothing, so that each question is one statement, prepared once.
_LEAST: Final = -(2**63)
_MOST: Final = 2**63 - 1

_event = tables.event.c
_STORED: Final = (
    # As text: psycopg2 would make a UUID of each, which costs more than the rest of its row.
    cast(_event.originator_id, Text),
    _event.originator_version,
    _event.topic,
    _event.state,
)
_STREAM: Final = (
    select(*_STORED)
    .where(_event.originator_id == bindparam("stream"))
    .where(_event.originator_version > bindparam("gt"))
    .where(_event.originator_version <= bindparam("lte"))
    .limit(bindparam("limit"))
)
_EVENTS: Final = _STREAM.order_by(_event.originator_version)
_EVENTS_BACKWARDS: Final = _STREAM.order_by(_event.originator_version.desc())
_STREAM_UNTIL: Final = (
    select(*_STORED, _event.position)
    .where(_event.originator_id == bindparam("stream"))
    .where(_event.position <= bindparam("last"))
    .order_by(_event.originator_version)
)
_LINES: Final = (
    select(*_STORED, _event.position)
    .where(_event.position.between(bindparam("first"), bindparam("last")))
    .order_by(_event.position)
    .limit(bindparam("limit"))
)
_command = tables.command.c
_COMMAND: Final = select(_command.digest, _command.first_position, _command.last_position).where(
    _command.command_id == bindparam("command")
)
_LEAVES: Final = (
    select(_event.leaf_hash)
    .where(_event.position.between(bindparam("first"), bindparam("last")))
    .order_by(_event.position)
)
_HEAD: Final = select(tables.head.c.position, tables.head.c.frontier)

# Two values for each stream, within what SQLite takes in one statement.
_STREAMS_AT_ONCE: Final = 1_000

_Row = tuple[Any, ...]
_Question = Select[*tuple[Any, ...]]

# A rebuild meets the same streams again and again.
_as_uuid = lru_cache(maxsize=20_000)(UUID)


def _newer_than(known: Sequence[tuple[UUID, int]]) -> _Question:
    """Lines after a version of their own for each stream; joined, so that each is one look-up."""
    kept = (
        values(column("stream", tables.event.c.originator_id.type), column("version", Integer))
        .data([(str(stream), version) for stream, version in known])
        .cte("kept")
    )
    return (
        select(*_STORED)
        .select_from(kept)
        .join(tables.event, _event.originator_id == kept.c.stream)
        .where(_event.originator_version > kept.c.version)
        .order_by(_event.originator_id, _event.originator_version)
    )


class _CommitUnanswered(Exception):
    """COMMIT failed: the batch may be recorded or not, and only a look can tell."""


class LedgerRecorder(ApplicationRecorder):
    """Records the events of one ledger, in the database that holds it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # Proofs over what is recorded; the hashes of whole tiles stay in memory.
        self.tree = TiledTree(self.leaf_hashes)
        self._statements: dict[_Question, tuple[str, Mapping[str, Any]]] = {}

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        command: CommandKey | None = None,
        **_: Any,  # noqa: ANN401  (the library's interface passes what it likes)
    ) -> list[int]:
        """Append the events, all or none, and return their positions.

        Raises the library's IntegrityError when a stream already has one of the versions,
        CommandAlreadyRecorded when the command's id is known, and OperationalError when the
        database cannot be written to even after several attempts. No events leave no trace,
        not even of their command.
        """
        if not stored_events:
            return []
        batch = Batch(stored_events, command)
        unknown = False
        failure: Exception
        for pause in _PAUSES:
            if pause:  # Even a sleep of nothing costs as much as hashing a class's marks.
                sleep(pause)
            try:
                return self._append(batch, resolving=unknown)
            except _CommitUnanswered as unanswered:
                unknown, failure = True, unanswered
            except HeadMovedOn as slipped:
                failure = slipped
            except FAILURES as refused:
                self._raise_if_final(refused, batch)
                failure = refused
        raise OperationalError(f"not recorded after {len(_PAUSES)} attempts") from failure

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[StoredEvent]:
        """The events of one stream in the order of their versions."""
        values = {
            "stream": str(originator_id),
            "gt": _LEAST if gt is None else gt,
            "lte": _MOST if lte is None else lte,
            "limit": _MOST if limit is None else limit,
        }
        rows = self._rows(_EVENTS_BACKWARDS if desc else _EVENTS, values)
        return [
            StoredEvent(_as_uuid(stream), version, topic, bytes(state))
            for stream, version, topic, state in rows
        ]

    def select_newer(self, known: Mapping[UUID, int]) -> list[StoredEvent]:
        """The events of many streams after the version known of each, stream by stream.

        One question for every thousand streams, however far behind each of them is.
        """
        streams = list(known.items())
        found: list[StoredEvent] = []
        for first in range(0, len(streams), _STREAMS_AT_ONCE):
            text, asked = self._compiled(_newer_than(streams[first : first + _STREAMS_AT_ONCE]))
            found += [
                StoredEvent(_as_uuid(stream), version, topic, bytes(state))
                for stream, version, topic, state in self._ask(text, asked)
            ]
        return found

    def select_until(self, stream_id: UUID, *, last: int | None = None) -> list[Notification]:
        """The events of one stream with their positions, up to the position `last`."""
        values = {"stream": str(stream_id), "last": _MOST if last is None else last}
        rows = self._rows(_STREAM_UNTIL, values)
        return [
            Notification(_as_uuid(stream), version, topic, bytes(state), position)
            for stream, version, topic, state, position in rows
        ]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> list[Notification]:
        """At most `limit` events in the order of their positions, from `start` to `stop`."""
        first = 0 if start is None else start
        values: dict[str, Any] = {
            "first": first if inclusive_of_start else first + 1,
            "last": _MOST if stop is None else stop,
            "limit": limit,
        }
        if topics:
            chosen = _LINES.where(or_(*(_event.topic == topic for topic in topics)))
            text, own_values = self._compiled(chosen)
            rows = self._ask(text, {**own_values, **values})
        else:
            rows = self._rows(_LINES, values)
        return [
            Notification(_as_uuid(stream), version, topic, bytes(state), position)
            for stream, version, topic, state, position in rows
        ]

    def max_notification_id(self) -> int | None:
        """The last position; None while the ledger is empty."""
        return self.head().position or None

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """Events after the position `gt`, those recorded later as well, by asking again."""
        return PollingSubscription(self, gt=gt, topics=topics)

    def find_command(self, command_id: UUID) -> RecordedCommand | None:
        """What was recorded of the command of this id, if it was."""
        for digest, first, last in self._rows(_COMMAND, {"command": str(command_id)}):
            return RecordedCommand(bytes(digest), first, last)
        return None

    def leaf_hashes(self, first: int, last: int) -> list[bytes]:
        """The kept hashes of the leaves from index `first` up to, not including, `last`.

        A leaf's index is its line's position less one. IndexError where some are missing: a tree
        over fewer leaves than were asked for would be another tree.
        """
        rows = self._rows(_LEAVES, {"first": first + 1, "last": last})
        if len(rows) != last - first:
            raise IndexError(f"{len(rows)} leaves from {first} to {last}")
        return [bytes(leaf) for (leaf,) in rows]

    def head(self) -> Head:
        """Where the ledger ends now."""
        ((position, frontier),) = self._rows(_HEAD, {})
        return Head(position, Frontier.from_bytes(bytes(frontier)))

    def _append(self, batch: Batch, *, resolving: bool) -> list[int]:
        with taking_turns(self._engine), borrowed(self._engine) as connection:
            transaction = Append(connection.cursor(), dialect=self._engine.dialect.name)
            if resolving and (recorded := transaction.find(batch)):
                return recorded
            positions = transaction.write(batch)
            try:
                connection.commit()
            except FAILURES as failure:
                raise _CommitUnanswered from failure
            return positions

    def _raise_if_final(self, failure: Exception, batch: Batch) -> None:
        """Raise what the caller has to know; return when the batch may be tried again."""
        if not is_collision(failure):
            if is_passing(failure):
                return
            raise translated(failure) from failure
        command = batch.command
        if command and (recorded := self.find_command(command.command_id)):
            raise CommandAlreadyRecorded(recorded) from failure
        if batch.repeats_a_version() or any(map(self._has_version, batch.events)):
            raise IntegrityError("a stream already has one of these versions") from failure
        # What is left is the position: somebody wrote past the head, or is just doing it.

    def _has_version(self, event: StoredEvent) -> bool:
        version = event.originator_version
        return bool(self.select_events(event.originator_id, gt=version - 1, lte=version))

    def _rows(self, question: _Question, values: Mapping[str, Any]) -> Sequence[_Row]:
        """The rows as the driver gives them, to a statement compiled once for this database."""
        statement = self._statements.get(question)
        if statement is None:
            statement = self._statements[question] = self._compiled(question)
        text, own_values = statement
        return self._ask(text, {**own_values, **values})

    def _compiled(self, question: _Question) -> tuple[str, Mapping[str, Any]]:
        """Its text, and the values it brings along: SQLite's LIMIT has an OFFSET with one."""
        compiled = question.compile(self._engine)
        return str(compiled), compiled.params

    def _ask(self, text: str, values: Mapping[str, Any]) -> Sequence[_Row]:
        """Ask, and once more where the connection turned out to be dead."""
        try:
            try:
                return self._ask_once(text, values)
            except FAILURES as failure:
                if not is_passing(failure):
                    raise
                return self._ask_once(text, values)
        except FAILURES as failure:
            raise translated(failure) from failure

    def _ask_once(self, text: str, values: Mapping[str, Any]) -> Sequence[_Row]:
        with borrowed(self._engine) as connection, single_statement(connection):
            cursor = connection.cursor()
            cursor.execute(text, values)
            return cursor.fetchall()
