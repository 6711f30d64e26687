"""What people read of the sealing of the ledger."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from ledger.publishing.alarms import Alarm, Wrong
from ledger.publishing.cosigning import Trouble
from ledger.recovery.refusals import NotBroughtUp
from ledger.store.keys import KeyMissing
from ledger.trust.note import MalformedKey
from ledger.trust.policy import NO_QUORUM, MalformedPolicy, Policy
from web.wording.backups import backup_sentence

ALARMS: Final[Mapping[Wrong, str]] = MappingProxyType(
    {
        Wrong.HEAD_DIFFERS: "Các dòng sổ không cho ra gốc của cây ghi ở đầu sổ.",
        Wrong.NOT_OURS: "Lần niêm phong gần nhất không phải do khóa của sổ ký.",
        Wrong.REWRITTEN: "Các dòng đã niêm phong không còn như khi được ký.",
        Wrong.ROLLED_BACK: "Sổ có ít dòng hơn số dòng đã niêm phong: có dòng đã mất.",
        Wrong.FORKED: "Nhân chứng đã xác nhận những dòng khác ở cùng chỗ này.",
        Wrong.UNREADABLE: "Bản lưu của một lần niêm phong không đọc được.",
        Wrong.COSIGNATURE_INVALID: "Bản lưu một xác nhận của nhân chứng không đúng chữ ký.",
    }
)
WHAT_TO_DO: Final = (
    "Đừng phục hồi hay ghi đè gì. Hãy kiểm chứng sổ (grade-ledger verify) và báo hiệu trưởng; "
    "trong lúc đó không lần niêm phong nào được ký, việc nhập điểm vẫn tiếp tục. Nếu sổ vừa được "
    "khôi phục từ bản sao lưu thì bắt đầu đời niêm phong mới: grade-ledger checkpoint restart."
)

# The word and the look of its chip.
TROUBLES: Final[Mapping[Trouble, tuple[str, str]]] = MappingProxyType(
    {
        Trouble.SILENT: ("không trả lời", "warn"),
        Trouble.NOT_KNOWN: ("chưa theo dõi sổ này", "bad"),
        Trouble.NOT_UNDERSTOOD: ("trả lời không đúng quy ước", "bad"),
        Trouble.NOT_ITS_SIGNATURE: ("chữ ký không đúng khóa", "bad"),
        Trouble.AHEAD: ("đã xác nhận bản mới hơn", "quiet"),
    }
)
WAITING: Final = ("đang chờ", "quiet")
COSIGNED: Final = ("đã xác nhận", "ok")
# Of a checkpoint: enough witnesses, some, or none.
CHECKPOINTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "sealed": ("đủ nhân chứng", "ok"),
        "seen": ("chưa đủ nhân chứng", "warn"),
        "alone": ("chưa có nhân chứng", "quiet"),
    }
)

NO_WITNESS: Final = (
    "Chưa có nhân chứng ở ngoài máy chủ nên ai nắm cả máy chủ vẫn có thể viết lại sổ. Bước tiếp "
    "theo: lập nhân chứng (máy của phó hiệu trưởng, máy của Phòng), rồi thêm vào bằng lệnh "
    "grade-ledger checkpoint add-witness."
)
SILENT: Final = (
    "Không nhân chứng nào xác nhận từ {moment}. Hãy xem máy của nhân chứng có chạy không."
)
NO_QUORUM_YET: Final = (
    "Từ {moment} chưa đủ nhân chứng xác nhận ({rule}); {count} dòng chưa được bảo đảm."
)


def alarm_sentence(alarm: Alarm) -> str:
    """What was found to be wrong, and where."""
    who = f"{alarm.witness}: " if alarm.witness else ""
    return f"{who}{ALARMS[alarm.wrong]}"


def failure_sentence(failure: Exception) -> str:
    """Why the last publication did not come about."""
    match failure:
        case KeyMissing():
            return (
                f"Không thấy khóa của sổ {failure}: hãy đem bản sao của thư mục keys/ trở lại. "
                "Chưa dòng mới nào được niêm phong. Không còn bản sao nào thì hiệu trưởng và quản "
                "trị chạy grade-ledger checkpoint restart --key-lost."
            )
        case MalformedPolicy():
            return f"Tệp keys/policy không đọc được ({failure}); chưa hỏi được nhân chứng."
        case NotBroughtUp():
            return backup_sentence(failure)
        case MalformedKey():
            return "Khóa của sổ, hoặc tên cho ở GRADE_LEDGER_ORIGIN, không dùng được."
        case _:
            return (
                f"Lần niêm phong gần nhất không thành ({type(failure).__name__}). Máy chủ tự làm "
                "lại mỗi phút; chi tiết ở nhật ký của máy chủ."
            )


def quorum(policy: Policy) -> str:
    """How many witnesses a policy asks for: "1 trong 2 nhân chứng"."""
    group = policy.groups.get(policy.quorum)
    if group and all(member in policy.witnesses for member in group.members):
        return f"cần {group.least} trong {len(group.members)} nhân chứng"
    if policy.quorum == NO_QUORUM:
        return "không đòi nhân chứng nào"
    return f"cần đủ theo nhóm {policy.quorum}"


def age(span: timedelta) -> str:
    """How long ago: "dưới một phút", "5 phút", "3 giờ", "2 ngày"."""
    minutes = int(span.total_seconds()) // 60
    if minutes < 1:
        return "dưới một phút"
    if minutes < 60:
        return f"{minutes} phút"
    return f"{minutes // 60} giờ" if minutes < 24 * 60 else f"{minutes // (24 * 60)} ngày"
