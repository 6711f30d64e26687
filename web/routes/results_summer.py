"""After the year: what summer mends, and the class lists of the next school year."""

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Form
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.results.commands import ApprovePromotionAfterSummer
from ledger.school.calendar import local_day
from ledger.vocabulary import Role
from web.access.permissions import SETS_UP
from web.forms import NO_ERRORS, FormErrors, Typed, command_id_of, see, take_password
from web.results.at_hand import RESULTS, ResultsAtHand, ResultsHand
from web.results.next_year import enrolments, next_year_of
from web.results.summer import reassessments, summer_of
from web.results.terms import TERM_OF
from web.wording import results as words
from web.year.sent import Sent

router = APIRouter(
    prefix=f"{RESULTS}/{{school_year}}/{{class_group:path}}", include_in_schema=False
)
# Leaders first: a homeroom teacher may write for the own class only.
_WRITES = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.HOMEROOM_TEACHER)


@router.get("/he")
def show_summer(hand: ResultsHand) -> Response:
    return _summer_page(hand)


@router.post("/he")
def record_summer(hand: ResultsHand, sent: Sent) -> Response:
    """Every result that was typed, all of them or none."""
    try:
        asked, typed = hand.asked(sent.form_id, *_WRITES), Typed()
        commands = list(reassessments(sent, asked, typed))
        typed.check()
        if commands:
            hand.desk.handle_together(commands)
    except Refused as refused:
        hand.user.must_act_as(*_WRITES)
        return _summer_page(hand, FormErrors.of(hand.request, refused))
    return see(f"{hand.path}/he")


@router.post("/he/duyet")
def approve_summer(
    hand: ResultsHand,
    command_id: Annotated[UUID, Form()],
    reason: Annotated[str, Form()] = "",
    password: Annotated[str | None, Form()] = None,
    *,
    leaving_absent: Annotated[bool, Form()] = False,
) -> Response:
    """The principal approves who goes up after summer, with the password."""
    hand.user.must_act_as(Role.PRINCIPAL)
    try:
        typed = Typed()
        own = hand.desk.ledger.class_results(hand.school_year, hand.class_group)
        why = typed.reason(reason) if own.approved_after_summer() else None
        typed.check()
        take_password(hand.request, hand.desk, hand.user, password)
        asked = hand.asked(command_id, Role.PRINCIPAL)
        command = ApprovePromotionAfterSummer(**asked, leaving_absent=leaving_absent, reason=why)
        hand.desk.handle(command)
    except Refused as refused:
        return _summer_page(hand, FormErrors.of(hand.request, refused), reason)
    return see(f"{hand.path}/he")


@router.get("/len-lop")
def show_next_year(hand: ResultsHand) -> Response:
    return _next_page(hand)


@router.post("/len-lop")
def enrol(hand: ResultsHand, sent: Sent) -> Response:
    """Put who goes up, and who stays, into classes of the next year."""
    by = hand.user.acting_as_one_of(*SETS_UP)
    moment = hand.desk.clock()
    asked = {"command_id": command_id_of(sent.form_id), "by": by, "at": moment}
    try:
        following = next_year_of(hand.desk, hand.records())
        today = local_day(moment)
        if commands := list(enrolments(hand.desk, following, sent, asked, today)):
            hand.desk.handle_together(commands)
    except Refused as refused:
        return _next_page(hand, FormErrors.of(hand.request, refused))
    return see(f"{hand.path}/len-lop")


def _summer_page(hand: ResultsAtHand, errors: FormErrors = NO_ERRORS, reason: str = "") -> Response:
    return hand.page(
        "summer.html",
        errors=errors,
        summer=summer_of(hand.records()),
        writes=hand.user.may_act_as(*_WRITES),
        terms=TERM_OF,
        words=words,
        reason=reason,
        form_id=uuid4(),
    )


def _next_page(hand: ResultsAtHand, errors: FormErrors = NO_ERRORS) -> Response:
    return hand.page(
        "next_year.html",
        errors=errors,
        following=next_year_of(hand.desk, hand.records()),
        may_enrol=hand.user.may_act_as(*SETS_UP),
        terms=TERM_OF,
        words=words,
        form_id=uuid4(),
    )
