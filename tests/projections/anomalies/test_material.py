"""What signals are made of says what the lines say: marks, changes, entries, attempts, requests."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from ledger.sheet import commands, facts
from ledger.vocabulary import Mark, Role, SheetId, SubjectKind
from projections.anomalies.material import NO_MARK, Change, Material
from projections.anomalies.read import Anomalies
from projections.columns import LockState
from tests.projections.anomalies.recounting import told_marks
from tests.projections.school import (
    ADMINISTRATOR,
    HOMEROOM,
    PRINCIPAL,
    SECRETARY,
    TEACHER,
    VICE_PRINCIPAL,
    School,
    author,
    person,
    pupil,
)

YEAR = "2026-2027"
REASON = "Nhập bù bài kiểm tra"
CLOSE = {"column": "regular-1", "leaving_blanks": True}


@pytest.fixture
def school(engine: Engine) -> School:
    return School(engine)


@pytest.fixture
def maths(school: School) -> SheetId:
    return school.open()


def told(school: School, school_year: str = YEAR) -> Material:
    school.projections.catch_up()
    return Anomalies(school.engine).material(school_year)


def changes(school: School) -> list[tuple[int, int, bool]]:
    """Before, after, and whether the mark was entered again, of each change."""
    return [(one.before, one.after, one.reentered) for one in told(school).changes]


def the_change(school: School) -> Change:
    (change,) = told(school).changes
    return change


def test_a_first_mark_is_no_change(school: School, maths: SheetId) -> None:
    school.enter(maths, "regular-1", {1: "8.0", 2: "0.0", 3: "awaiting-make-up"})
    school.enter(maths, "regular-1", {3: "7.0"})
    assert changes(school) == []
    assert [(one.person, one.count) for one in told(school).entries] == [(TEACHER, 3)]


def test_a_change_says_who_when_and_how_long_the_mark_before_had_been_there(
    school: School, maths: SheetId
) -> None:
    school.enter(maths, "midterm", {1: "5.0"}, by=author(SECRETARY, behalf=TEACHER))
    school.wait(hours=3)
    (line,) = school.enter(maths, "midterm", {1: "6.5"}, by=author(SECRETARY, behalf=TEACHER))
    assert the_change(school) == Change(
        position=3,
        sheet_id=maths,
        pupil=pupil(1),
        column="midterm",
        before=50,
        after=65,
        at=line.at,
        age=timedelta(hours=3, minutes=1),
        person=SECRETARY,
        role=Role.SECRETARY,
        on_behalf_of=TEACHER,
        command_id=line.command_id,
        lock_state=LockState.OPEN,
        after_official=False,
    )


@pytest.mark.parametrize("between", ["", "exempt", "awaiting-make-up"])
def test_a_mark_that_was_taken_away_and_entered_again_is_one_change(
    school: School, maths: SheetId, between: str
) -> None:
    school.enter(maths, "midterm", {1: "5.0"})
    school.wait(hours=1)
    school.enter(maths, "midterm", {1: between})
    assert changes(school) == [(50, NO_MARK, False)]
    school.wait(hours=1)
    (line,) = school.enter(maths, "midterm", {1: "6.5"})
    assert changes(school) == [(50, 65, True)]
    change = the_change(school)
    assert (change.at, change.age) == (line.at, timedelta(hours=2, minutes=2))
    assert change.position == 4
    school.enter(maths, "midterm", {1: "7.0"})
    assert changes(school) == [(50, 65, True), (65, 70, False)]


def test_what_was_cleared_in_one_batch_and_entered_in_the_next_is_told_the_same(
    school: School, maths: SheetId
) -> None:
    school.enter(maths, "midterm", {1: "5.0", 2: "6.0"})
    school.enter(maths, "midterm", {1: "", 2: ""})
    reader = Anomalies(school.engine)
    school.projections.catch_up()
    assert [one.after for one in reader.material(YEAR).changes] == [NO_MARK, NO_MARK]
    school.enter(maths, "midterm", {2: "6.0"})
    school.projections.catch_up()
    net = [(one.pupil, one.before, one.after) for one in reader.material(YEAR).changes]
    assert net == [(pupil(1), 50, NO_MARK), (pupil(2), 60, 60)]


def test_a_zero_by_rule_is_no_work_but_a_zero_where_it_is_replaced(
    school: School, maths: SheetId
) -> None:
    school.enter(maths, "midterm", {1: "zero-by-rule", 2: "0.0", 3: "zero-by-rule"})
    school.enter(maths, "midterm", {1: "7.0", 3: "0.0"})
    assert changes(school) == [(0, 70, False), (0, 0, False)]
    (sheet,) = told(school).sheets
    assert told_marks(sheet)["midterm"] == [70, 0, 0]
    school.enter(maths, "midterm", {1: "zero-by-rule"})
    (sheet,) = told(school).sheets
    assert told_marks(sheet)["midterm"] == [NO_MARK, 0, 0]


def test_passed_and_not_passed_are_changes_of_a_sheet_that_has_no_scores(school: School) -> None:
    music = school.open(subject="am-nhac", kind=SubjectKind.COMMENT)
    school.enter(music, "regular-1", {1: "not-passed", 2: "passed"})
    school.enter(music, "regular-1", {1: "passed", 2: "not-passed"})
    assert changes(school) == [(0, 100, False), (100, 0, False)]
    assert told(school).sheets == ()
    assert [place.subject for place in told(school).places.values()] == ["am-nhac"]


def test_a_corrected_mark_is_a_change_that_names_its_correction(
    school: School, maths: SheetId
) -> None:
    school.enter(maths, "regular-1", {1: "5.0"})
    school.ask(commands.CloseColumn, maths, author(TEACHER), **CLOSE)
    correction_id = school.correct(maths, "regular-1", {1: "6.5", 2: "4.0"})
    change = the_change(school)
    assert (change.before, change.after) == (50, 65)
    assert change.correction_id == correction_id
    assert (change.lock_state, change.after_official) == (LockState.CLOSED, True)
    # The mark that the correction put into an empty cell was entered by nobody.
    assert [one.count for one in told(school).entries] == [1]


def test_a_mark_that_a_pupil_brought_was_entered_by_nobody(school: School, maths: SheetId) -> None:
    setting_up = author(ADMINISTRATOR)
    school.ask(commands.AddPupil, maths, setting_up, pupil=pupil(4))
    brought = commands.BroughtMark(column="regular-1", mark=Mark.of("9.0"))
    school.ask(
        commands.BringMarks,
        maths,
        setting_up,
        pupil=pupil(4),
        marks=(brought,),
        provenance=facts.Provenance(reason="Trường THCS Sao Mai, học bạ số 12"),
    )
    assert told(school).entries == ()
    school.enter(maths, "regular-1", {4: "8.0"})
    assert changes(school) == [(90, 80, False)]


def test_a_change_says_which_line_had_opened_the_column_again(
    school: School, maths: SheetId
) -> None:
    teacher, principal = author(TEACHER), author(PRINCIPAL)
    school.enter(maths, "regular-1", {1: "5.0"})
    school.ask(commands.CloseColumn, maths, teacher, **CLOSE)
    school.ask(commands.ReopenColumn, maths, teacher, column="regular-1", reason=REASON)  # 4
    school.enter(maths, "regular-1", {1: "5.5"})
    school.lock(maths)
    school.unlock(maths, "regular-1", hours=1)  # 7
    school.enter(maths, "regular-1", {1: "6.0"})
    until = school.now + timedelta(hours=5)
    school.ask(commands.UnlockSheet, maths, principal, until=until, reason=REASON)  # 9
    school.enter(maths, "regular-1", {1: "6.5"})
    school.ask(commands.CloseColumn, maths, teacher, **CLOSE)
    school.ask(commands.ReopenColumn, maths, teacher, column="regular-1", reason=REASON)  # 12
    school.enter(maths, "regular-1", {1: "7.0"})
    found = [(one.after, one.window, one.lock_state) for one in told(school).changes]
    assert found == [
        (55, 4, LockState.OPEN),
        (60, 7, LockState.UNLOCKED),
        (65, 9, LockState.UNLOCKED),
        (70, 12, LockState.UNLOCKED),
    ]
    assert all(one.after_official for one in told(school).changes)


def test_a_deadline_moved_after_it_had_passed_opens_the_column_again(
    school: School, maths: SheetId
) -> None:
    school.enter(maths, "regular-1", {1: "5.0"})
    for hours in (1, 30):  # Lines 3 and 4: the second comes when the first has passed.
        deadline = facts.Deadline(column="regular-1", at=school.now + timedelta(hours=hours))
        school.ask(
            commands.MoveDeadline, maths, author(PRINCIPAL), deadline=deadline, reason=REASON
        )
        school.wait(hours=hours + 1 if hours == 1 else 0)
    school.enter(maths, "regular-1", {1: "6.0"})
    change = the_change(school)
    assert (change.window, change.deadline) == (4, deadline.at)
    assert change.after_official


def test_first_marks_are_counted_by_column_person_role_and_teacher(
    school: School, maths: SheetId
) -> None:
    by_secretary = author(SECRETARY, behalf=TEACHER)
    school.enter(maths, "regular-1", {1: "8.0", 2: "6.5"})
    school.enter(maths, "midterm", {1: "8.0"}, by=by_secretary)
    school.enter(maths, "midterm", {2: "exempt", 3: "zero-by-rule"}, by=by_secretary)
    school.enter(maths, "midterm", {2: "7.0"})
    counted = {
        (one.column, one.person, one.role, one.on_behalf_of, one.count)
        for one in told(school).entries
    }
    assert counted == {
        ("regular-1", TEACHER, Role.SUBJECT_TEACHER, None, 2),
        ("midterm", SECRETARY, Role.SECRETARY, TEACHER, 2),
        ("midterm", TEACHER, Role.SUBJECT_TEACHER, None, 1),
    }


def test_first_marks_at_night_and_in_the_last_day_before_the_deadline_are_counted_apart(
    school: School,
) -> None:
    midnight = datetime(2026, 10, 7, 17, 0, tzinfo=UTC)  # in Viet Nam
    deadline = facts.Deadline(column="regular-1", at=midnight + timedelta(hours=20))
    maths = school.open(deadlines=(deadline,))
    school.enter(maths, "regular-1", {1: "8.0"})
    school.now = midnight
    school.enter(maths, "regular-1", {2: "8.0", 3: "7.0"})
    school.enter(maths, "regular-1", {1: "8.5"})
    school.enter(maths, "regular-2", {1: "8.0"})
    counted = [
        (one.column, one.count, one.at_odd_hours, one.before_deadline)
        for one in told(school).entries
    ]
    assert counted == [("regular-1", 3, 2, 2), ("regular-2", 1, 1, 0)]


def test_a_refused_attempt_is_told_with_its_code(school: School, maths: SheetId) -> None:
    school.lock(maths)
    school.refused(maths, "midterm", {1: "5.0"})
    (attempt,) = told(school).attempts
    assert (attempt.sheet_id, attempt.person) == (maths, TEACHER)
    assert (attempt.refusal, attempt.position) == ("sheet-is-locked", 3)


def test_a_request_says_which_cells_and_when_it_was_refused(school: School, maths: SheetId) -> None:
    school.enter(maths, "regular-1", {1: "5.0", 2: "6.0"})
    school.ask(commands.CloseColumn, maths, author(TEACHER), **CLOSE)
    correction_id = school.request(maths, "regular-1", {1: "6.0", 2: "7.0"})
    (request,) = told(school).requests
    assert (request.correction_id, request.person, request.refused_at) == (
        *(correction_id, TEACHER, None),
    )
    assert request.cells == {(pupil(1), "regular-1"), (pupil(2), "regular-1")}
    (line,) = school.ask(
        commands.RefuseCorrection,
        maths,
        author(PRINCIPAL),
        correction_id=correction_id,
        reason="Minh chứng không rõ",
    )
    (request,) = told(school).requests
    assert (request.position, request.refused_at) == (5, line.at)


def test_who_left_is_on_the_sheet_no_more_and_finds_the_marks_on_coming_back(
    school: School, maths: SheetId
) -> None:
    setting_up = author(ADMINISTRATOR)
    school.enter(maths, "regular-1", {1: "5.0", 2: "6.0", 3: "7.0"})
    school.ask(commands.RemovePupil, maths, setting_up, pupil=pupil(1))
    school.ask(commands.AddPupil, maths, setting_up, pupil=pupil(4))
    (sheet,) = told(school).sheets
    assert sheet.pupils == (pupil(2), pupil(3), pupil(4))
    assert told_marks(sheet)["regular-1"] == [60, 70, NO_MARK]
    school.ask(commands.AddPupil, maths, setting_up, pupil=pupil(1))
    (sheet,) = told(school).sheets
    numbers = school.ledger.sheet(maths).numbers
    assert list(sheet.pupils) == sorted(numbers, key=numbers.__getitem__)
    assert sorted(told_marks(sheet)["regular-1"]) == [NO_MARK, 50, 60, 70]


def test_the_teachers_are_those_of_today_in_the_order_in_which_they_came(
    school: School, maths: SheetId
) -> None:
    setting_up = author(ADMINISTRATOR)
    for teacher in (HOMEROOM, VICE_PRINCIPAL):
        school.ask(commands.AddTeacher, maths, setting_up, teacher=teacher)
    school.ask(commands.RemoveTeacher, maths, setting_up, teacher=TEACHER)
    assert told(school).sheets[0].teachers == (HOMEROOM, VICE_PRINCIPAL)
    school.ask(commands.AddTeacher, maths, setting_up, teacher=TEACHER)
    (sheet,) = told(school).sheets
    assert sheet.teachers == told(school).places[maths].teachers
    assert sheet.teachers == (HOMEROOM, VICE_PRINCIPAL, TEACHER)


def test_each_year_has_its_own_and_sheets_go_by_semester_grade_class_and_subject(
    school: School,
) -> None:
    for class_group, subject in (("6A2", "toan"), ("6A1", "toan"), ("6A1", "ngu-van")):
        school.open(class_group, subject, teacher=person(subject))
    old = school.open(school_year="2025-2026")
    school.enter(old, "regular-1", {1: "5.0"})
    names = [(one.class_group, one.subject) for one in told(school).sheets]
    assert names == [("6A1", "ngu-van"), ("6A1", "toan"), ("6A2", "toan")]
    assert told(school).entries == ()
    assert [one.sheet_id for one in told(school, "2025-2026").sheets] == [old]
    assert told(school, "2027-2028").places == {}
