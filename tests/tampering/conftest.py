"""The small school, lived once on each database, and copied for each attack."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.tampering.place import Databases, Files, Server
from tests.tampering.scene import Scene
from tests.tampering.small_school import Built, build

Lived = Callable[[str], tuple[Databases, Built]]


@pytest.fixture(scope="session")
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """Tell how to get the school on a kind of database."""

    @cache
    def live(database: str) -> tuple[Databases, Built]:
        databases: Databases = Files()
        if database == "postgresql":
            databases = Server(request.getfixturevalue("postgresql_url"))
        return databases, build(databases, tmp_path_factory.mktemp("school"))

    return live


@pytest.fixture
def scene(lived: Lived, database: str, tmp_path: Path) -> Iterator[Scene]:
    """Give a copy that nobody else has, on the database that the test names."""
    databases, built = lived(database)
    place = databases.copied(built.now, tmp_path / "copy")
    with place.opened() as engine:

        def restore_yesterday() -> None:
            engine.dispose()
            databases.fill(place.url, built.yesterday.url)

        yield Scene(place, engine, restore_yesterday)
