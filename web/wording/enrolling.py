"""The words of what people sign with: their keys, their certificates, the school's authority."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from ledger.credentials.facts import SigningWay
from web.moments import shown_day

# The same words wherever an internal signature is spoken of.
NOT_PUBLIC: Final = (
    "Chữ ký nội bộ của trường — không phải chữ ký số công cộng theo Nghị định 23/2025/NĐ-CP"
)

KINDS: Final[Mapping[SigningWay, str]] = MappingProxyType(
    {
        SigningWay.SCHOOL: "Chữ ký nội bộ của trường",
        SigningWay.UPLOADED: "Chứng thư số của bạn, ký bằng phần mềm riêng",
        SigningWay.DEVICE: "Chứng thư số trong thiết bị cắm ở máy chủ",
        SigningWay.REMOTE: "Chứng thư số của dịch vụ ký từ xa",
    }
)

KINDS_OF_OTHERS: Final[Mapping[SigningWay, str]] = MappingProxyType(
    {
        SigningWay.SCHOOL: "Chữ ký nội bộ",
        SigningWay.UPLOADED: "Chứng thư số, phần mềm riêng",
        SigningWay.DEVICE: "Chứng thư số, thiết bị ở máy chủ",
        SigningWay.REMOTE: "Chứng thư số, ký từ xa",
    }
)

# Why the ledger says that a key was withdrawn which its owner replaced.
REPLACED: Final = "Thay bằng khóa mới"

# Each state of a certificate with the look of its chip.
USABLE, ENDS_SOON, ENDED, WITHDRAWN, NOT_YET = (
    ("dùng được", "ok"),
    ("sắp hết hạn", "warn"),
    ("hết hạn", "bad"),
    ("đã thôi dùng", "quiet"),
    ("chưa đến ngày dùng", "warn"),
)


def ends_soon(until: datetime) -> str:
    return (
        f"Chứng thư của bạn hết hạn {shown_day(until)}. Hãy tạo khóa mới hoặc đăng ký chứng thư "
        "đã gia hạn trước ngày đó; biên bản đã ký vẫn có giá trị."
    )


def other_name(in_certificate: str, own: str) -> str:
    return f"Tên trong chứng thư là “{in_certificate}”, tên tài khoản là “{own}”."


def short(sha256: str) -> str:
    """The first digits of a fingerprint, as programs show them: "3f2a 91c0 88de 0b17"."""
    return " ".join(sha256[start : start + 4] for start in range(0, 16, 4))
