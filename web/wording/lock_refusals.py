"""The sentences of the refusals of locks over many sheets."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from web.moments import shown_moment
from web.wording.building import Builder, Details, KnowsNames, plain


def _must_lie_ahead(details: Details, _names: KnowsNames) -> str:
    moment = details.get("deadline")
    named = f" {shown_moment(moment)}" if isinstance(moment, datetime) else ""
    return f"Hạn khóa{named} phải ở sau thời điểm này. Muốn khóa ngay, hãy chọn việc “Khóa ngay”."


LOCK_REFUSALS: Final[Mapping[str, Builder]] = MappingProxyType(
    {
        "scope-covers-no-sheet": plain(
            "Phạm vi đã chọn không có bảng điểm nào đang được mở. Hãy chọn lại học kì, khối, lớp, "
            "môn hoặc cột."
        ),
        "deadline-must-lie-ahead": _must_lie_ahead,
    }
)
