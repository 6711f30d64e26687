"""Phổ điểm: how the marks of a column are distributed, beside those of the grade and the school."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from web.access.identity import User
from web.as_of.sheet import is_beyond_now
from web.desk import DeskDep
from web.distributions.asking import PATH, AskedMarksDep
from web.distributions.page import distribution_page
from web.distributions.scope import SEES_DISTRIBUTIONS
from web.progress.semesters import ChosenSemester
from web.rendering import render
from web.wording import distribution_words, supervision_words

router = APIRouter(include_in_schema=False)


@router.get(PATH)
def show_distribution(
    request: Request, desk: DeskDep, user: User, asked: AskedMarksDep
) -> Response:
    """The marks that the address asks for; a form to ask with where it does not say which."""
    user.must_act_as(*SEES_DISTRIBUTIONS)
    chosen = ChosenSemester.of(desk, asked.semester)
    names, point = desk.names(), asked.point
    return render(
        request,
        "distributions/show.html",
        chosen=chosen,
        page=distribution_page(desk, user, chosen, asked, names) if chosen else None,
        asked=asked,
        names=names,
        moment=desk.ledger.moment_of(point.point) if point else desk.clock(),
        beyond_now=is_beyond_now(desk, point) if point else False,
        position=desk.ledger.recorder.head().position,
        words=distribution_words,
        year_words=supervision_words,
    )
