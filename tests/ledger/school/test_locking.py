"""Locks, unlocks and deadlines over a scope: who may, what they reach, what they leave alone."""

from collections.abc import Mapping, Sequence

import pytest

from ledger.refusal import NotForYourRole
from ledger.school import facts, refusals
from ledger.school.covering import ColumnStanding, ids_covered
from ledger.school.lock_preview import Extent, MissingMark, Preview, WhyMissing, preview
from ledger.school.scope import Scope
from ledger.sheet import facts as sheet_facts
from ledger.sheet.refusals import NothingIsLocked, UnlockMustEndLater
from ledger.sheet.state import replay
from tests.ledger.school.deciding import Given, Place, given, opened, year_of
from tests.opened_year import (
    decides_deadline,
    decides_lock,
    decides_unlock,
    first_semester,
)
from tests.scenario import Past, lines_of
from tests.school import (
    AN,
    BAO,
    CHI,
    CLOCKWORK,
    DUC,
    EARLIER,
    EVERYBODY,
    KHOA,
    LAN,
    LATER,
    MAI,
    NEXT_WEEK,
    NGOC,
    NOW,
    REASON,
    TOMORROW,
    Voice,
    entered,
)

MATHS_6, MATHS_7, SPORTS_6 = ("6A1", "toan"), ("7A1", "toan"), ("6A1", "giao-duc-the-chat")
Pasts = Mapping[Place, Sequence[Past]]
EVERY: Pasts = {MATHS_6: (), MATHS_7: (), SPORTS_6: ()}

SHEET_LOCKED = sheet_facts.SheetLocked(reason=REASON)
LOCKED = NGOC.wrote(SHEET_LOCKED)
MIDTERM_LOCKED = NGOC.wrote(sheet_facts.ColumnLocked(column="midterm", reason=REASON))
MIDTERM_OPEN = NGOC.wrote(sheet_facts.ColumnUnlocked(column="midterm", until=LATER, reason=REASON))


def due(column: str, moment: object) -> Past:
    deadline = sheet_facts.Deadline.model_validate({"column": column, "at": moment})
    return NGOC.wrote(sheet_facts.DeadlineMoved(deadline=deadline, reason=REASON))


def locked(sheet_count: int, **scope: object) -> facts.LockDecided:
    covering = first_semester(**scope)
    return facts.LockDecided(scope=covering, reason=REASON, sheet_count=sheet_count)


# Locks.


@pytest.mark.parametrize("voice", [NGOC, DUC, KHOA, CLOCKWORK])
def test_leaders_and_who_carries_it_out_lock_a_whole_semester(voice: Voice) -> None:
    decided = given(EVERY).when(decides_lock(voice.author)).then(locked(3))
    decided.then_on_the_sheets({place: [SHEET_LOCKED] for place in EVERY})


@pytest.mark.parametrize(
    "voice", [voice for voice in EVERYBODY if voice not in {NGOC, DUC, KHOA, CLOCKWORK}]
)
def test_nobody_else_locks(voice: Voice) -> None:
    given(EVERY).when(decides_lock(voice.author)).then_refused(NotForYourRole)


@pytest.mark.parametrize(
    ("scope", "reached"),
    [
        ({"grades": (7,)}, [MATHS_7]),
        ({"classes": ("6A1",)}, [MATHS_6, SPORTS_6]),
        ({"subjects": ("toan",)}, [MATHS_6, MATHS_7]),
        ({"grades": (6,), "subjects": ("toan",)}, [MATHS_6]),
    ],
)
def test_a_scope_narrows_by_grade_class_and_subject(
    scope: dict[str, tuple[object, ...]], reached: list[Place]
) -> None:
    decided = given(EVERY).when(decides_lock(NGOC.author, first_semester(**scope)))
    decided.then(locked(len(reached), **scope))
    decided.then_on_the_sheets({place: [SHEET_LOCKED] for place in reached})


def test_a_column_is_locked_alone_where_a_sheet_has_it() -> None:
    decided = given(EVERY).when(decides_lock(NGOC.author, first_semester(columns=("regular-3",))))
    decided.then(locked(2, columns=("regular-3",)))
    one = sheet_facts.ColumnLocked(column="regular-3", reason=REASON)
    decided.then_on_the_sheets({MATHS_6: [one], MATHS_7: [one]})


def test_what_is_locked_keeps_the_decision_it_was_locked_by() -> None:
    past: Pasts = {**EVERY, MATHS_7: [LOCKED], SPORTS_6: [MIDTERM_LOCKED]}
    decided = given(past).when(decides_lock(DUC.author)).then(locked(2))
    decided.then_on_the_sheets(
        {
            MATHS_6: [SHEET_LOCKED],
            SPORTS_6: [
                sheet_facts.ColumnLocked(column=column, reason=REASON)
                for column in ("regular-1", "regular-2", "final")
            ],
        }
    )


def test_an_open_unlock_is_locked_and_a_deadline_that_passed_is_made_a_decision() -> None:
    past: Pasts = {MATHS_6: [due("final", EARLIER)], MATHS_7: [LOCKED, MIDTERM_OPEN]}
    decided = given(past).when(
        decides_lock(NGOC.author, first_semester(columns=("midterm", "final")))
    )
    decided.then_on_the_sheets(
        {
            MATHS_6: [
                sheet_facts.ColumnLocked(column=column, reason=REASON)
                for column in ("midterm", "final")
            ],
            MATHS_7: [sheet_facts.ColumnLocked(column="midterm", reason=REASON)],
        }
    )


def test_locking_what_is_locked_decides_nothing() -> None:
    given({MATHS_6: [LOCKED]}).when(decides_lock(NGOC.author)).then_nothing_happens()


@pytest.mark.parametrize(
    "scope", [{"grades": (9,)}, {"subjects": ("ngu-van",)}, {"columns": ("regular-9",)}]
)
def test_a_scope_without_an_open_sheet_is_refused(scope: dict[str, tuple[object, ...]]) -> None:
    for command in (
        decides_lock(NGOC.author, first_semester(**scope)),
        decides_unlock(NGOC.author, TOMORROW, first_semester(**scope)),
        decides_deadline(NGOC.author, TOMORROW, first_semester(**scope)),
    ):
        given(EVERY).when(command).then_refused(refusals.ScopeCoversNoSheet)


def test_before_the_semester_is_open_no_scope_covers_anything() -> None:
    Given(year_of([]), {}).when(decides_lock(NGOC.author)).then_refused(refusals.ScopeCoversNoSheet)


def test_a_class_that_the_year_does_not_have_is_named() -> None:
    command = decides_lock(NGOC.author, first_semester(classes=("6A1", "6A9")))
    given(EVERY).when(command).then_refused(refusals.NoSuchClass, class_group="6A9")


# Unlocks.


def unlocked(sheet_count: int, **scope: object) -> facts.UnlockDecided:
    covering = first_semester(**scope)
    return facts.UnlockDecided(
        scope=covering, until=TOMORROW, reason=REASON, sheet_count=sheet_count
    )


def test_the_principal_unlocks_what_is_locked_and_nothing_else() -> None:
    past: Pasts = {MATHS_6: [LOCKED], MATHS_7: [MIDTERM_LOCKED], SPORTS_6: []}
    decided = given(past).when(decides_unlock(NGOC.author, TOMORROW)).then(unlocked(2))
    decided.then_on_the_sheets(
        {
            MATHS_6: [sheet_facts.SheetUnlocked(until=TOMORROW, reason=REASON)],
            MATHS_7: [sheet_facts.ColumnUnlocked(column="midterm", until=TOMORROW, reason=REASON)],
        }
    )


def test_a_column_closed_by_its_deadline_is_unlocked_for_a_time() -> None:
    past: Pasts = {MATHS_6: [due("final", EARLIER)], MATHS_7: []}
    decided = given(past).when(decides_unlock(NGOC.author, TOMORROW)).then(unlocked(1))
    one = sheet_facts.ColumnUnlocked(column="final", until=TOMORROW, reason=REASON)
    decided.then_on_the_sheets({MATHS_6: [one]})


@pytest.mark.parametrize("voice", [voice for voice in EVERYBODY if voice != NGOC])
def test_only_the_principal_unlocks_or_sets_deadlines(voice: Voice) -> None:
    school = given({MATHS_6: [LOCKED]})
    school.when(decides_unlock(voice.author, TOMORROW)).then_refused(NotForYourRole)
    school.when(decides_deadline(voice.author, TOMORROW)).then_refused(NotForYourRole)


def test_unlocking_where_nothing_is_locked_is_refused() -> None:
    given(EVERY).when(decides_unlock(NGOC.author, TOMORROW)).then_refused(NothingIsLocked)
    past: Pasts = {MATHS_6: [MIDTERM_LOCKED]}
    command = decides_unlock(NGOC.author, TOMORROW, first_semester(columns=("final",)))
    given(past).when(command).then_refused(NothingIsLocked)


@pytest.mark.parametrize("until", [EARLIER, NOW])
def test_an_unlock_ends_later_than_now(until: object) -> None:
    command = decides_unlock(NGOC.author, until)  # type: ignore[arg-type]
    given({MATHS_6: [LOCKED]}).when(command).then_refused(UnlockMustEndLater, until=until)


def test_unlocking_until_the_same_moment_again_decides_nothing() -> None:
    past: Pasts = {MATHS_6: [LOCKED, MIDTERM_OPEN]}
    command = decides_unlock(NGOC.author, LATER, first_semester(columns=("midterm",)))
    given(past).when(command).then_nothing_happens()


# Deadlines.


def test_a_deadline_locks_each_column_of_the_scope_by_itself() -> None:
    command = decides_deadline(NGOC.author, NEXT_WEEK, first_semester(columns=("midterm", "final")))
    past: Pasts = {MATHS_6: [], SPORTS_6: [due("final", NEXT_WEEK)]}
    decided = (
        given(past)
        .when(command)
        .then(
            facts.DeadlineDecided(
                scope=command.scope, deadline=NEXT_WEEK, reason=REASON, sheet_count=2
            )
        )
    )
    moved = {
        column: sheet_facts.DeadlineMoved(
            deadline=sheet_facts.Deadline(column=column, at=NEXT_WEEK), reason=REASON
        )
        for column in ("midterm", "final")
    }
    decided.then_on_the_sheets(
        {MATHS_6: [moved["midterm"], moved["final"]], SPORTS_6: [moved["midterm"]]}
    )


@pytest.mark.parametrize("moment", [EARLIER, NOW])
def test_a_deadline_lies_ahead(moment: object) -> None:
    command = decides_deadline(NGOC.author, moment)  # type: ignore[arg-type]
    given(EVERY).when(command).then_refused(refusals.DeadlineMustLieAhead, deadline=moment)


def test_the_deadline_that_stands_already_decides_nothing() -> None:
    past: Pasts = {MATHS_6: [due("final", NEXT_WEEK)]}
    command = decides_deadline(NGOC.author, NEXT_WEEK, first_semester(columns=("final",)))
    given(past).when(command).then_nothing_happens()


def test_a_sheet_knows_who_set_a_deadline_when_and_why() -> None:
    opening = opened(MATHS_6).model_copy(
        update={"deadlines": (sheet_facts.Deadline(column="midterm", at=TOMORROW),)}
    )
    sheet = replay(lines_of([KHOA.wrote(opening), due("final", NEXT_WEEK)]))
    by_opening, decided = sheet.deadlines["midterm"], sheet.deadlines["final"]
    assert (by_opening.by, by_opening.deadline, by_opening.reason) == (KHOA.author, TOMORROW, "")
    assert (decided.by, decided.deadline, decided.reason) == (NGOC.author, NEXT_WEEK, REASON)
    assert decided.at == NGOC.moment


# The scope, and the preview.


def test_the_same_scope_is_the_same_value_however_it_was_put_together() -> None:
    one = Scope(semester=1, grades=(7, 6, 7), columns=("midterm", "final"))
    other = Scope(semester=1, grades=(6, 7), columns=("final", "midterm", "final"))
    assert one == other
    assert one.model_dump_json() == other.model_dump_json()


def looked_at(school: Given, **scope: object) -> Preview:
    covering = first_semester(**scope)
    sheets = school.sheets(ids_covered(covering, school.the_year))
    return preview(covering, school.the_year, sheets, NOW)


def test_the_preview_lists_each_cell_that_still_waits_and_why() -> None:
    for_lan = MAI.author.model_copy(update={"on_behalf_of": LAN.person})
    past: Pasts = {
        MATHS_6: [
            entered(AN, "midterm", "0.0"),
            entered(BAO, "midterm", "awaiting-make-up"),
            (entered(CHI, "midterm", "7.5"), for_lan, EARLIER),
            entered(AN, "final", "exempt"),
            entered(BAO, "final", "zero-by-rule"),
        ],
        SPORTS_6: [],
    }
    seen = looked_at(given(past), columns=("midterm", "final"), subjects=("toan",))
    (sheet,) = seen.sheets
    assert sheet.missing == (
        MissingMark(BAO, "midterm", WhyMissing.AWAITING_MAKE_UP),
        MissingMark(CHI, "midterm", WhyMissing.UNCONFIRMED),
        MissingMark(CHI, "final", WhyMissing.BLANK),
    )
    assert (seen.missing_count, seen.sheets_with_missing) == (3, 1)


def test_who_has_left_the_class_misses_nothing() -> None:
    left = KHOA.wrote(sheet_facts.PupilLeftSheet(pupil=AN))
    (sheet,) = looked_at(given({MATHS_6: [left]}), columns=("final",)).sheets
    assert [mark.pupil for mark in sheet.missing] == [BAO, CHI]


def test_the_preview_says_how_each_column_stands() -> None:
    closed = LAN.wrote(sheet_facts.ColumnClosed(column="regular-1"))
    past = [closed, MIDTERM_LOCKED, due("final", EARLIER), due("regular-4", TOMORROW)]
    unlock = sheet_facts.ColumnUnlocked(column="regular-2", until=LATER, reason=REASON)
    (sheet,) = looked_at(given({MATHS_6: [*past, NGOC.wrote(unlock)]})).sheets
    assert {column.column: column.standing for column in sheet.columns} == {
        "regular-1": ColumnStanding.CLOSED,
        "regular-2": ColumnStanding.UNLOCKED,
        "regular-3": ColumnStanding.OPEN,
        "regular-4": ColumnStanding.OPEN,
        "midterm": ColumnStanding.LOCKED,
        "final": ColumnStanding.PAST_DEADLINE,
    }


def test_the_preview_counts_what_a_decision_would_then_do() -> None:
    past: Pasts = {
        MATHS_6: [MIDTERM_LOCKED],
        MATHS_7: [LOCKED],
        SPORTS_6: [due("final", NEXT_WEEK)],
    }
    seen = looked_at(given(past))
    assert seen.would_lock() == Extent(sheets=2, columns=5 + 4)
    assert seen.would_unlock(TOMORROW) == Extent(sheets=2, columns=1 + 6)
    assert seen.would_move(NEXT_WEEK) == Extent(sheets=3, columns=6 + 6 + 3)
    given(past).when(decides_lock(NGOC.author)).then(locked(seen.would_lock().sheets))
