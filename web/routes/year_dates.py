"""The days of midterm and final tests, and the deadline of regular marks."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Query
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.school.commands import SetRegularDeadline
from ledger.school.subjects import GRADES
from ledger.school.year import Year
from ledger.vocabulary import Role
from web.access.permissions import SETS_UP
from web.forms import NO_ERRORS, FormErrors, Typed
from web.moments import field_moment
from web.year.at_hand import YEARS, AtHand, YearAtHand
from web.year.examinations import COLUMNS, dated_subjects, dates_set
from web.year.sent import Sent, SentForm

router = APIRouter(prefix=f"{YEARS}/{{school_year}}/ngay-kiem-tra")

# Once sheets are open the principal alone sets days, so that role comes first here.
_ROLES: Final = (Role.PRINCIPAL, *SETS_UP)
Semester = Annotated[int, Query(ge=1, le=2)]
Grade = Annotated[int | None, Query(ge=6, le=9)]


@router.get("")
def days(hand: AtHand, hk: Semester = 1, khoi: Grade = None) -> Response:
    """The tests of one grade in one semester."""
    return _page(hand, hk, khoi or _first_grade(hand.year()))


@router.post("")
def set_days(hand: AtHand, sent: Sent, hk: Semester = 1, khoi: Grade = None) -> Response:
    """The days that were changed in the table."""
    return _set(hand, sent, hk, khoi, sent.touched("day", parts=2))


@router.post("/ca-khoi")
def set_day_of_grade(hand: AtHand, sent: Sent, hk: Semester = 1, khoi: Grade = None) -> Response:
    """One day for one test of every subject of the grade."""
    grade = khoi or _first_grade(hand.year())
    column = sent.text("column")
    subjects = [planned.subject for planned in hand.year().subjects_of(grade, hk)]
    return _set(hand, sent, hk, grade, [((code, column), sent.text("day")) for code in subjects])


def _set(
    hand: YearAtHand,
    sent: SentForm,
    semester: int,
    grade: int | None,
    cells: list[tuple[tuple[str, ...], str]],
) -> Response:
    grade = grade or _first_grade(hand.year())
    try:
        _may_set(hand, semester)
        commands = dates_set(
            hand.year(),
            grade=grade,
            semester=semester,
            cells=cells,
            asked=hand.asked(sent.form_id, *_ROLES),
            reason=sent.text("reason"),
        )
        count = hand.record(commands)
    except Refused as refused:
        typed = {"-".join(place): text for place, text in cells}
        return _page(hand, semester, grade, errors=hand.errors(refused), sent=sent, typed=typed)
    return hand.done(f"/ngay-kiem-tra?hk={semester}&khoi={grade}", count)


@router.post("/thuong-xuyen")
def set_regular_deadline(
    hand: AtHand, sent: Sent, hk: Semester = 1, khoi: Grade = None
) -> Response:
    """The last moment to enter regular marks, of all grades."""
    grade = khoi or _first_grade(hand.year())
    try:
        _may_set(hand, hk)
        asked, typed = hand.asked(sent.form_id, *_ROLES), Typed()
        deadline = typed.moment(sent.text("deadline"), name="deadline")
        reason = typed.reason(sent.text("reason"), name="regular-reason")
        typed.check()
        assert deadline is not None, "checked"
        command = SetRegularDeadline(**asked, semester=hk, deadline=deadline, reason=reason)
        count = hand.record([command])
    except Refused as refused:
        return _page(hand, hk, grade, errors=hand.errors(refused), sent=sent)
    return hand.done(f"/ngay-kiem-tra?hk={hk}&khoi={grade}", count)


def _may_set(hand: YearAtHand, semester: int) -> None:
    """Told before the form is read: its fields are not on the page of who may not set them."""
    if semester in hand.year().opened:
        hand.user.must_act_as(Role.PRINCIPAL)


def _first_grade(year: Year) -> int:
    planned = {grade for grade, _ in year.subjects}
    return next((grade for grade in GRADES if grade in planned), GRADES[0])


def _page(
    hand: YearAtHand,
    semester: int,
    grade: int,
    *,
    errors: FormErrors = NO_ERRORS,
    sent: SentForm | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    year = hand.year()
    deadline = year.regular_deadlines.get(semester)
    return hand.page(
        "test_days.html",
        errors=errors,
        form_ids=[uuid4(), uuid4(), uuid4()],
        semester=semester,
        grade=grade,
        grades=GRADES,
        columns=COLUMNS,
        rows=dated_subjects(year, grade, semester),
        typed=typed or {},
        reason_text=sent.text("reason") if sent else "",
        regular=(sent.text("deadline") if sent else "")
        or (field_moment(deadline) if deadline else ""),
        may_set=semester not in year.opened or hand.user.may_act_as(Role.PRINCIPAL),
    )
