"""Where a school is: its database, its data folder, and what others have kept of it elsewhere."""

import shutil
import sqlite3
from abc import ABC, abstractmethod
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect, make_url

from ledger.store.database import open_database
from ledger.store.guards import put_back
from ledger.store.keys import KeyFolder
from ledger.trust.note import VerifierKey
from ledger.trust.policy import Policy
from tests.school import TOMORROW
from web.settings import Settings
from web.witness.answering import Witness, open_witness
from web.witness.memory import Memory

WITNESSES = ("so-giao-duc", "hoi-phu-huynh")


@dataclass(frozen=True)
class Place:
    """One school. `root` holds `data/`, one folder for each witness, and `notebook/`.

    The notebook is what the person who verifies has taken away: the policy, the log's key and the
    newest note that both witnesses had cosigned. No attack reaches it.
    """

    url: str
    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def notebook(self) -> Path:
        return self.root / "notebook"

    @property
    def settings(self) -> Settings:
        return Settings(self.url, self.data)

    @property
    def keys(self) -> KeyFolder:
        return KeyFolder(self.data / "keys")

    @property
    def own_policy(self) -> Policy:
        """The policy as the person who verifies keeps it."""
        return Policy.parse((self.notebook / "policy").read_bytes())

    def witness(self, name: str) -> Witness:
        return open_witness(self.root / name, clock=lambda: TOMORROW)

    def forget_what_is_remembered_by(self, name: str, log: VerifierKey) -> None:
        """Give a witness of this name a memory in which there is nothing but the log's key."""
        for path in (self.root / name).glob("witness.db*"):
            path.unlink()
        memory = Memory(open_database(f"sqlite:///{self.root / name / 'witness.db'}"))
        memory.create_tables()
        memory.trust(log)
        memory.close()


class Databases(ABC):
    """A kind of database, and how a whole one is copied."""

    def copied(self, place: Place, root: Path) -> Place:
        """The whole school once more: database, folder, witnesses and notebook."""
        shutil.copytree(place.root, root, ignore=shutil.ignore_patterns("ledger.db*"))
        copied = Place(self.new(root), root)
        self.fill(copied.url, place.url)
        return copied

    @abstractmethod
    def new(self, root: Path) -> str:
        """The address of the database for the school in this folder."""

    @abstractmethod
    def fill(self, url: str, source: str) -> None:
        """Put everything that another database holds in the place of what is there."""


class Files(Databases):
    """SQLite: the file in the school's own folder."""

    def new(self, root: Path) -> str:
        return f"sqlite:///{root / 'data' / 'ledger.db'}"

    def fill(self, url: str, source: str) -> None:
        with (
            closing(sqlite3.connect(make_url(source).database or "")) as copied,
            closing(sqlite3.connect(make_url(url).database or "")) as target,
        ):
            copied.backup(target)


class Server(Databases):
    """PostgreSQL: a schema for each school, named as its folder."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)

    def new(self, root: Path) -> str:
        # One schema for all copies in turn: a thousand tables would make every look slow.
        url = self._url.update_query_dict({"schema": f"school_{root.name}"})
        return url.render_as_string(hide_password=False)

    def fill(self, url: str, source: str) -> None:
        here, there = _schema_of(url), _schema_of(source)
        engine = open_database(url)
        with engine.begin() as connection:
            tables = inspect(connection).get_table_names(schema=there)
            statements = [f"DROP SCHEMA {here} CASCADE", f"CREATE SCHEMA {here}"]
            for name in tables:
                statements += (
                    f"CREATE TABLE {name} (LIKE {there}.{name} INCLUDING ALL)",
                    f"INSERT INTO {name} SELECT * FROM {there}.{name}",
                )
            connection.exec_driver_sql(";".join(statements))
            put_back(connection)
        engine.dispose()


def _schema_of(url: str) -> str:
    schema = make_url(url).query["schema"]
    assert isinstance(schema, str)
    return schema
