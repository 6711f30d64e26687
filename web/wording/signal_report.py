"""The words of the monthly report about signals, on its page and on paper."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from ledger.signals.facts import SignalStatus
from web.moments import shown_moment
from web.wording.papers import abbreviation
from web.wording.supervision_words import month_name

PARTS: Final[Mapping[SignalStatus, str]] = MappingProxyType(
    {
        SignalStatus.ESCALATED: "Dấu hiệu chờ hiệu trưởng kết luận",
        SignalStatus.CLOSED: "Dấu hiệu đã kết luận",
        SignalStatus.EXPLAINED: "Dấu hiệu đã có giải thích, chưa đóng",
        SignalStatus.ANSWERED: "Dấu hiệu giáo viên đã trả lời, chưa kết luận",
        SignalStatus.ASKED: "Dấu hiệu đang chờ giáo viên trả lời",
        SignalStatus.SEEN: "Dấu hiệu đã xem, chưa làm gì thêm",
        SignalStatus.NEW: "Dấu hiệu chưa ai xem",
    }
)
GROUND: Final = (
    "Thực hiện Quy chế quản lí, sử dụng hệ thống quản trị trong nhà trường (khoản 3, khoản 4 Điều "
    "4), phó hiệu trưởng báo cáo hiệu trưởng như sau."
)


def month_inside(month: str) -> str:
    """A month inside a sentence: "tháng 10/2026"."""
    name = month_name(month)
    return name[0].lower() + name[1:]


def title(month: str) -> str:
    return f"Báo cáo dấu hiệu bất thường {month_inside(month)}"


def symbol(school_name: str) -> str:
    """The number is given by the school's office, and written in by hand."""
    return f"......./BC-{abbreviation(school_name)}"


def about(month: str) -> str:
    return f"Về dấu hiệu bất thường trong nhập, sửa điểm và phổ điểm {month_inside(month)}"


def where(place: str, number: int | None) -> str:
    """Where a signal lies, with the number of the pupil whom it is about."""
    pupil = f"học sinh số {number}" if number else ""
    return ", ".join(part for part in (place, pupil) if part) or "toàn trường"


def foot(month: str, at: datetime) -> str:
    return f"{title(month)}, lập lúc {shown_moment(at)}."


def check_at(address: str | None) -> str:
    if address is None:
        return "Mã SHA-256 của tệp này ghi trong sổ cái và trên trang báo cáo tháng."
    return f"Quét mã QR để mở trang của báo cáo ở {address}; mã SHA-256 của tệp ghi ở đó."
