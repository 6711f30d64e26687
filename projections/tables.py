"""How projections keep things: ids, moments and upserts, on SQLite and PostgreSQL alike."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, lru_cache
from io import StringIO
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from psycopg2.extras import execute_batch, execute_values
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Dialect,
    Engine,
    Integer,
    Table,
    Text,
    Update,
    Uuid,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from ledger.school.calendar import local_day

Row = dict[str, Any]

# SQLite has no uuid; both drivers are given and give text, which costs less than UUID objects.
ID: Final = Uuid(as_uuid=False).with_variant(Text(), "sqlite")
# INTEGER, spelled so, makes a position the key by which SQLite itself orders the rows.
COUNT: Final = BigInteger().with_variant(Integer(), "sqlite")
# Moments are kept as the ledger writes them: SQLite has no type that keeps the offset.
MOMENT: Final = Text

# Rows sent to a server at once; a whole batch would make it parse megabytes in one statement.
PAGE: Final = 1_000
# What separates rows and columns in the text of a COPY.
_SIGNS: Final = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})

as_uuid = lru_cache(maxsize=20_000)(UUID)
as_text = lru_cache(maxsize=20_000)(str)


@lru_cache(maxsize=1_000)
def moment_text(at: datetime) -> str:
    """The moment in UTC as text, to the microsecond."""
    return at.astimezone(UTC).isoformat()


@lru_cache(maxsize=1_000)
def day_text(at: datetime) -> str:
    """The day that people in Viet Nam had at that moment, as 2026-10-05."""
    return local_day(at).isoformat()


def optional_id(text: str | None) -> Any:  # noqa: ANN401  (of whichever kind the caller keeps)
    return None if text is None else as_uuid(text)


def to_moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def load_rows(
    connection: Connection, table: Table, key: Column[Any], chosen: Collection[str]
) -> dict[str, Row]:
    """The rows of the chosen keys, by key; no question is asked where none is chosen."""
    if not chosen:
        return {}
    rows = connection.execute(select(table).where(key.in_(chosen))).mappings()
    return {row[key.name]: dict(row) for row in rows}


def insert_unless_there(connection: Connection, table: Table, row: Row) -> None:
    connection.execute(_dialect(connection).insert(table).on_conflict_do_nothing(), row)


def insert_rows(connection: Connection, table: Table, rows: Collection[Row]) -> None:
    """Insert the rows, all with the same keys, in one go."""
    if len(rows) > PAGE and connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    elif rows:
        _send(connection, _insertion(table, tuple(next(iter(rows)))), rows)


def upsert(
    connection: Connection, table: Table, rows: Collection[Row], *, adding: tuple[str, ...] = ()
) -> None:
    """Insert the rows, all with the same keys, or update those whose primary key is there.

    The numbers in the columns `adding` are added to what stands there.
    """
    if rows:
        _send(connection, _upsertion(table, tuple(next(iter(rows))), adding), rows)


def update_rows(connection: Connection, statement: Update, rows: Collection[Row]) -> None:
    """Run an update once for the values of each row, in one go."""
    if not rows:
        return
    text = _compiled(statement, connection.dialect)
    if connection.dialect.name == "postgresql":
        execute_batch(connection.connection.cursor(), text, rows, page_size=PAGE)
    else:
        connection.exec_driver_sql(text, list(rows))


def _send(connection: Connection, text: str, rows: Collection[Row]) -> None:
    """Hand rows to the driver as they are: they hold nothing but texts, numbers and truths."""
    names = tuple(next(iter(rows)))
    # By place and not by name: looking up each name again costs as much as the rest of its row.
    values = list(map(itemgetter(*names), rows))
    if connection.dialect.name == "postgresql":
        cursor = connection.connection.cursor()
        execute_values(cursor, text.format("%s"), values, page_size=PAGE)
    else:
        places = ", ".join("?" * len(names))
        connection.exec_driver_sql(text.format(f"({places})"), values)


def _copy(connection: Connection, table: Table, rows: Collection[Row]) -> None:
    """Hand rows to the server as one text, which it takes in faster than it parses statements."""
    names = tuple(next(iter(rows)))
    columns = ", ".join(f'"{name}"' for name in names)
    lines = ("\t".join(map(_copied, row)) for row in map(itemgetter(*names), rows))
    cursor = connection.connection.cursor()
    cursor.copy_expert(f"COPY {table.name} ({columns}) FROM STDIN", StringIO("\n".join(lines)))


def _copied(value: str | float | None) -> str:
    """A value as COPY reads it: a null apart from an empty text, its own signs escaped."""
    if value is None:
        return r"\N"
    return value.translate(_SIGNS) if isinstance(value, str) else str(value)


@cache
def _insertion(table: Table, names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table.name} ({columns}) VALUES {{}}"  # noqa: S608  (our own names)


@cache
def _upsertion(table: Table, names: tuple[str, ...], adding: tuple[str, ...]) -> str:
    keys = [column.name for column in table.primary_key]
    changed = [f'"{name}" = excluded."{name}"' for name in names if name not in {*keys, *adding}]
    changed += [f'"{name}" = {table.name}."{name}" + excluded."{name}"' for name in adding]
    conflict = ", ".join(f'"{key}"' for key in keys)
    update = ", ".join(changed)
    return f"{_insertion(table, names)} ON CONFLICT ({conflict}) DO UPDATE SET {update}"


@cache
def _compiled(statement: Update, dialect: Dialect) -> str:
    return str(statement.compile(dialect=dialect))


def _dialect(connection: Connection) -> Any:  # noqa: ANN401  (one of two modules)
    return postgresql if connection.dialect.name == "postgresql" else sqlite


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection whose questions are all answered from one moment of the database."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        yield connection


def for_single_questions(engine: Engine) -> Engine:
    """The same database, for answers of one query each: on a server they need no transaction."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="AUTOCOMMIT")
    return engine
