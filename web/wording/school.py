"""The school's own words: roles, columns, subjects, statuses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from ledger.school.subjects import PROGRAMME
from ledger.sheet.correction import CorrectionStatus
from ledger.sheet.grounds import EvidenceKind
from ledger.vocabulary import FINAL, MIDTERM, Role, SubjectKind

ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        Role.SUBJECT_TEACHER: "Giáo viên bộ môn",
        Role.HOMEROOM_TEACHER: "Giáo viên chủ nhiệm",
        Role.DEPARTMENT_HEAD: "Tổ trưởng chuyên môn",
        Role.SECRETARY: "Thư ký",
        Role.ADMINISTRATOR: "Quản trị hệ thống",
        Role.VICE_PRINCIPAL: "Phó hiệu trưởng",
        Role.PRINCIPAL: "Hiệu trưởng",
        Role.SYSTEM: "Hệ thống",
    }
)

COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{f"regular-{number}": f"ĐĐGtx {number}" for number in range(1, 10)},
        MIDTERM: "ĐĐGgk",
        FINAL: "ĐĐGck",
    }
)


SUBJECT_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ngu-van": "Ngữ văn",
        "toan": "Toán",
        "ngoai-ngu-1": "Ngoại ngữ 1",
        "gdcd": "Giáo dục công dân",
        "lich-su-va-dia-li": "Lịch sử và Địa lí",
        "khoa-hoc-tu-nhien": "Khoa học tự nhiên",
        "cong-nghe": "Công nghệ",
        "tin-hoc": "Tin học",
        "giao-duc-the-chat": "Giáo dục thể chất",
        "nghe-thuat": "Nghệ thuật",
        "hoat-dong-trai-nghiem": "Hoạt động trải nghiệm, hướng nghiệp",
        "giao-duc-dia-phuong": "Nội dung giáo dục của địa phương",
        # Only in the programme before 2018, which grade 9 followed until 2023-2024.
        "vat-li": "Vật lí",
        "hoa-hoc": "Hóa học",
        "sinh-hoc": "Sinh học",
        "lich-su": "Lịch sử",
        "dia-li": "Địa lí",
        "am-nhac": "Âm nhạc",
        "mi-thuat": "Mĩ thuật",
        "the-duc": "Thể dục",
    }
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: its name, how it is assessed, and its regular assessments per semester by grade.

    `regular_by_grade` names only the grades that differ from `regular_count`.
    """

    code: str
    name: str
    kind: SubjectKind
    regular_count: int
    regular_by_grade: Mapping[int, int] = field(default_factory=dict)

    def regular_count_in(self, grade: int) -> int:
        return self.regular_by_grade.get(grade, self.regular_count)


# Thông tư 22/2021, Điều 6: two regular marks up to 35 lessons a year, three up to 70, four above;
# subjects with comments only have two.
_FOUR_REGULAR: Final = frozenset(
    {"ngu-van", "toan", "ngoai-ngu-1", "lich-su-va-dia-li", "khoa-hoc-tu-nhien"}
)
_BY_GRADE: Final = MappingProxyType({"cong-nghe": MappingProxyType({8: 3, 9: 3})})

# What sheets are opened for: the subjects of the programme in force.
SUBJECTS: Final[Mapping[str, Subject]] = MappingProxyType(
    {
        code: Subject(
            code,
            SUBJECT_NAMES[code],
            subject.kind,
            4 if code in _FOUR_REGULAR else 2,
            _BY_GRADE.get(code, MappingProxyType({})),
        )
        for code, subject in PROGRAMME.items()
    }
)

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        SubjectKind.SCORED: "đánh giá bằng điểm số",
        SubjectKind.COMMENT: "đánh giá bằng nhận xét (Đạt / Chưa đạt)",
    }
)

SEMESTERS: Final[Mapping[int, str]] = MappingProxyType({1: "Học kì I", 2: "Học kì II"})
GRADES: Final = range(6, 10)
WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

# The word and the look of its chip.
CORRECTION_STATUSES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        CorrectionStatus.REQUESTED: ("Chờ xác nhận", "warn"),
        CorrectionStatus.CONFIRMED: ("Chờ duyệt", "warn"),
        CorrectionStatus.APPROVED: ("Đã duyệt, chờ thực hiện", "warn"),
        CorrectionStatus.EXECUTED: ("Đã sửa điểm", "ok"),
        CorrectionStatus.REFUSED: ("Bị từ chối", "bad"),
        CorrectionStatus.WITHDRAWN: ("Đã rút", "quiet"),
        CorrectionStatus.VOID: ("Mất hiệu lực", "bad"),
    }
)

EVIDENCE_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        EvidenceKind.TEACHER_BOOK: "Ảnh sổ cá nhân của giáo viên",
        EvidenceKind.TEST_PAPER: "Bài kiểm tra",
        EvidenceKind.LEARNING_PRODUCT: "Sản phẩm học tập",
        EvidenceKind.OTHER: "Minh chứng khác",
    }
)

LOCK_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "open": "đang mở",
        "closed": "đã chốt cột",
        "locked": "đã khóa",
        "unlocked": "được mở khóa có thời hạn",
    }
)

# What somebody tried, for the list of refused attempts.
ATTEMPTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "open-sheet": "mở bảng điểm",
        "add-teacher": "phân công giáo viên",
        "remove-teacher": "thôi phân công giáo viên",
        "change-homeroom-teacher": "đổi giáo viên chủ nhiệm",
        "add-pupil": "thêm học sinh",
        "remove-pupil": "cho học sinh rời lớp",
        "move-deadline": "đặt hạn nhập điểm",
        "move-correction-day": "đặt ngày cuối được sửa điểm",
        "bring-marks": "nhận điểm chuyển đến",
        "enter-marks": "nhập điểm",
        "confirm-entries": "xác nhận điểm nhập hộ",
        "close-column": "chốt cột điểm",
        "reopen-column": "mở lại cột đã chốt",
        "lock-sheet": "khóa bảng điểm",
        "unlock-sheet": "mở khóa bảng điểm",
        "lock-column": "khóa cột điểm",
        "unlock-column": "mở khóa cột điểm",
        "request-correction": "đề nghị sửa điểm",
        "ask-back-correction": "hỏi lại về đề nghị sửa điểm",
        "answer-correction": "trả lời câu hỏi về đề nghị sửa điểm",
        "confirm-correction": "xác nhận đề nghị sửa điểm",
        "approve-correction": "duyệt đề nghị sửa điểm",
        "refuse-correction": "từ chối đề nghị sửa điểm",
        "withdraw-correction": "rút đề nghị sửa điểm",
        "execute-correction": "thực hiện sửa điểm",
    }
)


def column_name(column: str) -> str:
    """A column as the books call it; what nobody knows is shown as it is."""
    return COLUMNS.get(column, column)


def subject_name(code: str) -> str:
    """A subject's name; a code that the school added itself is shown as it is."""
    return SUBJECT_NAMES.get(code, code)


def semester_inside(number: int) -> str:
    """A semester inside a sentence: "học kì I"; lowering every letter would spoil the numeral."""
    name = SEMESTERS[number]
    return name[0].lower() + name[1:]


def role_name(role: str) -> str:
    return ROLES.get(role, role)


def ended(text: str) -> str:
    """What somebody wrote, with one full stop at its end whether they set it or not."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
