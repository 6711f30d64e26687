"""The tables of a ledger: events, the head they grow from, the commands behind them, its seals."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    insert,
    inspect,
)
from sqlalchemy.exc import DBAPIError

from ledger.store.database import writing
from ledger.store.guards import put_back
from ledger.trust.merkle import Frontier

metadata: Final = MetaData()

# SQLite has no uuid, and its text form is the one that is hashed, so anybody can recompute a
# leaf with `sha256sum` and what the table shows.
_ID: Final = Uuid(as_uuid=False).with_variant(Text(), "sqlite")

# INTEGER, spelled so, makes the position the key by which SQLite itself orders the rows.
_COUNT: Final = BigInteger().with_variant(Integer(), "sqlite")

event = Table(
    "event",
    metadata,
    Column("position", _COUNT, primary_key=True, autoincrement=False),
    Column("originator_id", _ID, nullable=False),
    Column("originator_version", _COUNT, nullable=False),
    Column("topic", Text, nullable=False),
    # Never jsonb: it would give back other bytes than were hashed.
    Column("state", LargeBinary, nullable=False),
    Column("leaf_hash", LargeBinary, nullable=False),
    UniqueConstraint("originator_id", "originator_version"),
)

head = Table(
    "head",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
    Column("position", _COUNT, nullable=False),
    Column("frontier", LargeBinary, nullable=False),
)

command = Table(
    "command",
    metadata,
    Column("command_id", _ID, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("first_position", _COUNT, nullable=False),
    Column("last_position", _COUNT, nullable=False),
    sqlite_with_rowid=False,
)

# What the log has signed of itself, each row a signed note as it was published.
checkpoint = Table(
    "checkpoint",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("size", _COUNT, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", LargeBinary, nullable=False),
    # When it was signed, by the server's clock: shown to people, proof of nothing.
    Column("signed_at", Text, nullable=False),
)

# What witnesses have added to it, whenever they answered: one signature line for each row.
cosignature = Table(
    "cosignature",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("size", _COUNT, primary_key=True, autoincrement=False),
    # The name of the witness's key.
    Column("witness", Text, primary_key=True),
    Column("cosigned_at", _COUNT, primary_key=True, autoincrement=False),
    Column("line", Text, nullable=False),
)


def create_tables(engine: Engine) -> None:
    """Create what is missing, guards included; on a ledger that is there, change nothing."""
    if _are_there(engine):
        return
    try:
        with writing(engine) as connection:
            # Looked for again: on SQLite the transaction waited here for anybody doing the same.
            if not _are_there(connection):
                _create(connection)
    except DBAPIError:
        # On PostgreSQL another process may have created them meanwhile.
        if not _are_there(engine):
            raise


def _are_there(database: Engine | Connection) -> bool:
    return inspect(database).has_table(head.name)


def _create(connection: Connection) -> None:
    metadata.create_all(connection, tables=[event, head, command, checkpoint, cosignature])
    put_back(connection)
    connection.execute(
        insert(head).values(id=1, position=0, frontier=Frontier().to_bytes()),
    )
