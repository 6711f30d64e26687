"""What a witness says to people."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.trust.witnessing import Suspicion
from web.witness.overview import Condition
from web.wording.numbers import shown_count

# The word and the look of its chip.
CONDITIONS: Final[Mapping[Condition, tuple[str, str]]] = MappingProxyType(
    {
        Condition.HEARD: ("đang xác nhận", "ok"),
        Condition.SILENT: ("im lặng hơn một ngày", "warn"),
        Condition.NEVER_HEARD: ("chưa gửi lần nào", "warn"),
        Condition.ENDED: ("đã thôi theo dõi", "quiet"),
    }
)

# What the heading says; only two roots of one size are a proof.
VERDICTS: Final[Mapping[Suspicion, str]] = MappingProxyType(
    {
        Suspicion.FORKED: "có bằng chứng sổ đã bị sửa",
        Suspicion.NOT_CONTINUED: "đã từ chối xác nhận, cần làm rõ",
        Suspicion.ROLLED_BACK: "đã từ chối xác nhận, cần làm rõ",
    }
)

SUSPICIONS: Final[Mapping[Suspicion, str]] = MappingProxyType(
    {
        Suspicion.FORKED: (
            "Sổ của trường đã ký hai bản khác nhau cho cùng {size} dòng. Hai tờ ký dưới đây là "
            "bằng chứng: có dòng cũ đã bị sửa, bỏ hoặc chèn."
        ),
        Suspicion.NOT_CONTINUED: (
            "Sổ của trường ký một bản {size} dòng nhưng không chứng minh được là nối tiếp bản đã "
            "xác nhận trước đó."
        ),
        Suspicion.ROLLED_BACK: (
            "Sổ của trường ký một bản chỉ còn {size} dòng, ngắn hơn bản đã xác nhận: có thể một "
            "bản sao lưu cũ đã được phục hồi, hoặc ai đó gửi lại một bản cũ."
        ),
    }
)


def suspected(suspicion: Suspicion, size: int) -> str:
    """What a refused checkpoint says of its log, as a sentence."""
    return SUSPICIONS[suspicion].format(size=shown_count(size))
