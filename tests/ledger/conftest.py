"""What tests of the ledger ask for besides a database."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from ledger.store.keys import KeyFolder
from ledger.vault import Vault, open_vault


@pytest.fixture
def vault(engine: Engine, tmp_path: Path) -> Vault:
    """An empty vault with a key of its own, on each database."""
    return open_vault(engine, KeyFolder(tmp_path / "keys"))
