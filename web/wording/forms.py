"""What is wrong with a field of a form, said beside the field."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FIELD_PROBLEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "reason-length": "Hãy ghi lý do, từ 3 đến 500 ký tự.",
        "not-a-moment": "Hãy chọn ngày và giờ.",
        "not-a-mark": "Có điểm không đọc được. Hãy ghi như 8,5 hoặc 8; Đ hoặc CĐ.",
        "no-cells": "Hãy ghi điểm đúng cho ít nhất một ô.",
        "no-column": "Hãy chọn cột điểm.",
        "no-person": "Hãy chọn một người trong danh sách.",
        "no-pupil": "Không có học sinh nào mang mã này.",
        "no-subject": "Hãy chọn môn học.",
        "no-class": "Hãy ghi tên lớp, ví dụ 6A1.",
        "school-year": "Hãy ghi năm học dạng 2026-2027.",
        "number": "Hãy ghi một số từ 1 đến 9.",
        "no-name": "Hãy ghi đủ họ đệm và tên.",
        "no-username": "Tên đăng nhập gồm 3 đến 40 chữ không dấu, chữ số, dấu chấm hoặc gạch.",
        "no-role": "Hãy chọn ít nhất một vai trò.",
        "passwords-differ": "Hai lần nhập mật khẩu mới không giống nhau.",
    }
)
