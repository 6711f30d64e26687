"""Chủ nhiệm: attendance by month, conduct and comments by term, and what is still to be done."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ledger.command import Command
from ledger.refusal import Refused
from ledger.results.commands import AssessConduct, RecordAttendance, WriteHomeroomComments
from ledger.results.facts import PupilComment
from ledger.results.records import ClassRecords
from ledger.results.refusals import MonthOutsideSchoolYear
from ledger.results.terms import Term
from ledger.school.calendar import local_day
from ledger.vocabulary import Reason, Role
from web.access.identity import User
from web.desk import DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, see
from web.homeroom import conduct
from web.homeroom.attendance import recorded_months, rows_of, typed_absences
from web.homeroom.overview import led_classes
from web.rendering import render
from web.results.at_hand import ResultsAtHand, ResultsHand
from web.results.terms import PLACE_OF, TERM_OF
from web.wording import results as words
from web.year.frames import school_year_on
from web.year.sent import Sent, SentForm

router = APIRouter(prefix="/chu-nhiem", include_in_schema=False)

_LEADS = (Role.HOMEROOM_TEACHER, Role.VICE_PRINCIPAL, Role.PRINCIPAL)
# Some schools name their classes "6/1".
_ATTENDANCE = "/{school_year}/{class_group:path}/chuyen-can"
_CONDUCT = "/{school_year}/{class_group:path}/ren-luyen"


@router.get("")
def show_led_classes(request: Request, desk: DeskDep, user: User) -> Response:
    """The classes that the person leads this school year, with what is still to be done."""
    user.must_act_as(*_LEADS)
    today = local_day(desk.clock())
    year = desk.ledger.year(school_year_on(today))
    classes = list(led_classes(desk, user, year, today)) if year.planned else []
    return render(
        request,
        "homeroom/overview.html",
        school_year=school_year_on(today),
        classes=classes,
        words=words,
        place_of=PLACE_OF,
    )


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
        reason, roles = _reason(hand, sent)
        if absences:
            asked = hand.asked(sent.form_id, *roles)
            command = RecordAttendance(**asked, month=thang, absences=absences, reason=reason)
            hand.desk.handle(command)
    except Refused as refused:
        return _page(hand, thang, FormErrors.of(hand.request, refused), sent)
    return see(f"{hand.request.url.path}?thang={thang}")


def _reason(hand: ResultsAtHand, sent: SentForm) -> tuple[Reason | None, Sequence[Role]]:
    """Why approved results are written over, which the principal alone may; and who acts."""
    given = sent.text("reason")
    if not (given and hand.user.may_act_as(Role.PRINCIPAL)):
        return None, _LEADS
    typed = Typed()
    reason = typed.reason(given)
    typed.check()
    return reason, (Role.PRINCIPAL,)


@router.get(_CONDUCT)
def show_conduct(hand: ResultsHand, ki: str = "") -> Response:
    """The term asked for, else the newest semester that is open."""
    hand.user.must_act_as(*_LEADS)
    return _conduct_page(hand, _term(hand.records(), ki))


@router.post(_CONDUCT)
def write_conduct(hand: ResultsHand, sent: Sent, ki: str = "") -> Response:
    """Levels and comments of one term, in one append; a comment's text stays with the names."""
    hand.user.must_act_as(*_LEADS)
    records = hand.records()
    term = _term(records, ki)
    new: tuple[PupilComment, ...] = ()
    try:
        rows = conduct.rows_of(hand.desk, records, term)
        levels = conduct.typed_levels(sent, rows, _levels(records))
        comments = conduct.typed_comments(sent, rows)
        reason, roles = _reason(hand, sent)
        asked = {**hand.asked(sent.form_id, *roles), "term": term, "reason": reason}
        new = conduct.kept(hand.desk, comments)
        commands: list[Command] = []
        if levels:
            commands.append(AssessConduct(**asked, pupils=levels))
        if new:
            commands.append(WriteHomeroomComments(**asked, comments=new))
        if commands:
            hand.desk.handle_together(commands)
    except Refused as refused:
        # No fact names these texts, so nothing may be left of them.
        hand.desk.comments.erase({comment.pupil: comment.digest for comment in new})
        return _conduct_page(hand, term, FormErrors.of(hand.request, refused), sent)
    return see(f"{hand.request.url.path}?ki={PLACE_OF[term]}")


def _term(records: ClassRecords, place: str) -> Term:
    newest = Term.SEMESTER_2 if 2 in records.year.opened else Term.SEMESTER_1
    return TERM_OF.get(place, newest)


def _levels(records: ClassRecords) -> list[str]:
    return [level.value for level in records.circular.conduct_levels]


def _conduct_page(
    hand: ResultsAtHand,
    term: Term,
    errors: FormErrors = NO_ERRORS,
    sent: SentForm | None = None,
) -> Response:
    records = hand.records()
    return render(
        hand.request,
        "homeroom/conduct.html",
        status=errors.status,
        hand=hand,
        term=term,
        terms=TERM_OF,
        place=PLACE_OF[term],
        rows=conduct.rows_of(hand.desk, records, term),
        levels=_levels(records),
        judged=conduct.is_judged(records, term),
        names=hand.desk.names(),
        words=words,
        errors=errors,
        sent=sent,
    )


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
