"""Sentences about a correction: whose turn it is, and what became of it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.sheet.attestation import ApprovalMethod
from ledger.sheet.correction import CorrectionStatus
from ledger.sheet.facts import CorrectionAnswered, CorrectionAskedBack
from projections.corrections import Turn

STEP_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "xac-nhan": "Xác nhận",
        "duyet": "Duyệt",
        "hoi-lai": "Hỏi lại",
        "tra-loi": "Gửi câu trả lời",
        "tu-choi": "Từ chối",
        "thuc-hien": "Thực hiện sửa điểm",
        "rut": "Rút đề nghị",
    }
)

# After the name of who did it.
STEPS_TAKEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "requested": "gửi đề nghị",
        "asked-back": "hỏi lại",
        "answered": "trả lời",
        "confirmed": "xác nhận",
        "approved": "duyệt",
        "refused": "từ chối",
        "withdrawn": "rút đề nghị",
        "voided": "đổi một điểm trong đề nghị, nên đề nghị mất hiệu lực",
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


# What the approval was confirmed with; a passkey signs, a code does not.
APPROVED_WITH: Final[Mapping[str, str]] = MappingProxyType(
    {
        ApprovalMethod.PASSWORD_TOTP: ", xác nhận bằng mật khẩu và mã",
        ApprovalMethod.PASSKEY: ", ký xác nhận bằng khóa truy cập",
    }
)


def approved_for(principal: str) -> str:
    return f"duyệt thay hiệu trưởng {principal}"


def why(reason: str) -> str:
    return f"Lý do: {reason}"


def waits_for_homeroom(name: str) -> str:
    return f"Đang chờ giáo viên chủ nhiệm {name} xác nhận."


def waits_for_answer(name: str) -> str:
    return f"Đã hỏi lại; đang chờ {name} trả lời."


def moved_mark(pupil: str, column: str, before: str, after: str) -> str:
    """What made a request void; the mark before and after are as people read them."""
    return (
        f"Điểm {column} của {pupil} đã đổi từ {before or 'trống'} thành {after or 'trống'}, "
        "nên đề nghị mất hiệu lực."
    )


# What a line of the history says in its author's own words, where that is not a reason.
WORDS_OF_A_STEP: Final[Mapping[str, str]] = MappingProxyType(
    {
        CorrectionAskedBack.NAME: "Câu hỏi",
        CorrectionAnswered.NAME: "Câu trả lời",
    }
)


WAITS_FOR: Final[Mapping[Turn, str]] = MappingProxyType(
    {
        Turn.VICE_PRINCIPAL: (
            "Người đề nghị cũng là giáo viên chủ nhiệm nên phó hiệu trưởng xác nhận thay; "
            "đang chờ phó hiệu trưởng."
        ),
        Turn.PRINCIPAL: "Đang chờ hiệu trưởng duyệt.",
        Turn.BOTH_EXECUTORS: (
            "Đã duyệt. Giáo viên bộ môn và quản trị hệ thống cùng thực hiện; điểm được sửa khi "
            "người thứ hai bấm thực hiện, và cột được khóa lại ngay."
        ),
        Turn.ADMINISTRATOR: "Giáo viên đã thực hiện phần mình; đang chờ quản trị hệ thống.",
        Turn.TEACHER: "Quản trị hệ thống đã thực hiện phần mình; đang chờ giáo viên bộ môn.",
    }
)

ENDED: Final[Mapping[CorrectionStatus, str]] = MappingProxyType(
    {
        CorrectionStatus.EXECUTED: "Điểm đã được sửa và cột đã khóa lại.",
        CorrectionStatus.REFUSED: "Đề nghị bị từ chối, điểm giữ nguyên.",
        CorrectionStatus.WITHDRAWN: "Người đề nghị đã rút, điểm giữ nguyên.",
        CorrectionStatus.VOID: (
            "Một điểm trong đề nghị đã thay đổi sau khi gửi, nên đề nghị mất hiệu lực và không sửa "
            "gì. Nếu còn cần, hãy gửi đề nghị mới."
        ),
    }
)
