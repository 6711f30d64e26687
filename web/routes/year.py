"""The school years that are planned, and planning another."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.school.calendar import local_day
from ledger.school.commands import PlanYear
from ledger.school.facts import SemesterFrame
from ledger.school.policy import SEED_REGULATION
from ledger.school.school_years import school_year_from, years_until
from web.access.identity import SignedIn, User
from web.access.permissions import SETS_UP
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, command_id_of, see
from web.rendering import render
from web.year.at_hand import YEARS
from web.year.checklist import counts_of
from web.year.frames import first_calendar_year, school_year_on, usual_frames
from web.year.sent import Sent, SentForm

router = APIRouter(prefix=YEARS)

_FRAME_FIELDS: Final = ("first_begins", "first_ends", "second_begins", "second_ends")


@router.get("")
def years(request: Request, desk: DeskDep, user: User) -> Response:
    """The years that are planned, and the form that plans another, filled in as usual."""
    user.must_act_as(*SETS_UP)
    school_year = _next_year(desk)
    starts = first_calendar_year(school_year)
    assert starts is not None, "made by the clock"
    days = [day for frame in usual_frames(starts) for day in (frame.first, frame.last)]
    values = {name: day.isoformat() for name, day in zip(_FRAME_FIELDS, days, strict=True)}
    return _years_page(request, desk, {"school_year": school_year, **values})


@router.post("")
def plan(request: Request, desk: DeskDep, user: User, sent: Sent) -> Response:
    user.must_act_as(*SETS_UP)
    try:
        command = _planning(desk, user, sent)
        desk.handle(command)
    except Refused as refused:
        typed = {name: sent.text(name) for name in ("school_year", *_FRAME_FIELDS)}
        return _years_page(request, desk, typed, FormErrors.of(request, refused))
    return see(f"{YEARS}/{command.school_year}?da_ghi=1")


def _planning(desk: Desk, user: SignedIn, sent: SentForm) -> PlanYear:
    typed = Typed()
    school_year = sent.text("school_year")
    if first_calendar_year(school_year) is None:
        typed.wrong("school_year", "school-year")
    days = [typed.day(sent.text(name), name=name) for name in _FRAME_FIELDS]
    typed.check()
    first, second = (
        SemesterFrame.model_validate({"first": begins, "last": ends})
        for begins, ends in (days[:2], days[2:])
    )
    return PlanYear(
        command_id=command_id_of(sent.form_id),
        by=user.acting_as_one_of(*SETS_UP),
        at=desk.clock(),
        school_year=school_year,
        semesters=(first, second),
    )


def _next_year(desk: Desk) -> str:
    """The first year from today's on that is not planned yet."""
    today = local_day(desk.clock())
    current = school_year_on(today)
    if desk.ledger.year(current).planned is None:
        return current
    return school_year_from(int(current[:4]) + 1)


def _years_page(
    request: Request, desk: Desk, values: dict[str, str], errors: FormErrors = NO_ERRORS
) -> Response:
    today = local_day(desk.clock())
    found = (desk.ledger.year(school_year) for school_year in years_until(today))
    return render(
        request,
        "year/list.html",
        status=errors.status,
        years=[(year, counts_of(year)) for year in found if year.planned],
        values=values,
        policy=SEED_REGULATION,
        errors=errors,
    )
