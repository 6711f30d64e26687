"""The monthly reports of signals: submitted by the vice-principal, received by the principal."""

from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.school.calendar import local_day
from ledger.signals.commands import ReceiveMonthlyReport
from ledger.signals.refusals import NoSuchReport, ReportMonthNotBegun, ReportMovedOn
from ledger.signals.state import Report
from ledger.supervision.refusals import MonthOutsideYear
from ledger.supervision.rules import months_of
from ledger.vocabulary import Role
from web.forms import NO_ERRORS, FormErrors, Typed, see
from web.progress.texts import typed_text
from web.signals.at_hand import SIGNALS, SignalsAtHand, SignalsHand
from web.signals.report import MonthReport
from web.signals.reporting import file_of, submit
from web.wording import signal_report as report_words
from web.wording import signals_words as words
from web.year.sent import Sent, SentForm

router = APIRouter(prefix=f"{SIGNALS}/{{school_year}}/bao-cao", include_in_schema=False)

_CSP: Final = {"Content-Security-Policy": "default-src 'none'; sandbox"}


@router.get("")
def show_months(hand: SignalsHand) -> Response:
    """Every month that has begun, and whether it was reported and received."""
    return hand.page(
        "months.html",
        months=_begun(hand)[::-1],
        reports=hand.desk.ledger.signals(hand.school_year).reports,
        words=words,
    )


@router.get("/{month}")
def show_month(hand: SignalsHand, month: str) -> Response:
    return _page(hand, month)


@router.get("/{month}/{sha256}.pdf")
def take_file(hand: SignalsHand, month: str, sha256: str) -> Response:
    """The file of a report, byte for byte."""
    for report in _reports(hand, month):
        if report.submitted.sha256 == sha256:
            name = f"bao-cao-bat-thuong-{month}.pdf"
            headers = {"Content-Disposition": f'inline; filename="{name}"', **_CSP}
            content = file_of(hand.desk, report)
            return Response(content, media_type="application/pdf", headers=headers)
    raise NoSuchReport(month=month)


@router.post("/{month}/gui")
def submit_report(hand: SignalsHand, month: str, sent: Sent) -> Response:
    """Submit the report as it was shown, as the vice-principal with the password."""
    hand.user.must_act_as(Role.VICE_PRINCIPAL)
    _must_have_begun(hand, month)
    try:
        typed = Typed()
        remark = typed_text(typed, sent.text("remark"), name="remark")
        typed.check()
        if sent.text("shown") != MonthReport.of(hand.found, month).fingerprint:
            raise ReportMovedOn(month=month)
        hand.take_password(sent.text("password"))
        asked = hand.of_year(sent.form_id, Role.VICE_PRINCIPAL)
        submit(hand.desk, hand.found, month, remark, asked)
    except Refused as refused:
        return _page(hand, month, hand.errors(refused), sent)
    return see(f"{hand.path}/bao-cao/{month}#da-gui")


@router.post("/{month}/nhan")
def receive_report(hand: SignalsHand, month: str, sent: Sent) -> Response:
    """Receive the newest report with a resolution, as the principal with the password."""
    hand.user.must_act_as(Role.PRINCIPAL)
    _must_have_begun(hand, month)
    try:
        typed = Typed()
        resolution = typed_text(typed, sent.text("resolution"), name="resolution")
        typed.check()
        reports = _reports(hand, month)
        if sent.text("sha256") != (reports[-1].submitted.sha256 if reports else ""):
            raise ReportMovedOn(month=month)
        command = ReceiveMonthlyReport(
            **hand.of_year(sent.form_id, Role.PRINCIPAL),
            month=month,
            sha256=sent.text("sha256"),
            resolution=resolution,
        )
        hand.decide(command, sent.text("password"))
    except Refused as refused:
        return _page(hand, month, hand.errors(refused), sent)
    return see(f"{hand.path}/bao-cao/{month}#da-gui")


def _begun(hand: SignalsAtHand) -> list[str]:
    now = f"{local_day(hand.desk.clock()):%Y-%m}"
    months = months_of(hand.desk.ledger.year(hand.school_year))
    return [month for month in months if month <= now]


def _must_have_begun(hand: SignalsAtHand, month: str) -> None:
    """Raises MonthOutsideYear and ReportMonthNotBegun."""
    if month not in months_of(hand.desk.ledger.year(hand.school_year)):
        raise MonthOutsideYear(month=month)
    if month not in _begun(hand):
        raise ReportMonthNotBegun(month=month)


def _reports(hand: SignalsAtHand, month: str) -> tuple[Report, ...]:
    return hand.desk.ledger.signals(hand.school_year).reports.get(month, ())


def _page(
    hand: SignalsAtHand,
    month: str,
    errors: FormErrors = NO_ERRORS,
    sent: SentForm | None = None,
) -> Response:
    _must_have_begun(hand, month)
    return hand.page(
        "month.html",
        errors=errors,
        sent=sent,
        month=month,
        report=MonthReport.of(hand.found, month),
        reports=_reports(hand, month),
        submits=Role.VICE_PRINCIPAL in hand.user.acting_roles,
        receives=hand.user.may_act_as(Role.PRINCIPAL),
        words=words,
        report_words=report_words,
    )
