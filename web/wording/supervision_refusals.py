"""The sentences of the refusals of the supervision of a year."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from ledger.vocabulary import SubjectKind
from web.moments import shown_moment
from web.wording.building import Builder, Details, KnowsNames, plain
from web.wording.school import subject_name


def month_named(details: Details) -> str:
    """The month that a refusal is about, "Tháng 9/2026", as a sentence begins with it."""
    year, _, month = str(details.get("month", "")).partition("-")
    # It may stand as it was typed into an address.
    return f"Tháng {int(month)}/{year}" if month.isdecimal() else "Tháng này"


def _outside(details: Details, _names: KnowsNames) -> str:
    return f"{month_named(details)} không thuộc năm học. Hãy chọn một tháng của năm học."


def _not_begun(details: Details, _names: KnowsNames) -> str:
    return f"{month_named(details)} chưa đến, chưa kiểm tra sổ được."


def _not_your_department(details: Details, names: KnowsNames) -> str:
    subject, person = details.get("subject"), details.get("person")
    wanted = f" phụ trách môn {subject_name(subject)}" if subject else ""
    wanted += f" và có tổ viên {names.staff(person)}" if person else ""
    return f"Bạn không phải tổ trưởng của tổ chuyên môn{wanted}."


def _misfit(details: Details, _names: KnowsNames) -> str:
    if details.get("kind") == SubjectKind.COMMENT:
        return "Môn đánh giá bằng nhận xét chỉ có chỉ tiêu tỉ lệ Đạt."
    return "Chỉ tiêu tính từ một mốc của phổ điểm: 2, 3,5, 5, 6,5 hoặc 8 điểm trở lên."


def _not_on_sheet(details: Details, names: KnowsNames) -> str:
    who = names.staff(details["person"]) if details.get("person") else "Giáo viên này"
    return f"{who} không dạy ở bảng điểm này, nên không đề xuất được."


def _closed(details: Details, names: KnowsNames) -> str:
    at = details.get("at")
    when = f" lúc {shown_moment(at)}" if isinstance(at, datetime) else ""
    who = f" {names.staff(details['by'])} kết thúc" if details.get("by") else " kết thúc"
    return f"Đề xuất đã được{who}{when}. Nếu cần, tổ trưởng hãy đề xuất lại."


SUPERVISION_REFUSALS: Final[Mapping[str, Builder]] = MappingProxyType(
    {
        "month-outside-year": _outside,
        "month-not-begun": _not_begun,
        "not-your-department": _not_your_department,
        "target-does-not-fit-subject": _misfit,
        "targets-contradict": plain(
            "Chỉ tiêu mâu thuẫn: mỗi mốc điểm chỉ có một tỉ lệ, và tỉ lệ ở mốc cao hơn "
            "không được lớn hơn tỉ lệ ở mốc thấp hơn."
        ),
        "proposal-id-reused": plain("Đề xuất này đã được gửi rồi."),
        "teacher-not-on-sheet": _not_on_sheet,
        "no-such-proposal": plain("Không có đề xuất này trong năm học."),
        "not-your-proposal": plain("Chỉ giáo viên được đề xuất mới trả lời đề xuất này."),
        "proposal-is-closed": _closed,
    }
)
