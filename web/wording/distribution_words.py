"""The words of phổ điểm: whose marks are looked at, what is left out of them, and what it means."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from uuid import UUID

from ledger.vocabulary import MarkState, SubjectKind
from projections.distributions.counts import AVERAGE
from web.distributions.asking import AskedMarks
from web.names import Names
from web.wording.school import column_name, subject_name

PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {"lop": "Lớp", "giao-vien": "Giáo viên", "khoi": "Khối"}
)

# What is told beside the marks, and counted in nothing.
LEFT_OUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        MarkState.BLANK: "chưa có điểm",
        MarkState.AWAITING_MAKE_UP: "vắng, chờ kiểm tra bù",
        MarkState.ZERO_BY_RULE: "0 điểm theo quy định do vắng không kiểm tra bù",
        MarkState.EXEMPT: "miễn",
        MarkState.NOT_ASSESSED: "không đánh giá",
    }
)


def column_label(column: str, kind: SubjectKind | None = None) -> str:
    """A column as people call it; the average of a comment subject is its result."""
    if column != AVERAGE:
        return column_name(column)
    return "Kết quả học kì" if kind is SubjectKind.COMMENT else "ĐTBmhk (trung bình học kì)"


def looked_at(asked: AskedMarks, names: Names) -> str:
    """Whose marks are looked at: "6A1", "Khối 6, Trần Thị Ngọc Lan", "Tất cả các lớp"."""
    parts = [
        asked.class_group or (f"Khối {asked.grade}" if asked.grade else ""),
        names.staff(asked.teacher) if asked.teacher else "",
    ]
    return ", ".join(part for part in parts if part) or "Tất cả các lớp"


def title(asked: AskedMarks, kind: SubjectKind | None, names: Names) -> str:
    """What is looked at: "Toán · ĐĐGgk · 6A1"."""
    column = column_label(asked.column, kind)
    return f"{subject_name(asked.subject)} · {column} · {looked_at(asked, names)}"


def grade_group(grade: int, classes: int) -> str:
    return f"Khối {grade} ({classes} lớp)"


def school_group(classes: int, *, sees_all: bool) -> str:
    return f"{'Toàn trường' if sees_all else 'Các lớp bạn được xem'} ({classes} lớp)"


def part_name(field: str, key: int | str | UUID, names: Names) -> str:
    """A part as its row is called: a class, a grade, a teacher."""
    if isinstance(key, UUID):
        return names.staff(key)
    return f"Khối {key}" if field == "grade" else str(key)


def short_semester(school_year: str, semester: int) -> str:
    """A semester as short as an axis needs it: "HK I 26–27"."""
    first, _, second = school_year.partition("-")
    return f"HK {'I' * semester} {first[2:]}–{second[2:]}"


def percent(tenths: int) -> str:
    """Tenths of a percent as people read them: 875 is "87,5%"."""
    return f"{tenths // 10},{tenths % 10}%"
