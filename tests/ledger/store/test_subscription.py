"""Following a ledger: what is there, what comes later, and an end when it is asked for."""

from threading import Timer

from sqlalchemy import Engine

from ledger.store.recorder import LedgerRecorder
from tests.ledger.store.writing import some_events


def test_a_follower_is_given_what_was_and_what_comes(engine: Engine) -> None:
    recorder = LedgerRecorder(engine)
    recorder.insert_events(some_events(3))
    later = Timer(0.1, recorder.insert_events, [some_events(2)])
    with recorder.subscribe(gt=1) as following:
        later.start()
        assert [next(following).id for _ in range(4)] == [2, 3, 4, 5]
    later.join()


def test_a_follower_is_given_only_the_topics_it_asked_for(engine: Engine) -> None:
    recorder = LedgerRecorder(engine)
    recorder.insert_events(some_events(3))
    with recorder.subscribe(topics=["sheet-locked"]) as following:
        Timer(0.1, following.stop).start()
        assert list(following) == []


def test_a_follower_who_waits_is_released_when_it_is_stopped(engine: Engine) -> None:
    with LedgerRecorder(engine).subscribe() as following:
        Timer(0.1, following.stop).start()
        assert list(following) == []
