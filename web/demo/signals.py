"""What the leaders have done about the signals of the story by its last day, and what waits.

It is what the program finds that they act on; so this comes after the story is in the tables.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from ledger.signals import commands
from ledger.signals.commands import SignalsCommand
from ledger.signals.facts import SignalOutcome
from ledger.signals.finding import Finding, SignalKind
from ledger.vocabulary import CommandId, Role
from web.demo import casting
from web.demo.days import SCHOOL_YEAR, november
from web.demo.school import School
from web.demo.stage import Actor
from web.desk import Desk
from web.signals.found import FoundSignals
from web.signals.reporting import submit

_BETWEEN_STEPS: Final = timedelta(minutes=3)
_REPORTED: Final = "2026-11"
_REMARK: Final = (
    "Một dấu hiệu đã rõ lí do, một dấu hiệu giáo viên đã trả lời, một đang chờ trả lời, một xin ý "
    "kiến hiệu trưởng; các dấu hiệu còn lại sẽ xem tiếp trong tháng."
)


def act_on_signals(desk: Desk, school: School) -> None:
    """One is answered, one waits for its teacher, one for the principal, one is closed."""
    acting = _Acting(desk, school)
    for step in (acting.answered, acting.asked, acting.escalated, acting.closed, acting.reported):
        step()


@dataclass
class _Acting:
    """The vice-principal at work on the signals, after the dossiers of the last day."""

    desk: Desk
    school: School
    now: datetime = field(default_factory=lambda: november(20, 15, 30))

    def answered(self) -> None:
        """Whoever had a column opened for two make-up marks says why there were twenty more."""
        finding = self._found(SignalKind.CHANGED_OFTEN, casting.CHANGED_AFTER_UNLOCK)
        teacher = self._ask(
            finding,
            casting.CHANGED_AFTER_UNLOCK,
            "Cột được mở để nhập điểm kiểm tra bù cho hai học sinh. Vì sao các điểm khác cũng đổi?",
        )
        answer = "Khi chấm bù tôi soát lại phần viết của cả lớp theo thang điểm mới của tổ."
        self._do(teacher, commands.AnswerQuestion, signal_id=finding.signal_id, answer=answer)

    def asked(self) -> None:
        self._ask(
            self._found(SignalKind.COLUMN_COPIED, casting.COPIED_COLUMN),
            casting.COPIED_COLUMN,
            "Hai cột thường xuyên giống hệt nhau ở mọi học sinh. Đây có phải hai bài khác nhau?",
        )

    def escalated(self) -> None:
        self._lead(
            self._found(SignalKind.CHANGED_BEFORE_DEADLINE, casting.RAISED_BEFORE_DEADLINE),
            commands.EscalateSignal,
            reason="Nhiều điểm tăng trong tối cuối trước hạn khóa; xin ý kiến hiệu trưởng.",
        )

    def closed(self) -> None:
        finding = self._found(SignalKind.CHANGED_AT_ODD_HOURS, casting.ODD_HOURS)
        reason = "Giáo viên nhập bù sau khi phòng máy mất điện; đã đối chiếu với sổ cá nhân."
        self._lead(finding, commands.ExplainSignal, reason=reason)
        self._lead(finding, commands.CloseSignal, outcome=SignalOutcome.INNOCENT, reason=reason)

    def reported(self) -> None:
        """November so far is reported, and the principal has not received it; October was not."""
        desk, by = self._at(), self._deputy.at(self.now)
        asked = {"command_id": CommandId(uuid4()), "by": by, "at": self.now}
        found = FoundSignals.of(desk, SCHOOL_YEAR, desk.names())
        submit(desk, found, _REPORTED, _REMARK, {**asked, "school_year": SCHOOL_YEAR})

    @property
    def _deputy(self) -> Actor:
        return Actor(self.school.person("hiệu-phó-2"), Role.VICE_PRINCIPAL)

    def _found(self, kind: SignalKind, key: casting.Key) -> Finding:
        """What the program finds now of this kind in a sheet."""
        screened = self.desk.anomalies.screened(SCHOOL_YEAR)
        sheet = self.school.sheet(*key).sheet_id
        for signal in screened.signals:
            if signal.kind is kind and signal.place.sheet == sheet:
                return signal.finding(screened.position)
        raise AssertionError(f"the story has {kind} in {key}")

    def _ask(self, finding: Finding, key: casting.Key, question: str) -> Actor:
        """The question; its teacher as the one who answers."""
        teacher = self.school.sheet(*key).teacher
        self._lead(finding, commands.AskTeacher, teacher=teacher, question=question)
        return Actor(teacher, Role.SUBJECT_TEACHER)

    def _lead(self, finding: Finding, kind: type[SignalsCommand], **content: Any) -> None:  # noqa: ANN401
        self._do(self._deputy, kind, finding=finding, **content)

    def _do(self, by: Actor, kind: type[SignalsCommand], **content: Any) -> None:  # noqa: ANN401
        desk = self._at()
        asked = {"command_id": CommandId(uuid4()), "by": by.at(self.now), "at": self.now}
        desk.handle(kind(**{"school_year": SCHOOL_YEAR, **asked, **content}))

    def _at(self) -> Desk:
        """The desk at the moment of the next step."""
        self.now += _BETWEEN_STEPS
        at = self.now
        return self.desk.living_by(lambda: at)
