"""The words of results: terms, what becomes of pupils, why, and what may differ."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from ledger.circulars.outcomes import Outcome, Shortfall
from ledger.results.comparing import Part, Shown
from ledger.results.facts import PromotionResult, StudyResult
from ledger.results.terms import Term
from ledger.vocabulary import Mark
from web.marks import shown_mark
from web.wording.school import subject_name

TERMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Term.SEMESTER_1: "Học kì I",
        Term.SEMESTER_2: "Học kì II",
        Term.YEAR: "Cả năm",
    }
)

# The word and the look of its chip.
OUTCOMES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        Outcome.PROMOTED: ("Được lên lớp", "ok"),
        Outcome.PROMOTED_AFTER_SUMMER: ("Được lên lớp sau hè", "ok"),
        Outcome.REASSESSMENT_IN_SUMMER: ("Đánh giá lại trong hè", "warn"),
        Outcome.CONDUCT_TRAINING_IN_SUMMER: ("Rèn luyện trong hè", "warn"),
        Outcome.NOT_PROMOTED: ("Không được lên lớp", "bad"),
    }
)

SHORTFALLS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Shortfall.CONDUCT: "kết quả rèn luyện (hạnh kiểm) cả năm chưa đạt yêu cầu",
        Shortfall.STUDY: "kết quả học tập (học lực) cả năm chưa đạt yêu cầu",
        Shortfall.ABSENCES: "nghỉ học quá 45 buổi trong năm học",
        Shortfall.CONDUCT_AFTER_SUMMER: "sau rèn luyện trong hè vẫn chưa đạt yêu cầu",
        Shortfall.STUDY_AFTER_SUMMER: "sau đánh giá lại các môn học vẫn chưa đạt yêu cầu",
    }
)

PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Part.LISTED: "Có trong kết quả của lớp",
        Part.SUBJECT: "Kết quả môn học",
        Part.OVERALL_AVERAGE: "Điểm trung bình các môn",
        Part.STUDY: "Kết quả học tập",
        Part.CONDUCT: "Kết quả rèn luyện",
        Part.DAYS_ABSENT: "Số buổi nghỉ học",
        Part.AWARD: "Danh hiệu",
        Part.PROMOTION: "Xét lên lớp",
        Part.PROMOTION_AFTER_SUMMER: "Xét lên lớp sau hè",
    }
)


def term_name(term: str) -> str:
    return TERMS.get(term, term)


def term_inside(term: str) -> str:
    """A term within a sentence; its number keeps its capitals."""
    name = term_name(term)
    return name[:1].lower() + name[1:]


def month_name(month: str) -> str:
    """A month such as "2026-10" as people write it: 10/2026."""
    year, _, number = month.partition("-")
    return f"{int(number)}/{year}"


def part_name(part: str, subject: str | None) -> str:
    """A part of the results, with the subject where it is the result of one."""
    return f"Kết quả môn {subject_name(subject)}" if subject else PARTS[part]


def shown_part(part: str, value: Shown) -> str:
    """A part of a pupil's results as people read it; what does not exist is said in words."""
    match value:
        case Mark() if not value.is_blank:
            return shown_mark(value)
        case PromotionResult():
            return _promotion(value)
        case StudyResult():
            return value.level
        case Decimal():
            return f"{value:.1f}".replace(".", ",")
        case int() if part == Part.LISTED:
            return "có" if value else "không"
        case str() | int():
            return str(value)
        case _:
            return "không có" if part == Part.AWARD else "chưa có"


def _promotion(result: PromotionResult) -> str:
    outcome = OUTCOMES[result.outcome][0]
    subjects = ", ".join(subject_name(code) for code in result.subjects)
    said = f"{outcome} ({subjects})" if subjects else outcome
    reasons = ", ".join(SHORTFALLS[reason] for reason in result.reasons)
    return f"{said}: {reasons}" if reasons else said
