"""One sentence per fact about what people confirm and sign with."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.credentials import facts
from ledger.credentials.facts import SigningWay

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

# How a signature comes about, as the pages name it.
SIGNING_WAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        SigningWay.UPLOADED: "Ký bằng phần mềm của mình rồi tải tệp lên",
        SigningWay.DEVICE: "Ký bằng thiết bị (USB token) cắm ở máy chủ",
        SigningWay.REMOTE: "Ký từ xa qua dịch vụ chữ ký số",
        SigningWay.SCHOOL: "Chữ ký nội bộ của trường",
    }
)
