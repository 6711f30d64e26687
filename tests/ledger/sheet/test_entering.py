"""Entering marks: what a cell may hold, who may write it, and when somebody was faster."""

import pytest

from ledger.refusal import NotForYourRole
from ledger.sheet import facts, refusals
from ledger.vocabulary import BLANK, MARKS, Mark, MarkState, Role, SubjectKind
from tests.scenario import given
from tests.school import (
    AN,
    BAO,
    CHI,
    DIEP,
    DUC,
    FIX,
    HOA,
    KHOA,
    LAN,
    MAI,
    NGOC,
    NOW,
    OPENED,
    OPENED_FOR_COMMENTS,
    TOMORROW,
    TUAN,
    VINH,
    Voice,
    changed,
    cleared,
    entered,
    opened_with,
    requested,
)

FOR_LAN = MAI.on_behalf_of(LAN)
JOINED = facts.TeacherJoinedSheet(teacher=VINH.person)
CONFIRMED = facts.EntriesConfirmed(column="midterm")


@pytest.mark.parametrize("mark", MARKS.values(), ids=str)
def test_a_cell_holds_any_mark_of_its_kind_of_subject(mark: Mark) -> None:
    for opened in (OPENED, OPENED_FOR_COMMENTS):
        asked = given(opened).when(LAN.enters((AN, "midterm", mark.text, 0)))
        if mark is BLANK:
            asked.then_nothing_happens()
        elif mark.fits(opened.kind):
            asked.then(entered(AN, "midterm", mark.text))
        else:
            asked.then_refused(
                refusals.MarkDoesNotFitSubject, cells=[(AN, "midterm")], kind=opened.kind
            )


def test_the_six_states_stay_apart() -> None:
    texts = ("", "0.0", "zero-by-rule", "awaiting-make-up", "exempt", "not-assessed")
    assert {Mark.of(text).state for text in texts} == set(MarkState)
    for before in texts[1:]:
        for after in texts[1:]:
            asked = given(OPENED, entered(AN, "final", before)).when(
                LAN.enters((AN, "final", after, 2))
            )
            if before == after:
                asked.then_nothing_happens()
            else:
                asked.then(changed(AN, "final", before, after))


def test_a_zero_is_a_mark_and_no_blank() -> None:
    zero = entered(AN, "regular-1", "0.0")
    given(OPENED).when(LAN.enters((AN, "regular-1", "0.0", 0))).then(zero)
    given(OPENED, zero).when(LAN.enters((AN, "regular-1", "", 2))).then(
        cleared(AN, "regular-1", "0.0")
    )


@pytest.mark.parametrize("column", ["midterm", "final"])
def test_the_zero_by_rule_is_for_periodic_tests(column: str) -> None:
    zero = entered(AN, column, "zero-by-rule")
    given(OPENED).when(LAN.enters((AN, column, "zero-by-rule", 0))).then(zero)


@pytest.mark.parametrize("opened", [OPENED, OPENED_FOR_COMMENTS], ids=["scored", "comment"])
def test_the_zero_by_rule_is_not_for_regular_columns(opened: facts.SheetOpened) -> None:
    given(opened).when(
        LAN.enters((AN, "midterm", "exempt", 0), (AN, "regular-1", "zero-by-rule", 0))
    ).then_refused(refusals.ZeroByRuleIsForPeriodicTests, cells=[(AN, "regular-1")])


def test_a_batch_enters_changes_clears_and_leaves_alone() -> None:
    given(
        OPENED,
        entered(AN, "regular-1", "6.5"),
        entered(BAO, "regular-1", "7.0"),
        entered(CHI, "regular-1", "8.0"),
    ).when(
        LAN.enters(
            (AN, "regular-1", "8.5", 2),
            (BAO, "regular-1", "", 3),
            (CHI, "regular-1", "8.0", 4),
            (AN, "regular-2", "9.0", 0),
        )
    ).then(
        changed(AN, "regular-1", "6.5", "8.5"),
        cleared(BAO, "regular-1", "7.0"),
        entered(AN, "regular-2", "9.0"),
    )


def test_a_cell_that_somebody_changed_since_refuses_the_whole_batch() -> None:
    past = (OPENED, entered(AN, "regular-1", "6.5"), changed(AN, "regular-1", "6.5", "7.0"))
    standing = given(*past).sheet.cell((AN, "regular-1"))
    given(*past).when(
        LAN.enters((BAO, "regular-1", "9.0", 0), (AN, "regular-1", "8.5", 2))
    ).then_refused(refusals.CellsMovedOn, cells=[(AN, "regular-1", standing)])
    assert (standing.mark, standing.version) == (Mark.of("7.0"), 3)


def test_a_cell_that_was_cleared_since_is_a_conflict_too() -> None:
    past = (OPENED, entered(AN, "regular-1", "6.5"), cleared(AN, "regular-1", "6.5"))
    enters = LAN.enters
    given(*past).when(enters((AN, "regular-1", "8.5", 2))).then_refused(refusals.CellsMovedOn)
    given(*past).when(enters((AN, "regular-1", "8.5", 0))).then_refused(refusals.CellsMovedOn)
    given(*past).when(enters((AN, "regular-1", "8.5", 3))).then(entered(AN, "regular-1", "8.5"))


def test_a_stale_read_of_the_mark_that_stands_now_hurts_nobody() -> None:
    past = (OPENED, entered(AN, "regular-1", "6.5"))
    given(*past).when(LAN.enters((AN, "regular-1", "6.5", 0))).then_nothing_happens()
    given(OPENED).when(LAN.enters((AN, "regular-1", "", 0))).then_nothing_happens()


def test_a_change_of_another_cell_is_no_conflict() -> None:
    past = (OPENED, entered(AN, "regular-1", "6.5"))
    given(*past).when(LAN.enters((BAO, "regular-1", "7.0", 0))).then(
        entered(BAO, "regular-1", "7.0")
    )


def test_a_cell_stands_once_in_a_batch() -> None:
    given(OPENED).when(
        LAN.enters((AN, "regular-1", "6.5", 0), (AN, "regular-1", "6.5", 0))
    ).then_refused(refusals.CellNamedTwice, cells=[(AN, "regular-1")])


def test_a_stranger_and_a_leaver_get_no_mark() -> None:
    given(OPENED).when(LAN.enters((DIEP, "regular-1", "6.5", 0))).then_refused(
        refusals.PupilNotOnSheet, pupils=[DIEP]
    )
    given(OPENED, facts.PupilLeftSheet(pupil=AN)).when(
        LAN.enters((AN, "regular-1", "6.5", 0))
    ).then_refused(refusals.PupilHasLeft, pupils=[AN])


def test_a_column_that_the_sheet_has_not_is_refused() -> None:
    given(opened_with(columns=("regular-1", "midterm", "final"))).when(
        LAN.enters((AN, "regular-1", "6.5", 0), (AN, "regular-2", "6.5", 0))
    ).then_refused(refusals.NoSuchColumn, column="regular-2")


def test_a_teacher_enters_only_on_sheets_of_her_own() -> None:
    enters = VINH.enters((AN, "regular-1", "6.5", 0))
    given(OPENED).when(enters).then_refused(refusals.NotYourSheet)
    given(OPENED, JOINED).when(enters).then(entered(AN, "regular-1", "6.5"))
    left = facts.TeacherLeftSheet(teacher=VINH.person)
    given(OPENED, JOINED, left).when(enters).then_refused(refusals.NotYourSheet)


@pytest.mark.parametrize("voice", [HOA, NGOC, DUC, KHOA, TUAN], ids=lambda voice: voice.author.role)
def test_no_other_role_enters_marks(voice: Voice) -> None:
    given(OPENED).when(voice.enters((AN, "midterm", "6.5", 0))).then_refused(
        NotForYourRole, role=voice.author.role
    )


def test_a_teacher_acting_in_another_role_enters_nothing() -> None:
    given(OPENED).when(
        LAN.acting_as(Role.ADMINISTRATOR).enters((AN, "midterm", "6.5", 0))
    ).then_refused(NotForYourRole)


def test_a_teacher_enters_for_herself_alone() -> None:
    given(OPENED).when(LAN.on_behalf_of(VINH).enters((AN, "midterm", "6.5", 0))).then_refused(
        NotForYourRole
    )


def test_the_secretary_enters_periodic_tests_for_a_teacher_of_the_sheet() -> None:
    fact = entered(AN, "midterm", "6.5")
    given(OPENED).when(FOR_LAN.enters((AN, "midterm", "6.5", 0))).then(fact)
    cell = given(OPENED, FOR_LAN.wrote(fact)).sheet.cell((AN, "midterm"))
    assert (cell.by, cell.unconfirmed_for) == (MAI.person, LAN.person)


@pytest.mark.parametrize("voice", [MAI, MAI.on_behalf_of(VINH)], ids=["nobody", "a stranger"])
def test_the_secretary_names_the_teacher_she_enters_for(voice: Voice) -> None:
    given(OPENED).when(voice.enters((AN, "midterm", "6.5", 0))).then_refused(
        refusals.SecretaryNeedsATeacher
    )


def test_the_secretary_enters_no_regular_mark() -> None:
    given(OPENED).when(
        FOR_LAN.enters((AN, "midterm", "6.5", 0), (AN, "regular-1", "6.5", 0))
    ).then_refused(refusals.SecretaryEntersPeriodicTestsOnly)


def test_the_teacher_confirms_what_was_entered_for_her_once() -> None:
    past = (OPENED, FOR_LAN.wrote(entered(AN, "midterm", "6.5")))
    given(*past).when(LAN.confirms_entries("midterm")).then(CONFIRMED)
    given(*past).when(LAN.confirms_entries("final")).then_nothing_happens()
    given(*past, CONFIRMED).when(LAN.confirms_entries("midterm")).then_nothing_happens()
    given(OPENED).when(LAN.confirms_entries("midterm")).then_nothing_happens()


def test_a_colleague_does_not_confirm_for_her() -> None:
    past = (OPENED, JOINED, FOR_LAN.wrote(entered(AN, "midterm", "6.5")))
    given(*past).when(VINH.confirms_entries("midterm")).then_nothing_happens()
    assert given(*past, VINH.wrote(CONFIRMED)).sheet.cell((AN, "midterm")).unconfirmed_for


def test_only_a_teacher_of_the_sheet_confirms_entries() -> None:
    confirms = VINH.confirms_entries("midterm")
    given(OPENED).when(confirms).then_refused(refusals.NotYourSheet)
    given(OPENED).when(MAI.confirms_entries("midterm")).then_refused(NotForYourRole)
    given(OPENED).when(LAN.confirms_entries("regular-9")).then_refused(refusals.NoSuchColumn)


def test_a_mark_that_the_teacher_wrote_over_needs_no_confirmation() -> None:
    past = (OPENED, FOR_LAN.wrote(entered(AN, "midterm", "6.5")))
    given(*past, changed(AN, "midterm", "6.5", "7.0")).when(
        LAN.confirms_entries("midterm")
    ).then_nothing_happens()
    given(*past, cleared(AN, "midterm", "6.5")).when(
        LAN.confirms_entries("midterm")
    ).then_nothing_happens()


def test_a_mark_that_moves_voids_the_correction_that_had_frozen_it() -> None:
    past = (
        OPENED,
        entered(AN, "midterm", "6.5"),
        facts.ColumnClosed(column="midterm"),
        requested((AN, "midterm", "6.5", "8.5"), (BAO, "midterm", "", "7.0")),
    )
    given(*past).when(LAN.enters((BAO, "midterm", "9.0", 0))).then(
        entered(BAO, "midterm", "9.0"),
        facts.CorrectionVoided(correction_id=FIX, pupil=BAO, column="midterm"),
    )


def test_a_correction_is_voided_once_however_many_of_its_marks_move() -> None:
    past = (
        OPENED,
        entered(AN, "midterm", "6.5"),
        facts.ColumnClosed(column="midterm"),
        requested((AN, "midterm", "6.5", "8.5"), (BAO, "midterm", "", "7.0")),
        NGOC.wrote(facts.ColumnReopened(column="midterm", reason="Nhập lại cả cột")),
    )
    given(*past).when(
        LAN.at(TOMORROW).enters((AN, "midterm", "5.0", 2), (BAO, "midterm", "9.0", 0))
    ).then(
        changed(AN, "midterm", "6.5", "5.0"),
        facts.CorrectionVoided(correction_id=FIX, pupil=AN, column="midterm"),
        entered(BAO, "midterm", "9.0"),
    )


def test_up_to_the_deadline_marks_are_entered_and_after_it_not() -> None:
    deadline = facts.Deadline(column="midterm", at=NOW)
    opened = opened_with(deadlines=(deadline,))
    cell = (AN, "midterm", "8.0", 0)
    given(opened).when(LAN.at(NOW).enters(cell)).then(entered(AN, "midterm", "8.0"))
    given(opened).when(LAN.at(TOMORROW).enters(cell)).then_refused(
        refusals.DeadlineHasPassed, column="midterm", deadline=NOW, cells=[(AN, "midterm")]
    )
    given(opened).when(LAN.at(TOMORROW).enters((AN, "final", "8.0", 0))).then(
        entered(AN, "final", "8.0")
    )


def test_a_comment_subject_takes_no_score() -> None:
    assert OPENED_FOR_COMMENTS.kind is SubjectKind.COMMENT
    given(OPENED_FOR_COMMENTS).when(LAN.enters((AN, "final", "passed", 0))).then(
        entered(AN, "final", "passed")
    )
    given(OPENED_FOR_COMMENTS).when(LAN.enters((AN, "final", "0.0", 0))).then_refused(
        refusals.MarkDoesNotFitSubject
    )
