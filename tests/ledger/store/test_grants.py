"""The application's role adds and reads; what it must not do, PostgreSQL refuses to do for it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from eventsourcing.persistence import OperationalError
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from ledger.store.database import open_database, writing
from ledger.store.grants import Excess, NoSuchRole, RoleOwnsTheLedger, excess, grant
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from tests.ledger.store.writing import a_key, assert_sound, some_events
from tests.prepared import Roles, prepare, two_roles
from tests.test_story import School, live_the_story

REFUSED = [
    "UPDATE event SET state = state",
    "DELETE FROM event",
    "TRUNCATE event",
    "UPDATE command SET digest = digest",
    "DELETE FROM checkpoint",
    "UPDATE cosignature SET line = line",
    "DELETE FROM head",
    "TRUNCATE head",
    "INSERT INTO head VALUES (1, 0, '')",
    "LOCK TABLE event IN ACCESS EXCLUSIVE MODE",
    "ALTER TABLE event ADD COLUMN another text",
    "ALTER TABLE event DISABLE TRIGGER event_only_grows",
    "ALTER TABLE event DISABLE TRIGGER ALL",
    "ALTER TABLE event OWNER TO CURRENT_USER",
    "ALTER TABLE event ENABLE ROW LEVEL SECURITY",
    "DROP TRIGGER event_only_grows ON event",
    "CREATE TRIGGER mine BEFORE INSERT ON event EXECUTE FUNCTION refuse_change()",
    "CREATE RULE mine AS ON INSERT TO event DO INSTEAD NOTHING",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
    "DROP FUNCTION refuse_change() CASCADE",
    "DROP TABLE event",
    "DROP TABLE head CASCADE",
    "SET session_replication_role = replica",
    "DELETE FROM pg_trigger",
]


@pytest.fixture
def roles(postgresql_url: str) -> Iterator[Roles]:
    with two_roles(postgresql_url) as roles:
        yield roles


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    yield engine
    engine.dispose()


def tell(engine: Engine, *statements: str) -> None:
    with writing(engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.fixture(scope="module")
def written(postgresql_url: str) -> Iterator[Engine]:
    """Give the application's database with three lines, for statements that change nothing."""
    with two_roles(postgresql_url) as roles:
        prepare(roles)
        with opened(roles.application_url) as engine:
            create_tables(engine)
            LedgerRecorder(engine).insert_events(some_events(3), command=a_key())
            yield engine


@pytest.mark.parametrize("statement", REFUSED)
def test_what_is_more_than_adding_and_reading_is_refused(written: Engine, statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"permission denied|must be (owner|able)"):
        tell(written, statement)
    assert assert_sound(written) == 3


def test_a_role_cannot_grant_itself_what_it_has_not(written: Engine) -> None:
    tell(written, "GRANT UPDATE ON event TO CURRENT_USER")  # PostgreSQL only warns.
    with written.connect() as connection:
        assert excess(connection) == []


def test_the_schema_of_the_ledger_cannot_be_dropped(written: Engine) -> None:
    with written.connect() as connection:
        schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    with pytest.raises(DBAPIError, match="must be owner"):
        tell(written, f'DROP SCHEMA "{schema}" CASCADE')


def test_the_whole_story_is_lived_under_the_role_of_the_application(roles: Roles) -> None:
    prepare(roles)
    with opened(roles.application_url) as engine:
        school = School(engine)
        live_the_story(school)
        before = school.projections.positions()
        school.projections.rebuild()
        assert school.projections.positions() == before
        assert excess(engine.connect()) == []
        assert_sound(engine)


def test_a_line_put_ahead_of_the_head_stops_the_ledger_and_overwrites_nothing(
    roles: Roles,
) -> None:
    prepare(roles)
    with opened(roles.application_url) as engine:
        recorder = LedgerRecorder(engine)
        recorder.insert_events(some_events(3))
        tell(
            engine,
            "INSERT INTO event SELECT 5, gen_random_uuid(), 1, topic, state, leaf_hash"
            " FROM event WHERE position = 1",
        )
        with pytest.raises(OperationalError):
            recorder.insert_events(some_events(2))
        assert recorder.head().position == 3


def test_rights_are_given_as_often_as_one_likes(roles: Roles) -> None:
    prepare(roles)
    prepare(roles)
    with opened(roles.application_url) as engine, engine.connect() as connection:
        assert excess(connection) == []


def test_a_school_that_began_with_one_role_is_parted_afterwards(roles: Roles) -> None:
    with opened(roles.superuser_url) as superuser:
        schema = roles.superuser_url.rpartition("schema=")[2]
        tell(superuser, f"ALTER SCHEMA {schema} OWNER TO {roles.application}")
        with opened(roles.application_url) as engine:
            create_tables(engine)
            live_the_story(School(engine))
            with engine.connect() as connection:
                assert excess(connection) != []
        with writing(superuser) as connection:
            grant(connection, roles.application)
    with opened(roles.application_url) as engine:
        with engine.connect() as connection:
            assert excess(connection) == []
        School(engine).projections.rebuild()
        assert LedgerRecorder(engine).insert_events(some_events(1))


def test_tables_that_the_owner_made_become_those_of_the_application(roles: Roles) -> None:
    with opened(roles.owner_url) as engine:
        create_tables(engine)
        School(engine)
    with opened(roles.superuser_url) as superuser, writing(superuser) as connection:
        grant(connection, roles.application)
    with opened(roles.application_url) as engine:
        School(engine).projections.rebuild()


def test_an_owner_has_too_many_rights(roles: Roles) -> None:
    prepare(roles)
    with opened(roles.owner_url) as engine, engine.connect() as connection:
        found = excess(connection)
    assert {Excess("owns table", "event"), Excess("owns function", "refuse_change")} <= {*found}
    assert {"owns schema", "DELETE", "UPDATE", "TRUNCATE"} <= {one.right for one in found}


def test_of_a_superuser_only_that_is_said(roles: Roles) -> None:
    prepare(roles)
    with opened(roles.superuser_url) as engine, engine.connect() as connection:
        assert excess(connection) == [Excess("superuser", "postgres")]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("GRANT UPDATE (state) ON event TO {0}", Excess("UPDATE", "event")),
        ("GRANT DELETE ON checkpoint TO PUBLIC", Excess("DELETE", "checkpoint")),
        ("GRANT TRIGGER ON head TO {0}", Excess("TRIGGER", "head")),
        ("GRANT INSERT ON head TO {0}", Excess("INSERT", "head")),
        ("GRANT TRUNCATE ON command TO {0}", Excess("TRUNCATE", "command")),
        ("GRANT pg_execute_server_program TO {0}", Excess("runs programs", "{0}")),
        ("GRANT pg_write_server_files TO {0}", Excess("writes files", "{0}")),
        ("ALTER ROLE {0} CREATEROLE", Excess("creates roles", "{0}")),
    ],
)
def test_a_right_too_many_is_named(roles: Roles, statement: str, found: Excess) -> None:
    prepare(roles)
    with opened(roles.superuser_url) as superuser:
        tell(superuser, statement.format(roles.application))
    with opened(roles.application_url) as engine, engine.connect() as connection:
        named = Excess(found.right, found.on.format(roles.application))
        assert excess(connection) == [named]


def test_a_function_of_the_same_name_deceives_nobody(roles: Roles) -> None:
    prepare(roles)
    with opened(roles.superuser_url) as superuser:
        tell(superuser, f"GRANT DELETE ON event TO {roles.application}")
    with opened(roles.application_url) as engine:
        for name in ("has_table_privilege", "has_any_column_privilege"):
            tell(
                engine,
                f"CREATE FUNCTION {name}(text, text, text) RETURNS boolean"
                " LANGUAGE sql AS 'SELECT false'",
            )
        with engine.connect() as connection:
            assert excess(connection) == [Excess("DELETE", "event")]


def test_rights_on_a_table_that_are_too_many_are_taken_back(roles: Roles) -> None:
    prepare(roles)
    with opened(roles.superuser_url) as superuser:
        tell(superuser, f"GRANT ALL ON event, head TO {roles.application}, PUBLIC")
    prepare(roles)
    with opened(roles.application_url) as engine, engine.connect() as connection:
        assert excess(connection) == []


def test_a_role_that_is_not_there_is_not_made_up(roles: Roles) -> None:
    prepare(roles)
    with opened(roles.owner_url) as engine, engine.connect() as connection:
        with pytest.raises(NoSuchRole):
            grant(connection, "nobody_of_this_name")
        with pytest.raises(RoleOwnsTheLedger):
            grant(connection, roles.owner)
