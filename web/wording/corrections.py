"""Sentences about a correction: whose turn it is, and what became of it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

STEP_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "xac-nhan": "Xác nhận",
        "duyet": "Duyệt",
        "tu-choi": "Từ chối",
        "thuc-hien": "Thực hiện sửa điểm",
        "rut": "Rút đề nghị",
    }
)

# After the name of who did it.
STEPS_TAKEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "requested": "gửi đề nghị",
        "confirmed": "xác nhận",
        "approved": "duyệt",
        "refused": "từ chối",
        "withdrawn": "rút đề nghị",
        "voided": "đổi điểm, nên đề nghị mất hiệu lực",
        "agreed": "thực hiện sửa điểm",
    }
)

TABS: Final[Mapping[str, str]] = MappingProxyType(
    {"cho-toi": "Chờ tôi", "dang-mo": "Đang mở", "da-xong": "Đã xong"}
)

EMPTY_TABS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cho-toi": "Không có đề nghị nào đang chờ bạn.",
        "dang-mo": "Không có đề nghị nào đang mở.",
        "da-xong": "Chưa có đề nghị nào xong.",
    }
)


def approved_for(principal: str) -> str:
    return f"duyệt thay hiệu trưởng {principal}"


def waits_for_homeroom(name: str) -> str:
    return f"Đang chờ giáo viên chủ nhiệm {name} xác nhận."


WAITS_FOR_VICE_PRINCIPAL: Final = (
    "Người đề nghị cũng là giáo viên chủ nhiệm nên phó hiệu trưởng xác nhận thay; "
    "đang chờ phó hiệu trưởng."
)
WAITS_FOR_PRINCIPAL: Final = "Đang chờ hiệu trưởng duyệt."
WAITS_FOR_BOTH: Final = (
    "Đã duyệt. Giáo viên bộ môn và quản trị hệ thống cùng thực hiện; điểm được sửa khi người "
    "thứ hai bấm thực hiện, và cột được khóa lại ngay."
)
WAITS_FOR_ADMINISTRATOR: Final = "Giáo viên đã thực hiện phần mình; đang chờ quản trị hệ thống."
WAITS_FOR_TEACHER: Final = "Quản trị hệ thống đã thực hiện phần mình; đang chờ giáo viên bộ môn."
EXECUTED: Final = "Điểm đã được sửa và cột đã khóa lại."
REFUSED: Final = "Đề nghị bị từ chối, điểm giữ nguyên."
WITHDRAWN: Final = "Người đề nghị đã rút, điểm giữ nguyên."
VOIDED: Final = (
    "Một điểm trong đề nghị đã thay đổi sau khi gửi, nên đề nghị mất hiệu lực và không sửa gì. "
    "Nếu còn cần, hãy gửi đề nghị mới."
)
