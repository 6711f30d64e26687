"""Submit a month's report: its file is kept before its line, and leaves again without one.

The file is kept and never made anew: what the screen told at an earlier line is not asked for
again, and names change.
"""

from typing import Any

from ledger.refusal import Refused
from ledger.signals.commands import SubmitMonthlyReport
from ledger.signals.state import Report
from ledger.store.evidence import EvidenceAltered, EvidenceMissing
from web.desk import Desk
from web.papers.typesetting import TypesettingFailed
from web.refusals import ReportFileLost, ReportNotDrawn, SchoolNotDescribed
from web.signals.at_hand import SignalsAtHand
from web.signals.paper import ReportPaper, draw
from web.signals.report import MonthReport


def submit(hand: SignalsAtHand, month: str, remark: str, asked: dict[str, Any]) -> None:
    """Draw the report as it is now and submit it.

    Raises SchoolNotDescribed, ReportNotDrawn, and the refusals of the rules.
    """
    if hand.desk.ledger.recorder.find_command(asked["command_id"]):
        return  # The form came twice; what is drawn a second later is another file.
    report = MonthReport.of(hand.found, month)
    paper = _paper(hand, report, remark)
    try:
        content = draw(paper, hand.names)
    except TypesettingFailed as failed:
        raise ReportNotDrawn from failed
    digest = hand.desk.evidence.put(content)
    command = SubmitMonthlyReport(
        **asked,
        month=month,
        position=paper.head.position,
        signals=report.reported,
        remark=remark,
        sha256=digest,
    )
    try:
        hand.desk.handle(command)
    except Refused:
        if digest not in _kept(hand.desk, hand.school_year, month):
            hand.desk.evidence.remove(digest)
        raise


def file_of(desk: Desk, report: Report) -> bytes:
    """The file of a report; raises ReportFileLost."""
    digest = report.submitted.sha256
    try:
        return desk.evidence.read(digest)
    except (EvidenceMissing, EvidenceAltered) as lost:
        raise ReportFileLost(sha256=digest) from lost


def _paper(hand: SignalsAtHand, report: MonthReport, remark: str) -> ReportPaper:
    described = hand.desk.ledger.school().described_on(hand.today)
    if described is None:
        raise SchoolNotDescribed
    return ReportPaper(
        report=report,
        school=described,
        school_year=hand.school_year,
        remark=remark,
        by=hand.user.full_name,
        at=hand.desk.clock(),
        head=hand.desk.ledger.recorder.head(),
        address=hand.desk.settings.address,
    )


def _kept(desk: Desk, school_year: str, month: str) -> set[str]:
    reports = desk.ledger.signals(school_year).reports.get(month, ())
    return {one.submitted.sha256 for one in reports}
