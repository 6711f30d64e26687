"""One sentence per fact about what people confirm and sign with."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.credentials import facts

CREDENTIALS_FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        facts.PasskeyEnrolled.NAME: "Đăng ký khóa truy cập",
        facts.PasskeyRevoked.NAME: "Hủy khóa truy cập",
        facts.AuthenticatorEnrolled.NAME: "Bật mã xác nhận trên điện thoại",
        facts.AuthenticatorRemoved.NAME: "Gỡ mã xác nhận",
        facts.CertificateEnrolled.NAME: "Đăng ký chứng thư chữ ký số",
        facts.CertificateWithdrawn.NAME: "Thôi dùng chứng thư chữ ký số",
        facts.AuthorityFounded.NAME: "Lập bộ cấp chứng thư nội bộ của trường",
    }
)
