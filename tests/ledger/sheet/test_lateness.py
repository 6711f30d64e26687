"""When a correction is late, and for which of the three reasons."""

from datetime import timedelta

import pytest

from ledger.sheet import facts
from ledger.sheet.grounds import CorrectionRules, LateReason
from tests.ledger.sheet.correction_steps import DONE, MIDTERM, OFFICIAL
from tests.scenario import Past, given
from tests.school import (
    AN,
    BAO,
    EARLIER,
    FIX_AGAIN,
    KHOA,
    LAN,
    LATER,
    NEXT_WEEK,
    NGOC,
    NOW,
    OPENED,
    REASON,
    TOMORROW,
    changed,
    entered,
    opened_with,
    requested,
)

AFTER_LAST_DAY = (LateReason.AFTER_LAST_DAY,)
FINAL_MARK = (LateReason.FINAL_MARK,)
BOOK_CLOSED = (LateReason.BOOK_CLOSED,)
LOCKED = NGOC.wrote(facts.SheetLocked(reason=REASON))


def official_until(last_day: object, *more: Past) -> tuple[Past, ...]:
    """The midterm column is closed, with a last day for corrections, and these lines."""
    opened = opened_with(correction_rules=CorrectionRules.model_validate({"last_day": last_day}))
    return (opened, *OFFICIAL[1:], *more)


@pytest.mark.parametrize(
    ("days", "why"), [(0, ()), (1, AFTER_LAST_DAY)], ids=["on the last day", "a day after it"]
)
def test_a_mark_of_before_the_last_day_is_late_after_it(
    days: int, why: tuple[LateReason, ...]
) -> None:
    asks = LAN.at(NOW + timedelta(days=days)).requests(MIDTERM)
    asked = requested((AN, "midterm", "6.5", "8.5"), late_because=why)
    given(*official_until(NOW)).when(asks).then(asked)


def test_a_mark_that_came_after_the_last_day_is_not_late() -> None:
    made_up = LAN.at(LATER).wrote(entered(AN, "regular-1", "0.0"))
    closed = facts.ColumnClosed(column="regular-1")
    given(*official_until(NOW, made_up, closed)).when(
        LAN.at(TOMORROW).requests((AN, "regular-1", "8.0", 6))
    ).then(requested((AN, "regular-1", "0.0", "8.0")))


def test_an_awaited_make_up_test_had_no_mark_on_the_last_day() -> None:
    awaited = entered(AN, "regular-1", "awaiting-make-up")
    made_up = LAN.at(LATER).wrote(changed(AN, "regular-1", "awaiting-make-up", "5.0"))
    closed = facts.ColumnClosed(column="regular-1")
    given(*official_until(NOW, awaited, made_up, closed)).when(
        LAN.at(TOMORROW).requests((AN, "regular-1", "8.0", 7))
    ).then(requested((AN, "regular-1", "5.0", "8.0")))


def test_a_mark_changed_after_the_last_day_existed_before_it() -> None:
    moved = LAN.at(LATER).wrote(changed(AN, "midterm", "6.5", "7.0"))
    given(*official_until(NOW, moved)).when(
        LAN.at(TOMORROW).requests((AN, "midterm", "8.5", 6))
    ).then(requested((AN, "midterm", "7.0", "8.5"), late_because=AFTER_LAST_DAY))


def test_one_late_cell_makes_the_whole_request_late() -> None:
    made_up = LAN.at(LATER).wrote(entered(BAO, "regular-1", "5.0"))
    closed = facts.ColumnClosed(column="regular-1")
    given(*official_until(NOW, made_up, closed)).when(
        LAN.at(TOMORROW).requests((BAO, "regular-1", "6.0", 6), MIDTERM)
    ).then(
        requested(
            (BAO, "regular-1", "5.0", "6.0"),
            (AN, "midterm", "6.5", "8.5"),
            late_because=AFTER_LAST_DAY,
        )
    )


def test_a_final_mark_is_always_late() -> None:
    final = entered(AN, "final", "5.0")
    closed = facts.ColumnClosed(column="final")
    given(OPENED, final, closed).when(LAN.requests((AN, "final", "8.0", 2))).then(
        requested((AN, "final", "5.0", "8.0"), late_because=FINAL_MARK)
    )


def test_a_mark_found_wrong_in_a_locked_book_is_late() -> None:
    given(*OFFICIAL, LOCKED).when(LAN.requests(MIDTERM)).then(
        requested((AN, "midterm", "6.5", "8.5"), late_because=BOOK_CLOSED)
    )


def test_a_book_whose_columns_are_locked_one_by_one_is_a_locked_book() -> None:
    locks = [NGOC.wrote(facts.ColumnLocked(column=c, reason=REASON)) for c in OPENED.columns]
    asks = LAN.requests(MIDTERM)
    one = requested((AN, "midterm", "6.5", "8.5"))
    given(*OFFICIAL, *locks[:-1]).when(asks).then(one)
    given(*OFFICIAL, *locks).when(asks).then(one.model_copy(update={"late_because": BOOK_CLOSED}))


def test_a_book_whose_deadlines_are_all_over_is_a_locked_book() -> None:
    deadlines = tuple(facts.Deadline(column=column, at=NOW) for column in OPENED.columns)
    past = (opened_with(deadlines=deadlines), *OFFICIAL[1:])
    asked = requested((AN, "midterm", "6.5", "8.5"))
    given(*past).when(LAN.requests(MIDTERM)).then(asked)
    given(*past).when(LAN.at(LATER).requests(MIDTERM)).then(
        asked.model_copy(update={"late_because": BOOK_CLOSED})
    )


def test_a_book_stays_locked_while_another_column_is_open_for_a_time() -> None:
    opened = NGOC.wrote(facts.ColumnUnlocked(column="regular-1", until=NEXT_WEEK, reason=REASON))
    given(*OFFICIAL, LOCKED, opened).when(LAN.requests(MIDTERM)).then(
        requested((AN, "midterm", "6.5", "8.5"), late_because=BOOK_CLOSED)
    )


def test_a_book_that_was_opened_again_is_not_locked() -> None:
    opened = NGOC.wrote(facts.SheetUnlocked(until=NEXT_WEEK, reason=REASON))
    given(*OFFICIAL, LOCKED, opened).when(LAN.requests(MIDTERM)).then(
        requested((AN, "midterm", "6.5", "8.5"))
    )


def test_the_lock_after_a_correction_does_not_close_the_book() -> None:
    version = given(*DONE).sheet.cell((AN, "midterm")).version
    asks = LAN.requests((AN, "midterm", "9.0", version), correction_id=FIX_AGAIN)
    once_more = requested((AN, "midterm", "8.5", "9.0"), correction_id=FIX_AGAIN)
    given(*DONE).when(asks).then(once_more)
    given(*DONE, LOCKED).when(asks).then(once_more.model_copy(update={"late_because": BOOK_CLOSED}))


def test_a_request_is_late_for_every_reason_that_holds() -> None:
    final = entered(AN, "final", "5.0")
    moved = KHOA.wrote(facts.CorrectionDayMoved(last_day=EARLIER))
    given(OPENED, final, LOCKED, moved).when(LAN.requests((AN, "final", "8.0", 2))).then(
        requested((AN, "final", "5.0", "8.0"), late_because=tuple(LateReason))
    )
