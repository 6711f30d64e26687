"""A dossier that left a school, made once for all who tamper with it or check it."""

from pathlib import Path

import pytest

from tests.web.dossiers.unpacked import Left, let_one_leave


@pytest.fixture(scope="session")
def left(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Left:
    return let_one_leave(built_school, tmp_path_factory.mktemp("left") / "school")
