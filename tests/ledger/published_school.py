"""A ledger with its keys and witnesses, and publishers over it as processes would have them."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from ledger.publishing.alarms import PublishingStopped
from ledger.publishing.publisher import Publisher
from ledger.store.checkpoints import Checkpoints, Published
from ledger.store.keys import KeyFolder
from ledger.store.recorder import LedgerRecorder
from tests.ledger.store.writing import some_events
from tests.ledger.witnesses import Watchers

ORIGIN = "so-diem/79000701"
NOON = datetime(2026, 10, 12, 5, tzinfo=UTC)


class School:
    """A ledger with its keys, and publishers over it as processes would have them."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.keys = KeyFolder(folder / "keys")
        self.watchers = Watchers("hieu-pho", "phong")
        self.now = NOON
        self.origin: str | None = ORIGIN
        self.publisher = self.process()

    def machine(self, number: int) -> Publisher:
        """A publisher on a machine of its own, where nobody takes turns with the others."""
        folder = self.keys.folder.with_name(f"machine-{number}")
        shutil.copytree(self.keys.folder, folder)
        return self.process(keys=KeyFolder(folder))

    def process(
        self, held: Callable[[], int] | None = None, keys: KeyFolder | None = None
    ) -> Publisher:
        """A publisher of a process of its own, which remembers nothing."""
        return Publisher(
            LedgerRecorder(self.engine),
            Checkpoints(self.engine),
            keys or self.keys,
            ask=self.watchers,
            origin=lambda: self.origin,
            clock=lambda: self.now,
            held=held,
        )

    def write(self, count: int = 1) -> None:
        LedgerRecorder(self.engine).insert_events(some_events(count))

    def publish(self, publisher: Publisher | None = None) -> Published:
        published = (publisher or self.publisher).publish()
        assert published is not None
        return published

    def with_witnesses(self, least: str = "any") -> None:
        """Publish once, so that there is a key, and let the witnesses know it."""
        self.write(3)
        self.publish()
        self.watchers.log = self.keys.log_keys()[-1].verifier
        self.watchers.decide(self.keys, least)

    def change(self, statement: str) -> None:
        """Change rows as whoever owns the database can: without the triggers."""
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "sqlite":
                asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
                for name in connection.scalars(text(asked)).all():
                    connection.execute(text(f"DROP TRIGGER {name}"))
            else:
                for table in ("event", "head", "checkpoint", "cosignature"):
                    connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            connection.execute(text(statement))
            connection.commit()

    def signed_size(self) -> int:
        return max(kept.checkpoint.size for kept in Checkpoints(self.engine).all())

    def stopped(self, publisher: Publisher | None = None) -> PublishingStopped:
        with pytest.raises(PublishingStopped) as caught:
            (publisher or self.process()).publish()
        return caught.value
