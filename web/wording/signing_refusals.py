"""The sentences of the refusals to sign, to take a signed file, and to trust a certificate."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from web.moments import shown_day, shown_moment
from web.wording.building import Builder, Details, KnowsNames, plain

_NOT_SIGNED: Final = "Chưa ký, văn bản còn nguyên."

_SIGNING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "no-certificate": "Thiết bị hoặc dịch vụ không đưa ra chứng thư nào để ký.",
        "no-timestamp": "Không lấy được dấu thời gian từ {service}. Hãy thử lại sau ít phút.",
        "not-signable": "Không ký được vào ô đã định; ô có thể đã được ký. Hãy mở lại trang.",
        "signed-wrongly": "Thiết bị hoặc dịch vụ trả về một chữ ký sai nên không được nhận.",
        "no-device": "Không thấy thiết bị ký số. Hãy cắm thiết bị vào máy chủ rồi thử lại.",
        "no-module": "Không nạp được trình điều khiển của thiết bị ký số ở máy chủ. Hãy báo quản "
        "trị hệ thống.",
        "wrong-pin": "Mã PIN của thiết bị không đúng. Nhập sai nhiều lần thiết bị sẽ tự khóa.",
        "pin-locked": "Thiết bị đã khóa vì nhập sai mã PIN nhiều lần. Hãy liên hệ nơi cấp.",
        "no-key": "Trong thiết bị không có khóa hoặc chứng thư với tên đã khai.",
        "device-failed": "Thiết bị ký số báo lỗi. Hãy rút ra, cắm lại rồi thử lần nữa.",
        "no-answer": "Dịch vụ ký số từ xa không trả lời. Hãy kiểm tra mạng rồi thử lại.",
        "service-refused": "Dịch vụ ký số từ xa từ chối. Hãy kiểm tra mã xác nhận rồi thử lại.",
        "unknown-answer": "Dịch vụ ký số từ xa trả lời điều không hiểu được.",
    }
)

_FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "not-a-continuation": "Tệp nộp lên không phải là tệp đã tải về được ký thêm: phần đầu đã "
        "khác. Có phần mềm ghi lại cả tệp khi ký; hãy chọn cách lưu “tăng dần” (incremental), "
        "hoặc ký bằng cách khác.",
        "unreadable": "Không đọc được tệp PDF này; có thể tệp đã hỏng hoặc có mật khẩu.",
        "not-signed": "Tệp nộp lên chưa có chữ ký nào mới.",
        "several-signatures": "Tệp có hơn một chữ ký mới. Mỗi lần chỉ nộp tệp có thêm đúng một "
        "chữ ký, của người đến lượt.",
        "wrong-field": "Chữ ký không nằm ở ô dành cho người đến lượt ký. Hãy tải lại tệp và ký "
        "đúng ô.",
        "wrong-certificate": "Chữ ký không dùng chứng thư đã đăng ký cho người đến lượt ký.",
        "invalid": "Chữ ký không hợp lệ: nội dung hoặc chữ ký đã bị thay đổi.",
        "covers-part": "Chữ ký không bao trùm toàn bộ văn bản nên không được nhận.",
        "revoked": "Chứng thư của chữ ký đã bị thu hồi trước khi ký.",
        "expired": "Chứng thư của chữ ký không có hiệu lực ở thời điểm ký.",
        "weak": "Chữ ký dùng khóa hoặc thuật toán yếu hơn mức Thông tư 15/2025/TT-BKHCN yêu cầu "
        "(RSA từ 2048 bit, ECDSA từ 256 bit, SHA-256 trở lên).",
        "not-trusted": "Chứng thư không dẫn đến tổ chức chứng thực nào mà trường tin cậy. Nếu đó "
        "là tổ chức hợp pháp, quản trị hệ thống có thể thêm chứng thư gốc của tổ chức ấy.",
        "wrong-time": "Chữ ký không ghi thời điểm, hoặc ghi một thời điểm ở tương lai. Hãy chỉnh "
        "lại đồng hồ của máy rồi ký lại.",
        "changed-more": "Ngoài chữ ký, văn bản còn bị thay đổi chỗ khác nên không được nhận. Hãy "
        "tải lại tệp và chỉ ký, không sửa gì khác.",
    }
)

_CERTIFICATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unreadable": "Không đọc được chứng thư; hãy chọn tệp .cer, .crt hoặc .pem.",
        "not-yet-valid": "Chứng thư chưa có hiệu lực; hiệu lực bắt đầu {from}.",
        "expired": "Chứng thư đã hết hạn {until}. Hãy gia hạn hoặc đăng ký chứng thư khác.",
        "weak": "Khóa của chứng thư yếu hơn mức Thông tư 15/2025/TT-BKHCN yêu cầu (RSA từ 2048 "
        "bit, ECDSA từ 256 bit).",
        "not-for-signing": "Chứng thư này không dành cho việc ký văn bản.",
        "not-trusted": "Chứng thư không dẫn đến tổ chức chứng thực nào mà trường tin cậy.",
    }
)

_ARCHIVING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "signature-broken": "có chữ ký không còn hợp lệ",
        "revocation-unknown": "chưa lấy được tình trạng thu hồi của một chứng thư",
        "not-trusted": "có chứng thư không dẫn đến tổ chức chứng thực nào mà trường tin cậy",
        "no-timestamp": "không lấy được dấu thời gian lưu trữ",
        "does-not-hold": "kiểm tra thử cho tương lai không đạt",
    }
)


def _signing(details: Details, _names: KnowsNames) -> str:
    why = _SIGNING[str(details.get("why", "not-signable"))]
    service = details.get("service") or "tổ chức cấp dấu thời gian"
    return f"{why.format_map({'service': service})} {_NOT_SIGNED}"


def _file(details: Details, _names: KnowsNames) -> str:
    return _FILES[str(details.get("why", "unreadable"))]


def _certificate(details: Details, _names: KnowsNames) -> str:
    since, until = details.get("valid_from"), details.get("valid_until")
    days = {
        "from": f"từ {shown_moment(since)}" if isinstance(since, datetime) else "sau này",
        "until": f"ngày {shown_day(until)}" if isinstance(until, datetime) else "rồi",
    }
    return _CERTIFICATES[str(details.get("why", "unreadable"))].format_map(days)


def _archiving(details: Details, _names: KnowsNames) -> str:
    why = _ARCHIVING[str(details.get("why", "does-not-hold"))]
    return f"Chưa lưu trữ được hồ sơ: {why}. Văn bản đã ký còn nguyên; hãy thử lại sau."


def _root(details: Details, _names: KnowsNames) -> str:
    return (
        f"Tệp chứng thư gốc “{details.get('file', '')}” trong keys/roots không đọc được, nên "
        "chưa biết trường tin cậy ai. Quản trị hệ thống cần thay hoặc bỏ tệp ấy."
    )


def _too_many(details: Details, _names: KnowsNames) -> str:
    return f"Bạn đã nhập sai mã PIN nhiều lần. Hãy thử lại sau {details.get('seconds', 60)} giây."


SIGNING_REFUSALS: Final[Mapping[str, Builder]] = MappingProxyType(
    {
        "signing-failed": _signing,
        "signed-file-unfit": _file,
        "certificate-unfit": _certificate,
        "accepted-root-unreadable": _root,
        "archiving-failed": _archiving,
        "pin-unfit": plain(
            "Mã PIN cần từ 6 chữ số trở lên, không được chỉ gồm một chữ số lặp lại hoặc các chữ "
            "số liền nhau như 123456."
        ),
        "wrong-pin": plain("Mã PIN không đúng. Chưa ký, văn bản còn nguyên."),
        "too-many-pins": _too_many,
        "no-school-authority": plain(
            "Trường chưa lập nơi cấp chữ ký nội bộ. Hiệu trưởng lập trước, "
            "rồi mới cấp khóa cho từng người."
        ),
        "no-school-key": plain("Người này chưa được cấp khóa ký nội bộ, hoặc khóa đã bị thu hồi."),
    }
)
