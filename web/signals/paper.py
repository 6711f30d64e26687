"""Draw a month's report: words from the signals, pages from the template."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import segno

from ledger.school.calendar import local_day
from ledger.school.facts import SchoolDescribed
from ledger.signals.facts import SignalOutcome, SignalStatus
from ledger.signals.finding import SignalId
from ledger.store.appending import Head
from ledger.vocabulary import Role
from web.moments import shown_day
from web.names import Names
from web.papers.typesetting import typeset
from web.signals.found import FoundSignal
from web.signals.report import MonthReport
from web.wording import papers
from web.wording import signal_report as words
from web.wording.numbers import shown_count
from web.wording.signals_words import ACTS, OUTCOMES, shown_q

# Acts that say nothing beside the status.
_SILENT: Final = ("signal-noted", "signal-seen")


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """All that a report on paper says, but for the names of staff.

    `numbers` are those of the pupils that signals are about, in their class, by the signal.
    """

    report: MonthReport
    numbers: Mapping[SignalId, int]
    school: SchoolDescribed
    school_year: str
    remark: str
    by: str
    at: datetime
    head: Head
    address: str | None


def draw(paper: ReportPaper, names: Names) -> bytes:
    """The report as PDF/A; the same bytes for the same input. Raises TypesettingFailed.

    Pupils stand in it by their number in the class, never by name.
    """
    data = {**_heading(paper), **_numbers(paper.report), **_signals(paper, names), **_end(paper)}
    return typeset("bao-cao-thang", data, at=paper.at).pdf


def _heading(paper: ReportPaper) -> dict[str, object]:
    school, day, month = paper.school, local_day(paper.at), paper.report.month
    return {
        "title": words.title(month),
        "about": words.about(month),
        "heading": {
            "body": papers.in_short(school.governing_body),
            "school": school.school_name,
            "symbol": words.symbol(school.school_name),
            "place": school.place,
            "day": papers.official_day(day),
        },
        "ground": words.GROUND,
        "school-year": paper.school_year,
    }


def _numbers(report: MonthReport) -> dict[str, object]:
    handled = (
        *(SignalStatus.SEEN, SignalStatus.ASKED, SignalStatus.ANSWERED, SignalStatus.EXPLAINED),
    )
    outcomes = [(OUTCOMES[one], report.outcomes.get(one, 0)) for one in SignalOutcome]
    return {
        "tested": shown_count(report.tested),
        "numbers": [
            ["Dấu hiệu trong báo cáo", shown_count(report.total)],
            ["Câu hỏi gửi giáo viên trong tháng", shown_count(report.asked)],
            ["Câu trả lời nhận được trong tháng", shown_count(report.answered)],
            ["Đang xem xét", shown_count(report.count(*handled))],
            ["Chờ hiệu trưởng kết luận", shown_count(report.count(SignalStatus.ESCALATED))],
            ["Chưa ai xem", shown_count(report.count(SignalStatus.NEW))],
            ["Đã kết luận", shown_count(report.count(SignalStatus.CLOSED))],
            *([f"- {name}", shown_count(count)] for name, count in outcomes),
        ],
        "unlisted": shown_count(report.unlisted) if report.unlisted else "",
    }


def _signals(paper: ReportPaper, names: Names) -> dict[str, object]:
    return {
        "parts": [
            {
                "title": words.PARTS[status],
                "signals": [_signal(one, paper, names) for one in signals],
            }
            for status, signals in paper.report.parts()
        ]
    }


def _signal(one: FoundSignal, paper: ReportPaper, names: Names) -> dict[str, object]:
    number = paper.numbers.get(one.signal_id)
    return {
        "title": one.title,
        "where": words.where(one.where, number),
        "sentence": one.sentence,
        "strength": f"q {shown_q(one.finding.q)}" if one.stands_out else "nay không còn nổi bật",
        "course": list(_course(one, names)),
    }


def _course(one: FoundSignal, names: Names) -> Iterator[str]:
    """What people did about it, a sentence each."""
    for fact, by, at in one.handled.acts if one.handled else ():
        if fact.NAME in _SILENT:
            continue
        whom = f" {names.staff(fact.teacher)}" if fact.NAME == "teacher-asked" else ""
        came = f": {OUTCOMES[fact.outcome]}" if fact.NAME == "signal-closed" else ""
        said = next(
            getattr(fact, name)
            for name in ("question", "answer", "reason")
            if getattr(fact, name, "")
        )
        yield f"{shown_day(at)}, {names.staff(by.person)} {ACTS[fact.NAME]}{whom}{came}. “{said}”"


def _end(paper: ReportPaper) -> dict[str, object]:
    month = paper.report.month
    page = f"/bat-thuong/{paper.school_year}/bao-cao/{month}"
    checked_at = f"{paper.address}{page}" if paper.address else f"{page}#{paper.head.position}"
    code = segno.make(checked_at, error="m", micro=False)
    return {
        "remark": paper.remark,
        "signatures": [
            {
                "role": Role.VICE_PRINCIPAL.value,
                "titles": papers.titles_of(Role.VICE_PRINCIPAL, deputy=False),
                "hint": papers.hint_of(Role.VICE_PRINCIPAL),
                "name": paper.by,
            }
        ],
        "recipients": ["Hiệu trưởng;", "Lưu: VT, hồ sơ kiểm tra nội bộ."],
        "seal": {
            "paper": words.foot(month, paper.at),
            "position": shown_count(paper.head.position),
            "root": paper.head.root.hex(),
            "check": words.check_at(paper.address),
            "qr": code.svg_inline(border=0, scale=4),
        },
    }
