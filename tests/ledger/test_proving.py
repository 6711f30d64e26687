"""The proof of one line: under the best checkpoint, verified before it is handed out."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from ledger.proving import LineDiffers, LineProof, NoSuchLine, NotPublished, prove
from ledger.store.checkpoints import Checkpoints
from ledger.store.keys import KeyFolder
from ledger.store.recorder import LedgerRecorder
from ledger.store.triggers import ONLY_GROWING
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.merkle import leaf_hash
from ledger.trust.note import SigningKey
from ledger.trust.proof import TlogProof
from tests.ledger.store.writing import some_events
from tests.ledger.trust.signers import AT, ORIGIN, policy, policy_text, witness_key
from tests.school import NOW

LINES = 9


class School:
    """A ledger of some lines, its keys and what it has published."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.recorder = LedgerRecorder(engine)
        self.checkpoints = Checkpoints(engine)
        self.keys = KeyFolder(folder)
        self.recorder.insert_events(some_events(LINES))

    def signs(self, size: int, *, by: tuple[str, ...] = (), key: SigningKey | None = None) -> None:
        """Sign a checkpoint of this size and keep what these witnesses add."""
        checkpoint = Checkpoint(ORIGIN, size, self.recorder.tree.root(size))
        note = checkpoint.signed(key or self.keys.log_keys()[-1])
        self.checkpoints.keep(note, signed_at=NOW)
        for name in by:
            cosignature = witness_key(name).cosign(note.text, at=AT)
            self.checkpoints.keep_cosignature(checkpoint, cosignature)

    def decides(self, content: str) -> None:
        (self.keys.folder / "policy").write_text(content, encoding="utf-8")

    def proves(self, position: int) -> LineProof:
        recorder = LedgerRecorder(self.engine)  # as a process that has just started
        return prove(position, recorder=recorder, checkpoints=self.checkpoints, keys=self.keys)

    def size_over(self, position: int) -> int:
        note = self.proves(position).proof.note
        return Checkpoint.parse(note.text).size

    def alters(self, statement: str) -> None:
        """Write as the owner of the database, who can take the guards down."""
        with self.engine.begin() as connection:
            if self.engine.dialect.name == "sqlite":
                for name in connection.scalars(
                    text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                ).all():
                    connection.execute(text(f'DROP TRIGGER "{name}"'))
            else:
                for table in ONLY_GROWING:
                    connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            connection.execute(text(statement))


@pytest.fixture
def school(engine: Engine, tmp_path: Path) -> School:
    """Give a school whose log has begun, and has signed nothing."""
    made = School(engine, tmp_path / "keys")
    made.keys.begin_log(ORIGIN)
    return made


def test_what_is_handed_out_is_the_line_and_verifies(school: School) -> None:
    school.signs(LINES)
    ours = policy(key=school.keys.log_keys()[-1])
    for position in range(1, LINES + 1):
        proven = school.proves(position)
        proof = TlogProof.parse(proven.proof.to_bytes())
        checked = proof.verify(leaf_hash(proven.entry), ours)
        assert (proof.index, checked.checkpoint.size) == (position - 1, LINES)
        assert proven.entry.startswith(f"{position - 1}\n".encode())
        assert [leaf_hash(proven.entry)] == school.recorder.leaf_hashes(position - 1, position)


def test_the_smallest_checkpoint_above_the_line_is_enough_where_nobody_asks_for_witnesses(
    school: School,
) -> None:
    for size in (3, 5, LINES):
        school.signs(size, by=("hieu-pho",) if size == LINES else ())
    assert [school.size_over(position) for position in (1, 3, 4, 6)] == [3, 3, 5, LINES]


def test_a_checkpoint_that_enough_witnesses_have_seen_comes_first(school: School) -> None:
    school.decides(policy_text("hieu-pho", "phong-gd"))
    for size, by in ((3, ()), (5, ("hieu-pho",)), (7, ("hieu-pho", "phong-gd")), (LINES, ())):
        school.signs(size, by=by)
    assert [school.size_over(position) for position in (1, 6, 7)] == [7, 7, 7]
    # Above that one nobody has seen any, and a proof by the log alone is better than none.
    assert school.size_over(8) == LINES


@pytest.mark.parametrize("least", ["any", "1"])
def test_one_witness_of_two_is_enough_where_the_school_says_so_and_a_former_one_is_not(
    school: School, least: str
) -> None:
    school.decides(policy_text("hieu-pho", "phong-gd", least=least))
    for size, by in ((3, ()), (5, ("stranger",)), (7, ("phong-gd",)), (LINES, ())):
        school.signs(size, by=by)
    assert [school.size_over(position) for position in (1, 6, 8)] == [7, 7, LINES]


def test_a_policy_that_cannot_be_read_does_not_keep_a_proof_from_anybody(school: School) -> None:
    school.decides("quorum nobody\n")
    school.signs(LINES)
    assert school.size_over(1) == LINES


def test_a_line_above_every_checkpoint_has_no_proof_yet(school: School) -> None:
    school.signs(5)
    with pytest.raises(NotPublished):
        school.proves(6)


def test_before_the_log_has_begun_no_line_has_a_proof(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(NotPublished):
        School(engine, tmp_path / "keys").proves(1)


@pytest.mark.parametrize("position", [0, -1, LINES + 1, 10**30])
def test_a_line_that_is_not_there_is_told_apart(school: School, position: int) -> None:
    school.signs(LINES)
    with pytest.raises(NoSuchLine):
        school.proves(position)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET topic = 'mark-changed' WHERE position = 4",
        "UPDATE event SET originator_version = 77 WHERE position = 4",
        "UPDATE event SET leaf_hash = (SELECT leaf_hash FROM event WHERE position = 2)",
        "DELETE FROM event WHERE position = 4",
        "DELETE FROM event WHERE position = 6",
        "UPDATE checkpoint SET size = 7",
        "UPDATE cosignature SET line = '— hieu-pho AAAA'",
        "UPDATE cosignature SET line = REPLACE(line, 'hieu-pho', 'hieu pho')",
    ],
)
def test_where_the_tables_were_written_to_nothing_is_handed_out(
    school: School, statement: str
) -> None:
    school.decides(policy_text("hieu-pho"))
    school.signs(LINES, by=("hieu-pho",))
    school.proves(4)
    school.alters(statement)
    with pytest.raises(LineDiffers):
        school.proves(4)


def test_a_checkpoint_that_another_key_signed_proves_nothing(school: School) -> None:
    stranger = KeyFolder(school.keys.folder / "elsewhere").begin_log(ORIGIN)
    school.signs(LINES, key=stranger)
    with pytest.raises(LineDiffers):
        school.proves(1)


def test_after_a_restore_the_new_log_proves_and_the_old_one_is_not_asked(school: School) -> None:
    school.signs(LINES)
    school.keys.begin_log(f"{ORIGIN}/2", incarnation=2)
    with pytest.raises(NotPublished):
        school.proves(1)
