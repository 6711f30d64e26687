"""Pupils who come and go in mid-term: enrolled, taken in with a paper, moved, gone."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ledger.school.commands import ChangeClass, EnrolPupils, LeaveSchool, TransferIn
from ledger.vocabulary import Role
from web.demo.days import SEMESTER, moment
from web.demo.marks import chance_for, pupils_mark
from web.demo.school import Arrival, ClassPlan, Departure, School
from web.demo.stage import Actor, AskedOfYear, Script

_PAPER: Final = (
    "Chuyển đến từ Trường THCS Sao Mai, kèm học bạ và bảng điểm xác nhận ngày 16/10/2026."
)
_MOVES: Final = "Theo đơn của gia đình, hiệu trưởng đã đồng ý."
_LEAVES: Final = "Chuyển trường theo gia đình đến nơi ở mới."
# A zero that was given is a mark like any other, and comes along like any other.
_ZERO: Final = ("lich-su-va-dia-li", "regular-2")


def write_roster(school: School, script: Script) -> None:
    """Each of them is one command of the year, whose sheets follow in the same append."""
    administrator = Actor(school.person("quản-trị"), Role.ADMINISTRATOR)
    for plan in school.classes:
        if plan.newcomer:
            asked = _coming(school, plan, plan.newcomer)
            _write(script, plan.newcomer, administrator, asked)
        if plan.leaver and not plan.leaver.to_class:  # who moves is told of by the new class
            _write(script, plan.leaver, administrator, _leaving(plan.leaver))


def _write(script: Script, told: Arrival | Departure, by: Actor, asked: AskedOfYear) -> None:
    script.add(moment(told.day, 7, 10), lambda stage: stage.do_for_year(by, asked))


def _coming(school: School, plan: ClassPlan, arrival: Arrival) -> AskedOfYear:
    day, pupil = arrival.day, arrival.pupil.pupil_id
    if arrival.from_class:
        asked = {"pupil": pupil, "to_class": plan.name, "since": day, "reason": _MOVES}
        return ChangeClass, asked
    if arrival.has_paper:
        paper = {"marks": list(_paper(school, plan, arrival)), "reason": _PAPER}
        return TransferIn, {"pupil": pupil, "class_group": plan.name, "since": day, **paper}
    return EnrolPupils, {"class_group": plan.name, "pupils": [pupil], "since": day}


def _paper(school: School, plan: ClassPlan, arrival: Arrival) -> Iterator[dict[str, object]]:
    """The marks of the school before, for the columns that the class has had by then."""
    for (class_name, subject), sheet in school.sheets.items():
        if class_name != plan.name:
            continue
        columns = sheet.regular_columns[: 2 if sheet.regular_count > 3 else 1]
        for column in columns:
            chance = chance_for(f"paper/{subject}/{column}")
            mark = pupils_mark(sheet, arrival.pupil, chance).text
            yield {
                "subject": subject,
                "semester": SEMESTER,
                "column": column,
                "mark": "0.0" if (subject, column) == _ZERO else mark,
            }


def _leaving(departure: Departure) -> AskedOfYear:
    last = departure.day - timedelta(days=1)
    return LeaveSchool, {"pupil": departure.pupil_id, "until": last, "reason": _LEAVES}
