"""The words of personal data: who asks, on which ground, and where a request stands."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.people import Gender
from ledger.privacy.facts import Ground, Requester
from ledger.privacy.state import ErasureStatus

REQUESTERS: Final[Mapping[Requester, str]] = MappingProxyType(
    {
        Requester.PUPIL: "học sinh",
        Requester.PARENT: "cha mẹ hoặc người giám hộ",
        Requester.SCHOOL: "nhà trường",
    }
)

GROUNDS: Final[Mapping[Ground, str]] = MappingProxyType(
    {
        Ground.REQUEST: "Chủ thể dữ liệu yêu cầu (Luật 91/2025/QH15)",
        Ground.RETENTION_OVER: "Đã hết thời hạn lưu giữ",
        Ground.AUTHORITY: "Quyết định của cơ quan có thẩm quyền",
    }
)

# Each status with the look of its chip.
STATUSES: Final[Mapping[ErasureStatus, tuple[str, str]]] = MappingProxyType(
    {
        ErasureStatus.REQUESTED: ("chờ hiệu trưởng quyết định", "warn"),
        ErasureStatus.DECLINED: ("hiệu trưởng từ chối", "bad"),
        ErasureStatus.WITHDRAWN: ("đã rút", "quiet"),
        ErasureStatus.ERASED: ("đã xóa", "ok"),
    }
)

GENDERS: Final[Mapping[Gender | None, str]] = MappingProxyType(
    {Gender.FEMALE: "Nữ", Gender.MALE: "Nam", None: "không ghi"}
)

# In place of names; a tag follows, so that rows can be told apart.
RESTRICTED: Final = "Học sinh đã hạn chế xử lí"
ERASED: Final = "(đã xóa dữ liệu cá nhân)"
