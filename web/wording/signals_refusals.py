"""The sentences of the refusals to act on signals."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from ledger.signals.facts import SignalOutcome
from web.moments import shown_moment
from web.wording.building import Builder, Details, KnowsNames, plain
from web.wording.signals_words import OUTCOMES
from web.wording.supervision_refusals import month_named


def _another_year(details: Details, _names: KnowsNames) -> str:
    found = details.get("school_year")
    year = f"năm học {found}" if found else "năm học khác"
    return f"Dấu hiệu này thuộc {year}. Hãy mở lại trang của năm học ấy."


def _concerns_you(_details: Details, _names: KnowsNames) -> str:
    return (
        "Dấu hiệu này liên quan đến điểm hoặc thao tác của chính bạn, nên một lãnh đạo khác phải "
        "xem xét và kết luận."
    )


def _closed(details: Details, names: KnowsNames) -> str:
    came = details.get("outcome")
    outcome = f" với kết luận “{OUTCOMES[came]}”" if isinstance(came, SignalOutcome) else ""
    return f"Dấu hiệu đã được đóng{_by_at(details, names)}{outcome}. Hãy mở lại trước khi làm tiếp."


def _escalated(details: Details, names: KnowsNames) -> str:
    return (
        f"Dấu hiệu đã được báo cáo hiệu trưởng{_by_at(details, names)}, nên chỉ hiệu trưởng "
        "kết luận hoặc mở lại."
    )


def _by_at(details: Details, names: KnowsNames) -> str:
    by, at = details.get("by"), details.get("at")
    who = f" bởi {names.staff(by)}" if by else ""
    return f"{who} lúc {shown_moment(at)}" if isinstance(at, datetime) else who


def _not_of_it(details: Details, names: KnowsNames) -> str:
    who = names.staff(details["person"]) if details.get("person") else "Người này"
    return (
        f"{who} không dạy bảng điểm của dấu hiệu và cũng không phải người mà dấu hiệu nói đến, "
        "nên không hỏi được."
    )


def _not_begun(details: Details, _names: KnowsNames) -> str:
    return f"{month_named(details)} chưa đến, chưa báo cáo được."


def _no_report(details: Details, _names: KnowsNames) -> str:
    return f"{month_named(details)} chưa có báo cáo."


SIGNALS_REFUSALS: Final[Mapping[str, Builder]] = MappingProxyType(
    {
        "signal-of-another-year": _another_year,
        "no-such-signal": plain("Không có dấu hiệu này trong năm học."),
        "nobody-asked-you": plain("Chỉ người được hỏi về dấu hiệu này mới trả lời."),
        "signal-concerns-you": _concerns_you,
        "signal-is-closed": _closed,
        "signal-is-not-closed": plain("Dấu hiệu này đang mở, không cần mở lại."),
        "signal-is-escalated": _escalated,
        "signal-concerns-the-principal": plain(
            "Dấu hiệu này liên quan đến chính hiệu trưởng, nên không báo cáo để hiệu trưởng kết "
            "luận được. Phó hiệu trưởng xem xét và kết luận."
        ),
        "not-of-the-signal": _not_of_it,
        "report-month-not-begun": _not_begun,
        "no-such-report": _no_report,
        "report-not-drawn": plain(
            "Chưa dựng được tệp báo cáo vì lỗi của phần mềm; chưa có gì được ghi. Hãy báo quản trị "
            "hệ thống xem nhật ký của máy chủ, rồi gửi lại."
        ),
        "report-file-lost": plain(
            "Không còn tệp báo cáo như mã băm đã ghi trong sổ. Hãy báo quản trị hệ thống lấy lại "
            "tệp từ bản sao lưu; sổ biết chính xác đó phải là tệp nào."
        ),
        "report-moved-on": plain(
            "Báo cáo này không còn mới nhất: đã có người xử lí thêm dấu hiệu hoặc lập báo cáo "
            "khác. Hãy xem lại báo cáo mới rồi làm lại; chưa có gì được ghi."
        ),
    }
)
