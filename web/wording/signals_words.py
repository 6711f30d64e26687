"""The words for what people do about signals."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.signals.facts import SignalOutcome, SignalStatus

OUTCOMES: Final[Mapping[SignalOutcome, str]] = MappingProxyType(
    {
        SignalOutcome.INNOCENT: "có lí do chính đáng",
        SignalOutcome.CORRECTED: "có sai sót, đã sửa đúng thủ tục",
        SignalOutcome.HANDLED: "có vi phạm, đã xử lí",
        SignalOutcome.NOT_ENOUGH_TO_SAY: "chưa đủ căn cứ kết luận",
    }
)
STATUSES: Final[Mapping[SignalStatus, str]] = MappingProxyType(
    {
        SignalStatus.NEW: "mới",
        SignalStatus.SEEN: "đã xem",
        SignalStatus.ASKED: "chờ giáo viên trả lời",
        SignalStatus.ANSWERED: "đã trả lời",
        SignalStatus.EXPLAINED: "đã giải thích",
        SignalStatus.ESCALATED: "chờ hiệu trưởng kết luận",
        SignalStatus.CLOSED: "đã đóng",
    }
)
