"""The words of decisions on locks, as the log of the year and the lists tell them."""

from uuid import UUID

import pytest

from ledger.line import Fact
from ledger.school import facts
from ledger.school.covering import ColumnStanding
from ledger.school.lock_preview import WhyMissing
from ledger.school.scope import Scope
from ledger.vocabulary import PupilId
from tests.school import TOMORROW
from web.scope_locks.asking import Action
from web.wording.lock_facts import (
    ACTIONS,
    LOCK_FACTS,
    LOCK_TELLERS,
    STANDINGS,
    WHY_MISSING,
    in_book_order,
    scope_words,
)


class Nobody:
    """No name is told: a decision has its author on the line."""

    def staff(self, _person: UUID | None) -> str:
        return ""

    def pupil(self, _pupil: PupilId) -> str:
        return ""


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (Scope(semester=1), "Học kì I; mọi lớp; mọi môn; mọi cột"),
        (Scope(semester=2, grades=(6, 9)), "Học kì II; khối 6, 9; mọi môn; mọi cột"),
        (
            Scope(semester=1, classes=("6A1",), subjects=("toan", "ngu-van")),
            "Học kì I; lớp 6A1; môn Ngữ văn, Toán; mọi cột",
        ),
        (
            Scope(semester=1, columns=("final", "midterm", "regular-1")),
            "Học kì I; mọi lớp; mọi môn; cột ĐĐGtx 1, ĐĐGgk, ĐĐGck",
        ),
    ],
)
def test_a_scope_is_told_in_the_order_of_the_book(scope: Scope, words: str) -> None:
    assert scope_words(scope) == words


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (
            facts.LockDecided(scope=Scope(semester=1), reason="Hết học kì", sheet_count=48),
            "Khóa: Học kì I; mọi lớp; mọi môn; mọi cột (48 bảng điểm). Lý do: Hết học kì.",
        ),
        (
            facts.LockDecided(scope=Scope(semester=1), reason="Theo kế hoạch.", sheet_count=48),
            "Khóa: Học kì I; mọi lớp; mọi môn; mọi cột (48 bảng điểm). Lý do: Theo kế hoạch.",
        ),
        (
            facts.UnlockDecided(
                scope=Scope(semester=1, classes=("6A1",)),
                until=TOMORROW,
                reason="Nhập bổ sung",
                sheet_count=12,
            ),
            (
                "Mở khóa đến 08:00 ngày 06/10/2026: Học kì I; lớp 6A1; mọi môn; mọi cột "
                "(12 bảng điểm). Lý do: Nhập bổ sung."
            ),
        ),
        (
            facts.DeadlineDecided(
                scope=Scope(semester=1), deadline=TOMORROW, reason="Lịch của Sở", sheet_count=1
            ),
            (
                "Đặt hạn khóa 08:00 ngày 06/10/2026: Học kì I; mọi lớp; mọi môn; mọi cột "
                "(1 bảng điểm). Lý do: Lịch của Sở."
            ),
        ),
    ],
)
def test_a_decision_is_one_sentence(fact: Fact, words: str) -> None:
    assert LOCK_TELLERS[type(fact)](fact, Nobody()) == words


def test_every_standing_reason_and_action_has_its_word() -> None:
    assert set(STANDINGS) == set(ColumnStanding)
    assert set(WHY_MISSING) == set(WhyMissing)
    assert set(ACTIONS) == {*Action, *LOCK_FACTS}


def test_a_subject_of_the_schools_own_stands_last() -> None:
    assert in_book_order({"bong-da", "toan", "ngu-van"}) == ["ngu-van", "toan", "bong-da"]
