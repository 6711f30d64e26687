"""The frame of a school year: the school's own rules, its calendar, and its subjects."""

from typing import Final
from uuid import uuid4

from fastapi import APIRouter
from fastapi.responses import Response

from ledger.circulars.single_subject import SingleSubject
from ledger.refusal import Refused
from ledger.school.commands import AdoptPolicy, PlanSubject
from ledger.school.policy import SEED_REGULATION
from ledger.school.refusals import SubjectNotPlanned
from ledger.school.subjects import GRADES
from ledger.vocabulary import Role
from web.forms import NO_ERRORS, FormErrors, Typed
from web.wording import role_name
from web.year.at_hand import YEARS, AtHand, YearAtHand
from web.year.calendar import SPARE_LINES, amending, calendar_lines, national_days, typed_lines
from web.year.policy import SIGNERS, understood
from web.year.sent import Sent, SentForm
from web.year.subjects import (
    SubjectCell,
    SubjectRow,
    by_the_programme,
    changed_lessons,
    subject_rows,
)

router = APIRouter(prefix=f"{YEARS}/{{school_year}}")

_SUBJECTS: Final = "/mon-hoc"


@router.get("/khung")
def frame(hand: AtHand) -> Response:
    return _frame_page(hand)


@router.post("/khung")
def adopt_policy(hand: AtHand, sent: Sent) -> Response:
    """Other rules of the school, which only the principal adopts."""
    try:
        asked = hand.asked(sent.form_id, Role.PRINCIPAL)
        policy, reason = understood(sent)
        count = hand.record([AdoptPolicy(**asked, policy=policy, reason=reason)])
    except Refused as refused:
        return _frame_page(hand, hand.errors(refused), sent)
    return hand.done("/khung", count)


def _frame_page(
    hand: YearAtHand, errors: FormErrors = NO_ERRORS, sent: SentForm | None = None
) -> Response:
    return hand.page(
        "frame.html",
        errors=errors,
        form_id=uuid4(),
        sent=sent,
        seed=SEED_REGULATION,
        signers=[(role, role_name(role)) for role in SIGNERS],
        single_subject_policies=list(SingleSubject),
        is_principal=hand.user.may_act_as(Role.PRINCIPAL),
    )


@router.get("/lich")
def calendar(hand: AtHand) -> Response:
    return _calendar_page(hand)


@router.post("/lich")
def amend_calendar(hand: AtHand, sent: Sent) -> Response:
    try:
        count = hand.record([amending(sent, hand.asked(sent.form_id))])
    except Refused as refused:
        return _calendar_page(hand, hand.errors(refused), sent)
    return hand.done("/lich", count)


def _calendar_page(
    hand: YearAtHand, errors: FormErrors = NO_ERRORS, sent: SentForm | None = None
) -> Response:
    year = hand.year()
    saturdays = sent.text("saturdays_work") == "true" if sent else year.calendar.saturdays_work
    return hand.page(
        "calendar.html",
        errors=errors,
        form_id=uuid4(),
        national=national_days(year),
        lines=typed_lines(sent) if sent else calendar_lines(year),
        spare=SPARE_LINES,
        saturdays_work=saturdays,
    )


@router.get(_SUBJECTS)
def subjects(hand: AtHand) -> Response:
    return _subjects_page(hand)


@router.post(_SUBJECTS)
def change_lessons(hand: AtHand, sent: Sent) -> Response:
    """Lessons that were typed into the matrix; an emptied cell drops the subject."""
    try:
        asked = hand.asked(sent.form_id)
        touched = sent.touched("lessons", parts=2)
        count = hand.record(changed_lessons(hand.year(), touched, asked))
    except Refused as refused:
        return _subjects_page(hand, hand.errors(refused), sent)
    return hand.done(_SUBJECTS, count)


@router.post(f"{_SUBJECTS}/theo-chuong-trinh")
def plan_the_programme(hand: AtHand, sent: Sent) -> Response:
    """Every subject of the programme that the ticked grades do not have yet."""
    try:
        asked, typed = hand.asked(sent.form_id), Typed()
        grades = [grade for grade in GRADES if str(grade) in sent.texts("grades")]
        if not grades:
            typed.wrong("grades", "no-grade")
        typed.check()
        count = hand.record(by_the_programme(hand.year(), grades, asked))
    except Refused as refused:
        return _subjects_page(hand, hand.errors(refused), sent)
    return hand.done(_SUBJECTS, count)


def _subjects_page(
    hand: YearAtHand, errors: FormErrors = NO_ERRORS, sent: SentForm | None = None
) -> Response:
    typed = sent.touched("lessons", parts=2) if sent else []
    return hand.page(
        "subjects.html",
        errors=errors,
        form_id=uuid4(),
        programme_form_id=uuid4(),
        rows=subject_rows(hand.year()),
        grades=GRADES,
        typed={"-".join(place): text for place, text in typed},
    )


@router.get(f"{_SUBJECTS}/{{grade}}/{{subject}}")
def subject_in_grade(hand: AtHand, grade: int, subject: str) -> Response:
    return _subject_page(hand, *_cell(hand, grade, subject))


@router.post(f"{_SUBJECTS}/{{grade}}/{{subject}}")
def plan_subject(hand: AtHand, grade: int, subject: str, sent: Sent) -> Response:
    """Lessons, number of regular marks and semesters of one subject in one grade."""
    row, cell = _cell(hand, grade, subject)
    try:
        count = hand.record([_planning(hand, row, cell, sent)])
    except Refused as refused:
        return _subject_page(hand, row, cell, hand.errors(refused), sent)
    return hand.done(_SUBJECTS, count)


def _planning(hand: YearAtHand, row: SubjectRow, cell: SubjectCell, sent: SentForm) -> PlanSubject:
    typed, count = Typed(), sent.text("regular_count")
    lessons = typed.number(sent.text("lessons"), name="lessons", least=1, most=1000)
    semesters = tuple(number for number in (1, 2) if str(number) in sent.texts("semesters"))
    if not semesters:
        typed.wrong("semesters", "no-semester")
    regular = typed.number(count, name="regular_count", least=1, most=9) if count else None
    typed.check()
    assert lessons is not None, "checked"
    return PlanSubject(
        **hand.asked(sent.form_id),
        grade=cell.grade,
        subject=cell.subject,
        kind=row.kind,
        lessons_per_year=lessons,
        regular_count=regular,
        semesters=semesters,
    )


def _cell(hand: YearAtHand, grade: int, subject: str) -> tuple[SubjectRow, SubjectCell]:
    """The subject in the grade; raises SubjectNotPlanned where no school teaches it."""
    for row in subject_rows(hand.year()):
        cell = row.cells.get(grade)
        if row.subject == subject and cell is not None:
            return row, cell
    raise SubjectNotPlanned(grade=grade, subject=subject)


def _subject_page(
    hand: YearAtHand,
    row: SubjectRow,
    cell: SubjectCell,
    errors: FormErrors = NO_ERRORS,
    sent: SentForm | None = None,
) -> Response:
    planned = cell.planned
    if sent:
        values = {name: sent.text(name) for name in ("lessons", "regular_count")}
        semesters = sent.texts("semesters")
    else:
        values = {
            "lessons": cell.shown or str(cell.proposed),
            "regular_count": str(planned.regular_count) if planned else "",
        }
        semesters = [str(number) for number in (planned.semesters if planned else (1, 2))]
    return hand.page(
        "subject.html",
        errors=errors,
        form_id=uuid4(),
        row=row,
        cell=cell,
        values=values,
        semesters=semesters,
    )
