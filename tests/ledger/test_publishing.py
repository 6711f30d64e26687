"""Publishing: what is signed continues what was signed, and witnesses are asked without waiting."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from ledger.line import Line
from ledger.publishing.alarms import Wrong
from ledger.publishing.cosigning import Trouble
from ledger.store.checkpoints import Checkpoints
from ledger.store.keys import KeyMissing
from ledger.store.recorder import LedgerRecorder
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.merkle import Frontier, root
from ledger.trust.policy import MalformedPolicy
from tests.every_fact import EVERY_LINE
from tests.ledger.published_school import NOON, ORIGIN, School


@pytest.fixture
def school(engine: Engine, tmp_path: Path) -> School:
    return School(engine, tmp_path)


def test_the_head_is_signed_and_kept(school: School) -> None:
    assert school.publisher.publish() is None
    school.write(3)
    published = school.publish()
    leaves = LedgerRecorder(school.engine).leaf_hashes(0, 3)
    assert published.checkpoint == Checkpoint(ORIGIN, 3, root(leaves))
    (key,) = school.keys.log_keys()
    assert published.note.verified([key.verifier])
    assert published.signed_at == NOON
    assert Checkpoints(school.engine).latest(ORIGIN) == published


def test_without_news_nothing_is_signed(school: School) -> None:
    school.write()
    first = school.publish()
    school.now += timedelta(hours=1)
    assert school.publish() == first
    school.write(2)
    assert school.publish().checkpoint.size == 3


def test_a_school_without_a_name_waits(school: School) -> None:
    school.origin = None
    school.write()
    assert school.publisher.publish() is None
    assert not school.keys.log_keys()


def test_a_lost_key_is_missed_and_never_made_anew(school: School) -> None:
    school.write()
    school.publish()
    (school.keys.folder / "log-1.key").unlink()
    with pytest.raises(KeyMissing, match=ORIGIN):
        school.process().publish()
    assert not school.keys.log_keys()


def test_witnesses_cosign_and_strangers_are_passed_over(school: School) -> None:
    school.with_witnesses("2")
    school.write()
    published = school.publish()
    assert len(published.note.signatures) == 3
    standing = school.publisher.standing()
    assert set(standing.cosigned) == {"hieu-pho", "phong"}
    assert (standing.without_checkpoint, standing.without_quorum) == (0, 0)
    assert standing.unseen_since is None
    assert not standing.troubles
    assert standing.alarm is None


def test_who_was_away_is_asked_again_without_news(school: School) -> None:
    school.with_witnesses("2")
    school.watchers["phong"].at_home = False
    school.write(4)
    school.publish()
    school.now += timedelta(hours=30)
    standing = school.publisher.standing()
    assert set(standing.cosigned) == {"hieu-pho"}
    assert standing.troubles == {"phong": Trouble.SILENT}
    assert standing.without_quorum == 7
    school.watchers["phong"].at_home = True
    asked = school.watchers["hieu-pho"].asked
    school.publish()
    standing = school.publisher.standing()
    assert set(standing.cosigned) == {"hieu-pho", "phong"}
    assert (standing.without_quorum, standing.troubles) == (0, {})
    assert school.watchers["hieu-pho"].asked == asked


def test_with_both_away_work_goes_on_and_the_gap_is_told(school: School) -> None:
    school.with_witnesses()
    school.publish()
    for name in ("hieu-pho", "phong"):
        school.watchers[name].at_home = False
    first_unseen = school.now = NOON + timedelta(minutes=5)
    for _ in range(3):
        school.write(2)
        school.publish()
        school.now += timedelta(hours=10)
    school.write()
    standing = school.publisher.standing()
    assert standing.newest is not None
    assert (standing.newest.checkpoint.size, standing.lines) == (9, 10)
    assert (standing.without_checkpoint, standing.without_quorum) == (1, 7)
    assert standing.unseen_since == first_unseen


def test_a_witness_that_missed_much_gets_the_proof_from_what_it_saw(school: School) -> None:
    school.with_witnesses()
    for count in (1, 5, 300):
        school.watchers["phong"].at_home = count != 5
        school.write(count)
        school.publish()
    seen = school.watchers["phong"].seen
    assert seen.size == 309
    # Another process remembers nothing, and is told by the witness where to begin.
    school.write()
    assert len(school.publish(school.process()).note.signatures) == 3


@pytest.mark.parametrize(
    ("change", "trouble"),
    [("knows_log", Trouble.NOT_KNOWN), ("forges", Trouble.NOT_ITS_SIGNATURE)],
)
def test_a_witness_that_refuses_is_told_and_the_other_is_enough(
    school: School, change: str, trouble: Trouble
) -> None:
    school.with_witnesses()
    watcher = school.watchers["phong"]
    setattr(watcher, change, not getattr(watcher, change))
    school.write()
    school.publish()
    standing = school.publisher.standing()
    assert standing.troubles == {"phong": trouble}
    assert set(standing.cosigned) == {"hieu-pho"}
    assert standing.without_quorum == 0


def test_lines_brought_back_from_an_old_backup_are_never_signed(school: School) -> None:
    school.with_witnesses()
    school.write(7)
    school.publish()
    # The backup of the time when there were three lines, and work has gone on in it since.
    school.change("DELETE FROM cosignature")
    school.change("DELETE FROM checkpoint WHERE size > 3")
    school.change("DELETE FROM event WHERE position > 3")
    three = LedgerRecorder(school.engine).leaf_hashes(0, 3)
    frontier = Frontier().extended(three).to_bytes().hex()
    literal = f"X'{frontier}'" if school.engine.dialect.name == "sqlite" else f"'\\x{frontier}'"
    school.change(f"UPDATE head SET position = 3, frontier = {literal}")
    for _ in range(12):
        school.write()
    alarm = school.stopped().alarm
    assert (alarm.wrong, alarm.witness) == (Wrong.ROLLED_BACK, "hieu-pho")
    assert (alarm.expected, alarm.found) == ("10", "3")
    assert school.signed_size() == 3


def test_a_history_that_a_witness_saw_otherwise_raises_the_alarm(school: School) -> None:
    school.with_witnesses()
    school.publish()
    seen = school.watchers["phong"].seen
    school.watchers["phong"].seen = type(seen)(seen.size, bytes(32))
    school.write()
    alarm = school.stopped(school.publisher).alarm
    assert (alarm.wrong, alarm.witness) == (Wrong.FORKED, "phong")
    assert school.publisher.standing().alarm == alarm
    # Nothing more is signed, by this process or by another, until somebody has looked into it.
    size = school.signed_size()
    school.write()
    school.stopped(school.publisher)
    school.stopped()
    assert school.signed_size() == size
    school.watchers["phong"].seen = seen
    assert school.publish().checkpoint.size == size + 1
    assert school.publisher.standing().alarm is None


_FIRST_LEAF = "(SELECT leaf_hash FROM event WHERE position = 1)"
REWRITINGS = [
    (f"UPDATE event SET leaf_hash = {_FIRST_LEAF} WHERE position = 2", Wrong.HEAD_DIFFERS),
    ("DELETE FROM event WHERE position = 2", Wrong.HEAD_DIFFERS),
    (f"UPDATE checkpoint SET root = {_FIRST_LEAF}", Wrong.REWRITTEN),
    ("UPDATE checkpoint SET size = 99", Wrong.ROLLED_BACK),
]


@pytest.mark.parametrize(("statement", "wrong"), REWRITINGS, ids=lambda value: str(value)[:40])
def test_a_log_that_does_not_continue_itself_signs_nothing(
    school: School, statement: str, wrong: Wrong
) -> None:
    school.write(5)
    school.publish()
    school.write(2)
    school.change(statement)
    kept = list(Checkpoints(school.engine).all())
    alarm = school.stopped().alarm
    assert (alarm.wrong, alarm.witness) == (wrong, None)
    assert alarm.expected != alarm.found
    assert list(Checkpoints(school.engine).all()) == kept


def test_a_checkpoint_that_another_key_signed_is_not_continued(school: School) -> None:
    school.write(5)
    note = school.publish().note.to_bytes()
    forged = note[:-8] + b"AAAAAA=\n"
    school.write()
    on_sqlite = school.engine.dialect.name == "sqlite"
    literal = f"X'{forged.hex()}'" if on_sqlite else f"'\\x{forged.hex()}'"
    school.change(f"UPDATE checkpoint SET note = {literal}")
    assert school.stopped().alarm.wrong is Wrong.NOT_OURS


_OF_ANOTHER = """
    UPDATE cosignature SET line =
        (SELECT max(line) FROM cosignature WHERE size = 3 AND witness LIKE 'phong%')
    WHERE size = 4 AND witness LIKE 'phong%'
    """


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        (_OF_ANOTHER, Wrong.COSIGNATURE_INVALID),
        ("UPDATE cosignature SET line = 'nothing'", Wrong.UNREADABLE),
    ],
)
def test_a_kept_cosignature_that_is_none_is_seen(
    school: School, statement: str, wrong: Wrong
) -> None:
    school.with_witnesses()
    school.publish()
    school.write()
    school.publish()
    school.change(statement)
    assert school.publisher.standing().alarm is not None
    assert school.stopped().alarm.wrong is wrong


def test_no_more_is_published_than_the_backup_holds(school: School) -> None:
    holds = [2]
    publisher = school.process(held=lambda: holds[0])
    school.write(5)
    published = school.publish(publisher)
    assert published.checkpoint.size == 2
    assert published.checkpoint.root == root(LedgerRecorder(school.engine).leaf_hashes(0, 2))
    assert publisher.standing().without_checkpoint == 3
    holds[0] = 9  # Some of it written after the head was read.
    assert school.publish(publisher).checkpoint.size == 5


def test_a_policy_that_asks_for_nobody_is_met_by_every_checkpoint(school: School) -> None:
    school.with_witnesses()
    content = school.watchers.policy().replace(b"quorum all", b"quorum none")
    school.keys.decide("policy", content)
    for name in ("hieu-pho", "phong"):
        school.watchers[name].at_home = False
    school.write()
    school.publish()
    assert school.publisher.standing().without_quorum == 0
    school.keys.decide("policy", b"quorum none\n")
    assert school.publisher.standing().policy is None


def test_a_policy_that_cannot_be_read_is_told(school: School) -> None:
    school.with_witnesses()
    (school.keys.folder / "policy").write_bytes(b"witness\n")
    school.write()
    with pytest.raises(MalformedPolicy):
        school.publisher.publish()
    assert isinstance(school.publisher.standing().failure, MalformedPolicy)


@pytest.mark.parametrize("line", EVERY_LINE, ids=lambda line: f"{line.version}-{line.fact.NAME}")
def test_what_people_will_want_a_proof_of_is_published_at_once(line: Line) -> None:
    publisher = School(create_engine("sqlite://"), Path("keys-of-nobody")).publisher
    # By their endings, so that a new fact of the kind has to be put on the list.
    decisive = (
        *("locked", "lock-decided", "-approved", "-executed", "year-closed", "-restarted"),
        *("-restricted", "-lifted", "-erased"),
    )
    publisher.notice([line])
    assert publisher.wanted.is_set() == line.fact.NAME.endswith(decisive)
