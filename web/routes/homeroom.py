"""Chủ nhiệm: the attendance that the homeroom teacher writes down, a month at a time."""

from fastapi import APIRouter
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.results.commands import RecordAttendance
from ledger.results.refusals import MonthOutsideSchoolYear
from ledger.vocabulary import Role
from web.forms import NO_ERRORS, FormErrors, Typed, see
from web.homeroom.attendance import recorded_months, rows_of, typed_absences
from web.moments import local_day
from web.rendering import render
from web.results.at_hand import ResultsAtHand, ResultsHand
from web.wording import results as words
from web.year.sent import Sent, SentForm

router = APIRouter(prefix="/chu-nhiem", include_in_schema=False)

_LEADS = (Role.HOMEROOM_TEACHER, Role.VICE_PRINCIPAL, Role.PRINCIPAL)
# Some schools name their classes "6/1".
_ATTENDANCE = "/{school_year}/{class_group:path}/chuyen-can"


@router.get(_ATTENDANCE)
def show_attendance(hand: ResultsHand, thang: str = "") -> Response:
    """The month asked for, else this month, else the first one of the school year."""
    hand.user.must_act_as(*_LEADS)
    months = list(recorded_months(hand.records()))
    this = f"{local_day(hand.desk.clock()):%Y-%m}"
    return _page(hand, next((each for each in (thang, this) if each in months), months[0]))


@router.post(_ATTENDANCE)
def record_attendance(hand: ResultsHand, sent: Sent, thang: str = "") -> Response:
    """The whole month at once; over approved results the principal gives a reason."""
    hand.user.must_act_as(*_LEADS)
    records = hand.records()
    months = list(recorded_months(records))
    if thang not in months:
        raise MonthOutsideSchoolYear(month=thang, first=months[0], last=months[-1])
    try:
        absences = typed_absences(sent, rows_of(records, thang))
        why = Typed()
        given = sent.text("reason")
        principal = hand.user.may_act_as(Role.PRINCIPAL) and given
        reason = why.reason(given) if principal else None
        why.check()
        if absences:
            roles = (Role.PRINCIPAL,) if principal else _LEADS
            asked = hand.asked(sent.form_id, *roles)
            command = RecordAttendance(**asked, month=thang, absences=absences, reason=reason)
            hand.desk.handle(command)
    except Refused as refused:
        return _page(hand, thang, FormErrors.of(hand.request, refused), sent)
    return see(f"{hand.request.url.path}?thang={thang}")


def _page(
    hand: ResultsAtHand, month: str, errors: FormErrors = NO_ERRORS, sent: SentForm | None = None
) -> Response:
    records = hand.records()
    return render(
        hand.request,
        "homeroom/attendance.html",
        status=errors.status,
        hand=hand,
        month=month,
        months=recorded_months(records),
        rows=rows_of(records, month),
        names=hand.desk.names(),
        words=words,
        errors=errors,
        sent=sent,
    )
