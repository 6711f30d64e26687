"""The words of progress, inspections and departments."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from ledger.supervision.facts import MinimumShare
from projections.progress import ColumnProgress, Grouping, Standing
from web.moments import shown_day
from web.wording.school import SEMESTERS, column_name, subject_name

# The word and the look of its chip.
STANDINGS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        Standing.LATE: ("Quá hạn", "bad"),
        Standing.COMING_DUE: ("Sắp đến hạn", "warn"),
        Standing.OPEN: ("Đang nhập", "quiet"),
        Standing.DONE: ("Đã đủ", "ok"),
    }
)

GROUPINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Grouping.TEACHER: "Giáo viên",
        Grouping.CLASS: "Lớp",
        Grouping.SUBJECT: "Môn",
        Grouping.COLUMN: "Cột điểm",
    }
)

# The score bands of a test, lowest first; "8–10" has the 10 in it.
BANDS: Final = ("0–<2", "2–<3,5", "3,5–<5", "5–<6,5", "6,5–<8", "8–10")


def semester_name(school_year: str, semester: int) -> str:
    return f"{SEMESTERS[semester]}, {school_year}"


def month_name(month: str) -> str:
    """A month as people say it: "2026-10" is "Tháng 10/2026"."""
    year, _, number = month.partition("-")
    return f"Tháng {int(number)}/{year}"


def share_name(share: MinimumShare) -> str:
    """A target as people say it: "từ 5 điểm: ít nhất 90%"."""
    if share.at_least.score is None:
        return f"Đạt: ít nhất {share.percent}%"
    return f"từ {bound_name(share.at_least.text)} điểm: ít nhất {share.percent}%"


def bound_name(text: str) -> str:
    """The bound of a band, "3.5", as people write it: "3,5"; "5.0" is "5"."""
    return text.removesuffix(".0").replace(".", ",")


def percent_name(part: int, whole: int) -> str:
    """A share with one decimal, "87,5%"; "–" of nothing."""
    if not whole:
        return "–"
    # In whole numbers, halves up: floats would round 12,25 down to 12,2.
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10},{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"


def column_place(one: ColumnProgress) -> str:
    """Where a column is: "6A1 · Toán · ĐĐGgk"."""
    return f"{one.class_group} · {subject_name(one.subject)} · {column_name(one.column)}"


def _task(one: ColumnProgress, moment: datetime) -> str:
    late = one.standing(moment) is Standing.LATE
    due = ""
    if one.deadline is not None:
        due = f", {'đã quá hạn ngày' if late else 'hạn'} {shown_day(one.deadline)}"
    return f"- {column_place(one)}: còn thiếu {one.counts.missing} điểm{due}"


def reminder_text(name: str, columns: Sequence[ColumnProgress], moment: datetime) -> str:
    """What is sent to a teacher, as plain text."""
    return "\n".join(_reminder_lines(name, columns, moment))


def _reminder_lines(
    name: str, columns: Iterable[ColumnProgress], moment: datetime
) -> Iterable[str]:
    yield f"Kính gửi thầy/cô {name},"
    yield f"Tính đến ngày {shown_day(moment)}, các cột điểm sau của thầy/cô chưa đủ điểm:"
    for one in columns:
        yield _task(one, moment)
    yield "Đề nghị thầy/cô hoàn thành việc vào điểm. Trân trọng."
