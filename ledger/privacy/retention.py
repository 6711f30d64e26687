"""How long the data of pupils who have left is kept, as long as the principal sets nothing else."""

from datetime import date
from typing import Final

from ledger.privacy.facts import Retention

# Long on purpose: what is kept too long can still be erased. The number of years is one that each
# school has to settle with its archive.
CAREFUL_RETENTION: Final = Retention(
    years=20,
    legal_basis=(
        "Luật Lưu trữ và Thông tư 27/2016/TT-BGDĐT về thời hạn bảo quản hồ sơ của ngành Giáo dục; "
        "số năm là mức dự phòng, hiệu trưởng chưa quyết định"
    ),
)


def kept_until(left_on: date, retention: Retention) -> date:
    """The last day to keep: the end of a calendar year, as archives count."""
    return date(left_on.year + retention.years, 12, 31)
