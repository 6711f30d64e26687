"""The words of decisions on locks: scopes, facts, and how columns stand."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from ledger.school import facts
from ledger.school.covering import ColumnStanding
from ledger.school.lock_preview import WhyMissing
from ledger.school.scope import Scope
from web.moments import shown_moment
from web.wording.building import KnowsNames
from web.wording.school import COLUMNS, SEMESTERS, SUBJECT_NAMES, column_name, ended, subject_name

LOCK_FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        facts.LockDecided.NAME: "Quyết định khóa bảng điểm theo phạm vi",
        facts.UnlockDecided.NAME: "Quyết định mở khóa có thời hạn theo phạm vi",
        facts.DeadlineDecided.NAME: "Quyết định hạn khóa theo phạm vi",
    }
)

# The word, the look of its chip, and what it means.
STANDINGS: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        ColumnStanding.OPEN: ("Đang mở", "quiet", "giáo viên đang nhập điểm"),
        ColumnStanding.CLOSED: ("Đã chốt", "ok", "giáo viên đã chốt cột, điểm là chính thức"),
        ColumnStanding.LOCKED: ("Đã khóa", "bad", "khóa bằng quyết định, hoặc đã hết hạn mở khóa"),
        ColumnStanding.UNLOCKED: ("Mở khóa tạm", "warn", "được mở khóa đến một thời điểm"),
        ColumnStanding.PAST_DEADLINE: ("Hết hạn", "bad", "quá hạn nhập nên tự khóa"),
    }
)

# What is done, as the form names it and as the list of decisions does.
ACTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "khoa": "Khóa ngay",
        "dat-han": "Đặt hạn khóa",
        "mo-khoa": "Mở khóa có thời hạn",
        facts.LockDecided.NAME: "Khóa ngay",
        facts.DeadlineDecided.NAME: "Đặt hạn khóa",
        facts.UnlockDecided.NAME: "Mở khóa có thời hạn",
    }
)
ALREADY_SO: Final = "Mọi cột trong phạm vi đã như vậy rồi, không có gì để thay đổi."

WHY_MISSING: Final[Mapping[str, str]] = MappingProxyType(
    {
        WhyMissing.BLANK: "chưa có điểm",
        WhyMissing.AWAITING_MAKE_UP: "chờ kiểm tra bù",
        WhyMissing.UNCONFIRMED: "chờ giáo viên xác nhận",
    }
)


def in_book_order(subjects: Iterable[str]) -> list[str]:
    """Subjects in the order of the school's books; what the school added itself comes last."""
    places = {code: place for place, code in enumerate(SUBJECT_NAMES)}
    return sorted(subjects, key=lambda code: (places.get(code, len(places)), code))


def scope_words(scope: Scope) -> str:
    """A scope as people say it: "Học kì I, khối 6, mọi môn, mọi cột"."""
    parts = [SEMESTERS[scope.semester]]
    if scope.grades:
        parts.append(f"khối {', '.join(map(str, scope.grades))}")
    if scope.classes:
        parts.append(f"lớp {', '.join(scope.classes)}")
    elif not scope.grades:
        parts.append("mọi lớp")
    subjects = ", ".join(map(subject_name, in_book_order(scope.subjects)))
    parts.append(f"môn {subjects}" if subjects else "mọi môn")
    # In the order of the book, which is not that of the letters.
    columns = ", ".join(column_name(name) for name in COLUMNS if name in scope.columns)
    parts.append(f"cột {columns}" if columns else "mọi cột")
    return "; ".join(parts)


def _lock(fact: facts.LockDecided, _names: KnowsNames) -> str:
    return (
        f"Khóa: {scope_words(fact.scope)} ({fact.sheet_count} bảng điểm). "
        f"Lý do: {ended(fact.reason)}"
    )


def _unlock(fact: facts.UnlockDecided, _names: KnowsNames) -> str:
    return (
        f"Mở khóa đến {shown_moment(fact.until)}: {scope_words(fact.scope)} "
        f"({fact.sheet_count} bảng điểm). Lý do: {ended(fact.reason)}"
    )


def _deadline(fact: facts.DeadlineDecided, _names: KnowsNames) -> str:
    return (
        f"Đặt hạn khóa {shown_moment(fact.deadline)}: {scope_words(fact.scope)} "
        f"({fact.sheet_count} bảng điểm). Lý do: {ended(fact.reason)}"
    )


LOCK_TELLERS: Final[Mapping[type, Callable[[Any, KnowsNames], str]]] = MappingProxyType(
    {
        facts.LockDecided: _lock,
        facts.UnlockDecided: _unlock,
        facts.DeadlineDecided: _deadline,
    }
)
