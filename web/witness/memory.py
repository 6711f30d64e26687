"""What a witness remembers: whose signatures it knows, what it has cosigned, what it suspects.

One SQLite file. All that a decision reads and writes is one transaction of the only writer, which
has reached the disk before anybody is answered: two histories never both find the same size.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Select,
    Table,
    Text,
    and_,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from ledger.store.database import writing
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.note import Note, VerifierKey
from ledger.trust.witnessing import Suspicion

_metadata: Final = MetaData()

# The keys by which the checkpoints of a log are believed, or were.
_log: Final = Table(
    "log",
    _metadata,
    Column("origin", Text, primary_key=True),
    Column("vkey", Text, primary_key=True),
    Column("trusted", Boolean, nullable=False),
)

# Every checkpoint that was cosigned, as a note with both signatures; the moment is in the note too.
_cosigned: Final = Table(
    "cosigned",
    _metadata,
    Column("origin", Text, primary_key=True),
    Column("size", Integer, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", LargeBinary, nullable=False),
    Column("cosigned_at", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# What a log has signed and was refused, beside what was remembered of it then.
_refused: Final = Table(
    "refused",
    _metadata,
    Column("origin", Text, primary_key=True),
    Column("size", Integer, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, primary_key=True),
    Column("suspicion", Text, nullable=False),
    Column("note", LargeBinary, nullable=False),
    Column("remembered", LargeBinary),
    Column("refused_at", Integer, nullable=False),
)

# They stop a slip of the hand. Whoever has the file can forget on purpose: hence two witnesses.
_GUARDS: Final = tuple(
    f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {when} "
    "BEGIN SELECT RAISE(ABORT, 'a witness does not forget'); END"
    for name, when in (
        ("cosigned_stays", "DELETE ON cosigned"),
        ("cosigned_is_fixed", "UPDATE OF origin, size, root ON cosigned"),
        ("refused_stays", "DELETE ON refused"),
        ("refused_is_fixed", "UPDATE ON refused"),
    )
)


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A checkpoint that the witness has cosigned, the note with its signature, and when."""

    checkpoint: Checkpoint
    note: Note
    at: datetime


@dataclass(frozen=True, slots=True)
class Suspect:
    """What a log has signed and was refused, why, and what the witness had cosigned of it."""

    suspicion: Suspicion
    checkpoint: Checkpoint
    note: Note
    remembered: Note | None
    at: datetime

    @property
    def is_proof(self) -> bool:
        """Whether the two notes alone show it, to anybody who has the log's key."""
        return self.suspicion is Suspicion.FORKED


@dataclass(frozen=True, slots=True)
class KnownLog:
    """A log: the keys by which it is believed, none once it has ended, and its last checkpoint."""

    origin: str
    keys: Sequence[VerifierKey]
    last: Cosigned | None


class Memory:
    """The memory of one witness."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create_tables(self) -> None:
        with writing(self._engine) as connection:
            _metadata.create_all(connection)
            for statement in _GUARDS:
                connection.execute(text(statement))

    def close(self) -> None:
        self._engine.dispose()

    def trust(self, key: VerifierKey) -> bool:
        """Believe a key of the log of its name from now on; whether that is news."""
        trusted = insert(_log).values(origin=key.name, vkey=str(key), trusted=True)
        again = trusted.on_conflict_do_update(
            index_elements=["origin", "vkey"], set_={"trusted": True}, where=~_log.c.trusted
        )
        with writing(self._engine) as connection:
            return connection.execute(again).rowcount > 0

    def distrust(self, key: VerifierKey) -> bool:
        """No longer believe a key; whether it was believed. What was cosigned stays."""
        this_one = (_log.c.vkey == str(key)) & _log.c.trusted
        with writing(self._engine) as connection:
            return (
                connection.execute(update(_log).where(this_one).values(trusted=False)).rowcount > 0
            )

    def keys(self, origin: str) -> Sequence[VerifierKey]:
        """The keys by which a log is believed; [] for one that is not known, or has ended."""
        return self._read_keys((_log.c.origin == origin) & _log.c.trusted)

    def all_keys(self, origin: str) -> Sequence[VerifierKey]:
        """The same, and those by which it was believed once."""
        return self._read_keys(_log.c.origin == origin)

    def logs(self) -> Sequence[KnownLog]:
        """Every log that is believed or was, by its origin."""
        names = select(_log.c.origin).distinct().order_by(_log.c.origin)
        with self._engine.connect() as connection:
            origins = connection.scalars(names).all()
        return [KnownLog(name, self.keys(name), self.last(name)) for name in origins]

    def last(self, origin: str) -> Cosigned | None:
        """The largest checkpoint that was cosigned of a log."""
        with self._engine.connect() as connection:
            return LogMemory(connection, origin).last()

    def of_size(self, origin: str, size: int) -> Cosigned | None:
        """The checkpoint of this size that was cosigned of a log."""
        with self._engine.connect() as connection:
            return LogMemory(connection, origin).of_size(size)

    def suspects(self) -> Sequence[Suspect]:
        """What is still suspected, the newest first.

        What was cosigned since may have cleared it, or may have made a fork of it for certain.
        """
        same = and_(_refused.c.origin == _cosigned.c.origin, _refused.c.size == _cosigned.c.size)
        then = (_cosigned.c.root.label("root_then"), _cosigned.c.note.label("note_then"))
        asked = select(_refused, *then).join(_cosigned, same, isouter=True)
        newest_first = asked.order_by(_refused.c.refused_at.desc(), _refused.c.size.desc())
        with self._engine.connect() as connection:
            rows = connection.execute(newest_first).all()
        return [_suspect_of(row) for row in rows if row.root_then != row.root]

    def _read_keys(self, which: ColumnElement[bool]) -> Sequence[VerifierKey]:
        with self._engine.connect() as connection:
            found = connection.scalars(select(_log.c.vkey).where(which)).all()
        return [VerifierKey.parse(vkey) for vkey in found]

    @contextmanager
    def deciding(self, origin: str) -> Iterator["LogMemory"]:
        """What is remembered of a log, for a decision that nobody else takes meanwhile."""
        with writing(self._engine) as connection:
            yield LogMemory(connection, origin)


class LogMemory:
    """What is remembered of one log, within a transaction."""

    def __init__(self, connection: Connection, origin: str) -> None:
        self._connection = connection
        self._origin = origin

    def last(self) -> Cosigned | None:
        largest = select(func.max(_cosigned.c.size)).where(_cosigned.c.origin == self._origin)
        return self._read(self._all().where(_cosigned.c.size == largest.scalar_subquery()))

    def of_size(self, size: int) -> Cosigned | None:
        return self._read(self._all().where(_cosigned.c.size == size))

    def keep(self, checkpoint: Checkpoint, note: Note, *, at: int) -> None:
        """Remember a checkpoint that is being cosigned; of the same size, its newest note."""
        renewed = {"note": note.to_bytes(), "cosigned_at": at}
        row = {"origin": self._origin, "size": checkpoint.size, "root": checkpoint.root, **renewed}
        kept = insert(_cosigned).values(row)
        self._connection.execute(
            kept.on_conflict_do_update(index_elements=["origin", "size"], set_=renewed)
        )

    def suspect(self, why: Suspicion, checkpoint: Checkpoint, note: Note, *, at: int) -> None:
        """Keep what the log has signed against it, once for each root."""
        last = self.last()
        row = {
            "origin": self._origin,
            "size": checkpoint.size,
            "root": checkpoint.root,
            "suspicion": why.value,
            "note": note.to_bytes(),
            "remembered": last.note.to_bytes() if last else None,
            "refused_at": at,
        }
        self._connection.execute(insert(_refused).values(row).on_conflict_do_nothing())

    def _all(self) -> Select[Any]:
        return select(_cosigned).where(_cosigned.c.origin == self._origin)

    def _read(self, question: Select[Any]) -> Cosigned | None:
        row = self._connection.execute(question).one_or_none()
        if row is None:
            return None
        note = Note.parse(row.note)
        return Cosigned(Checkpoint.parse(note.text), note, _moment(row.cosigned_at))


def _suspect_of(row: Row[Any]) -> Suspect:
    """A row of `refused`, in the light of what was cosigned of the same size."""
    note, remembered = Note.parse(row.note), row.note_then or row.remembered
    return Suspect(
        Suspicion.FORKED if row.note_then else Suspicion(row.suspicion),
        Checkpoint.parse(note.text),
        note,
        Note.parse(remembered) if remembered else None,
        _moment(row.refused_at),
    )


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
