"""Prepare a database so that the application owns nothing of the ledger, and check that."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import Connection, Engine, make_url

from ledger.store.database import open_database, writing
from ledger.store.grants import (
    Excess,
    NoSuchRole,
    RoleOwnsTheLedger,
    current_role,
    excess,
    grant,
)
from ledger.store.guards import put_back
from ledger.store.tables import create_tables
from web.commands.failing import Failed
from web.commands.foreseen import foreseen
from web.commands.wording import SAID
from web.settings import Settings

# Stands in the printed address where people put the password, which is nobody else's to know.
_PASSWORD = "MAT-KHAU"  # noqa: S105


def prepare(settings: Settings, *, role: str | None) -> None:
    """Create what is missing, put fallen guards back, give the role its rights; may be repeated.

    To be run with the address of the owner. Without a role nobody's rights change.
    """
    with _opened(settings) as engine:
        if role:
            _must_know_roles(engine, settings)
        create_tables(engine)
        with writing(engine) as connection:
            fallen = put_back(connection)
            too_many = _granted(connection, role) if role else []
    for guard in fallen:
        click.echo(SAID["guard-put-back"].format(name=guard.name, table=guard.table))
    click.echo(SAID["ledger-prepared"])
    if role:
        address = make_url(settings.url).set(username=role, password=_PASSWORD)
        url = address.render_as_string(hide_password=False)
        click.echo(SAID["role-prepared"].format(role=role, url=url))
        _list(too_many)


def check(settings: Settings, *, as_json: bool) -> None:
    """Say which rights the role of the address has too many of; `Failed` where it has any."""
    with _opened(settings) as engine:
        role, too_many = _rights(engine)
    if as_json:
        rights = [{"right": one.right, "on": one.on} for one in too_many]
        click.echo(json.dumps({"role": role, "too_many": rights}))
    elif role is None:
        click.echo(SAID["file-has-no-roles"])
    elif too_many:
        _list(too_many)
    else:
        click.echo(SAID["rights-fit"].format(role=role))
    if too_many:
        raise Failed("rights-too-many", role=role)


def warn_of_excess(engine: Engine) -> None:
    """Say on the error stream that the application could change what it must only add to."""
    role, too_many = _rights(engine)
    if too_many:
        click.echo(SAID["serving-with-excess"].format(role=role), err=True)


@contextmanager
def _opened(settings: Settings) -> Iterator[Engine]:
    """The database alone: opening the school would create tables as the wrong owner."""
    with foreseen():
        engine = open_database(settings.url)
        try:
            yield engine
        finally:
            engine.dispose()


def _rights(engine: Engine) -> tuple[str | None, list[Excess]]:
    """The role of the address, None for a file, and which rights it has too many of."""
    if engine.dialect.name == "sqlite":
        return None, []
    with engine.connect() as connection:
        return current_role(connection), excess(connection)


def _must_know_roles(engine: Engine, settings: Settings) -> None:
    if engine.dialect.name == "sqlite":
        raise Failed("files-have-no-roles")
    if "schema" not in make_url(settings.url).query:
        raise Failed("schema-not-named")


def _granted(connection: Connection, role: str) -> list[Excess]:
    try:
        grant(connection, role)
    except NoSuchRole as unknown:
        raise Failed("no-such-role", role=role) from unknown
    except RoleOwnsTheLedger as same:
        raise Failed("role-owns-the-ledger", role=role) from same
    return excess(connection, role)


def _list(too_many: list[Excess]) -> None:
    for one in too_many:
        click.echo(SAID[f"excess {one.right}"].format(on=one.on))
