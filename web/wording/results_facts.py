"""One sentence per fact of the results of a class."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.results import facts

RESULTS_FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        facts.AttendanceRecorded.NAME: "Ghi số buổi nghỉ học của tháng",
        facts.ConductAssessed.NAME: "Đánh giá kết quả rèn luyện (hạnh kiểm)",
        facts.HomeroomCommentWritten.NAME: "Ghi nhận xét của giáo viên chủ nhiệm",
        facts.TermResultsApproved.NAME: "Duyệt kết quả học kì, cả năm",
        facts.TermResultsContinued.NAME: "Duyệt kết quả học kì, cả năm (các học sinh tiếp theo)",
        facts.SubjectReassessed.NAME: "Ghi kết quả đánh giá lại môn học trong hè",
        facts.ConductReassessed.NAME: "Đánh giá lại rèn luyện (hạnh kiểm) sau hè",
        facts.PromotionAfterSummerApproved.NAME: "Duyệt kết quả xét lên lớp sau hè",
    }
)
