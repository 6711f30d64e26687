"""What is said of a typed cell before a rule of the sheet is asked."""

from typing import Final

NOT_A_MARK: Final = (
    "Không phải điểm. Điểm số từ 0 đến 10 có nhiều nhất một chữ số thập phân, ví dụ 8 hoặc 8,5."
)
MOVED_ON: Final = "Người khác đã sửa ô này sau khi bạn đọc."
