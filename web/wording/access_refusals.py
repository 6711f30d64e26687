"""The sentences about what somebody confirms with: codes of a phone, and passkeys."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from web.wording.building import Builder, Details, KnowsNames, plain

_UNFIT_PASSKEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "not-here": (
            "Khóa truy cập chỉ dùng được khi trang mở qua HTTPS bằng tên miền của trường. Ở trang "
            "này hãy dùng mã xác nhận trên điện thoại."
        ),
        "not-yours": (
            "Khóa truy cập này không phải của bạn, hoặc đã bị hủy. Hãy dùng khóa khác của bạn, "
            "hoặc mã xác nhận."
        ),
        "wrong-answer": (
            "Khóa truy cập đã trả lời cho một nội dung hay một trang khác, nên không được nhận. "
            "Hãy thử lại trên trang vừa mở."
        ),
    }
)


def _needed(details: Details, _names: KnowsNames) -> str:
    if details.get("passkeys"):
        return (
            "Chưa duyệt. Hãy bấm “Duyệt và ký xác nhận” để dùng khóa truy cập của bạn, hoặc bật mã "
            "xác nhận trong mục Tài khoản của tôi › Xác nhận khi duyệt."
        )
    return (
        "Chưa duyệt: chỉ có mật khẩu thì không đủ để duyệt sửa điểm. Hãy bật mã xác nhận trên điện "
        "thoại hoặc đăng ký khóa truy cập trong mục Tài khoản của tôi › Xác nhận khi duyệt, rồi "
        "duyệt lại."
    )


def _too_many(details: Details, _names: KnowsNames) -> str:
    seconds = details.get("seconds", 60)
    return f"Bạn đã nhập sai mã xác nhận nhiều lần. Hãy thử lại sau {seconds} giây."


def _unfit(details: Details, _names: KnowsNames) -> str:
    return _UNFIT_PASSKEYS[str(details.get("why", "wrong-answer"))]


ACCESS_REFUSALS: Final[Mapping[str, Builder]] = MappingProxyType(
    {
        "second-factor-needed": _needed,
        "code-needed": plain("Hãy nhập mã xác nhận 6 chữ số đang hiện trên điện thoại của bạn."),
        "wrong-code": plain(
            "Mã không đúng. Hãy nhập mã đang hiện trên điện thoại, và xem giờ của điện thoại có "
            "đúng không."
        ),
        "code-used-already": plain(
            "Mã này đã dùng rồi. Hãy đợi mã mới, nhiều nhất nửa phút, rồi nhập lại."
        ),
        "too-many-codes": _too_many,
        "no-authenticator": plain("Bạn chưa bật mã xác nhận trên điện thoại."),
        "lost-factor-needs-another": plain(
            "Không ai tự gỡ mã xác nhận của chính mình ở đây; hãy nhờ một quản trị hệ thống khác, "
            "hoặc dùng mã dự phòng trong mục Tài khoản của tôi."
        ),
        "passkey-unfit": _unfit,
    }
)
