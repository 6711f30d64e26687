"""Closing and reopening a column; locking and unlocking; who decided last."""

from datetime import timedelta

import pytest

from ledger.refusal import NotForYourRole
from ledger.sheet import facts, refusals
from tests.scenario import given
from tests.school import (
    AN,
    BAO,
    CHI,
    CLOCKWORK,
    DUC,
    EARLIER,
    HOA,
    KHOA,
    LAN,
    LATER,
    MAI,
    NEXT_WEEK,
    NGOC,
    NOW,
    OPENED,
    REASON,
    TOMORROW,
    TUAN,
    VINH,
    Voice,
    changed,
    cleared,
    entered,
    opened_with,
)

INSTANT = timedelta(microseconds=1)
FULL = (
    entered(AN, "midterm", "6.5"),
    entered(BAO, "midterm", "7.0"),
    entered(CHI, "midterm", "8.0"),
)
CLOSED = facts.ColumnClosed(column="midterm")
REOPENED = facts.ColumnReopened(column="midterm", reason=REASON)
SHEET_LOCKED = NGOC.at(EARLIER).wrote(facts.SheetLocked(reason=REASON))
COLUMN_LOCKED = NGOC.at(EARLIER).wrote(facts.ColumnLocked(column="midterm", reason=REASON))
LOCKERS = (NGOC, DUC, KHOA, CLOCKWORK)
OTHERS = (LAN, HOA, MAI, TUAN)


def role_of(voice: Voice) -> str:
    return voice.author.role


def test_a_teacher_closes_a_full_column_once() -> None:
    given(OPENED, *FULL).when(LAN.closes("midterm")).then(CLOSED)
    given(OPENED, *FULL, CLOSED).when(LAN.closes("midterm")).then_nothing_happens()


def test_blanks_are_seen_before_a_column_is_closed() -> None:
    past = (OPENED, entered(AN, "midterm", "6.5"))
    given(*past).when(LAN.closes("midterm")).then_refused(
        refusals.ColumnHasBlanks, column="midterm", pupils=[BAO, CHI]
    )
    given(*past).when(LAN.closes("midterm", leaving_blanks=True)).then(CLOSED)


def test_only_a_missing_mark_is_a_blank() -> None:
    marks = ("0.0", "awaiting-make-up", "exempt")
    past = [
        entered(pupil, "midterm", mark) for pupil, mark in zip((AN, BAO, CHI), marks, strict=True)
    ]
    given(OPENED, *past).when(LAN.closes("midterm")).then(CLOSED)


def test_a_pupil_who_left_is_not_waited_for() -> None:
    given(OPENED, *FULL[:2], facts.PupilLeftSheet(pupil=CHI)).when(LAN.closes("midterm")).then(
        CLOSED
    )


def test_what_the_secretary_entered_is_confirmed_before_the_column_is_closed() -> None:
    secretary = MAI.on_behalf_of(LAN)
    past = (OPENED, *FULL[:2], secretary.wrote(FULL[2]))
    given(*past).when(LAN.closes("midterm")).then_refused(
        refusals.EntriesAwaitConfirmation, column="midterm", pupils=[CHI]
    )
    given(*past, facts.EntriesConfirmed(column="midterm")).when(LAN.closes("midterm")).then(CLOSED)


def test_a_column_does_not_wait_for_a_teacher_who_has_left_the_sheet() -> None:
    joined = facts.TeacherJoinedSheet(teacher=VINH.person)
    left = facts.TeacherLeftSheet(teacher=LAN.person)
    past = (OPENED, joined, *FULL[:2], MAI.on_behalf_of(LAN).wrote(FULL[2]))
    given(*past).when(VINH.closes("midterm")).then_refused(refusals.EntriesAwaitConfirmation)
    given(*past, left).when(VINH.closes("midterm")).then(CLOSED)


@pytest.mark.parametrize("voice", [HOA, NGOC, DUC, KHOA, MAI, TUAN], ids=role_of)
def test_only_a_teacher_closes_a_column(voice: Voice) -> None:
    given(OPENED, *FULL).when(voice.closes("midterm")).then_refused(NotForYourRole)


def test_a_teacher_of_another_sheet_closes_and_reopens_nothing() -> None:
    given(OPENED, *FULL).when(VINH.closes("midterm")).then_refused(refusals.NotYourSheet)
    given(OPENED, *FULL, CLOSED).when(VINH.reopens("midterm")).then_refused(refusals.NotYourSheet)


def test_only_a_column_of_the_sheet_is_closed_or_reopened() -> None:
    given(OPENED).when(LAN.closes("regular-9")).then_refused(refusals.NoSuchColumn)
    given(OPENED).when(LAN.reopens("regular-9")).then_refused(refusals.NoSuchColumn)


def test_a_locked_column_is_neither_closed_nor_reopened() -> None:
    given(OPENED, *FULL, COLUMN_LOCKED).when(LAN.closes("midterm")).then_refused(
        refusals.SheetIsLocked
    )
    given(OPENED, *FULL, CLOSED, COLUMN_LOCKED).when(LAN.reopens("midterm")).then_refused(
        refusals.SheetIsLocked
    )
    late = opened_with(deadlines=(facts.Deadline(column="midterm", at=EARLIER),))
    given(late, *FULL).when(LAN.closes("midterm")).then_refused(refusals.DeadlineHasPassed)


def test_a_closed_column_changes_no_official_mark() -> None:
    cells = ((AN, "midterm", "9.0", 2), (BAO, "midterm", "", 3))
    given(OPENED, *FULL, CLOSED).when(LAN.enters(*cells)).then_refused(
        refusals.ColumnIsClosed,
        column="midterm",
        by=LAN.person,
        at=EARLIER,
        cells=[(AN, "midterm"), (BAO, "midterm")],
    )


def test_a_closed_column_still_gets_a_first_mark() -> None:
    past = (OPENED, FULL[0], entered(BAO, "midterm", "awaiting-make-up"), CLOSED)
    given(*past).when(
        LAN.enters(
            (AN, "midterm", "6.5", 2), (BAO, "midterm", "7.0", 3), (CHI, "midterm", "5.0", 0)
        )
    ).then(changed(BAO, "midterm", "awaiting-make-up", "7.0"), entered(CHI, "midterm", "5.0"))
    given(*past, changed(BAO, "midterm", "awaiting-make-up", "7.0")).when(
        LAN.enters((BAO, "midterm", "8.0", 5))
    ).then_refused(refusals.ColumnIsClosed, cells=[(BAO, "midterm")])


def test_a_locked_column_gets_not_even_a_first_mark() -> None:
    given(OPENED, CLOSED, COLUMN_LOCKED).when(LAN.enters((AN, "midterm", "7.0", 0))).then_refused(
        refusals.SheetIsLocked
    )


def test_the_teacher_takes_back_a_closing_within_the_grace() -> None:
    past = (opened_with(reopening_grace_minutes=60), *FULL, LAN.at(NOW).wrote(CLOSED))
    given(*past).when(LAN.at(LATER).reopens("midterm")).then(REOPENED)
    given(*past).when(LAN.at(LATER + INSTANT).reopens("midterm")).then_refused(
        refusals.GraceIsOver, column="midterm", closed_at=NOW, until=LATER
    )


@pytest.mark.parametrize("voice", [NGOC, DUC], ids=role_of)
def test_later_the_principals_side_reopens(voice: Voice) -> None:
    given(OPENED, *FULL, CLOSED).when(voice.at(NEXT_WEEK).reopens("midterm")).then(REOPENED)


@pytest.mark.parametrize("voice", [HOA, KHOA, MAI, TUAN], ids=role_of)
def test_nobody_else_reopens(voice: Voice) -> None:
    given(OPENED, *FULL, CLOSED).when(voice.reopens("midterm")).then_refused(NotForYourRole)


def test_only_a_closed_column_is_reopened_and_its_marks_are_drafts_again() -> None:
    given(OPENED, *FULL).when(LAN.reopens("midterm")).then_refused(refusals.ColumnIsOpen)
    given(OPENED, *FULL, CLOSED, REOPENED).when(LAN.enters((AN, "midterm", "", 2))).then(
        cleared(AN, "midterm", "6.5")
    )


@pytest.mark.parametrize("voice", LOCKERS, ids=role_of)
def test_those_who_lock(voice: Voice) -> None:
    locked = facts.ColumnLocked(column="midterm", reason=REASON)
    given(OPENED).when(voice.locks()).then(facts.SheetLocked(reason=REASON))
    given(OPENED).when(voice.locks_column("midterm")).then(locked)


@pytest.mark.parametrize("voice", OTHERS, ids=role_of)
def test_those_who_do_not_lock(voice: Voice) -> None:
    given(OPENED).when(voice.locks()).then_refused(NotForYourRole)
    given(OPENED).when(voice.locks_column("midterm")).then_refused(NotForYourRole)


@pytest.mark.parametrize("voice", [*OTHERS, DUC, KHOA, CLOCKWORK], ids=role_of)
def test_nobody_but_the_principal_unlocks(voice: Voice) -> None:
    past = (OPENED, SHEET_LOCKED)
    given(*past).when(voice.unlocks(TOMORROW)).then_refused(NotForYourRole)
    given(*past).when(voice.unlocks_column("midterm", TOMORROW)).then_refused(NotForYourRole)


def test_what_is_locked_is_not_locked_again() -> None:
    given(OPENED, SHEET_LOCKED).when(NGOC.locks()).then_nothing_happens()
    given(OPENED, SHEET_LOCKED).when(NGOC.locks_column("midterm")).then_nothing_happens()
    given(OPENED, COLUMN_LOCKED).when(NGOC.locks_column("midterm")).then_nothing_happens()
    given(OPENED, COLUMN_LOCKED).when(NGOC.locks()).then(facts.SheetLocked(reason=REASON))


def test_a_passed_deadline_is_made_a_lock_by_whoever_locks() -> None:
    late = opened_with(deadlines=(facts.Deadline(column="midterm", at=EARLIER),))
    given(late).when(NGOC.locks_column("midterm")).then(
        facts.ColumnLocked(column="midterm", reason=REASON)
    )


def test_a_locked_sheet_says_who_locked_it_and_why() -> None:
    given(OPENED, *FULL, SHEET_LOCKED).when(LAN.enters((AN, "midterm", "9.0", 2))).then_refused(
        refusals.SheetIsLocked,
        column="midterm",
        whole_sheet=True,
        by=NGOC.person,
        role=NGOC.author.role,
        at=EARLIER,
        reason=REASON,
        until=None,
        cells=[(AN, "midterm")],
    )


def test_a_locked_column_leaves_the_others_open() -> None:
    given(OPENED, COLUMN_LOCKED).when(LAN.enters((AN, "final", "9.0", 0))).then(
        entered(AN, "final", "9.0")
    )
    given(OPENED, COLUMN_LOCKED).when(
        LAN.enters((AN, "final", "9.0", 0), (BAO, "midterm", "9.0", 0))
    ).then_refused(refusals.SheetIsLocked, cells=[(BAO, "midterm")], whole_sheet=False)


def test_an_unlock_is_open_until_its_end_and_locked_at_that_moment() -> None:
    unlocked = NGOC.wrote(facts.SheetUnlocked(until=TOMORROW, reason=REASON))
    past = (OPENED, SHEET_LOCKED, unlocked)
    cell = (AN, "midterm", "9.0", 0)
    given(*past).when(LAN.at(TOMORROW - INSTANT).enters(cell)).then(entered(AN, "midterm", "9.0"))
    given(*past).when(LAN.at(TOMORROW).enters(cell)).then_refused(
        refusals.SheetIsLocked, until=TOMORROW
    )


@pytest.mark.parametrize("until", [NOW, EARLIER], ids=["now", "in the past"])
def test_an_unlock_ends_later(until: object) -> None:
    assert isinstance(until, type(NOW))
    past = (OPENED, SHEET_LOCKED)
    given(*past).when(NGOC.unlocks(until)).then_refused(refusals.UnlockMustEndLater, until=until)
    given(*past).when(NGOC.unlocks_column("midterm", until)).then_refused(
        refusals.UnlockMustEndLater, until=until
    )


def test_an_unlock_is_told_once_and_may_be_made_longer_or_shorter() -> None:
    unlocked = facts.SheetUnlocked(until=TOMORROW, reason=REASON)
    column = facts.ColumnUnlocked(column="midterm", until=TOMORROW, reason=REASON)
    given(OPENED, SHEET_LOCKED).when(NGOC.unlocks(TOMORROW)).then(unlocked)
    given(OPENED, SHEET_LOCKED, unlocked).when(NGOC.unlocks(TOMORROW)).then_nothing_happens()
    given(OPENED, SHEET_LOCKED, unlocked).when(
        NGOC.unlocks_column("midterm", TOMORROW)
    ).then_nothing_happens()
    for until in (LATER, NEXT_WEEK):
        given(OPENED, SHEET_LOCKED, unlocked).when(NGOC.unlocks(until)).then(
            facts.SheetUnlocked(until=until, reason=REASON)
        )
        given(OPENED, COLUMN_LOCKED, column).when(NGOC.unlocks_column("midterm", until)).then(
            facts.ColumnUnlocked(column="midterm", until=until, reason=REASON)
        )


def test_what_is_open_is_not_unlocked_since_the_end_would_lock_it() -> None:
    given(OPENED).when(NGOC.unlocks(TOMORROW)).then_refused(refusals.NothingIsLocked)
    given(OPENED, COLUMN_LOCKED).when(NGOC.unlocks_column("final", TOMORROW)).then_refused(
        refusals.NothingIsLocked
    )


def test_unlocking_the_sheet_leaves_the_columns_alone_that_nobody_locked() -> None:
    unlocked = facts.ColumnUnlocked(column="midterm", until=TOMORROW, reason=REASON)
    given(OPENED, COLUMN_LOCKED).when(NGOC.unlocks(TOMORROW)).then(unlocked)
    given(OPENED, COLUMN_LOCKED, unlocked).when(
        LAN.at(NEXT_WEEK).enters((AN, "final", "9.0", 0))
    ).then(entered(AN, "final", "9.0"))


def test_an_unlock_opens_a_column_whose_deadline_has_passed() -> None:
    late = opened_with(deadlines=(facts.Deadline(column="midterm", at=EARLIER),))
    unlocked = facts.ColumnUnlocked(column="midterm", until=TOMORROW, reason=REASON)
    given(late).when(NGOC.unlocks_column("midterm", TOMORROW)).then(unlocked)
    cell = (AN, "midterm", "9.0", 0)
    given(late, unlocked).when(LAN.enters(cell)).then(entered(AN, "midterm", "9.0"))
    given(late, unlocked).when(LAN.at(TOMORROW).enters(cell)).then_refused(refusals.SheetIsLocked)


def test_unknown_columns_are_not_locked_or_unlocked() -> None:
    given(OPENED).when(NGOC.locks_column("regular-9")).then_refused(refusals.NoSuchColumn)
    given(OPENED).when(NGOC.unlocks_column("regular-9", TOMORROW)).then_refused(
        refusals.NoSuchColumn
    )


def test_the_latest_decision_wins_whether_for_the_sheet_or_for_a_column() -> None:
    column_open = facts.ColumnUnlocked(column="midterm", until=TOMORROW, reason=REASON)
    sheet_open = facts.SheetUnlocked(until=TOMORROW, reason=REASON)
    enters = LAN.enters((AN, "midterm", "9.0", 0))
    given(OPENED, SHEET_LOCKED, column_open).when(enters).then(entered(AN, "midterm", "9.0"))
    given(OPENED, SHEET_LOCKED, column_open).when(LAN.enters((AN, "final", "9.0", 0))).then_refused(
        refusals.SheetIsLocked, whole_sheet=True
    )
    given(OPENED, SHEET_LOCKED, column_open, SHEET_LOCKED).when(enters).then_refused(
        refusals.SheetIsLocked, whole_sheet=True
    )
    given(OPENED, SHEET_LOCKED, sheet_open, COLUMN_LOCKED).when(enters).then_refused(
        refusals.SheetIsLocked, whole_sheet=False
    )
    given(OPENED, COLUMN_LOCKED, sheet_open).when(enters).then(entered(AN, "midterm", "9.0"))


def test_a_closed_column_stays_closed_while_its_sheet_is_unlocked() -> None:
    unlocked = facts.SheetUnlocked(until=TOMORROW, reason=REASON)
    past = (OPENED, *FULL, CLOSED, SHEET_LOCKED, unlocked)
    given(*past).when(LAN.enters((AN, "midterm", "9.0", 2))).then_refused(refusals.ColumnIsClosed)
