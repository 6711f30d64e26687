"""What people read when a request cannot be answered, by HTTP status."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

HEADINGS: Final[Mapping[int, str]] = MappingProxyType(
    {
        400: "Yêu cầu không hợp lệ",
        401: "Cần đăng nhập",
        403: "Bạn không được làm việc này",
        404: "Không tìm thấy",
        405: "Yêu cầu không hợp lệ",
        409: "Chưa làm được việc này",
        413: "Nội dung gửi lên quá lớn",
        422: "Nội dung gửi lên không đúng mẫu",
        429: "Hãy chờ một lát",
        500: "Máy chủ gặp lỗi",
        503: "Máy chủ đang bận",
    }
)

STATUSES: Final[Mapping[int, str]] = MappingProxyType(
    {
        400: "Máy chủ không hiểu yêu cầu này.",
        404: "Không có trang này, hoặc địa chỉ đã gõ sai.",
        405: "Địa chỉ này không nhận kiểu yêu cầu như vậy.",
        411: "Trình duyệt không cho biết độ dài của nội dung gửi lên.",
        413: "Tổng dung lượng gửi lên vượt quá 12 MB. Hãy giảm bớt tệp rồi gửi lại.",
    }
)

NEXT_STEPS: Final[Mapping[int, str]] = MappingProxyType(
    {
        403: "Nếu bạn cho rằng mình phải làm được việc này, hãy liên hệ quản trị hệ thống.",
        409: "Chưa có gì bị thay đổi. Hãy quay lại trang trước, tải lại và xem tình trạng mới.",
        422: "Chưa có gì bị thay đổi. Hãy quay lại trang trước và kiểm tra các ô đã nhập.",
        500: "Những gì đã báo là “đã lưu” vẫn còn nguyên. Hãy thử lại sau ít phút.",
    }
)

MALFORMED: Final = "Nội dung gửi lên thiếu hoặc sai ở một số ô."


def failed(incident: str) -> str:
    """The sentence for a failure, with the number that finds it in the log."""
    return f"Có lỗi ngoài dự kiến. Hãy báo quản trị hệ thống mã sự cố {incident}."
