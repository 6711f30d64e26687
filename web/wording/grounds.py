"""What made a mark wrong, who found it, and why its correction is late, in the school's words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.sheet.grounds import CorrectionCause, FoundBy, LateReason

CAUSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        CorrectionCause.WRONG_ROW: "Nhập lệch hàng hoặc lệch cột",
        CorrectionCause.WRONG_PUPIL: "Nhập nhầm học sinh",
        CorrectionCause.TYPING: "Gõ nhầm điểm",
        CorrectionCause.ADDING_UP: "Cộng nhầm điểm",
        CorrectionCause.ROUNDING: "Làm tròn sai",
        CorrectionCause.MISSED_WORK: "Chấm sót, vào sót điểm",
        CorrectionCause.RE_MARKED: "Kết quả phúc khảo",
        CorrectionCause.OTHER: "Nguyên nhân khác",
    }
)

FOUND_BY: Final[Mapping[str, str]] = MappingProxyType(
    {
        FoundBy.TEACHER: "giáo viên bộ môn",
        FoundBy.PUPIL: "học sinh",
        FoundBy.PARENT: "cha mẹ học sinh",
        FoundBy.HOMEROOM_TEACHER: "giáo viên chủ nhiệm",
        FoundBy.DEPARTMENT_HEAD: "tổ trưởng chuyên môn",
        FoundBy.LEADERSHIP: "lãnh đạo nhà trường",
        FoundBy.SECRETARY: "thư ký",
        FoundBy.INSPECTION: "đoàn kiểm tra, thanh tra",
    }
)

LATE: Final[Mapping[str, str]] = MappingProxyType(
    {
        LateReason.AFTER_LAST_DAY: "Đề nghị gửi sau hạn cuối cùng để sửa điểm của học kì.",
        LateReason.FINAL_MARK: "Có điểm kiểm tra, đánh giá cuối kì.",
        LateReason.BOOK_CLOSED: "Sai sót được phát hiện sau khi sổ đã khóa.",
    }
)
