"""Kết quả: every class of a year, and the results of one class with their approval."""

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.results.commands import ApproveResults
from ledger.results.records import gather
from ledger.results.terms import Term
from ledger.school.calendar import local_day
from ledger.vocabulary import Role
from web.access.identity import User
from web.access.permissions import SETS_UP
from web.as_of.asking import AskedPointDep
from web.as_of.sheet import is_beyond_now
from web.desk import DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, see, take_password
from web.rendering import render
from web.results.at_hand import RESULTS, ResultsAtHand, ResultsHand
from web.results.overview import standings
from web.results.summary import summary_of
from web.results.terms import PLACE_OF, TERM_OF, AskedTerm
from web.wording import results as words
from web.year.frames import school_year_on

router = APIRouter(prefix=RESULTS, include_in_schema=False)

# Some schools name their classes "6/1".
_TERM = "/{school_year}/{class_group:path}/{ki}"


@router.get("")
def overview(request: Request, desk: DeskDep, user: User, nam: str = "", ki: str = "") -> Response:
    """How every class stands in one term: the newest one whose sheets are open."""
    user.must_act_as(*SETS_UP, Role.HOMEROOM_TEACHER)
    year = desk.ledger.year(nam or school_year_on(local_day(desk.clock())))
    newest = Term.SEMESTER_2 if 2 in year.opened else Term.SEMESTER_1
    term = TERM_OF.get(ki, newest)
    planned = year.planned is not None
    return render(
        request,
        "results/overview.html",
        year=year,
        school_year=year.school_year if planned else "",
        term=term,
        terms=TERM_OF,
        classes=list(standings(desk, user, year, term, desk.clock())) if planned else [],
        names=desk.names(),
        words=words,
        may_plan=user.may_act_as(*SETS_UP),
    )


@router.get(_TERM)
def show(hand: ResultsHand, term: AskedTerm, asked: AskedPointDep) -> Response:
    """The results of a term, now or as they stood."""
    if asked is None:
        return _page(hand, term)
    ledger = hand.desk.ledger
    records = gather(ledger.as_of(asked.point), hand.school_year, hand.class_group)
    return hand.page(
        "summary.html",
        summary=summary_of(records, term, None),
        ki=PLACE_OF[term],
        terms=TERM_OF,
        words=words,
        chosen=asked,
        moment=ledger.moment_of(asked.point),
        beyond_now=is_beyond_now(hand.desk, asked),
        reason="",
        form_id=uuid4(),
    )


@router.post(_TERM + "/duyet")
def approve(
    hand: ResultsHand,
    term: AskedTerm,
    command_id: Annotated[UUID, Form()],
    reason: Annotated[str, Form()] = "",
    password: Annotated[str | None, Form()] = None,
) -> Response:
    """The principal approves, with the password; a revision tells its reason."""
    hand.user.must_act_as(Role.PRINCIPAL)
    try:
        typed = Typed()
        again = hand.desk.ledger.class_results(hand.school_year, hand.class_group).approved(term)
        why = typed.reason(reason) if again else None
        typed.check()
        take_password(hand.request, hand.desk, hand.user, password)
        asked = hand.asked(command_id, Role.PRINCIPAL)
        hand.desk.handle(ApproveResults(**asked, term=term, reason=why))
    except Refused as refused:
        return _page(hand, term, FormErrors.of(hand.request, refused), reason)
    return see(f"{hand.path}/{PLACE_OF[term]}")


def _page(
    hand: ResultsAtHand, term: Term, errors: FormErrors = NO_ERRORS, reason: str = ""
) -> Response:
    return hand.page(
        "summary.html",
        errors=errors,
        summary=summary_of(hand.records(), term, hand.desk.clock()),
        ki=PLACE_OF[term],
        terms=TERM_OF,
        words=words,
        chosen=None,
        reason=reason,
        form_id=uuid4(),
    )
