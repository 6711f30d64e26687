"""One school year: how far it is set up, opening its semesters, and everything that was decided."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.school.commands import OpenSemester, year_stream
from ledger.store.codec import to_line
from ledger.vocabulary import Role
from web.forms import NO_ERRORS, FormErrors, take_password
from web.wording.year_lines import year_sentence
from web.year.at_hand import YEARS, AtHand, YearAtHand
from web.year.checklist import counts_of, readiness
from web.year.closing import close_command, closing_of
from web.year.sent import Sent

router = APIRouter(prefix=f"{YEARS}/{{school_year}}")

Semester = Annotated[int, Path(ge=1, le=2)]
_ON_A_PAGE: Final = 50


@router.get("")
def overview(hand: AtHand) -> Response:
    """The checklist of the year."""
    year, now = hand.year(), hand.desk.clock()
    return hand.page(
        "overview.html",
        counts=counts_of(year),
        ready={semester: readiness(year, semester, now) for semester in (1, 2)},
    )


@router.get("/mo-hoc-ki/{semester}")
def ask_to_open(hand: AtHand, semester: Semester) -> Response:
    """What opening the semester would open, to be confirmed."""
    return _opening_page(hand, semester)


@router.post("/mo-hoc-ki/{semester}")
def open_semester(hand: AtHand, semester: Semester, sent: Sent) -> Response:
    try:
        command = OpenSemester(**hand.asked(sent.form_id), semester=semester)
        count = hand.record([command])
    except Refused as refused:
        return _opening_page(hand, semester, hand.errors(refused))
    return hand.done("", count)


@router.get("/niem-phong")
def ask_to_close(hand: AtHand) -> Response:
    """Whether the year can be closed, and who has to do what before."""
    return _closing_page(hand)


@router.post("/niem-phong")
def close(hand: AtHand, sent: Sent) -> Response:
    """The principal in person closes the year, with the password."""
    hand.user.must_act_as(Role.PRINCIPAL)
    try:
        take_password(hand.request, hand.desk, hand.user, sent.text("password"))
        asked = hand.asked(sent.form_id, Role.PRINCIPAL)
        count = hand.record([close_command(hand.desk, hand.year(), asked)])
    except Refused as refused:
        return _closing_page(hand, hand.errors(refused))
    return hand.done("/niem-phong", count)


def _closing_page(hand: YearAtHand, errors: FormErrors = NO_ERRORS) -> Response:
    return hand.page(
        "closing.html",
        errors=errors,
        form_id=uuid4(),
        closing=closing_of(hand.desk, hand.year()),
        may_close=Role.PRINCIPAL in hand.user.roles,
        ask_password=not hand.user.is_fresh(hand.desk.clock()),
    )


def _opening_page(hand: YearAtHand, semester: int, errors: FormErrors = NO_ERRORS) -> Response:
    year = hand.year()
    return hand.page(
        "opening.html",
        errors=errors,
        form_id=uuid4(),
        semester=semester,
        ready=readiness(year, semester, hand.desk.clock()),
        counts=counts_of(year),
        has_regular_deadline=semester in year.regular_deadlines,
    )


@router.get("/nhat-ky")
def log(hand: AtHand, trang: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """Every line of the year as a sentence, the newest first."""
    last = hand.year().version - (trang - 1) * _ON_A_PAGE
    stream = year_stream(hand.school_year)
    stored = hand.desk.ledger.recorder.select_events(stream, lte=last, desc=True, limit=_ON_A_PAGE)
    lines, names = [to_line(one) for one in stored], hand.desk.names()
    # A class list names forty pupils: they are asked for together.
    names.pupils(entry.pupil for line in lines for entry in getattr(line.fact, "pupils", ()))
    return hand.page(
        "log.html",
        lines=[(line, year_sentence(line.fact, names)) for line in lines],
        number=trang,
        has_older=last > _ON_A_PAGE,
    )
