"""The words for what people do about signals."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from types import MappingProxyType
from typing import Final

from ledger.signals.facts import SignalOutcome, SignalStatus
from ledger.signals.finding import SignalKind
from web.wording.signal_telling import shown_number
from web.wording.supervision_words import month_name

__all__ = ["month_name"]

OUTCOMES: Final[Mapping[SignalOutcome, str]] = MappingProxyType(
    {
        SignalOutcome.INNOCENT: "có lí do chính đáng",
        SignalOutcome.CORRECTED: "có sai sót, đã sửa đúng thủ tục",
        SignalOutcome.HANDLED: "có vi phạm, đã xử lí",
        SignalOutcome.NOT_ENOUGH_TO_SAY: "chưa đủ căn cứ kết luận",
    }
)
# The word and the look of its chip.
STATUSES: Final[Mapping[SignalStatus, tuple[str, str]]] = MappingProxyType(
    {
        SignalStatus.NEW: ("Mới", "bad"),
        SignalStatus.SEEN: ("Đã xem", "quiet"),
        SignalStatus.ASKED: ("Chờ trả lời", "warn"),
        SignalStatus.ANSWERED: ("Đã trả lời", "warn"),
        SignalStatus.EXPLAINED: ("Đã giải thích", "quiet"),
        SignalStatus.ESCALATED: ("Chờ hiệu trưởng", "warn"),
        SignalStatus.CLOSED: ("Đã đóng", "ok"),
    }
)
# What an act is called in the course of a signal, by the name of its fact.
ACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "signal-noted": "ghi nhận số liệu lúc đó",
        "signal-seen": "đã xem",
        "teacher-asked": "hỏi",
        "question-answered": "trả lời",
        "signal-explained": "giải thích",
        "signal-escalated": "báo cáo hiệu trưởng",
        "signal-closed": "đóng",
        "signal-reopened": "mở lại",
    }
)
_STRENGTHS: Final = (
    (0.0001, ("Rất mạnh", "bad")),
    (0.001, ("Mạnh", "bad")),
    (0.01, ("Khá rõ", "warn")),
)
_FAINT: Final = ("Đáng xem", "quiet")


def strength_of(q: float) -> tuple[str, str]:
    """How strong a signal is, in a word, and the look of its chip."""
    return next((word for bound, word in _STRENGTHS if q <= bound), _FAINT)


def shown_q(q: str) -> str:
    """The q-value as people read it: "0,0021", "dưới 0,0001"."""
    value = Decimal(q)
    if value < Decimal("0.0001"):
        return "dưới 0,0001"
    return shown_number(value, 4)


def meaning_of(q: str) -> str:
    """What a q-value means: how many of a thousand signals as strong are expected to be chance."""
    each = Decimal(q) * 1000
    if each < 1:
        return "trong 1.000 dấu hiệu mạnh ít nhất như thế này, dự kiến chưa đến 1 là ngẫu nhiên"
    expected = int(each.to_integral_value(ROUND_CEILING))
    return f"trong 1.000 dấu hiệu mạnh ít nhất như thế này, dự kiến khoảng {expected} là ngẫu nhiên"


def begun(words: str) -> str:
    """Words as they stand at a beginning: "học kì I" is "Học kì I"."""
    return words[:1].upper() + words[1:]


def figures_alone(figures: Mapping[str, str]) -> str:
    """The figures of a finding by their names, where no sentence tells them any more."""
    shown = "; ".join(f"{name} {shown_number(Decimal(of), 6)}" for name, of in figures.items())
    return f"Số liệu lúc ghi nhận: {shown}."


# How large each kind is, in the unit that its effect is counted in.
_EFFECTS: Final[Mapping[SignalKind, str]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                SignalKind.CHANGED_OFTEN,
                SignalKind.CLEARED_AND_REENTERED,
                SignalKind.CHANGED_BEFORE_DEADLINE,
                SignalKind.CHANGED_AT_ODD_HOURS,
                SignalKind.CROSSES_THRESHOLDS,
                SignalKind.LIFTS_RESULTS,
                SignalKind.UPPER_TAIL,
            ),
            "gấp {} lần mức dự kiến",
        ),
        **dict.fromkeys(
            (
                SignalKind.MARK_CHANGED_AGAIN,
                SignalKind.CHANGED_BY_ANOTHER,
                SignalKind.CORRECTION_ASKED_AGAIN,
                SignalKind.ATTEMPTS_REFUSED,
            ),
            "{} lần",
        ),
        SignalKind.CHANGED_IN_WINDOW: "{} phần của số điểm trong cột",
        SignalKind.ONE_DIRECTION: "{} điểm mỗi lần sửa",
        SignalKind.MARKS_HIGH: "{} điểm trên mức dự kiến",
        SignalKind.MARKS_LOW: "{} điểm dưới mức dự kiến",
        SignalKind.SPREAD_COLLAPSED: "hẹp hơn {} lần so với mức dự kiến",
        SignalKind.BUNCHED_ABOVE_THRESHOLD: "{} điểm nhiều hơn dự kiến ngay trên mốc",
        SignalKind.COLUMNS_APART: "{} điểm ngoài mức chênh dự kiến",
        SignalKind.COLUMN_COPIED: "{} phần của số học sinh",
        SignalKind.APART_FROM_EARLIER_TERM: "{} điểm ngoài mức thay đổi dự kiến",
    }
)


def shown_effect(kind: SignalKind, effect: str) -> str:
    """How large a signal is: "gấp 7,5 lần mức dự kiến", "1,9 điểm trên mức dự kiến"."""
    return _EFFECTS[kind].format(shown_number(Decimal(effect), 2))
