"""What the school's leaders, department heads and homeroom teachers note beside the marks."""

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random
from types import MappingProxyType
from typing import Final
from uuid import UUID

from ledger.results.commands import RecordAttendance
from ledger.results.facts import PupilAbsences
from ledger.school.commands import DecideDeadline
from ledger.school.scope import Scope
from ledger.supervision.commands import (
    AnswerProposal,
    MakeProposal,
    RemarkInspection,
    SetScoreTarget,
    SupervisionCommand,
)
from ledger.supervision.facts import MinimumShare
from ledger.vocabulary import MARKS, MIDTERM, Role
from web.demo.days import SEMESTER, moment, november
from web.demo.marks import chance_for
from web.demo.school import ClassPlan, School
from web.demo.stage import Act, Actor, Script, name_of

# By month: the day on which homeroom teachers hand in the absences, and that of the inspection.
_MONTHS: Final[Mapping[str, tuple[date, date]]] = MappingProxyType(
    {
        "2026-09": (date(2026, 9, 30), date(2026, 10, 2)),
        "2026-10": (date(2026, 10, 30), date(2026, 11, 4)),
    }
)
_IN_ORDER: Final = "Đã kiểm tra: vào điểm đúng tiến độ, không có điểm sửa không rõ lí do."
_REMARKS: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        (
            "6A3",
            "2026-09",
        ): "Nhắc giáo viên vào điểm ngay sau bài kiểm tra, không dồn đến cuối tháng.",
        ("9A2", "2026-09"): "Vào điểm đầy đủ, cần đều hơn giữa các môn.",
        ("6A3", "2026-10"): "Môn Nghệ thuật chưa vào điểm giữa kì; đã nhắc giáo viên.",
        ("7A3", "2026-10"): "Đủ điểm thường xuyên; nhắc môn Ngoại ngữ 1 rà soát lại điểm giữa kì.",
        ("9A3", "2026-10"): "Môn Công nghệ chưa vào điểm giữa kì; nhắc trước hạn khóa điểm.",
    }
)


def write_supervision(school: School, script: Script) -> None:
    """Two months of the school's routine; what November asks for is still to be done."""
    for month, (handed_in, inspected) in _MONTHS.items():
        for number, plan in enumerate(school.classes):
            script.add(moment(handed_in, 16, 3 * number), _attending(plan, month, handed_in))
            act = _inspecting(school, plan, month)
            script.add(moment(inspected, 14, 3 * number), act)
    _write_targets(school, script)
    _write_proposals(school, script)
    script.add(november(2, 8), _letting_regular_marks_lock(school))


def _attending(plan: ClassPlan, month: str, day: date) -> Act:
    """Most pupils miss nothing, and that is written down as well."""
    chance = chance_for(f"attendance/{plan.name}/{month}")
    absences = tuple(_absences(plan, day, chance))
    by = Actor(plan.homeroom_teacher, Role.HOMEROOM_TEACHER)
    return lambda stage: stage.do_for_class(
        RecordAttendance, by, class_group=plan.name, month=month, absences=absences
    )


def _absences(plan: ClassPlan, day: date, chance: Random) -> Iterator[PupilAbsences]:
    for pupil in plan.present(day):
        ill = chance.choice((1, 1, 2, 3)) if chance.random() < 0.09 else 0
        away = 1 if chance.random() < 0.015 else 0
        yield PupilAbsences(pupil=pupil.pupil_id, with_leave=ill, without_leave=away)


def _inspecting(school: School, plan: ClassPlan, month: str) -> Act:
    remark = _REMARKS.get((plan.name, month), _IN_ORDER)
    return _noting(
        Actor(school.person("hiệu-phó-2"), Role.VICE_PRINCIPAL),
        RemarkInspection,
        class_group=plan.name,
        month=month,
        remark=remark,
    )


def _write_targets(school: School, script: Script) -> None:
    """What the departments of maths and of languages aim at, grade by grade."""
    day = date(2026, 9, 18)
    aims = (("toán-1", "toan", 14, (80, 18)), ("văn-1", "ngu-van", 15, (90, 25)))
    for post, subject, hour, (fair, good) in aims:
        shares = (_share("5.0", fair), _share("8.0", good))
        head = Actor(school.person(post), Role.DEPARTMENT_HEAD)
        for grade in (6, 7, 8, 9):
            act = _noting(head, SetScoreTarget, grade=grade, subject=subject, shares=shares)
            script.add(moment(day, hour, grade), act)


def _share(at_least: str, percent: int) -> MinimumShare:
    return MinimumShare(at_least=MARKS[at_least], percent=percent)


def _write_proposals(school: School, script: Script) -> None:
    """One is answered, the other waits for its teacher."""
    answered = name_of("proposal/toan")
    teacher = _propose(
        school,
        script,
        answered,
        post="toán-1",
        place=("7A2", "toan"),
        text="Tỉ lệ từ 5 điểm trở lên thấp hơn chỉ tiêu; phụ đạo phần số hữu tỉ trước cuối kì.",
    )
    script.add(
        november(18, 20),
        _noting(
            teacher,
            AnswerProposal,
            proposal_id=answered,
            text="Tôi phụ đạo hai buổi vào chiều thứ năm, có danh sách học sinh kèm theo.",
        ),
    )
    _propose(
        school,
        script,
        name_of("proposal/ngu-van"),
        post="văn-1",
        place=("9A2", "ngu-van"),
        text="Nhiều bài thiếu phần liên hệ; đề nghị luyện thêm kĩ năng viết đoạn nghị luận.",
    )


def _propose(
    school: School,
    script: Script,
    proposal: UUID,
    *,
    post: str,
    place: tuple[str, str],
    text: str,
) -> Actor:
    """The head proposes it to who teaches the sheet; the teacher as the one who answers."""
    sheet = school.sheet(*place)
    head = Actor(school.person(post), Role.DEPARTMENT_HEAD)
    act = _noting(
        head,
        MakeProposal,
        proposal_id=proposal,
        teacher=sheet.teacher,
        sheet=sheet.sheet_id,
        column=MIDTERM,
        text=text,
    )
    script.add(november(17, 15), act)
    return Actor(sheet.teacher, Role.SUBJECT_TEACHER)


def _letting_regular_marks_lock(school: School) -> Act:
    """The principal decides when the regular marks of the semester are final."""
    scope = Scope(semester=SEMESTER, columns=tuple(f"regular-{n}" for n in range(1, 5)))
    asked = {
        "scope": scope,
        "deadline": moment(date(2026, 12, 18), 17),
        "reason": "Theo kế hoạch: xong điểm thường xuyên trước tuần kiểm tra cuối kì I.",
    }
    principal = Actor(school.person("hiệu-trưởng"), Role.PRINCIPAL)
    return lambda stage: stage.do_for_year(principal, (DecideDeadline, asked))


def _noting(by: Actor, kind: type[SupervisionCommand], **asked: object) -> Act:
    return lambda stage: stage.note(kind, by, **asked)
