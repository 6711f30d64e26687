"""One sentence per fact of the supervision of a year."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.supervision import facts

SUPERVISION_FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        facts.InspectionRemarked.NAME: "Kiểm tra sổ điểm của lớp và ghi nhận xét",
        facts.ScoreTargetSet.NAME: "Đặt chỉ tiêu điểm của tổ chuyên môn",
        facts.ProposalMade.NAME: "Tổ trưởng đề xuất với tổ viên",
        facts.ProposalAnswered.NAME: "Tổ viên trả lời đề xuất",
        facts.ProposalClosed.NAME: "Tổ trưởng kết thúc đề xuất",
    }
)
