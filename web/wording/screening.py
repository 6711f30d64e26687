"""What people read of a screened table of scores: how it was understood, and what was seen."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from projections.screening.table import GroupFinding, GroupSignal
from web.screening.account import Account, GroupedBy
from web.wording.numbers import shown_count
from web.wording.signal_telling import shown_number

UNDERSTOOD: Final = (
    "{layout}, {groups} nhóm theo {by}, {pupils} em, {scores} điểm, {not_taken} ô không có điểm."
)
_LAYOUTS: Final = MappingProxyType({True: "Mỗi dòng một điểm", False: "Mỗi dòng một em"})
_GROUPED_BY: Final[Mapping[GroupedBy, str]] = MappingProxyType(
    {
        GroupedBy.COLUMN: "cột {column}",
        GroupedBy.WORKSHEET: "trang tính",
        GroupedBy.FIRST_DIGITS: "hai chữ số đầu của {column}",
    }
)
NOTHING_SEEN: Final = (
    "Không nhóm nào có điểm khác hẳn các nhóm còn lại ở mức tin cậy đã chọn. Điều đó không chứng "
    "tỏ rằng mọi điểm đều đúng."
)
MEANING: Final = (
    "Đây là chỗ nên xem lại, không phải kết luận có sai phạm: lớp chọn, thầy cô dạy tốt, đề hay "
    "cách chấm khác nhau cũng làm điểm khác hẳn. q là tỉ lệ báo nhầm phải chấp nhận nếu xét cả "
    "những nhóm từ đây trở lên."
)
OTHERS: Final = "{count} nhóm còn lại không có gì khác hẳn."


def understood(account: Account, groups: int) -> str:
    """One sentence on how the table was read."""
    return UNDERSTOOD.format(
        layout=_LAYOUTS[account.is_long],
        groups=shown_count(groups),
        by=_GROUPED_BY[account.grouped_by].format(column=f"“{account.group_column}”"),
        pupils=shown_count(account.pupils),
        scores=shown_count(account.scores),
        not_taken=shown_count(account.not_taken),
    )


def signal_sentence(signal: GroupSignal) -> str:
    """What was seen of a group in one subject, or over all, with its figures."""
    where = signal.subject or "Tính chung"
    return f"{where}: {_SENTENCES[signal.kind](signal)}"


def shown_q(q: float) -> str:
    """A q-value: "0,012", and "< 0,001" for less than people tell apart."""
    return "< 0,001" if q < 0.001 else shown_number(Decimal(q), 3)


def others(findings: list[GroupFinding]) -> str:
    """How many groups there are of which nothing is told; empty for none."""
    quiet = sum(not finding.signals for finding in findings)
    return OTHERS.format(count=shown_count(quiet)) if quiet else ""


def _level(word: str) -> Callable[[GroupSignal], str]:
    def said(signal: GroupSignal) -> str:
        given = "xét theo các môn khác của chính các em thì " if signal.subject else ""
        return (
            f"trung bình {_number(signal.found)}; {given}dự kiến {_number(signal.expected)} "
            f"({word} hơn {_number(abs(signal.effect))} độ lệch chuẩn)."
        )

    return said


def _upper_tail(signal: GroupSignal) -> str:
    top = (
        "ở nhóm điểm cao nhất"
        if signal.at_least is None
        else f"đạt từ {_number(signal.at_least)} trở lên"
    )
    return f"{_number(signal.found)} em {top}; {_against(signal)}"


def _out_of_line(signal: GroupSignal) -> str:
    above = (
        "có điểm cao hơn hẳn so với các môn khác của chính em"
        if signal.subject
        else "có môn cao hơn hẳn các môn còn lại của chính em"
    )
    return f"{_number(signal.found)} em {above}; {_against(signal)}"


def _against(signal: GroupSignal) -> str:
    times = f" (gấp {_number(signal.effect, 1)} lần)" if signal.expected >= 0.05 else ""
    return f"một nhóm như vậy thường có khoảng {_number(signal.expected, 1)} em{times}."


def _number(value: float, places: int = 2) -> str:
    return shown_number(Decimal(value), places)


_SENTENCES: Final[Mapping[str, Callable[[GroupSignal], str]]] = MappingProxyType(
    {
        "high": _level("cao"),
        "low": _level("thấp"),
        "upper-tail": _upper_tail,
        "out-of-line": _out_of_line,
    }
)
