"""A guard that fell is seen, whatever was done to it, and is put back as it was."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from ledger.store.database import writing
from ledger.store.guards import fallen_guards, put_back
from ledger.store.recorder import LedgerRecorder
from ledger.store.triggers import GUARDS
from tests.ledger.store.writing import some_events

ON_SQLITE = [
    (["DROP TRIGGER event_no_update"], ["event_no_update"]),
    (["DROP TRIGGER head_no_way_back"], ["head_no_way_back"]),
    (
        [
            "DROP TRIGGER event_no_delete",
            (
                "CREATE TRIGGER event_no_delete BEFORE DELETE ON event WHEN false"
                " BEGIN SELECT RAISE(ABORT, 'the ledger only grows: refused by event_no_delete');"
                " END"
            ),
        ],
        ["event_no_delete"],
    ),
]
ON_POSTGRESQL = [
    (["DROP TRIGGER event_only_grows ON event"], ["event_only_grows"]),
    (["ALTER TABLE event DISABLE TRIGGER event_only_grows"], ["event_only_grows"]),
    # Enabled as triggers are by default: it would sleep in a session that is a replica's.
    (["ALTER TABLE event ENABLE TRIGGER event_only_grows"], ["event_only_grows"]),
    (["ALTER TABLE command DISABLE TRIGGER ALL"], ["command_only_grows"]),
    (
        [
            "DROP TRIGGER head_never_goes_back ON head",
            (
                "CREATE TRIGGER head_never_goes_back BEFORE UPDATE ON head FOR EACH ROW"
                " WHEN (false) EXECUTE FUNCTION refuse_change()"
            ),
            "ALTER TABLE head ENABLE ALWAYS TRIGGER head_never_goes_back",
        ],
        ["head_never_goes_back"],
    ),
    (
        [
            (
                "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql"
                " AS 'BEGIN RETURN NEW; END'"
            )
        ],
        [guard.name for guard in GUARDS["postgresql"]],
    ),
]


def fallen(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return [guard.name for guard in fallen_guards(connection)]


def test_all_guards_of_a_new_ledger_stand(engine: Engine) -> None:
    assert fallen(engine) == []


@pytest.mark.parametrize(("statements", "names"), ON_SQLITE)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_guard_that_fell_on_sqlite(
    engine: Engine, statements: list[str], names: list[str]
) -> None:
    is_named_and_put_back(engine, statements, names)


@pytest.mark.parametrize(("statements", "names"), ON_POSTGRESQL)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_guard_that_fell_on_postgresql(
    engine: Engine, statements: list[str], names: list[str]
) -> None:
    is_named_and_put_back(engine, statements, names)


def is_named_and_put_back(engine: Engine, statements: list[str], names: list[str]) -> None:
    LedgerRecorder(engine).insert_events(some_events(2))
    with writing(engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    assert fallen(engine) == names
    with writing(engine) as connection:
        assert [guard.name for guard in put_back(connection)] == names
    assert fallen(engine) == []
    with pytest.raises(DBAPIError, match="the ledger only grows"), engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM event")
