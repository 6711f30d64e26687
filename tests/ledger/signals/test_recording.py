"""What people do about signals is a stream of its own, and one order of it for all of them."""

import pytest
from sqlalchemy import Engine

from ledger.application import GradeLedger
from ledger.refusal import Refused
from ledger.signals.commands import (
    AskTeacher,
    CloseSignal,
    EscalateSignal,
    MarkSignalSeen,
    signals_stream,
)
from ledger.signals.facts import SignalClosed, SignalOutcome, SignalStatus
from ledger.store.recorder import LedgerRecorder
from tests.every_signal_fact import SIGNAL
from tests.ledger.signals.story import QUESTION, REASON, asks
from tests.ledger.test_concurrency import at_once
from tests.ledger.test_school_races import answer
from tests.opened_year import SCHOOL_YEAR, OpenedYear
from tests.school import DUC, LAN, NGOC

YEAR = OpenedYear(classes=("6A1",))


@pytest.fixture
def ledger(engine: Engine) -> GradeLedger:
    ledger = GradeLedger(LedgerRecorder(engine))
    YEAR.open(ledger)
    return ledger


def test_what_is_done_touches_no_sheet_and_happens_once(ledger: GradeLedger) -> None:
    before = len(ledger.lines(YEAR.sheet_id()))
    asked = asks(DUC, AskTeacher, teacher=LAN.person, question=QUESTION)
    lines = ledger.handle(asked)
    assert {line.stream_id for line in lines} == {signals_stream(SCHOOL_YEAR)}
    assert ledger.handle(asked) == lines
    assert len(ledger.lines(YEAR.sheet_id())) == before


def test_another_process_sees_what_was_done(engine: Engine, ledger: GradeLedger) -> None:
    other = GradeLedger(LedgerRecorder(engine))
    assert other.signals(SCHOOL_YEAR).version == 0
    ledger.handle(asks(DUC, MarkSignalSeen))
    assert other.signals(SCHOOL_YEAR).status_of(SIGNAL) is SignalStatus.SEEN
    assert other.signals("2027-2028").version == 0


def test_two_who_close_at_once_make_one_judgement(engine: Engine, ledger: GradeLedger) -> None:
    other = GradeLedger(LedgerRecorder(engine))
    words = {"reason": REASON}
    said = at_once(
        answer(ledger, asks(DUC, CloseSignal, outcome=SignalOutcome.INNOCENT, **words)),
        answer(other, asks(NGOC, CloseSignal, outcome=SignalOutcome.HANDLED, **words)),
    )
    assert sorted(said, key=str) == [None, "signal-is-closed"]
    closed = [
        line
        for line in ledger.lines(signals_stream(SCHOOL_YEAR))
        if isinstance(line.fact, SignalClosed)
    ]
    assert len(closed) == 1


def test_closing_and_laying_before_the_principal_at_once_is_one_order(
    engine: Engine, ledger: GradeLedger
) -> None:
    other = GradeLedger(LedgerRecorder(engine))
    closing = asks(DUC, CloseSignal, outcome=SignalOutcome.INNOCENT, reason=REASON)
    said = at_once(answer(ledger, closing), answer(other, asks(DUC, EscalateSignal, reason=REASON)))
    refused = {"signal-is-closed", "signal-is-escalated"} & set(map(str, said))
    assert None in said
    assert len(refused) == 1


def test_a_refusal_leaves_no_line(ledger: GradeLedger) -> None:
    last = ledger.recorder.max_notification_id()
    with pytest.raises(Refused, match="not-for-your-role"):
        ledger.handle(asks(LAN, MarkSignalSeen))
    assert ledger.recorder.max_notification_id() == last
