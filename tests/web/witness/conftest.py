"""A witness in a folder of its own, that knows one school."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.browser.stage import Clock
from tests.logs import SchoolLog
from tests.web.conftest import client_of
from web.witness.answering import Witness, begin_witness, open_witness
from web.witness.app import witness_app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "nhan-chung"
    begin_witness(folder, "phong-gddt.example/nhan-chung").memory.close()
    return folder


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def witness(folder: Path, clock: Clock) -> Iterator[Witness]:
    witness = open_witness(folder, clock=clock)
    witness.memory.trust(SchoolLog().vkey)
    yield witness
    witness.memory.close()


@pytest.fixture
def client(witness: Witness) -> TestClient:
    """Give a client that reads every page as a strict browser does."""
    return client_of(witness_app(witness))
