"""Submit a month's report: its file is kept before its line, and leaves again without one.

The file is kept and never made anew: what the screen told at an earlier line is not asked for
again, and names change.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.refusal import Refused
from ledger.school.calendar import local_day
from ledger.signals.commands import SubmitMonthlyReport
from ledger.signals.finding import SignalId
from ledger.signals.state import Report
from ledger.store.evidence import EvidenceAltered, EvidenceMissing
from web.desk import Desk
from web.papers.typesetting import TypesettingFailed
from web.refusals import ReportFileLost, ReportNotDrawn, SchoolNotDescribed
from web.signals.found import FoundSignals
from web.signals.paper import ReportPaper, draw
from web.signals.report import MonthReport


def submit(
    desk: Desk, found: FoundSignals, month: str, remark: str, asked: Mapping[str, Any]
) -> None:
    """Draw the report as it is now and submit it; `asked` is what every command of a year has.

    Raises SchoolNotDescribed, ReportNotDrawn, and the refusals of the rules.
    """
    if desk.ledger.recorder.find_command(asked["command_id"]):
        return  # The form came twice; what is drawn a second later is another file.
    paper = _paper(desk, MonthReport.of(found, month), remark, asked)
    try:
        content = draw(paper, desk.names())
    except TypesettingFailed as failed:
        raise ReportNotDrawn from failed
    digest = desk.evidence.put(content)
    command = SubmitMonthlyReport(
        **asked,
        month=month,
        position=paper.head.position,
        signals=paper.report.reported,
        remark=remark,
        sha256=digest,
    )
    try:
        desk.handle(command)
    except Refused:
        if digest not in _kept(desk, command.school_year, month):
            desk.evidence.remove(digest)
        raise


def file_of(desk: Desk, report: Report) -> bytes:
    """The file of a report; raises ReportFileLost."""
    digest = report.submitted.sha256
    try:
        return desk.evidence.read(digest)
    except (EvidenceMissing, EvidenceAltered) as lost:
        raise ReportFileLost(sha256=digest) from lost


def _paper(desk: Desk, report: MonthReport, remark: str, asked: Mapping[str, Any]) -> ReportPaper:
    described = desk.ledger.school().described_on(local_day(asked["at"]))
    if described is None:
        raise SchoolNotDescribed
    return ReportPaper(
        report=report,
        numbers=dict(_numbers(desk, report)),
        school=described,
        school_year=asked["school_year"],
        remark=remark,
        by=desk.names().staff(asked["by"].person),
        at=asked["at"],
        head=desk.ledger.recorder.head(),
        address=desk.settings.address,
    )


def _numbers(desk: Desk, report: MonthReport) -> Iterator[tuple[SignalId, int]]:
    """The numbers in the class of the pupils that signals are about."""
    for one in report.listed:
        place = one.finding.place
        page = desk.gradebook.sheet(place.sheet) if place.sheet and place.pupil else None
        for pupil in page.pupils if page else ():
            if pupil.pupil == place.pupil:
                yield one.signal_id, pupil.number


def _kept(desk: Desk, school_year: str, month: str) -> set[str]:
    reports = desk.ledger.signals(school_year).reports.get(month, ())
    return {one.submitted.sha256 for one in reports}
