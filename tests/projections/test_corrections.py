"""The corrections show each biên bản, where it stands and who took which step."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from ledger.sheet import commands
from ledger.sheet.correction import CorrectionStatus
from ledger.sheet.grounds import CorrectionCause, CorrectionRules, FoundBy, LateReason
from ledger.vocabulary import CorrectionId, Mark, PersonId, Role, SheetId
from projections.corrections import Question, Turn
from tests.projections.school import (
    ADMINISTRATOR,
    EVIDENCE,
    HOMEROOM,
    PRINCIPAL,
    TEACHER,
    VICE_PRINCIPAL,
    School,
    author,
    person,
    pupil,
)


@pytest.fixture
def school(engine: Engine) -> School:
    return School(engine)


def test_a_correction_shows_every_step_with_who_and_when(school: School) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "3.0", 2: "4.0"})
    school.lock(sheet_id)
    correction_id = school.request(sheet_id, "regular-1", {1: "8.0", 2: "4.5"})
    requested_at = school.now
    school.projections.catch_up()
    asked = school.corrections.find(correction_id)
    assert asked is not None
    assert (asked.status, asked.number) == (CorrectionStatus.REQUESTED, 1)
    assert (asked.confirmed_by, asked.approved_at, asked.executed_at) == (None, None, None)
    school.take_steps(sheet_id, correction_id)
    school.projections.catch_up()
    done = school.corrections.find(correction_id)
    assert done is not None
    assert done.status is CorrectionStatus.EXECUTED
    assert [(line.pupil, line.before, line.after) for line in done.lines] == [
        (pupil(1), Mark.of("3.0"), Mark.of("8.0")),
        (pupil(2), Mark.of("4.0"), Mark.of("4.5")),
    ]
    assert (done.reason, done.evidence) == ("Cộng sót điểm câu 3", (EVIDENCE,))
    assert (done.cause, done.found_by) == (CorrectionCause.ADDING_UP, FoundBy.PUPIL)
    assert done.late
    assert done.late_because == (LateReason.BOOK_CLOSED,)
    assert (done.requested_by, done.requested_at) == (TEACHER, requested_at)
    assert (done.confirmed_by, done.confirmed_role) == (HOMEROOM, Role.HOMEROOM_TEACHER)
    assert (done.approved_by, done.approved_on_behalf_of) == (PRINCIPAL, None)
    assert (done.teacher_agreed_by, done.administrator_agreed_by) == (TEACHER, ADMINISTRATOR)
    assert done.executed_at == done.relocked_at == done.administrator_agreed_at == school.now
    assert done.teacher_agreed_at == school.now - timedelta(minutes=1)
    assert (done.class_group, done.subject, done.homeroom_teacher) == ("6A1", "toan", HOMEROOM)
    assert not done.voided


def test_who_acts_for_the_principal_is_shown_so(school: School) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "3.0"})
    school.lock(sheet_id)
    correction_id = school.request(sheet_id, "regular-1", {1: "8.0"})
    confirm, approve = commands.ConfirmCorrection, commands.ApproveCorrection
    school.ask(confirm, sheet_id, author(HOMEROOM), correction_id=correction_id)
    acting = author(VICE_PRINCIPAL, Role.PRINCIPAL, PRINCIPAL)
    school.ask(approve, sheet_id, acting, correction_id=correction_id)
    school.projections.catch_up()
    shown = school.corrections.find(correction_id)
    assert shown is not None
    assert (shown.approved_by, shown.approved_on_behalf_of) == (VICE_PRINCIPAL, PRINCIPAL)


def test_refused_withdrawn_and_void_corrections_tell_how_they_ended(school: School) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "3.0", 2: "4.0", 3: "5.0"})
    school.lock(sheet_id)
    refused, withdrawn, void = (
        school.request(sheet_id, "regular-1", {number: "9.0"}) for number in (1, 2, 3)
    )
    reason = "Bài làm không khớp"
    school.ask(
        commands.RefuseCorrection, sheet_id, author(HOMEROOM), correction_id=refused, reason=reason
    )
    withdraw = commands.WithdrawCorrection
    school.ask(withdraw, sheet_id, author(TEACHER), correction_id=withdrawn)
    school.unlock(sheet_id, "regular-1", hours=1)
    school.enter(sheet_id, "regular-1", {3: "5.5"})
    school.projections.catch_up()
    views = {view.correction_id: view for view in school.corrections.list()}
    one = views[refused]
    assert (one.status, one.refused_by, one.refused_reason) == (
        CorrectionStatus.REFUSED,
        HOMEROOM,
        reason,
    )
    assert one.refused_role is Role.HOMEROOM_TEACHER
    assert views[withdrawn].status is CorrectionStatus.WITHDRAWN
    assert views[withdrawn].withdrawn_at is not None
    assert views[void].voided
    assert (views[void].voided_by, views[void].voided_at) == (TEACHER, school.now)
    assert (views[void].voided_pupil, views[void].voided_column) == (pupil(3), "regular-1")
    assert views[void].voided_position == school.recorder.max_notification_id()
    assert [view.turn for view in views.values()] == [None, None, None]


def asked_back(school: School) -> tuple[SheetId, CorrectionId]:
    """A request of the homeroom teacher's class to which the homeroom teacher has a question."""
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "3.0"})
    school.lock(sheet_id)
    correction_id = school.request(sheet_id, "regular-1", {1: "8.0"})
    asks = commands.AskBackCorrection
    by = author(HOMEROOM)
    school.ask(asks, sheet_id, by, correction_id=correction_id, question="Câu 3 mấy điểm?")
    return sheet_id, correction_id


def test_a_question_and_its_answer_are_kept_with_the_correction(school: School) -> None:
    sheet_id, correction_id = asked_back(school)
    asked_at = school.now
    school.projections.catch_up()
    waiting = school.corrections.find(correction_id)
    assert waiting is not None
    question = Question("Câu 3 mấy điểm?", HOMEROOM, Role.HOMEROOM_TEACHER, asked_at)
    assert waiting.questions == (question,)
    assert (waiting.awaits_answer, waiting.turn) == (True, Turn.REQUESTER)
    more = EVIDENCE.model_copy(update={"sha256": "cd" * 32})
    answers, by = commands.AnswerCorrection, author(TEACHER)
    said: dict[str, Any] = {"answer": "Câu 3 được 5 điểm.", "evidence": (EVIDENCE, more)}
    school.ask(answers, sheet_id, by, correction_id=correction_id, **said)
    school.projections.catch_up()
    answered = school.corrections.find(correction_id)
    assert answered is not None
    assert answered.questions == (replace(question, answered_at=school.now, **said),)
    assert (answered.awaits_answer, answered.turn) == (False, Turn.HOMEROOM_TEACHER)
    assert answered.evidence == (EVIDENCE, more)
    assert school.corrections.list(with_evidence="cd" * 32) == [answered]


def test_a_question_that_nobody_answered_ends_with_the_correction(school: School) -> None:
    sheet_id, correction_id = asked_back(school)
    school.ask(commands.WithdrawCorrection, sheet_id, author(TEACHER), correction_id=correction_id)
    school.projections.catch_up()
    view = school.corrections.find(correction_id)
    assert view is not None
    assert (view.awaits_answer, view.turn) == (True, None)


def test_it_says_whose_turn_it_is(school: School) -> None:
    rules = CorrectionRules(homeroom_confirms=False)
    usual = school.open()
    of_homeroom = school.open("6A2", homeroom_teacher=TEACHER)
    unconfirmed = school.open("6A3", correction_rules=rules)
    waiting = {}
    for sheet_id in (usual, of_homeroom, unconfirmed):
        school.enter(sheet_id, "regular-1", {1: "3.0"})
        school.lock(sheet_id)
        waiting[sheet_id] = school.request(sheet_id, "regular-1", {1: "8.0"})

    def turn(sheet_id: SheetId) -> Turn | None:
        school.projections.catch_up()
        view = school.corrections.find(waiting[sheet_id])
        return view.turn if view else None

    def then(command: type[commands.SheetCommand], who: PersonId) -> Turn | None:
        school.ask(command, usual, author(who), correction_id=waiting[usual])
        return turn(usual)

    assert turn(usual) is Turn.HOMEROOM_TEACHER
    assert turn(of_homeroom) is Turn.VICE_PRINCIPAL
    assert turn(unconfirmed) is Turn.PRINCIPAL
    assert then(commands.ConfirmCorrection, HOMEROOM) is Turn.PRINCIPAL
    assert then(commands.ApproveCorrection, PRINCIPAL) is Turn.BOTH_EXECUTORS
    assert then(commands.ExecuteCorrection, ADMINISTRATOR) is Turn.TEACHER
    assert then(commands.ExecuteCorrection, TEACHER) is None


def test_numbers_run_through_the_school_year_of_the_sheet(school: School) -> None:
    this = school.open("6A1", "toan")
    last = school.open("6A1", "toan", school_year="2025-2026")
    numbers = []
    for sheet_id in (this, last):
        school.enter(sheet_id, "regular-1", {1: "3.0", 2: "4.0", 3: "5.0"})
        school.lock(sheet_id)
    for sheet_id, number in ((this, 1), (last, 1), (this, 2), (this, 3)):
        correction_id = school.request(sheet_id, "regular-1", {number: "9.0"})
        if number != 2:
            school.projections.catch_up()
        numbers.append(correction_id)
    school.projections.catch_up()
    views = [school.corrections.find(correction_id) for correction_id in numbers]
    assert [view and view.number for view in views] == [1, 1, 2, 3]
    shown = [(view.school_year, view.number) for view in school.corrections.list()]
    assert school.corrections.years() == ("2026-2027", "2025-2026")
    assert shown == [("2026-2027", 3), ("2026-2027", 2), ("2026-2027", 1), ("2025-2026", 1)]


def test_corrections_are_found_by_whatever_people_ask(
    school: School,
) -> None:
    other = person("Ngọc")
    maths = school.open("6A1", "toan")
    music = school.open("6A2", "am-nhac", homeroom_teacher=other)
    for sheet_id in (maths, music):
        school.enter(sheet_id, "regular-1", {1: "3.0"})
        school.lock(sheet_id)
    first = school.request(maths, "regular-1", {1: "4.0"})
    second = school.request(music, "regular-1", {1: "4.0"})
    school.ask(commands.ConfirmCorrection, maths, author(HOMEROOM), correction_id=first)
    school.projections.catch_up()

    def ids(**asked: object) -> list[CorrectionId]:
        views = school.corrections.list(**asked)  # type: ignore[arg-type]
        return [view.correction_id for view in views]

    assert ids() == [second, first]
    assert ids(status=CorrectionStatus.CONFIRMED) == [first]
    assert ids(status=[CorrectionStatus.CONFIRMED, CorrectionStatus.REQUESTED]) == [second, first]
    assert ids(requested_by=TEACHER) == [second, first]
    assert ids(requested_by=other) == []
    assert ids(homeroom_teacher=other) == [second]
    assert ids(sheet_ids=[maths]) == [first]
    assert ids(school_year="2026-2027") == [second, first]
    assert ids(school_year="2025-2026") == []
    assert ids(cause=CorrectionCause.ADDING_UP) == [second, first]
    assert ids(cause=CorrectionCause.TYPING) == []
    change = commands.ChangeHomeroomTeacher
    school.ask(change, maths, author(PRINCIPAL), teacher=other)
    school.projections.catch_up()
    assert ids(homeroom_teacher=other) == [second, first]
    assert school.corrections.find(CorrectionId(pupil(1))) is None
