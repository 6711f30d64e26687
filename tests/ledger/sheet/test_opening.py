"""Opening a sheet, and the people who join and leave it."""

import pytest

from ledger.refusal import NotForYourRole
from ledger.sheet import facts, grounds, refusals
from ledger.sheet.commands import AnyCommand
from ledger.sheet.facts import NumberedPupil
from tests.scenario import given
from tests.school import (
    AN,
    BAO,
    CHI,
    CLOCKWORK,
    DIEP,
    DUC,
    EVERYBODY,
    HOA,
    KHOA,
    LAN,
    MAI,
    NEXT_WEEK,
    NGOC,
    NOW,
    OPENED,
    QUYEN,
    REASON,
    TOMORROW,
    TUAN,
    VINH,
    Voice,
    entered,
    opened_with,
)

SETS_UP = (KHOA, DUC, NGOC, CLOCKWORK)


@pytest.mark.parametrize("voice", SETS_UP, ids=lambda voice: voice.author.role)
def test_whoever_sets_up_the_year_opens_a_sheet(voice: Voice) -> None:
    given().when(voice.opens()).then(OPENED)


def test_a_sheet_keeps_what_it_was_opened_with() -> None:
    deadline = facts.Deadline(column="midterm", at=NEXT_WEEK)
    rules = grounds.CorrectionRules(homeroom_confirms=False, last_day=TOMORROW)
    given().when(
        KHOA.opens(
            regular_count=2,
            deadlines=(deadline,),
            correction_rules=rules,
            reopening_grace_minutes=5,
        )
    ).then(
        opened_with(
            columns=("regular-1", "regular-2", "midterm", "final"),
            deadlines=(deadline,),
            correction_rules=rules,
            reopening_grace_minutes=5,
        )
    )


def test_a_sheet_may_have_five_regular_columns() -> None:
    columns = (*(f"regular-{number}" for number in range(1, 6)), "midterm", "final")
    given().when(KHOA.opens(regular_count=5)).then(opened_with(columns=columns))


def test_a_sheet_is_opened_once() -> None:
    given(OPENED).when(KHOA.opens()).then_refused(refusals.SheetAlreadyOpen)


def test_a_sheet_needs_a_teacher_from_the_start() -> None:
    given().when(KHOA.opens(teachers=())).then_refused(refusals.SheetNeedsATeacher)


@pytest.mark.parametrize(
    "pupils",
    [
        (NumberedPupil(pupil=AN, number=1), NumberedPupil(pupil=BAO, number=1)),
        (NumberedPupil(pupil=AN, number=1), NumberedPupil(pupil=AN, number=2)),
    ],
    ids=["one number for two", "one pupil with two"],
)
def test_each_pupil_has_one_number_of_their_own(pupils: tuple[NumberedPupil, ...]) -> None:
    given().when(KHOA.opens(pupils=pupils)).then_refused(refusals.PupilsNumberedTwice)


def test_a_deadline_is_for_a_column_of_the_sheet() -> None:
    deadline = facts.Deadline(column="regular-3", at=NEXT_WEEK)
    given().when(KHOA.opens(regular_count=2, deadlines=(deadline,))).then_refused(
        refusals.NoSuchColumn, column="regular-3"
    )


@pytest.mark.parametrize(
    "voice", [v for v in EVERYBODY if v not in SETS_UP], ids=lambda voice: voice.author.role
)
def test_nobody_else_sets_up_a_sheet(voice: Voice) -> None:
    refused = NotForYourRole
    given().when(voice.opens()).then_refused(refused, role=voice.author.role)
    given(OPENED).when(voice.adds_teacher(VINH)).then_refused(refused)
    given(OPENED).when(voice.removes_teacher(LAN)).then_refused(refused)
    given(OPENED).when(voice.names_homeroom_teacher(QUYEN)).then_refused(refused)
    given(OPENED).when(voice.adds_pupil(DIEP)).then_refused(refused)
    given(OPENED).when(voice.removes_pupil(AN)).then_refused(refused)


def test_nothing_can_be_asked_of_a_sheet_that_is_not_open() -> None:
    commands: list[AnyCommand] = [
        LAN.enters((AN, "midterm", "8.0", 0)),
        LAN.confirms_entries("midterm"),
        LAN.closes("midterm"),
        LAN.reopens("midterm"),
        NGOC.locks(),
        NGOC.unlocks(TOMORROW),
        NGOC.locks_column("midterm"),
        NGOC.unlocks_column("midterm", TOMORROW),
        NGOC.moves_deadline("midterm", TOMORROW),
        KHOA.adds_teacher(VINH),
        KHOA.removes_teacher(LAN),
        KHOA.names_homeroom_teacher(QUYEN),
        KHOA.adds_pupil(DIEP),
        KHOA.removes_pupil(AN),
        LAN.requests((AN, "midterm", "8.0", 0)),
        HOA.confirms(),
        NGOC.approves(),
        NGOC.refuses(),
        LAN.withdraws(),
        LAN.executes(),
    ]
    for command in commands:
        given().when(command).then_refused(refusals.SheetNotOpen)


def test_a_colleague_joins_the_sheet_once() -> None:
    joined = facts.TeacherJoinedSheet(teacher=VINH.person)
    given(OPENED).when(KHOA.adds_teacher(VINH)).then(joined)
    given(OPENED, joined).when(KHOA.adds_teacher(VINH)).then_nothing_happens()


def test_a_teacher_leaves_but_never_the_last_one() -> None:
    joined = facts.TeacherJoinedSheet(teacher=VINH.person)
    left = facts.TeacherLeftSheet(teacher=LAN.person)
    given(OPENED, joined).when(KHOA.removes_teacher(LAN)).then(left)
    given(OPENED, joined, left).when(KHOA.removes_teacher(LAN)).then_nothing_happens()
    given(OPENED).when(KHOA.removes_teacher(LAN)).then_refused(refusals.SheetNeedsATeacher)


def test_the_class_gets_another_homeroom_teacher() -> None:
    given(OPENED).when(KHOA.names_homeroom_teacher(QUYEN)).then(
        facts.HomeroomTeacherChanged(teacher=QUYEN.person)
    )
    given(OPENED).when(KHOA.names_homeroom_teacher(HOA)).then_nothing_happens()


def test_a_newcomer_gets_the_next_number() -> None:
    given(OPENED).when(KHOA.adds_pupil(DIEP)).then(facts.PupilJoinedSheet(pupil=DIEP, number=4))
    given(OPENED).when(KHOA.adds_pupil(AN)).then_nothing_happens()


def test_the_number_of_a_pupil_who_left_is_not_given_again() -> None:
    left = facts.PupilLeftSheet(pupil=CHI)
    given(OPENED, left).when(KHOA.adds_pupil(DIEP)).then(
        facts.PupilJoinedSheet(pupil=DIEP, number=4)
    )


def test_who_comes_back_gets_the_old_number_and_finds_the_old_marks() -> None:
    left = facts.PupilLeftSheet(pupil=AN)
    back = facts.PupilJoinedSheet(pupil=AN, number=1)
    past = (OPENED, entered(AN, "midterm", "8.0"), left)
    given(*past).when(KHOA.adds_pupil(AN)).then(back)
    given(*past, back).when(LAN.enters((AN, "midterm", "8.0", 2))).then_nothing_happens()


def test_a_pupil_leaves_once_and_keeps_the_number() -> None:
    left = facts.PupilLeftSheet(pupil=BAO)
    given(OPENED).when(KHOA.removes_pupil(BAO)).then(left)
    given(OPENED, left).when(KHOA.removes_pupil(BAO)).then_nothing_happens()
    given(OPENED).when(KHOA.removes_pupil(DIEP)).then_refused(
        refusals.PupilNotOnSheet, pupils=[DIEP]
    )
    sheet = given(OPENED, left).sheet
    assert sheet.numbers == {AN: 1, BAO: 2, CHI: 3}
    assert sheet.pupils == [AN, CHI]


def test_the_principal_moves_a_deadline() -> None:
    deadline = facts.Deadline(column="final", at=NEXT_WEEK)
    moved = facts.DeadlineMoved(deadline=deadline, reason=REASON)
    given(OPENED).when(NGOC.moves_deadline("final", NEXT_WEEK)).then(moved)
    given(OPENED, moved).when(NGOC.moves_deadline("final", NEXT_WEEK)).then_nothing_happens()
    given(OPENED).when(NGOC.moves_deadline("regular-9", NEXT_WEEK)).then_refused(
        refusals.NoSuchColumn, column="regular-9"
    )


@pytest.mark.parametrize("voice", [LAN, HOA, KHOA, MAI, TUAN, DUC, CLOCKWORK])
def test_nobody_but_the_principal_moves_a_deadline(voice: Voice) -> None:
    given(OPENED).when(voice.moves_deadline("final", NEXT_WEEK)).then_refused(NotForYourRole)


def test_a_moved_deadline_opens_a_column_that_it_alone_had_locked() -> None:
    late = opened_with(deadlines=(facts.Deadline(column="midterm", at=NOW),))
    moved = facts.DeadlineMoved(
        deadline=facts.Deadline(column="midterm", at=NEXT_WEEK), reason=REASON
    )
    enters = LAN.at(TOMORROW).enters((AN, "midterm", "8.0", 0))
    given(late).when(enters).then_refused(refusals.DeadlineHasPassed)
    given(late, moved).when(enters).then(entered(AN, "midterm", "8.0"))


def test_a_moved_deadline_opens_nothing_that_somebody_locked() -> None:
    locked = facts.ColumnLocked(column="midterm", reason=REASON)
    moved = facts.DeadlineMoved(
        deadline=facts.Deadline(column="midterm", at=NEXT_WEEK), reason=REASON
    )
    given(OPENED, NGOC.wrote(locked), NGOC.wrote(moved)).when(
        LAN.enters((AN, "midterm", "8.0", 0))
    ).then_refused(refusals.SheetIsLocked)
