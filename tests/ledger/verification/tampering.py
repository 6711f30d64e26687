"""Hands that tamper with a school, each in the way that one code is about."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, delete, insert, text, update
from sqlalchemy.sql import Executable

from ledger.store import tables
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.note import Algorithm, SigningKey
from projections.gradebook.tables import cell
from projections.runner import projection
from tests.ledger.verification.scene import LOG, SEALED, WITNESS, Scene, rehash
from tests.school import AN, LAN, NOW

MARK: Final = 3  # the position of a line in which a mark was entered
OTHER: Final = UUID(int=7)
NOWHERE: Final = bytes(32)

Hands = Callable[[Scene], object]

_event, _head, _command = tables.event, tables.head, tables.command
_checkpoint, _cosignature = tables.checkpoint, tables.cosignature
_a_mark: Final = _event.c.position == MARK
_first: Final = _command.c.first_position == 1
_stranger: Final = SigningKey.from_seed(LOG.name, Algorithm.ED25519, b"s" * 32)


def hands(*statements: Executable) -> Hands:
    """Whoever owns the tables, and knows SQL."""

    def work(connection: Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return lambda scene: scene.tamper(work)


def change_line(**values: object) -> Hands:
    """Change a line and give it the hash that it has now, as whoever knows the program would."""

    def work(connection: Connection) -> None:
        connection.execute(update(_event).where(_a_mark).values(**values))
        rehash(connection, MARK)

    return lambda scene: scene.tamper(work)


def seal_again(size: int, root: bytes, key: SigningKey = LOG) -> Hands:
    """Put another checkpoint beside the one that is kept."""
    note = Checkpoint(LOG.name, size, root).signed(key).to_bytes()
    row = {"origin": LOG.name, "size": size, "root": root, "note": note, "signed_at": "never"}
    return hands(delete(_cosignature), delete(_checkpoint), insert(_checkpoint).values(**row))


def sign_for_the_witness(scene: Scene) -> None:
    """A cosignature that names the witness, over another text than the checkpoint's."""
    forged = str(WITNESS.cosign("another text\n", at=int(NOW.timestamp())))
    scene.tamper(lambda connection: connection.execute(update(_cosignature).values(line=forged)))


def lull_a_guard(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        connection.execute(
            text("DROP TRIGGER event_no_update")
            if connection.dialect.name == "sqlite"
            else text("ALTER TABLE event DISABLE TRIGGER event_only_grows")
        )


def add_a_trigger(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        connection.execute(
            text("CREATE TRIGGER quiet AFTER INSERT ON event BEGIN SELECT 1; END")
            if connection.dialect.name == "sqlite"
            else text("CREATE RULE quiet AS ON UPDATE TO command DO INSTEAD NOTHING")
        )


def write_at(at: datetime, *, shown: bool) -> Hands:
    """One more line; people see it or not."""

    def work(scene: Scene) -> None:
        scene.school.ledger.handle(LAN.at(at).enters((AN, "final", "9.0", 0)))
        if shown:
            scene.school.projections.catch_up()

    return work


def file_of(scene: Scene) -> Path:
    (file,) = scene.folder.glob("evidence/*/*")
    return file


def keep_a_file_of_nobody(scene: Scene) -> None:
    scene.evidence.put(b"of nobody")


CASES: Final[Mapping[str, Hands]] = MappingProxyType(
    {
        "position-missing": hands(delete(_event).where(_a_mark)),
        "version-out-of-order": change_line(originator_version=90),
        "leaf-differs": hands(update(_event).where(_a_mark).values(state=b"{}")),
        "head-not-one": hands(delete(_head)),
        "head-malformed": hands(update(_head).values(frontier=b"nothing")),
        "head-position-differs": hands(update(_head).values(position=90)),
        "head-root-differs": change_line(state=b"{}"),
        "fact-unreadable": change_line(topic="mark-eaten"),
        "command-out-of-place": hands(update(_command).where(_first).values(last_position=4)),
        "command-differs": hands(update(_command).where(_first).values(command_id=str(OTHER))),
        "line-without-command": hands(delete(_command).where(_first)),
        "seals-missing": lambda scene: tables.metadata.drop_all(
            scene.engine, [_checkpoint, _cosignature]
        ),
        "checkpoint-malformed": hands(update(_checkpoint).values(note=b"nothing")),
        "checkpoint-row-differs": hands(update(_checkpoint).values(root=NOWHERE)),
        "checkpoint-unsigned": seal_again(SEALED, NOWHERE, _stranger),
        "checkpoint-beyond-end": seal_again(90, NOWHERE),
        "checkpoint-differs": seal_again(SEALED, NOWHERE),
        "cosignature-malformed": hands(update(_cosignature).values(line="nothing")),
        "cosignature-row-differs": hands(update(_cosignature).values(cosigned_at=1)),
        "cosignature-orphaned": hands(delete(_checkpoint)),
        "cosignature-invalid": sign_for_the_witness,
        "evidence-missing": lambda scene: file_of(scene).unlink(),
        "evidence-altered": lambda scene: file_of(scene).write_bytes(b"another book"),
        "evidence-orphaned": keep_a_file_of_nobody,
        "guard-fallen": lull_a_guard,
        "guard-unknown": add_a_trigger,
        "projection-differs": hands(update(cell).values(mark="10.0")),
        "projection-ahead": hands(update(projection).values(position=90)),
        "projection-malformed": hands(text("DROP TABLE history_cell")),
        "projection-behind": write_at(NOW + timedelta(hours=9), shown=False),
        "projection-not-replayed": change_line(originator_id=str(OTHER)),
        "projection-not-compared": hands(update(projection).values(version=90)),
        "moment-goes-back": write_at(NOW - timedelta(days=9), shown=True),
    }
)
