"""Why an attempt was refused, in a few words: for lists, where no details are at hand."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ATTEMPT_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "not-for-your-role": "không đúng vai trò",
        "not-your-sheet": "không được phân công ở bảng điểm này",
        "secretary-needs-a-teacher": "thư ký chưa chọn giáo viên được nhập hộ",
        "secretary-enters-periodic-tests-only": "thư ký không nhập điểm thường xuyên",
        "sheet-is-locked": "bảng điểm hoặc cột đã khóa",
        "deadline-has-passed": "đã quá hạn nhập",
        "column-is-closed": "cột đã chốt",
        "requester-may-not-confirm": "người đề nghị tự xác nhận",
        "requester-may-not-approve": "người đề nghị tự duyệt",
        "not-your-request": "đề nghị của người khác",
        "executors-must-differ": "người thực hiện trùng với người đã đề nghị, duyệt hoặc thực hiện",
    }
)
