"""A ledger on PostgreSQL as it is meant to be run: one role owns it, another works on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import NullPool, create_engine, make_url

from ledger.store.database import open_database, writing
from ledger.store.grants import grant
from ledger.store.tables import create_tables


@dataclass(frozen=True)
class Roles:
    """The names and addresses of two roles that may sign in, and the superuser's address."""

    owner: str
    application: str
    owner_url: str
    application_url: str
    superuser_url: str


@contextmanager
def two_roles(server: str) -> Iterator[Roles]:
    """Make an owner and an application for a schema that is not there yet."""
    name = uuid4().hex
    owner, application, schema = f"owner_{name}", f"app_{name}", f"s_{name}"
    superuser = create_engine(server, poolclass=NullPool)

    def tell(*statements: str) -> None:
        with superuser.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def address(role: str) -> str:
        url = make_url(server).set(username=role).update_query_dict({"schema": schema})
        return url.render_as_string(hide_password=False)

    tell(
        f"CREATE ROLE {owner} LOGIN",
        f"CREATE ROLE {application} LOGIN",
        f"GRANT CREATE ON DATABASE postgres TO {owner}",
    )
    yield Roles(owner, application, address(owner), address(application), address("postgres"))
    tell(
        f"DROP SCHEMA IF EXISTS {schema} CASCADE",
        *(f"DROP OWNED BY {role} CASCADE" for role in (owner, application)),
        *(f"DROP ROLE {role}" for role in (owner, application)),
    )


def prepare(roles: Roles) -> None:
    """Let the owner create the ledger and give the application its rights."""
    engine = open_database(roles.owner_url)
    create_tables(engine)
    with writing(engine) as connection:
        grant(connection, roles.application)
    engine.dispose()
