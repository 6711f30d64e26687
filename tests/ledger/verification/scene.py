"""A small school with everything that is verified, and hands that no guard holds back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, select, update

from ledger.store import tables
from ledger.store.checkpoints import Checkpoints
from ledger.store.evidence import EvidenceStore
from ledger.store.guards import put_back
from ledger.store.recorder import entry
from ledger.store.triggers import GUARDS
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.merkle import leaf_hash
from ledger.trust.note import Algorithm, Note, SigningKey
from ledger.trust.policy import Policy
from ledger.verification import Remembered, Report, Trusted
from projections.verification import verify_school
from tests.school import AN, BAO, BOOK, CHI, KHOA, LAN, NGOC, NOW
from tests.test_story import School

ORIGIN = "truong.example/so-diem"
LOG = SigningKey.from_seed(ORIGIN, Algorithm.ED25519, b"l" * 32)
WITNESS = SigningKey.from_seed("so.example/nhan-chung", Algorithm.COSIGNATURE, b"w" * 32)
POLICY = Policy.parse(f"witness so {WITNESS.verifier}\nquorum so\n".encode())
TRUSTED = Trusted([LOG.verifier], POLICY)
SEALED = 3


@dataclass(frozen=True)
class Scene:
    """The school, with a checkpoint over its first lines that a witness has cosigned."""

    engine: Engine
    school: School
    evidence: EvidenceStore
    folder: Path

    def verified(self, trusted: Trusted = TRUSTED, remembered: Iterable[Remembered] = ()) -> Report:
        return verify_school(
            self.engine, trusted=trusted, remembered=[*remembered], evidence=self.evidence
        )

    def tamper(self, hands: Callable[[Connection], object]) -> None:
        """Let hands work on the tables while the guards are away, which nobody sees later."""
        with self.engine.begin() as connection:
            for guard in GUARDS[connection.dialect.name]:
                of_table = f" ON {guard.table}" if connection.dialect.name != "sqlite" else ""
                connection.exec_driver_sql(f"DROP TRIGGER {guard.name}{of_table}")
            hands(connection)
            put_back(connection)

    @property
    def note(self) -> Note:
        return seal(self.school, SEALED)


def seal(school: School, size: int, *, root: bytes | None = None, key: SigningKey = LOG) -> Note:
    """A checkpoint over so many lines, signed; with another root and by another key if asked."""
    honest = school.ledger.recorder.tree.root(size)
    return Checkpoint(ORIGIN, size, root or honest).signed(key)


def scene_on(engine: Engine, folder: Path) -> Scene:
    return Scene(engine, School(engine), EvidenceStore(folder / "evidence"), folder)


def begin(engine: Engine, folder: Path) -> Scene:
    """A sheet with marks, a locked column and a request with evidence; three lines are sealed."""
    scene = scene_on(engine, folder)
    school = scene.school
    paper = BOOK.model_copy(update={"sha256": scene.evidence.put(b"a teacher's book")})
    marks = ((AN, "midterm", "6.5", 0), (BAO, "midterm", "7.0", 0), (CHI, "midterm", "0.0", 0))
    school.handle(KHOA.opens())
    school.handle(LAN.at(NOW + timedelta(hours=1)).enters(*marks))
    school.handle(LAN.at(NOW + timedelta(hours=2)).closes("midterm"))
    school.handle(NGOC.at(NOW + timedelta(hours=3)).locks_column("midterm"))
    asked = LAN.at(NOW + timedelta(hours=4)).requests((AN, "midterm", "8.5", 2), evidence=(paper,))
    school.handle(asked)
    checkpoints, note = Checkpoints(engine), scene.note
    checkpoints.keep(note, signed_at=NOW)
    checkpoints.keep_cosignature(
        Checkpoint.parse(note.text), WITNESS.cosign(note.text, at=int(NOW.timestamp()))
    )
    return scene


def rehash(connection: Connection, position: int) -> None:
    """Give a row the hash that its new content has, as whoever knows the program would."""
    event = tables.event
    row = connection.execute(select(event).where(event.c.position == position)).one()
    content = entry(
        position - 1,
        row.originator_id,
        version=row.originator_version,
        topic=row.topic,
        state=row.state,
    )
    connection.execute(
        update(event).where(event.c.position == position).values(leaf_hash=leaf_hash(content))
    )
