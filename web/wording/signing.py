"""The words of signatures: what a check found, as Thông tư 15/2025/TT-BKHCN wants it shown."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.credentials.facts import SigningWay
from web.moments import shown_moment
from web.signing.found import FoundSignature, Remark

WAYS: Final[Mapping[SigningWay, str]] = MappingProxyType(
    {
        SigningWay.UPLOADED: "Ký bằng phần mềm của mình rồi nộp lại tệp",
        SigningWay.DEVICE: "Thiết bị ký số (USB token) cắm ở máy chủ",
        SigningWay.REMOTE: "Ký số từ xa",
        SigningWay.SCHOOL: "Chữ ký nội bộ của trường",
    }
)

REMARKS: Final[Mapping[Remark, str]] = MappingProxyType(
    {
        Remark.CHANGED: "Nội dung đã bị sửa sau khi ký.",
        Remark.FORGED: "Chữ ký không được tạo bằng khóa của chứng thư đi kèm.",
        Remark.COVERS_PART: "Chữ ký không bao trùm toàn bộ văn bản ở thời điểm ký.",
        Remark.CHANGED_LATER: "Sau chữ ký này có thứ khác được thêm vào văn bản, không chỉ chữ ký.",
        Remark.REVOKED: "Chứng thư đã bị thu hồi trước khi ký.",
        Remark.EXPIRED: "Chứng thư không còn hoặc chưa có hiệu lực ở thời điểm ký.",
        Remark.WEAK: "Khóa hoặc thuật toán yếu hơn mức Thông tư 15/2025/TT-BKHCN yêu cầu.",
        Remark.UNREADABLE: "Không đọc được chữ ký.",
        Remark.NOT_TRUSTED: "Chứng thư không dẫn đến tổ chức chứng thực nào mà trường tin cậy.",
        Remark.INTERNAL: "Chữ ký nội bộ của trường, không phải chữ ký số công cộng.",
        Remark.INTERNAL_TIME: "Thời điểm do máy chủ của trường xác nhận.",
        Remark.NO_TIMESTAMP: "Không có dấu thời gian; thời điểm là do người ký khai.",
        Remark.TIMESTAMP_NOT_TRUSTED: "Dấu thời gian không đáng tin; thời điểm do người ký khai.",
        Remark.OLD_PADDING: "Ký theo lược đồ RSA PKCS#1 v1.5; quy định mới dùng RSASSA-PSS.",
    }
)


def integrity(found: FoundSignature) -> str:
    """Whether the paper is as it was signed, in one sentence."""
    if not found.intact or not found.valid:
        return "Không còn toàn vẹn: nội dung hoặc chữ ký đã bị thay đổi."
    if Remark.COVERS_PART in found.remarks or not found.unchanged_since:
        return "Phần đã ký còn nguyên, nhưng sau đó có thay đổi ngoài việc ký."
    return "Toàn vẹn: nội dung không thay đổi kể từ khi ký."


def time_of_signing(found: FoundSignature) -> str:
    """When it was signed, and on whose word."""
    if found.timestamped_at is not None and Remark.INTERNAL_TIME in found.remarks:
        return f"{shown_moment(found.timestamped_at)} (dấu thời gian của máy chủ nhà trường)"
    if found.timestamped_at is not None:
        return f"{shown_moment(found.timestamped_at)} (dấu thời gian của {found.time_by})"
    if found.claimed_at is not None:
        return f"{shown_moment(found.claimed_at)} (người ký khai)"
    return "không ghi"
