"""One sentence per fact about signals."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.signals import facts

SIGNALS_FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        facts.SignalNoted.NAME: "Ghi nhận dấu hiệu bất thường cùng số liệu",
        facts.SignalSeen.NAME: "Đã xem dấu hiệu bất thường",
        facts.TeacherAsked.NAME: "Hỏi giáo viên về dấu hiệu bất thường",
        facts.QuestionAnswered.NAME: "Trả lời câu hỏi về dấu hiệu bất thường",
        facts.SignalExplained.NAME: "Giải thích dấu hiệu bất thường",
        facts.SignalEscalated.NAME: "Báo cáo hiệu trưởng về dấu hiệu bất thường",
        facts.SignalClosed.NAME: "Kết luận và đóng dấu hiệu bất thường",
        facts.SignalReopened.NAME: "Mở lại dấu hiệu bất thường",
        facts.MonthlyReportSubmitted.NAME: "Gửi hiệu trưởng báo cáo tháng về dấu hiệu bất thường",
        facts.MonthlyReportReceived.NAME: "Hiệu trưởng nhận báo cáo tháng và cho ý kiến",
    }
)
