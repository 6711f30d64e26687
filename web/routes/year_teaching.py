"""Classes and who teaches them: forming classes, homeroom, assignments, departments."""

from datetime import timedelta
from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Query
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.school.commands import (
    AssignHomeroom,
    AssignTeacher,
    FormClass,
    FormDepartment,
    UnassignTeacher,
    YearCommand,
)
from ledger.school.facts import DepartmentFormed
from ledger.school.subjects import GRADES
from ledger.school.year import Year
from ledger.vocabulary import Role
from web.forms import NO_ERRORS, FormErrors, Typed
from web.wording import subject_name
from web.year.assignments import matrix_of, shares_of, ticked
from web.year.at_hand import YEARS, AtHand, YearAtHand
from web.year.checklist import counts_of
from web.year.classes import TooManyClasses, classes_of, named_classes
from web.year.departments import code_of, forming
from web.year.sent import Sent, SentForm

router = APIRouter(prefix=f"{YEARS}/{{school_year}}")

_CLASSES: Final = "/lop"
_ASSIGNMENTS: Final = "/phan-cong"
_DEPARTMENTS: Final = "/to"
_UNASSIGN: Final = "thoi"
_DAY: Final = timedelta(days=1)
Grade = Annotated[int | None, Query(ge=6, le=9)]


@router.get(_CLASSES)
def classes(hand: AtHand) -> Response:
    return _classes_page(hand)


@router.post(_CLASSES)
def form_classes(hand: AtHand, sent: Sent) -> Response:
    """Form several classes at once, as people write them: "6A1-6A4, 7A1-7A3"."""
    try:
        asked, typed = hand.asked(sent.form_id), Typed()
        named = []
        try:
            named = named_classes(sent.text("classes"))
        except TooManyClasses:
            typed.wrong("classes", "too-many-classes")
        except ValueError:
            typed.wrong("classes", "classes-unreadable")
        if not named:
            typed.wrong("classes", "classes-unreadable")
        typed.check()
        count = hand.record([FormClass(**asked, class_group=n, grade=grade) for n, grade in named])
    except Refused as refused:
        return _classes_page(hand, hand.errors(refused), sent)
    return hand.done(_CLASSES, count)


@router.post(f"{_CLASSES}/chu-nhiem")
def assign_homeroom(hand: AtHand, sent: Sent) -> Response:
    """The homeroom teachers that were changed in the table, all from one day on."""
    try:
        asked, typed = hand.asked(sent.form_id), Typed()
        since = typed.day(sent.text("since"), name="since")
        known, commands = hand.year().classes, []
        for (name,), text in sent.touched("teacher", parts=1):
            teacher = typed.person(text, name=f"teacher-{name}") if name in known else None
            if teacher and since:
                commands.append(
                    AssignHomeroom(**asked, class_group=name, teacher=teacher, since=since)
                )
        typed.check()
        count = hand.record(commands)
    except Refused as refused:
        return _classes_page(hand, hand.errors(refused), sent)
    return hand.done(_CLASSES, count)


def _classes_page(
    hand: YearAtHand, errors: FormErrors = NO_ERRORS, sent: SentForm | None = None
) -> Response:
    year = hand.year()
    chosen = sent.touched("teacher", parts=1) if sent else []
    return hand.page(
        "classes.html",
        errors=errors,
        form_id=uuid4(),
        homeroom_form_id=uuid4(),
        typed=sent.text("classes") if sent else "",
        since=sent.text("since") if sent else _first_day(hand, year),
        chosen={name: teacher for (name,), teacher in chosen},
        classes=classes_of(year),
        teachers=hand.staff(Role.HOMEROOM_TEACHER),
    )


def _first_day(hand: YearAtHand, year: Year) -> str:
    """From when an assignment usually holds: the first day of lessons, later today."""
    return max(year.frame(1).first, hand.today).isoformat()


@router.get(_ASSIGNMENTS)
def assignments(hand: AtHand, khoi: Grade = None) -> Response:
    return _assignments_page(hand, khoi)


@router.post(_ASSIGNMENTS)
def assign(hand: AtHand, sent: Sent, khoi: Grade = None) -> Response:
    """One teacher, from or until one day, at every ticked place: all of it or nothing."""
    try:
        count = hand.record(_assigning(hand, sent))
    except Refused as refused:
        return _assignments_page(hand, khoi, hand.errors(refused), sent)
    return hand.done(f"{_ASSIGNMENTS}?khoi={khoi}" if khoi else _ASSIGNMENTS, count)


def _assigning(hand: YearAtHand, sent: SentForm) -> list[YearCommand]:
    asked, typed = hand.asked(sent.form_id), Typed()
    teacher = typed.person(sent.text("teacher"), name="teacher")
    day = typed.day(sent.text("day"), name="day")
    instead_of = sent.text("instead_of")
    replaced = typed.person(instead_of, name="instead_of") if instead_of else None
    places = ticked(hand.year(), sent.texts("places"))
    if not places:
        typed.wrong("places", "no-place")
    typed.check()
    assert teacher is not None, "checked"
    assert day is not None, "checked"
    if sent.text("action") == _UNASSIGN:
        return [
            UnassignTeacher(**asked, class_group=name, subject=code, teacher=teacher, until=day)
            for name, code in places
        ]
    assigned: list[YearCommand] = [
        AssignTeacher(**asked, class_group=name, subject=code, teacher=teacher, since=day)
        for name, code in places
    ]
    if replaced is None:
        return assigned
    # In this order, since a subject with open sheets is never without a teacher.
    return assigned + [
        UnassignTeacher(**asked, class_group=name, subject=code, teacher=replaced, until=day - _DAY)
        for name, code in places
    ]


def _assignments_page(
    hand: YearAtHand,
    grade: int | None,
    errors: FormErrors = NO_ERRORS,
    sent: SentForm | None = None,
) -> Response:
    year = hand.year()
    teachers = hand.staff(Role.SUBJECT_TEACHER)
    return hand.page(
        "assignments.html",
        errors=errors,
        form_id=uuid4(),
        grade=grade,
        grades=[one for one in GRADES if classes_of(year, one)],
        matrix=matrix_of(year, grade),
        teachers=teachers,
        taught_by=hand.desk.names().in_order(
            {who for all_ in year.teachers.values() for who in all_}
        ),
        shares=shares_of(year, teachers),
        unassigned=counts_of(year).unassigned,
        teacher=sent.text("teacher") if sent else "",
        instead_of=sent.text("instead_of") if sent else "",
        day=sent.text("day") if sent else _first_day(hand, year),
        ticked=set(sent.texts("places")) if sent else set(),
    )


@router.get(_DEPARTMENTS)
def departments(hand: AtHand) -> Response:
    return _departments_page(hand)


@router.post(_DEPARTMENTS)
def form_department(hand: AtHand, sent: Sent) -> Response:
    """Form a department, or change the one whose code the form carries."""
    department = sent.text("department")
    try:
        known = hand.year().departments
        command: FormDepartment = forming(hand.asked(sent.form_id), sent, known)
        count = hand.record([command])
    except Refused as refused:
        return _departments_page(hand, hand.errors(refused), sent, department or "moi")
    return hand.done(_DEPARTMENTS, count)


def _departments_page(
    hand: YearAtHand,
    errors: FormErrors = NO_ERRORS,
    sent: SentForm | None = None,
    named: str = "",
) -> Response:
    year = hand.year()
    taught = dict.fromkeys(subject for _, subject in year.subjects)
    return hand.page(
        "departments.html",
        errors=errors,
        sent=sent,
        named=named,
        departments=sorted(year.departments.values(), key=_title),
        staff=hand.staff(Role.SUBJECT_TEACHER, Role.DEPARTMENT_HEAD, Role.HOMEROOM_TEACHER),
        subjects=sorted(taught, key=subject_name),
    )


def _title(department: DepartmentFormed) -> str:
    return code_of(department.title)
