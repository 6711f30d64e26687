"""The small school, lived once on each database, and copied for each attack."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tampering.place import Databases, Files, Server
from tests.tampering.scene import Scene
from tests.tampering.small_school import Built, build


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    if request.param == "sqlite":
        return Files()
    return Server(request.getfixturevalue("postgresql_url"))


@pytest.fixture(scope="session")
def built(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(databases, tmp_path_factory.mktemp("school"))


@pytest.fixture
def scene(built: Built, databases: Databases, tmp_path: Path) -> Iterator[Scene]:
    """Give a copy that nobody else has."""
    place = databases.copied(built.now, tmp_path / "copy")
    with place.opened() as engine:

        def restore_yesterday() -> None:
            engine.dispose()
            databases.fill(place.url, built.yesterday.url)

        yield Scene(place, engine, restore_yesterday)
