"""One school year in which every fact about signals happens at least once."""

from ledger.signals import facts
from ledger.signals.facts import ReportedSignal, SignalOutcome, SignalStatus
from ledger.signals.finding import Finding, Place, SignalKind
from tests.scenario import Past
from tests.school import AN, DUC, FIX, LAN, NGOC, SHEET

FINDING = Finding(
    school_year="2026-2027",
    kind=SignalKind.CHANGED_IN_WINDOW,
    place=Place(
        semester=1,
        grade=6,
        class_group="6A1",
        subject="toan",
        sheet=SHEET,
        column="midterm",
        person=LAN.person,
        window=4_701,
    ),
    figures=(("changes", "17"), ("raised", "16"), ("usual-share", "0.08")),
    q="0.0021",
    effect="14.6",
    position=4_771,
)
ELSEWHERE = Finding(
    school_year="2026-2027",
    kind=SignalKind.COLUMN_COPIED,
    place=Place(
        sheet=SHEET,
        column="regular-1",
        other_sheet=SHEET,
        other_column="regular-2",
        pupil=AN,
        correction_id=FIX,
    ),
    figures=(("same", "31"),),
    q="0.000001",
    effect="-0.5",
    position=4_772,
)
SIGNAL, OTHER_SIGNAL = FINDING.signal_id, ELSEWHERE.signal_id
REPORT = facts.MonthlyReportSubmitted(
    month="2026-10",
    position=4_790,
    signals=(
        ReportedSignal(signal_id=SIGNAL, status=SignalStatus.CLOSED),
        ReportedSignal(signal_id=OTHER_SIGNAL, status=SignalStatus.NEW),
    ),
    remark="Đã hỏi giáo viên về một dấu hiệu, còn một dấu hiệu chưa xem",
    sha256="d" * 64,
)

SIGNALS: tuple[Past, ...] = (
    DUC.wrote(facts.SignalNoted(finding=FINDING)),
    DUC.wrote(facts.SignalSeen(signal_id=SIGNAL)),
    DUC.wrote(
        facts.TeacherAsked(
            signal_id=SIGNAL, teacher=LAN.person, question="Vì sao sửa 17 điểm sau khi mở lại cột?"
        )
    ),
    LAN.wrote(
        facts.QuestionAnswered(signal_id=SIGNAL, answer="Chấm lại câu 4 theo đáp án đã thống nhất")
    ),
    DUC.wrote(facts.SignalExplained(signal_id=SIGNAL, reason="Tổ đã thống nhất lại đáp án")),
    DUC.wrote(facts.SignalEscalated(signal_id=SIGNAL, reason="Cần hiệu trưởng kết luận")),
    NGOC.wrote(
        facts.SignalClosed(
            signal_id=SIGNAL, outcome=SignalOutcome.INNOCENT, reason="Có biên bản họp tổ"
        )
    ),
    NGOC.wrote(facts.SignalReopened(signal_id=SIGNAL, reason="Phụ huynh có đơn")),
    NGOC.wrote(
        facts.SignalClosed(
            signal_id=SIGNAL, outcome=SignalOutcome.NOT_ENOUGH_TO_SAY, reason="Bài đã trả học sinh"
        )
    ),
    NGOC.wrote(facts.SignalNoted(finding=ELSEWHERE)),
    DUC.wrote(REPORT),
    NGOC.wrote(
        facts.MonthlyReportReceived(
            month="2026-10", sha256="d" * 64, resolution="Rút kinh nghiệm trong họp hội đồng"
        )
    ),
)
