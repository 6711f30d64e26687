"""The words of a dossier's own page: where it stands, who signs how, what is still to be done."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.credentials.facts import SigningWay
from ledger.vocabulary import Role
from web.wording.school import role_name

DRAFTED: Final = "lập biên bản"
ARCHIVED: Final = "thêm bằng chứng để lưu trữ"
RENEWED: Final = "gia hạn bằng chứng lưu trữ"

# What each way of signing is called on its card and on its button.
WAYS: Final[Mapping[SigningWay, tuple[str, str]]] = MappingProxyType(
    {
        SigningWay.SCHOOL: ("Chữ ký nội bộ của trường", "Ký bằng chữ ký nội bộ"),
        SigningWay.DEVICE: ("Thiết bị ký số (USB token) cắm ở máy chủ", "Ký bằng thiết bị"),
        SigningWay.REMOTE: ("Ký số từ xa", "Ký từ xa"),
        SigningWay.UPLOADED: ("Ký bằng phần mềm của mình rồi nộp lại tệp", "Nộp tệp đã ký"),
    }
)

# The last part of the path of each way.
PATHS: Final[Mapping[SigningWay, str]] = MappingProxyType(
    {
        SigningWay.SCHOOL: "noi-bo",
        SigningWay.DEVICE: "thiet-bi",
        SigningWay.REMOTE: "tu-xa",
        SigningWay.UPLOADED: "tep",
    }
)


def reason_of_signing(symbol: str, role: Role) -> str:
    """What programs show as the reason of a signature."""
    return f"Ký biên bản sửa chữa điểm số {symbol} với tư cách {role_name(role).lower()}"


def title_of(role: Role, *, own: bool) -> str:
    """As what somebody signs; a deputy in the principal's place."""
    return (
        role_name(role)
        if own or role is not Role.PRINCIPAL
        else "Phó hiệu trưởng (KT. Hiệu trưởng)"
    )


def signed_as(role: Role) -> str:
    return f"{role_name(role).lower()} ký"
