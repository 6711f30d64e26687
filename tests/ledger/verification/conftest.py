"""The small school on either database; as a file it is made once and copied."""

import shutil
from pathlib import Path

import pytest

from ledger.store.database import open_database
from ledger.store.tables import create_tables
from tests.ledger.verification.scene import Scene, begin, scene_on


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a school that nobody has open."""
    folder = tmp_path_factory.mktemp("built")
    engine = open_database(f"sqlite:///{folder / 'ledger.db'}")
    create_tables(engine)
    begin(engine, folder)
    engine.dispose()
    assert [path.name for path in folder.glob("*.db*")] == ["ledger.db"]
    return folder


@pytest.fixture
def file(built: Path, tmp_path: Path) -> Path:
    """A copy of the school's file, alone in its folder."""
    return Path(shutil.copy(built / "ledger.db", tmp_path))


@pytest.fixture
def scene(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Scene:
    """The school, to be tampered with."""
    if not database_url.startswith("sqlite"):
        return begin(request.getfixturevalue("engine"), tmp_path)
    shutil.copytree(request.getfixturevalue("built"), tmp_path, dirs_exist_ok=True)
    return scene_on(request.getfixturevalue("engine"), tmp_path)
