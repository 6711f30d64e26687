"""What people read of the running backup when it is not where the ledger is."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.recovery.refusals import BackupRefused, NotBroughtUp, Reason
from web.moments import shown_moment

_WHY: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        Reason.NO_BACKUP: "không thấy bản sao ở đó, có thể ổ mạng hay USB chưa được gắn",
        Reason.BACKUP_UNREADABLE: "tệp ở đó không đọc được",
        Reason.LEDGER_SHORTER: "sổ có ít dòng hơn bản sao",
        Reason.LINE_ALTERED: "có dòng sổ đã bị sửa hoặc mất",
        Reason.HEAD_DIFFERS: "đầu sổ không khớp với các dòng",
    }
)
_DIFFERS: Final = "sổ và bản sao không còn khớp nhau"


def backup_sentence(failure: NotBroughtUp) -> str:
    """Why nothing is published, how old the last backup is, and what to do."""
    match failure.why:
        case BackupRefused(reason=reason):
            why = _WHY.get(reason, _DIFFERS)
        case said:
            why = said
    last = f"lúc {shown_moment(failure.last)}" if failure.last else "chưa có lần nào đọc được"
    return (
        f"Không sao lưu được vào {failure.folder}: {why}. Lần sao lưu gần nhất: {last}. Việc nhập "
        "điểm vẫn tiếp tục, nhưng chưa dòng mới nào được niêm phong. Máy chủ tự làm lại mỗi phút; "
        "chi tiết: grade-ledger backup."
    )
