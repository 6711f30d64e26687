"""The sentences of the refusals about passkeys, certificates and the school's own authority."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from web.moments import shown_moment
from web.wording.building import Builder, Details, KnowsNames, plain


def _not_valid_now(details: Details, _names: KnowsNames) -> str:
    first, last = details.get("valid_from"), details.get("valid_until")
    since = f" từ {shown_moment(first)}" if isinstance(first, datetime) else ""
    until = f" đến {shown_moment(last)}" if isinstance(last, datetime) else ""
    span = f" (có giá trị{since}{until})" if since or until else ""
    return f"Chứng thư chưa có hoặc đã hết giá trị{span}. Hãy dùng một chứng thư còn giá trị."


CREDENTIALS_REFUSALS: Final[Mapping[str, Builder]] = MappingProxyType(
    {
        "certificate-is-your-own": plain(
            "Mỗi người tự đăng ký chứng thư của mình; không đăng ký hộ người khác được."
        ),
        "only-the-principal-founds": plain(
            "Việc này chỉ đích thân hiệu trưởng làm, vì mọi chữ ký nội bộ của trường đều dựa vào "
            "đó; người được giao quyết định thay không làm thay."
        ),
        "no-such-passkey": plain("Không có khóa truy cập này."),
        "passkey-taken": plain(
            "Khóa truy cập này đã được đăng ký từ trước. Hãy tạo một khóa truy cập mới."
        ),
        "no-such-certificate": plain("Chứng thư này chưa được ai đăng ký."),
        "certificate-taken": plain("Chứng thư này đã được đăng ký cho người khác."),
        "certificate-is-withdrawn": plain(
            "Chứng thư này đã thôi dùng, không đăng ký lại được. Hãy dùng một chứng thư khác."
        ),
        "certificate-not-valid-now": _not_valid_now,
    }
)
