"""Connections that break at the worst moment: while the answer to COMMIT is on its way."""

import sqlite3
from collections.abc import Callable
from typing import Any, Literal

import psycopg2
import psycopg2.extensions
from sqlalchemy import Engine, event

Outcome = Literal["recorded", "not recorded"]


def terminate(connection: psycopg2.extensions.connection, process: int) -> None:
    """End a server process, through the other connection, and wait until it is gone."""
    connection.cursor().execute("SELECT pg_terminate_backend(%s, 5000)", (process,))


def lose_the_next_commit(
    engine: Engine, outcome: Outcome, *, meanwhile: Callable[[], object] = bool
) -> list[Outcome]:
    """The next COMMIT fails for its sender; on the server it has happened, or it has not.

    The list that is returned is empty once that COMMIT was sent. `meanwhile` is done after the
    connection broke, and before its owner knows.
    """
    pending = [outcome]
    factories = {
        "sqlite": ("factory", _on_sqlite(pending, meanwhile)),
        "postgresql": ("connection_factory", _on_postgresql(pending, meanwhile)),
    }
    option, factory = factories[engine.dialect.name]

    def connect(_dialect: object, _record: object, _args: object, options: dict[str, Any]) -> None:
        options[option] = factory

    event.listen(engine, "do_connect", connect)
    engine.dispose()  # Connections made before do not know how to lose anything.
    return pending


def _on_postgresql(
    pending: list[Outcome], meanwhile: Callable[[], object]
) -> type[psycopg2.extensions.connection]:
    class Losing(psycopg2.extensions.connection):
        def commit(self) -> None:
            if not pending:
                return super().commit()
            if pending.pop() == "recorded":
                super().commit()
                # A transaction is open again, so that the driver really sends what follows.
                self.cursor().execute("SELECT 1")
            other = psycopg2.connect(self.dsn)
            terminate(other, self.info.backend_pid)
            other.close()
            meanwhile()
            return super().commit()

    return Losing


def _on_sqlite(pending: list[Outcome], meanwhile: Callable[[], object]) -> type[sqlite3.Connection]:
    class Losing(sqlite3.Connection):
        def commit(self) -> None:
            if not pending:
                return super().commit()
            if pending.pop() == "recorded":
                super().commit()
            self.close()
            meanwhile()
            return super().commit()

    return Losing
