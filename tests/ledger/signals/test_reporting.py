"""A month's report to the principal, and what the principal says to it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ledger.refusal import NotForYourRole
from ledger.school.refusals import YearNotPlanned
from ledger.school.year import NO_YEAR_YET
from ledger.signals import facts, refusals
from ledger.signals.commands import ReceiveMonthlyReport, SubmitMonthlyReport
from ledger.signals.facts import ReportedSignal, SignalStatus
from ledger.supervision.refusals import MonthOutsideYear
from tests.every_school_fact import YEAR_NAME
from tests.every_signal_fact import OTHER_SIGNAL, REPORT, SIGNAL
from tests.ledger.signals.story import CLOSED, KNOWN, NOTED, asks, given, now
from tests.school import DUC, KHOA, LAN, NGOC, Voice

RESOLUTION = "Rút kinh nghiệm trong họp hội đồng"
RECEIVED = facts.MonthlyReportReceived(month="2026-10", sha256=REPORT.sha256, resolution=RESOLUTION)
PAST = (NOTED, DUC.wrote(CLOSED))


def submits(voice: Voice = DUC, **changed: object) -> SubmitMonthlyReport:
    return asks(voice, SubmitMonthlyReport, **{**REPORT.model_dump(), **changed})


def receives(voice: Voice = NGOC, **changed: object) -> ReceiveMonthlyReport:
    return asks(voice, ReceiveMonthlyReport, **{**RECEIVED.model_dump(), **changed})


def test_the_vice_principal_reports_and_the_principal_receives() -> None:
    given(*PAST).when(submits()).then(REPORT)
    given(*PAST, DUC.wrote(REPORT)).when(receives()).then(RECEIVED)


@pytest.mark.parametrize("voice", [NGOC, LAN, KHOA], ids=lambda voice: voice.author.role)
def test_nobody_else_reports(voice: Voice) -> None:
    given(*PAST).when(submits(voice)).then_refused(NotForYourRole)


@pytest.mark.parametrize("voice", [DUC, LAN, KHOA], ids=lambda voice: voice.author.role)
def test_nobody_else_receives(voice: Voice) -> None:
    given(*PAST, DUC.wrote(REPORT)).when(receives(voice)).then_refused(NotForYourRole)


def test_nothing_happens_twice() -> None:
    given(*PAST, DUC.wrote(REPORT)).when(submits()).then()
    given(*PAST, DUC.wrote(REPORT), NGOC.wrote(RECEIVED)).when(receives()).then()


def test_a_later_report_stands_beside_the_earlier_one() -> None:
    later = REPORT.model_copy(update={"position": 5_000, "sha256": "e" * 64})
    given(*PAST, DUC.wrote(REPORT)).when(submits(**later.model_dump())).then(later)
    signals = now(*PAST, DUC.wrote(REPORT), NGOC.wrote(RECEIVED), DUC.wrote(later))
    told = [(one.submitted, len(one.received)) for one in signals.reports["2026-10"]]
    assert told == [(REPORT, 1), (later, 0)]


def test_only_what_is_still_so_is_reported() -> None:
    given(NOTED).when(submits()).then_refused(refusals.ReportMovedOn, month="2026-10")
    unseen = (ReportedSignal(signal_id=OTHER_SIGNAL, status=SignalStatus.SEEN),)
    given(*PAST).when(submits(signals=unseen)).then_refused(refusals.ReportMovedOn)
    noted = (ReportedSignal(signal_id=SIGNAL, status=SignalStatus.CLOSED),)
    report = REPORT.model_copy(update={"signals": noted})
    given(*PAST).when(submits(signals=noted)).then(report)


def test_only_the_newest_report_is_received() -> None:
    later = REPORT.model_copy(update={"sha256": "e" * 64})
    revised = given(*PAST, DUC.wrote(REPORT), DUC.wrote(later))
    revised.when(receives()).then_refused(refusals.ReportMovedOn)
    given(*PAST).when(receives()).then_refused(refusals.NoSuchReport, month="2026-10")


def test_a_month_begins_in_viet_nam() -> None:
    midnight = datetime(2026, 10, 31, 17, 0, tzinfo=UTC)
    november = submits(month="2026-11")
    given(*PAST).when(november).then_refused(refusals.ReportMonthNotBegun, month="2026-11")
    begun = november.model_copy(update={"at": midnight})
    given(*PAST).when(begun).then(REPORT.model_copy(update={"month": "2026-11"}))


def test_refusals_come_in_order() -> None:
    wrong = submits(LAN, month="2030-01", signals=())
    unplanned = given(known=replace(KNOWN, years={YEAR_NAME: NO_YEAR_YET}))
    unplanned.when(wrong).then_refused(NotForYourRole)
    wrong = wrong.model_copy(update={"by": DUC.author})
    unplanned.when(wrong).then_refused(YearNotPlanned, school_year=YEAR_NAME)
    given().when(wrong).then_refused(MonthOutsideYear, month="2030-01")
