"""Which failures of the database mean a conflict, and which pass when tried again.

Told apart by error codes, never by the names of constraints, which a distributed PostgreSQL
changes from shard to shard.
"""

import sqlite3
from typing import Final

import psycopg2
from eventsourcing.persistence import DatabaseError, OperationalError, PersistenceError
from psycopg2 import errorcodes
from sqlalchemy.exc import DBAPIError

# A trigger that refuses an existing key speaks before the constraint does.
_SQLITE_COLLISIONS: Final = {
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_ROWID,
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
    sqlite3.SQLITE_CONSTRAINT_TRIGGER,
}
_SQLITE_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# An extended code keeps the plain code in its lowest byte.
_PLAIN_CODE: Final = 0xFF

_POSTGRESQL_PASSING: Final = {
    errorcodes.SERIALIZATION_FAILURE,
    errorcodes.DEADLOCK_DETECTED,
    errorcodes.ADMIN_SHUTDOWN,
    errorcodes.CRASH_SHUTDOWN,
    errorcodes.CANNOT_CONNECT_NOW,
}

# What a transaction may meet: from the driver itself, or wrapped where SQLAlchemy stood between.
FAILURES: Final = (DBAPIError, psycopg2.Error, sqlite3.Error)


def is_collision(failure: Exception) -> bool:
    """Whether a key that had to be new was there already; which one, only a look can tell."""
    match _of_the_driver(failure):
        case psycopg2.Error(pgcode=code):
            return code == errorcodes.UNIQUE_VIOLATION
        case sqlite3.IntegrityError(sqlite_errorcode=code):
            return code in _SQLITE_COLLISIONS
        case _:
            return False


def is_passing(failure: Exception) -> bool:
    """Whether the same may succeed when it is tried again, on a new connection if need be."""
    match _of_the_driver(failure):
        case psycopg2.OperationalError(pgcode=None) | psycopg2.InterfaceError(pgcode=None):
            return True  # No answer from the server: the connection broke or was never made.
        case psycopg2.Error(pgcode=code):
            return code in _POSTGRESQL_PASSING
        case sqlite3.OperationalError(sqlite_errorcode=code):
            return code & _PLAIN_CODE in _SQLITE_BUSY
        case _:
            return False


def translated(failure: Exception) -> PersistenceError:
    """The failure as the library names it; never as a conflict, which it is not."""
    error = _of_the_driver(failure)
    if isinstance(error, psycopg2.OperationalError | sqlite3.OperationalError):
        return OperationalError(str(error))
    return DatabaseError(str(error))


def _of_the_driver(failure: Exception) -> BaseException | None:
    return failure.orig if isinstance(failure, DBAPIError) else failure
