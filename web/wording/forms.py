"""What is wrong with a field of a form, said beside the field."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FIELD_PROBLEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "reason-length": "Hãy ghi lý do, từ 3 đến 500 ký tự.",
        "question-length": "Hãy ghi câu hỏi, từ 3 đến 500 ký tự.",
        "answer-length": "Hãy ghi câu trả lời, từ 3 đến 500 ký tự.",
        "text-length": "Hãy ghi nội dung, từ 3 đến 500 ký tự.",
        "not-a-moment": "Hãy chọn ngày và giờ.",
        "not-a-mark": "Có điểm không đọc được. Hãy ghi như 8,5 hoặc 8; Đ hoặc CĐ.",
        "no-level": "Hãy chọn một mức trong danh sách.",
        "comment-emptied": "Đã có nhận xét. Hãy viết nhận xét khác thay vì để trống.",
        "comment-length": "Nhận xét dài nhất 2000 ký tự.",
        "pupil-erased": "Dữ liệu của học sinh này đã được xóa; không ghi nhận xét được nữa.",
        "no-cells": "Hãy ghi điểm đúng cho ít nhất một ô.",
        "no-cause": "Hãy chọn nguyên nhân sai.",
        "no-finder": "Hãy chọn ai phát hiện.",
        "no-row": "Hãy chọn học sinh đầu tiên bị lệch.",
        "no-column": "Hãy chọn cột điểm.",
        "no-person": "Hãy chọn một người trong danh sách.",
        "no-pupil": "Không có học sinh nào mang mã này.",
        "no-class": "Hãy ghi tên lớp, ví dụ 6A1.",
        "school-year": "Hãy ghi năm học dạng 2026-2027.",
        "not-a-day": "Hãy chọn ngày.",
        "not-in-semester": "Ngày phải nằm trong học kì.",
        "not-a-number": "Hãy ghi một số nguyên trong khoảng cho phép.",
        "classes-unreadable": "Không đọc được tên lớp. Hãy ghi như: 6A1-6A4, 7A1-7A3.",
        "too-many-classes": "Mỗi lần lập nhiều nhất 60 lớp.",
        "no-grade": "Hãy chọn ít nhất một khối.",
        "no-place": "Hãy đánh dấu ít nhất một lớp và môn.",
        "no-semester": "Hãy chọn ít nhất một học kì.",
        "no-signer": "Hãy chọn ít nhất một người ký.",
        "no-title": "Hãy ghi tên, từ 1 đến 200 ký tự.",
        "department-known": "Đã có tổ mang tên này. Hãy sửa tổ ấy.",
        "no-dossier": "Hãy chọn ít nhất một hồ sơ.",
        "no-paper": "Hãy chọn loại sổ, giấy.",
        "no-classes": "Hãy chọn ít nhất một lớp.",
        "no-code": "Hãy ghi mã học sinh, nhiều nhất 20 ký tự.",
        "code-of-another": "Mã này là của một học sinh khác tên trong danh bạ.",
        "mark-of-other-kind": "Điểm không hợp: môn tính điểm ghi số, môn nhận xét ghi Đ, CĐ.",
        "no-name": "Hãy ghi đủ họ đệm và tên.",
        "no-username": "Tên đăng nhập gồm 3 đến 40 chữ không dấu, chữ số, dấu chấm hoặc gạch.",
        "no-requester": "Hãy chọn người yêu cầu.",
        "no-ground": "Hãy chọn căn cứ.",
        "not-a-head": "Không đọc được đầu sổ này. Hãy dán cả tệp, hoặc ghi dạng SỐ-DÒNG:GỐC.",
        "unseen": "Hãy đánh dấu vào ô này để xác nhận.",
        "no-role": "Hãy chọn ít nhất một vai trò.",
        "passwords-differ": "Hai lần nhập mật khẩu mới không giống nhau.",
    }
)
