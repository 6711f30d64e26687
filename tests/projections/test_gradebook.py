"""The gradebook shows each sheet as it stands."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from ledger.line import Line
from ledger.sheet import commands
from ledger.sheet.state import Sheet, replay
from ledger.vocabulary import Mark, Role, SubjectKind
from projections.gradebook import SheetPage
from tests.projections.school import (
    HOMEROOM,
    PRINCIPAL,
    SECRETARY,
    TEACHER,
    VICE_PRINCIPAL,
    School,
    a_busy_term,
    author,
    person,
    pupil,
)


@pytest.fixture
def school(engine: Engine) -> School:
    return School(engine)


def assert_shows_what_a_replay_gives(
    page: SheetPage, lines: Sequence[Line], moments: Sequence[datetime]
) -> None:
    sheet = replay(lines)
    assert page.card.version == sheet.version
    assert set(page.card.teachers) == sheet.teachers
    assert page.card.homeroom_teacher == sheet.homeroom_teacher
    assert {one.pupil: one.number for one in page.pupils} == sheet.numbers
    assert {one.pupil for one in page.pupils if one.left} == sheet.left
    assert [one.pupil for one in page.present] == sheet.pupils
    assert page.cells.keys() == sheet.cells.keys()
    for place, cell in sheet.cells.items():
        shown = page.cells[place]
        assert (shown.mark, shown.version, shown.by, shown.at, shown.unconfirmed_for) == (
            cell.mark,
            cell.version,
            cell.by,
            cell.at,
            cell.unconfirmed_for,
        )
    assert page.card.column_names == sheet.columns
    assert_deadlines(page, sheet)
    assert_columns(page, sheet, moments)


def assert_deadlines(page: SheetPage, sheet: Sheet) -> None:
    shown = {one.column: one.due for one in page.columns if one.due}
    assert shown.keys() == sheet.deadlines.keys()
    for column, decision in sheet.deadlines.items():
        due = shown[column]
        assert (due.deadline, due.by, due.role, due.at, due.reason) == (
            decision.deadline,
            decision.by.person,
            decision.by.role,
            decision.at,
            decision.reason,
        )


def assert_columns(page: SheetPage, sheet: Sheet, moments: Sequence[datetime]) -> None:
    for column in page.columns:
        closed = (column.closed_by, column.closed_at) if column.is_closed else None
        assert closed == sheet.closed.get(column.column)
        decision = sheet.locks.get(column.column)
        assert (column.lock is None) == (decision is None)
        if column.lock and decision:
            lock = column.lock
            assert (lock.by, lock.role, lock.at, lock.reason, lock.until, lock.whole_sheet) == (
                decision.by.person,
                decision.by.role,
                decision.at,
                decision.reason,
                decision.until,
                decision.whole_sheet,
            )
        for moment in moments:
            assert column.locked_at(moment) == sheet.is_locked(column.column, moment)
            assert column.official_at(moment) == sheet.is_official(column.column, moment)


def test_every_sheet_shows_what_a_replay_of_its_lines_gives(school: School) -> None:
    start = school.now
    sheet_ids = a_busy_term(school)
    moments = [start + timedelta(minutes=step) for step in range(0, 6_000, 25)]
    for sheet_id in sheet_ids:
        lines = school.ledger.lines(sheet_id)
        assert_shows_what_a_replay_gives(school.page(sheet_id), lines, moments)


def test_a_sheet_shows_the_same_when_each_command_is_caught_up_by_itself(engine: Engine) -> None:
    school = School(engine)
    ask = school.ask

    def ask_and_catch_up(*asked: object, **content: object) -> Sequence[Line]:
        try:
            return ask(*asked, **content)  # type: ignore[arg-type]
        finally:
            school.projections.catch_up()

    school.ask = ask_and_catch_up  # type: ignore[method-assign]
    for sheet_id in a_busy_term(school):
        lines = school.ledger.lines(sheet_id)
        assert_shows_what_a_replay_gives(school.page(sheet_id), lines, [school.now])


def test_an_unknown_sheet_has_no_page(school: School) -> None:
    sheet_id = school.open()
    assert school.gradebook.sheet(sheet_id) is None  # not caught up yet
    assert school.page(sheet_id).cells == {}


def test_a_card_counts_the_marks_of_pupils_who_are_still_there(school: School) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "8.0", 2: "6.5", 3: "exempt"})
    school.enter(sheet_id, "regular-1", {2: ""})
    remove = commands.RemovePupil
    school.ask(remove, sheet_id, author(PRINCIPAL), pupil=pupil(1))
    card = school.page(sheet_id).card
    assert card.pupil_count == 2
    assert card.filled == {"regular-1": 1, "regular-2": 0, "midterm": 0, "final": 0}


def test_cards_are_found_by_teacher_class_homeroom_teacher_and_id(school: School) -> None:
    other = person("Ngọc")
    maths = school.open("6A1", "toan")
    english = school.open("6A1", "tieng-anh", teacher=other)
    music = school.open("6A2", "am-nhac", homeroom_teacher=other, kind=SubjectKind.COMMENT)
    school.ask(commands.AddTeacher, english, author(PRINCIPAL), teacher=TEACHER)
    school.ask(commands.RemoveTeacher, english, author(PRINCIPAL), teacher=other)
    school.projections.catch_up()
    sheets = school.gradebook.sheets

    def ids(**asked: object) -> list[object]:
        return [card.sheet_id for card in sheets(**asked)]  # type: ignore[arg-type]

    assert ids() == [english, maths, music]
    assert ids(teacher=TEACHER) == [english, maths, music]
    assert ids(teacher=other) == []
    assert ids(class_group="6A1") == [english, maths]
    assert ids(homeroom_teacher=other) == [music]
    assert ids(homeroom_teacher=HOMEROOM, class_group="6A2") == []
    assert ids(sheet_ids=[music, maths]) == [maths, music]
    assert ids(sheet_ids=[]) == []
    assert sheets(sheet_ids=[music])[0].kind is SubjectKind.COMMENT


def test_a_mark_entered_on_behalf_waits_for_the_teacher_s_confirmation(school: School) -> None:
    sheet_id = school.open()
    by_secretary = author(SECRETARY, behalf=TEACHER)
    school.enter(sheet_id, "midterm", {1: "7.0", 2: "5.0"}, by=by_secretary)
    cell = school.page(sheet_id).cell(pupil(1), "midterm")
    assert (cell.by, cell.role, cell.on_behalf_of) == (SECRETARY, Role.SECRETARY, TEACHER)
    assert cell.unconfirmed_for == TEACHER
    school.ask(commands.ConfirmEntries, sheet_id, author(TEACHER), column="midterm")
    school.enter(sheet_id, "midterm", {2: "5.5"}, by=by_secretary)
    page = school.page(sheet_id)
    assert page.cell(pupil(1), "midterm").unconfirmed_for is None
    assert page.cell(pupil(1), "midterm").on_behalf_of == TEACHER
    assert page.cell(pupil(2), "midterm").unconfirmed_for == TEACHER


def test_changes_are_counted_and_delete_and_re_enter_is_one(school: School) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "8.0", 2: "6.0", 3: "7.0"})
    school.enter(sheet_id, "regular-1", {1: "8.5", 2: ""})
    school.projections.catch_up()
    school.enter(sheet_id, "regular-1", {1: "9.0", 2: "6.5"})
    page = school.page(sheet_id)
    assert [page.cell(pupil(number), "regular-1").changes for number in (1, 2, 3)] == [2, 1, 0]


def test_a_corrected_mark_shows_its_correction_until_the_mark_changes_again(
    school: School,
) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "3.0", 2: "4.0"})
    school.lock(sheet_id)
    correction_id = school.correct(sheet_id, "regular-1", {1: "8.0"})
    page = school.page(sheet_id)
    cell = page.cell(pupil(1), "regular-1")
    assert cell.mark is Mark.of("8.0")
    assert (cell.corrected_by_correction_id, cell.before_correction) == (
        correction_id,
        Mark.of("3.0"),
    )
    assert page.cell(pupil(2), "regular-1").corrected_by_correction_id is None
    lock = page.card.column("regular-1").lock
    assert lock is not None
    assert (lock.correction_id, lock.reason) == (correction_id, "Cộng sót điểm câu 3")
    school.unlock(sheet_id, "regular-1", hours=1)
    school.enter(sheet_id, "regular-1", {1: "8.5"})
    cell = school.page(sheet_id).cell(pupil(1), "regular-1")
    assert cell.corrected_by_correction_id is None
    assert cell.before_correction is None


def test_the_card_tells_closed_and_locked_columns(school: School) -> None:
    sheet_id = school.open()
    close = {"column": "regular-1", "leaving_blanks": True}
    school.ask(commands.CloseColumn, sheet_id, author(TEACHER), **close)
    by, reason = author(VICE_PRINCIPAL), "Hết học kỳ"
    school.ask(commands.LockColumn, sheet_id, by, column="final", reason=reason)
    card = school.page(sheet_id).card
    assert card.closed == ("regular-1",)
    assert card.locked_at(school.now) == ("final",)
