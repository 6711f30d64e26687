"""What every test may ask for: a fresh database of each kind, a URL for it, a browser."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import hypothesis
import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, NullPool, create_engine
from sqlalchemy.schema import DropSchema

from tests.postgresql import running_postgresql

# Without a deadline: a busy machine is not a bug. In CI the same examples each time, so that a
# failure there is a failure here.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """One real server for all tests, as an SQLAlchemy URL without a schema."""
    with running_postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give an empty database as a URL, for tests that start other processes."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger.db'}"
        return
    server: str = request.getfixturevalue("postgresql_url")
    schema = f"t_{uuid4().hex}"
    yield f"{server}&schema={schema}"
    drop_schema(server, schema)


def drop_schema(server: str, schema: str) -> None:
    """Drop the schema; a transaction that a test left open is an error, not a hanging run."""
    engine = create_engine(server, poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '20s'")
        connection.execute(DropSchema(schema, cascade=True, if_exists=True))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Give an empty database with its tables, on SQLite and then on PostgreSQL."""
    from ledger.store.database import open_database
    from ledger.store.tables import create_tables

    engine = open_database(database_url)
    create_tables(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def full_cost_hasher() -> Iterator[PasswordHasher]:
    """Let passwords be hashed at almost no cost, and give what hashes them outside of tests.

    Most tests of pages sign somebody in, and would spend more time on that than on their page.
    """
    from web.access import passwords

    full_cost = passwords._HASHER  # noqa: SLF001  (what it costs is nobody's to set but a test's)
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHasher(memory_cost=64, time_cost=1, parallelism=1)
        patch.setattr(passwords, "_HASHER", cheap)
        yield full_cost


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the browser's program; a missing one is an error with the line that mends it.

    The headless shell is the same engine without the windows that nobody sees here, and takes half
    the processor; where a system has no such package, the whole browser serves as well.
    """
    whole, shell = Path("/usr/bin/chromium"), Path("/usr/bin/chromium-headless-shell")
    named = os.environ.get("CHROMIUM")
    program = Path(named) if named else shell if shell.exists() else whole
    if program.exists():
        return program
    mend = "apt-get update && apt-get install -y chromium-headless-shell fonts-noto-core"
    message = f"Thiếu Chromium, hãy chạy / Chromium is missing, please run: {mend}"
    raise FileNotFoundError(message)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], chromium: Path
) -> dict[str, Any]:
    """Start the installed Chromium, quiet and without calls home, also as root."""
    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    return {**browser_type_launch_args, "executable_path": str(chromium), "args": quiet}
