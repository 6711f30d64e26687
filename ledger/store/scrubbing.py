"""Clear the place that deleted rows took, so that the files of a database do not keep them."""

import logging
from collections.abc import Iterable
from contextlib import closing
from typing import Final

import psycopg2.extensions
from sqlalchemy import Engine

from ledger.store.database import BUSY_SECONDS, borrowed, single_statement, taking_turns
from ledger.store.failures import FAILURES

_LOG: Final = logging.getLogger(__name__)
_PATIENCE_SECONDS: Final = 1


def scrub(engine: Engine, tables: Iterable[str]) -> bool:
    """Clear what was deleted from these tables; whether it could be done now.

    It cannot while somebody reads an older state, nor on PostgreSQL by a role that does not own
    the tables. Copies that others keep (backups, archived logs, what a disk did not overwrite)
    are out of reach.
    """
    reason: object = "an older state is being read, or the role may not"
    try:
        if engine.dialect.name == "sqlite":
            cleared = _emptied_log(engine)
        else:
            cleared = all(_rewritten(engine, table) for table in tables)
    except FAILURES as failure:
        cleared, reason = False, failure
    if not cleared:
        _LOG.warning("deleted rows are not cleared from the files yet: %s", reason)
    return cleared


def _emptied_log(engine: Engine) -> bool:
    """SQLite overwrites what is deleted (`secure_delete`); only its log holds older pages."""
    with (
        taking_turns(engine),
        borrowed(engine) as connection,
        closing(connection.cursor()) as cursor,
    ):
        cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE_SECONDS * 1000}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, *_ = cursor.fetchone() or (1,)
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    return busy == 0


def _rewritten(engine: Engine, table: str) -> bool:
    """PostgreSQL keeps dead rows in their pages: the table is written anew into another file."""
    with (
        borrowed(engine) as connection,
        single_statement(connection),
        closing(connection.cursor()) as cursor,
    ):
        driver = connection.driver_connection
        assert isinstance(driver, psycopg2.extensions.connection), "the other database"
        driver.notices.clear()
        cursor.execute(f"SET lock_timeout = '{_PATIENCE_SECONDS}s'")
        try:
            cursor.execute(f"VACUUM (FULL) {table}")
            cursor.execute(f"VACUUM {table}")
        finally:
            cursor.execute("RESET lock_timeout")
        # Who has no right to do it is told so in a notice. Rows that somebody's older transaction
        # still sees are copied as well; the second vacuum knows, which marks the pages without.
        cursor.execute(
            "SELECT relallvisible = relpages FROM pg_class WHERE oid = %s::regclass", [table]
        )
        return cursor.fetchone() == (True,) and not driver.notices
