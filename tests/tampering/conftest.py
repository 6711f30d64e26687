"""The small school, lived once on each database, and copied for each attack."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ledger.store.database import open_database
from tests.tampering.attack import WITH_A_DOSSIER
from tests.tampering.place import Databases, Files, Server
from tests.tampering.scene import Scene
from tests.tampering.signed_paper import file_a_dossier
from tests.tampering.small_school import Built, build


@dataclass(frozen=True)
class Lived:
    """The school on one kind of database, and where all its copies are, one after the other."""

    databases: Databases
    built: Built
    root: Path
    # One for all copies, so that what is asked of each is compiled once.
    engine: Engine


@pytest.fixture(scope="session")
def lived(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Lived]:
    """Tell how to get the school on a kind of database."""

    @cache
    def live(database: str) -> Lived:
        databases: Databases = Files()
        if database == "postgresql":
            databases = Server(request.getfixturevalue("postgresql_url"))
        root = tmp_path_factory.mktemp("school")
        engine = open_database(databases.new(root / "copy"))
        built = build(databases, root)
        if database == WITH_A_DOSSIER:
            file_a_dossier(built.now)
        return Lived(databases, built, root / "copy", engine)

    return live


@pytest.fixture
def scene(lived: Callable[[str], Lived], database: str) -> Iterator[Scene]:
    """Give a copy that nobody else has, on the database that the test names."""
    school = lived(database)
    place = school.databases.copied(school.built.now, school.root)

    def restore_yesterday() -> None:
        school.engine.dispose()
        school.databases.fill(place.url, school.built.yesterday.url)

    yield Scene(place, school.engine, restore_yesterday)
    school.engine.dispose()
    shutil.rmtree(school.root)
