"""The history answers who, when, in which role, old and new, why, and under which lock."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from ledger.refusal import Refused
from ledger.sheet import commands
from ledger.sheet.grounds import CorrectionCause
from ledger.vocabulary import BLANK, Mark, Role, SheetId
from projections.history import HistoryFilter, HistoryRow, LockState, NamedCell
from tests.projections.school import (
    ADMINISTRATOR,
    HOMEROOM,
    PRINCIPAL,
    SECRETARY,
    TEACHER,
    School,
    a_busy_term,
    author,
    person,
    pupil,
)


@pytest.fixture
def school(engine: Engine) -> School:
    return School(engine)


def found(school: School, **asked: object) -> list[HistoryRow]:
    school.projections.catch_up()
    return school.history.search(HistoryFilter(**asked), limit=1_000)  # type: ignore[arg-type]


def test_a_row_tells_who_when_in_which_role_and_old_and_new(school: School) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "8.0"})
    lines = school.enter(sheet_id, "regular-1", {1: "8.5"})
    first, second = school.rows_of(sheet_id, 1, "regular-1")
    assert (first.kind, first.before, first.after) == ("mark-entered", BLANK, Mark.of("8.0"))
    assert (second.kind, second.before, second.after) == (
        "mark-changed",
        Mark.of("8.0"),
        Mark.of("8.5"),
    )
    assert (second.person, second.role, second.on_behalf_of) == (
        TEACHER,
        Role.SUBJECT_TEACHER,
        None,
    )
    assert (second.at, second.position) == (lines[0].at, lines[0].position)
    assert second.command_id == lines[0].command_id
    assert (second.class_group, second.subject, second.semester) == ("6A1", "toan", 1)
    assert second.net_before == second.before
    assert not second.after_official


def test_delete_and_re_enter_is_one_net_change(school: School) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "8.0"})
    school.enter(sheet_id, "regular-1", {1: ""})
    school.enter(sheet_id, "regular-1", {1: "6.0"})
    entered, cleared, again = school.rows_of(sheet_id, 1, "regular-1")
    assert (entered.net_before, entered.cleared_at) == (BLANK, None)
    assert (cleared.before, cleared.after) == (Mark.of("8.0"), BLANK)
    assert cleared.reentered_at == again.position
    assert (again.before, again.net_before) == (BLANK, Mark.of("8.0"))
    assert again.cleared_at == cleared.position
    counts = school.history.counts(HistoryFilter(sheet_id=sheet_id, only_mark_changes=True))
    assert (counts.total, counts.up, counts.down) == (2, 0, 1)
    assert counts.by_kind == {"mark-entered": 2}


def test_a_chain_of_clearings_is_followed_when_each_is_caught_up_by_itself(
    school: School,
) -> None:
    sheet_id = school.open()
    for mark in ("8.0", "", "6.0", "", "9.5", ""):
        school.enter(sheet_id, "regular-1", {1: mark, 2: "5.0"})
        school.projections.catch_up()
    rows = school.rows_of(sheet_id, 1, "regular-1")
    assert [str(row.net_before) for row in rows] == ["blank", "8.0", "8.0", "6.0", "6.0", "9.5"]
    assert [row.reentered_at for row in rows if row.after is BLANK] == [
        rows[2].position,
        rows[4].position,
        None,
    ]
    assert [row.cleared_at for row in rows if row.after is not BLANK] == [
        None,
        rows[1].position,
        rows[3].position,
    ]
    counts = school.history.counts(HistoryFilter(sheet_id=sheet_id, pupil=pupil(1)))
    assert (counts.up, counts.down) == (1, 1)
    assert counts.by_kind == {"mark-entered": 3, "mark-cleared": 1}


def test_lines_are_found_by_their_positions(school: School) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "8.0", 2: "7.0"})
    first, second = school.rows_of(sheet_id, 1, "regular-1")[0], found(school)[0]
    asked = (first.position, second.position, 10_000)
    assert found(school, positions=asked) == [second, first]
    assert found(school, positions=()) == []


def test_a_correction_of_a_cleared_mark_is_a_net_change_too(school: School) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "4.0"})
    school.enter(sheet_id, "regular-1", {1: ""})
    school.lock(sheet_id)
    school.correct(sheet_id, "regular-1", {1: "7.0"})
    (corrected,) = found(school, kinds=("mark-corrected",))
    assert (corrected.before, corrected.net_before) == (BLANK, Mark.of("4.0"))


def test_a_row_tells_how_the_column_stood_just_before_it(school: School) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "8.0"})
    close = {"column": "regular-1", "leaving_blanks": True}
    school.ask(commands.CloseColumn, sheet_id, author(TEACHER), **close)
    school.enter(sheet_id, "regular-1", {2: "7.0"})
    school.lock(sheet_id)
    school.correct(sheet_id, "regular-1", {1: "9.0"})
    school.unlock(sheet_id, "regular-1", hours=1)
    by, reason = author(PRINCIPAL), "Nhập bù bài kiểm tra"
    school.ask(commands.ReopenColumn, sheet_id, by, column="regular-1", reason=reason)
    school.enter(sheet_id, "regular-1", {1: "9.5"})
    school.wait(hours=2)
    assert school.refused(sheet_id, "regular-1", {1: "10.0"}) == "sheet-is-locked"
    rows = found(school, sheet_id=sheet_id, column="regular-1", attempts=True)
    assert [(row.kind, row.lock_state) for row in reversed(rows)] == [
        ("mark-entered", LockState.OPEN),
        ("column-closed", LockState.OPEN),
        ("mark-entered", LockState.CLOSED),
        ("correction-requested", LockState.LOCKED),
        ("mark-corrected", LockState.LOCKED),
        ("column-relocked", LockState.LOCKED),
        ("column-unlocked", LockState.LOCKED),
        ("column-reopened", LockState.UNLOCKED),
        ("mark-changed", LockState.UNLOCKED),
        ("attempt-refused", LockState.LOCKED),
    ]
    official = found(school, sheet_id=sheet_id, only_after_official=True)
    kinds = [row.kind for row in reversed(official)]
    assert kinds == ["mark-entered", "mark-corrected", "mark-changed"]


def test_a_deadline_that_passed_made_the_column_official_for_good(school: School) -> None:
    sheet_id = school.open()
    move = {"reason": "Kế hoạch kiểm tra"}
    for days in (1, 9):
        school.ask(
            commands.MoveDeadline,
            sheet_id,
            author(PRINCIPAL),
            deadline={"column": "final", "at": school.now + timedelta(days=days)},
            **move,
        )
        school.enter(sheet_id, "final", {1: f"{days}.0"})
        school.wait(days=2)
    rows = school.rows_of(sheet_id, 1, "final")
    assert [row.after_official for row in rows] == [False, True]
    moved = found(school, kinds=("deadline-moved",))[1]
    assert (moved.column, moved.lock_state) == ("final", LockState.OPEN)
    assert moved.until is not None
    assert (moved.reason, moved.person) == (move["reason"], PRINCIPAL)


def test_the_history_of_a_mark_holds_the_steps_of_its_corrections_alone(school: School) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "3.0", 2: "4.0", 3: "5.0"})
    school.enter(sheet_id, "midterm", {1: "3.0"})
    school.lock(sheet_id)
    correction_id = school.correct(sheet_id, "regular-1", {1: "3.5", 2: "4.5"})
    school.request(sheet_id, "regular-1", {3: "5.5"})
    rows = school.rows_of(sheet_id, 1, "regular-1")
    assert [row.kind for row in rows] == [
        "mark-entered",
        "correction-requested",
        "correction-confirmed",
        "correction-approved",
        "correction-execution-agreed",
        "correction-execution-agreed",
        "mark-corrected",
        "correction-executed",
        "column-relocked",
    ]
    assert {row.correction_id for row in rows[1:]} == {correction_id}
    assert {row.reason for row in rows[1:]} == {"Cộng sót điểm câu 3"}
    assert [row.person for row in rows[2:6]] == [HOMEROOM, PRINCIPAL, TEACHER, ADMINISTRATOR]
    assert {row.cause for row in rows} == {None, CorrectionCause.ADDING_UP}
    first, second = rows[1].cells
    assert first == NamedCell(pupil(1), "regular-1", Mark.of("3.0"), Mark.of("3.5"))
    assert second.pupil == pupil(2)
    by_id = found(school, correction_id=correction_id)
    assert len(by_id) == len(rows[1:]) + 1  # and the other cell's correction


def test_a_question_and_an_answer_are_told_in_their_own_words(school: School) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "3.0"})
    school.lock(sheet_id)
    correction_id = school.request(sheet_id, "regular-1", {1: "8.0"})
    asks, answers = commands.AskBackCorrection, commands.AnswerCorrection
    about: dict[str, Any] = {"correction_id": correction_id}
    school.ask(asks, sheet_id, author(PRINCIPAL), question="Câu 3 mấy điểm?", **about)
    school.ask(answers, sheet_id, author(TEACHER), answer="5 điểm.", **about)
    rows = school.rows_of(sheet_id, 1, "regular-1")[-2:]
    assert [row.kind for row in rows] == ["correction-asked-back", "correction-answered"]
    assert [row.reason for row in rows] == ["Câu 3 mấy điểm?", "5 điểm."]


def test_refused_attempts_are_shown_only_when_asked_for(school: School) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "3.0"})
    school.lock(sheet_id)
    assert school.refused(sheet_id, "regular-1", {1: "9.0", 2: "8.0"}) == "sheet-is-locked"
    assert "attempt-refused" not in {row.kind for row in found(school, person=TEACHER)}
    assert found(school, kinds=("attempt-refused",)) == []
    (attempt,) = found(school, kinds=("attempt-refused",), attempts=True)
    assert (attempt.sheet_id, attempt.class_group) == (sheet_id, "6A1")
    assert (attempt.refusal, attempt.attempted) == ("sheet-is-locked", "enter-marks")
    assert [cell.pupil for cell in attempt.cells] == [pupil(1), pupil(2)]
    assert attempt.pupil is None
    history = school.history.of_cell
    assert len(history(sheet_id, pupil(2), "regular-1")) == 0
    assert history(sheet_id, pupil(2), "regular-1", attempts=True) == [attempt]
    assert school.history.counts(HistoryFilter(attempts=True)).by_kind["attempt-refused"] == 1


def test_an_attempt_at_a_sheet_that_is_not_open_is_shown_as_well(school: School) -> None:
    with pytest.raises(Refused):
        school.ask(
            commands.OpenSheet,
            SheetId(pupil(9)),
            author(TEACHER),
            school_year="2026-2027",
            semester=1,
            grade=6,
            class_group="6A9",
            subject="toan",
            kind="scored",
            regular_count=2,
            teachers=(TEACHER,),
            homeroom_teacher=HOMEROOM,
            pupils=(),
        )
    (attempt,) = found(school, attempts=True)
    assert (attempt.refusal, attempt.class_group) == ("not-for-your-role", "")


def test_rows_are_found_by_sheet_class_subject_person_and_pupil(school: School) -> None:
    other = person("Ngọc")
    maths = school.open("6A1", "toan")
    english = school.open("6A2", "tieng-anh", teacher=other, school_year="2025-2026")
    school.enter(maths, "regular-1", {1: "3.0", 2: "4.0"})
    school.enter(maths, "midterm", {1: "5.0"}, by=author(SECRETARY, behalf=TEACHER))
    school.enter(english, "regular-1", {1: "6.0"}, by=author(other, Role.SUBJECT_TEACHER))

    def marks(**asked: object) -> list[str]:
        rows = found(school, only_mark_changes=True, **asked)
        return [str(row.after) for row in rows]

    assert marks() == ["6.0", "5.0", "4.0", "3.0"]
    assert marks(sheet_id=maths) == ["5.0", "4.0", "3.0"]
    assert marks(sheet_ids=(english,)) == ["6.0"]
    assert marks(class_group="6A2") == ["6.0"]
    assert marks(subject="toan") == ["5.0", "4.0", "3.0"]
    assert marks(school_year="2025-2026") == ["6.0"]
    assert marks(semester=2) == []
    assert marks(person=TEACHER) == ["5.0", "4.0", "3.0"]
    assert marks(person=SECRETARY) == ["5.0"]
    assert marks(pupil=pupil(1)) == ["6.0", "5.0", "3.0"]
    assert marks(pupil=pupil(1), column="midterm") == ["5.0"]
    assert marks(kinds=("mark-changed",)) == []
    counts = school.history.counts(HistoryFilter(only_mark_changes=True))
    assert counts.by_person == {TEACHER: 2, SECRETARY: 1, other: 1}


def test_days_are_the_days_of_viet_nam(school: School) -> None:
    sheet_id = school.open()
    # 23:59 and one minute later, where the school is.
    school.now = school.now.replace(hour=16, minute=58)
    for mark in ("3.0", "4.0"):
        school.enter(sheet_id, "regular-1", {1: mark})
    fifth, sixth = date(2026, 10, 5), date(2026, 10, 6)

    def marks(day_from: date | None, day_to: date | None) -> list[str]:
        rows = found(school, only_mark_changes=True, day_from=day_from, day_to=day_to)
        return [str(row.after) for row in rows]

    assert marks(fifth, fifth) == ["3.0"]
    assert marks(sixth, sixth) == ["4.0"]
    assert marks(fifth, sixth) == ["4.0", "3.0"]
    assert marks(None, fifth) == ["3.0"]
    assert marks(sixth, None) == ["4.0"]


def test_pages_of_rows_follow_each_other_without_gap_or_repeat(school: School) -> None:
    a_busy_term(school)
    every = found(school, attempts=True)
    asked, before, pages = HistoryFilter(attempts=True), None, list[HistoryRow]()
    while page := school.history.search(asked, before=before, limit=7):
        pages += page
        before = page[-1].position
    assert pages == every
    last = school.recorder.max_notification_id()
    assert [row.position for row in every] == list(range(last or 0, 0, -1))


def test_counts_tell_what_went_up_and_down(school: School) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "midterm", {1: "3.0", 2: "zero-by-rule", 3: "8.0"})
    school.enter(sheet_id, "midterm", {1: "4.0", 2: "5.0", 3: "7.0"})
    school.enter(sheet_id, "midterm", {1: "exempt"})
    school.projections.catch_up()
    counts = school.history.counts(HistoryFilter(sheet_id=sheet_id))
    assert (counts.total, counts.up, counts.down) == (8, 2, 1)
    assert counts.by_kind == {"sheet-opened": 1, "mark-entered": 3, "mark-changed": 4}
