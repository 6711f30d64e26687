"""The library's own test cases for recorders, on each database."""

from collections.abc import Sequence
from unittest import TestCase

import pytest
from eventsourcing.persistence import StoredEvent

# The module and not its classes: pytest would collect those here once more, without a database.
from eventsourcing.tests import persistence as cases
from sqlalchemy import Engine

from ledger.store.recorder import CommandKey, LedgerRecorder


class WithoutPositions(LedgerRecorder):
    """The recorder as one of single streams, which by the library's contract knows no positions.

    A recorder of a whole application returns positions where AggregateRecorderTestCase expects
    None; everything else in that case applies, so only the answer is dropped.
    """

    def insert_events(  # type: ignore[override]
        self,
        stored_events: Sequence[StoredEvent],
        *,
        command: CommandKey | None = None,
        **_: object,
    ) -> None:
        super().insert_events(stored_events, command=command)


class ApplicationCase(cases.ApplicationRecorderTestCase[LedgerRecorder]):
    __test__ = False
    engine: Engine

    def create_recorder(self) -> LedgerRecorder:
        return LedgerRecorder(self.engine)


class StreamCase(cases.AggregateRecorderTestCase):
    __test__ = False
    engine: Engine

    def create_recorder(self) -> WithoutPositions:
        return WithoutPositions(self.engine)


class NonInterleavingCase(cases.NonInterleavingNotificationIDsBaseCase):
    __test__ = False
    engine: Engine

    def create_recorder(self) -> LedgerRecorder:
        return LedgerRecorder(self.engine)


def names_in(case: type[TestCase]) -> list[str]:
    return [name for name in dir(case) if name.startswith(("test", "optional_test"))]


CASES = [
    (case, name)
    for case in (ApplicationCase, StreamCase, NonInterleavingCase)
    for name in names_in(case)
]


@pytest.mark.parametrize(
    ("case", "name"), CASES, ids=lambda value: getattr(value, "__name__", value)
)
def test_the_recorder_keeps_the_contract_of_the_library(
    case: type[ApplicationCase | StreamCase | NonInterleavingCase], name: str, engine: Engine
) -> None:
    # A unittest case knows no parametrised fixture, so it is handed its database and run here;
    # `debug` runs one test and lets its failure out.
    test = case(name)
    test.engine = engine
    test.debug()


def test_no_test_of_the_library_is_left_out() -> None:
    assert {name for case, name in CASES if case is ApplicationCase} >= {
        "test_insert_select",
        "test_concurrent_no_conflicts",
        "test_concurrent_throughput",
        "optional_test_insert_subscribe",
    }
