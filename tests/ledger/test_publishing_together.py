"""Many publish at once, in threads, processes and on machines that know nothing of each other."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ledger.store.checkpoints import Checkpoints
from ledger.store.recorder import Head, LedgerRecorder
from tests.ledger.published_school import School


@pytest.fixture
def school(engine: Engine, tmp_path: Path) -> School:
    return School(engine, tmp_path)


def test_many_publish_at_once_and_one_checkpoint_is_kept_of_each_size(school: School) -> None:
    school.with_witnesses("2")
    publishers = [school.machine(number) for number in range(4)]
    with ThreadPoolExecutor(8) as threads:
        for _ in range(5):
            school.write(3)
            list(threads.map(lambda publisher: publisher.publish(), publishers))
    kept = [published.checkpoint.size for published in Checkpoints(school.engine).all()]
    assert kept == [3, 6, 9, 12, 15, 18]
    school.publish()
    assert len(school.publish().note.signatures) == 3


def test_publishing_is_not_shaken_by_those_who_write_meanwhile(school: School) -> None:
    school.with_witnesses("2")

    def work(number: int) -> None:
        for _ in range(15):
            if number % 2:
                school.write(2)
            else:
                publishers[number].publish()

    publishers = [school.machine(number) for number in range(6)]
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(work, range(6)))
    published = school.publish()
    assert published.checkpoint.size == 3 + 3 * 15 * 2
    assert len(published.note.signatures) == 3


def test_what_another_signs_meanwhile_is_not_taken_for_lines_that_are_gone(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.write(3)
    school.publish()
    other, read_head = school.machine(1), LedgerRecorder.head

    def head_before_others(recorder: LedgerRecorder) -> Head:
        """What the head was, just before somebody else writes and publishes."""
        found = read_head(recorder)
        monkeypatch.setattr(LedgerRecorder, "head", read_head)
        school.write(2)
        other.publish()
        return found

    monkeypatch.setattr(LedgerRecorder, "head", head_before_others)
    assert school.publish().checkpoint.size == 5
    assert school.publisher.standing().alarm is None
