"""The sentences of the refusals to restrict and to erase personal data."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from web.moments import shown_day, shown_moment
from web.wording.building import Builder, Details, KnowsNames, plain
from web.wording.privacy_words import STATUSES
from web.wording.school import ended


def _decided(details: Details, names: KnowsNames) -> str:
    at, status = details.get("at"), details.get("status")
    when = f" lúc {shown_moment(at)}" if isinstance(at, datetime) else ""
    who = f" bởi {names.staff(details['by'])}" if details.get("by") else ""
    what = f": {STATUSES[status][0]}{when}{who}" if status else " rồi"
    return f"Yêu cầu này đã được giải quyết{what}. Hãy mở lại trang để xem."


def _waiting(details: Details, _names: KnowsNames) -> str:
    at = details.get("at")
    when = f" (ghi lúc {shown_moment(at)})" if isinstance(at, datetime) else ""
    return f"Đã có một yêu cầu xóa của học sinh này đang chờ hiệu trưởng quyết định{when}."


def _still_here(details: Details, _names: KnowsNames) -> str:
    until = details.get("until")
    known = f" (theo sổ, ít nhất đến {shown_day(until)})" if isinstance(until, date) else ""
    return (
        f"Học sinh còn học ở trường{known}, nên chưa xóa dữ liệu cá nhân được. "
        "Nếu cần, hãy hạn chế xử lí: tên không còn hiện trên các trang, điểm vẫn được giữ."
    )


def _not_over(details: Details, _names: KnowsNames) -> str:
    until, left, basis = (details.get(name) for name in ("until", "left_on", "legal_basis"))
    basis_said = f" theo {ended(basis)}" if isinstance(basis, str) else "."
    days = ""
    if isinstance(until, date) and isinstance(left, date):
        days = f" Ngày cuối ở trường: {shown_day(left)}; phải giữ đến hết {shown_day(until)}."
    return (
        f"Chưa xóa được, vì pháp luật còn buộc nhà trường lưu giữ dữ liệu này{basis_said}{days} "
        "Trong thời gian đó có thể hạn chế xử lí: tên không còn hiện trên các trang."
    )


def _open_corrections(details: Details, _names: KnowsNames) -> str:
    count = details.get("count")
    return (
        f"Còn {f'{count} ' if count else ''}đề nghị sửa điểm về học sinh này chưa giải quyết xong. "
        "Hãy giải quyết trước, rồi mới xóa."
    )


PRIVACY_REFUSALS: Final[Mapping[str, Builder]] = MappingProxyType(
    {
        "only-the-principal-erases": plain(
            "Việc này chỉ đích thân hiệu trưởng quyết định, vì xóa rồi không khôi phục được; "
            "người được giao quyết định thay không làm thay."
        ),
        "erasure-id-reused": plain("Yêu cầu này đã được gửi rồi."),
        "no-such-erasure": plain("Không có yêu cầu xóa dữ liệu này."),
        "erasure-is-decided": _decided,
        "erasure-needs-another": plain(
            "Người đã ghi yêu cầu không được duyệt chính yêu cầu ấy: việc xóa luôn cần hai người."
        ),
        "personal-data-is-erased": plain(
            "Dữ liệu cá nhân của học sinh này đã xóa vĩnh viễn, không khôi phục được."
        ),
        "erasure-already-requested": _waiting,
        "pupil-on-no-class-list": plain(
            "Học sinh này không có trong danh sách lớp của năm học nào, nên không tính được "
            "thời hạn lưu giữ."
        ),
        "pupil-still-at-school": _still_here,
        "retention-not-over": _not_over,
        "corrections-still-open": _open_corrections,
        "evidence-still-needed": plain(
            "Có tệp minh chứng còn dùng cho học sinh khác. Hãy mở lại trang rồi duyệt lại."
        ),
    }
)
