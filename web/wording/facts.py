"""One sentence per fact name, as the history shows it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.sheet import facts
from web.wording.credentials_facts import CREDENTIALS_FACTS
from web.wording.dossier_facts import DOSSIER_FACTS
from web.wording.lock_facts import LOCK_FACTS
from web.wording.privacy_facts import PRIVACY_FACTS
from web.wording.results_facts import RESULTS_FACTS
from web.wording.school_facts import SCHOOL_FACTS
from web.wording.signals_facts import SIGNALS_FACTS
from web.wording.supervision_facts import SUPERVISION_FACTS

SHEET_FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        facts.SheetOpened.NAME: "Mở bảng điểm",
        facts.TeacherJoinedSheet.NAME: "Phân công giáo viên vào bảng điểm",
        facts.TeacherLeftSheet.NAME: "Thôi phân công giáo viên",
        facts.HomeroomTeacherChanged.NAME: "Đổi giáo viên chủ nhiệm",
        facts.PupilJoinedSheet.NAME: "Học sinh vào lớp",
        facts.PupilLeftSheet.NAME: "Học sinh rời lớp",
        facts.DeadlineMoved.NAME: "Đặt hạn nhập điểm của cột",
        facts.CorrectionDayMoved.NAME: "Đặt ngày cuối được sửa điểm",
        facts.MarkBrought.NAME: "Nhận điểm chuyển đến",
        facts.MarkEntered.NAME: "Nhập điểm",
        facts.MarkChanged.NAME: "Đổi điểm",
        facts.MarkCleared.NAME: "Xóa điểm",
        facts.EntriesConfirmed.NAME: "Xác nhận điểm được nhập hộ",
        facts.ColumnClosed.NAME: "Chốt cột điểm",
        facts.ColumnReopened.NAME: "Mở lại cột đã chốt",
        facts.SheetLocked.NAME: "Khóa bảng điểm",
        facts.SheetUnlocked.NAME: "Mở khóa bảng điểm có thời hạn",
        facts.ColumnLocked.NAME: "Khóa cột điểm",
        facts.ColumnUnlocked.NAME: "Mở khóa cột điểm có thời hạn",
        facts.CorrectionRequested.NAME: "Gửi đề nghị sửa điểm",
        facts.CorrectionAskedBack.NAME: "Hỏi lại về đề nghị sửa điểm",
        facts.CorrectionAnswered.NAME: "Trả lời câu hỏi về đề nghị sửa điểm",
        facts.CorrectionConfirmed.NAME: "Xác nhận đề nghị sửa điểm",
        facts.CorrectionApproved.NAME: "Duyệt đề nghị sửa điểm",
        facts.CorrectionRefused.NAME: "Từ chối đề nghị sửa điểm",
        facts.CorrectionWithdrawn.NAME: "Rút đề nghị sửa điểm",
        facts.CorrectionVoided.NAME: "Đề nghị sửa điểm mất hiệu lực vì điểm đã thay đổi",
        facts.CorrectionExecutionAgreed.NAME: "Đồng ý thực hiện sửa điểm",
        facts.MarkCorrected.NAME: "Sửa điểm theo đề nghị đã duyệt",
        facts.CorrectionExecuted.NAME: "Hoàn thành việc sửa điểm",
        facts.ColumnRelocked.NAME: "Khóa lại cột ngay sau khi sửa điểm",
        facts.AttemptRefused.NAME: "Thao tác bị từ chối",
    }
)

FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **SHEET_FACTS,
        **SCHOOL_FACTS,
        **RESULTS_FACTS,
        **SUPERVISION_FACTS,
        **LOCK_FACTS,
        **PRIVACY_FACTS,
        **CREDENTIALS_FACTS,
        **DOSSIER_FACTS,
        **SIGNALS_FACTS,
    }
)
